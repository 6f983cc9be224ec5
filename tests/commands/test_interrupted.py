"""An ingest that is ended by a signal leaves a case that the next one completes."""

import json
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import MakeCase
from tests.commands.helper import HEICHAN, environment, heichan
from tests.commands.inputs import messages, telegram

FILES = 4
POSTS = 5_000


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    for n in range(FILES):
        telegram(folder / f"{n}.json", messages(POSTS, n * POSTS), group=n + 1)
    return folder


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["interrupt", "kill"])
def test_the_next_ingest_completes(
    exports: Path, make_case: MakeCase, state: str, how: signal.Signals
) -> None:
    case = make_case()
    process = subprocess.Popen(
        [HEICHAN, "--case", str(case), "ingest", str(exports), "--no-build", "--jobs", "1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(XDG_STATE_HOME=state),
    )
    _wait_for_posts(case, process)
    process.send_signal(how)
    _, told = process.communicate(timeout=60)
    assert process.returncode == (130 if how == signal.SIGINT else -how), told
    if how == signal.SIGINT:
        assert told.splitlines()[0] == "error: interrupted"
        assert "the same command goes on" in told
    before = _status(case, state)
    assert 0 < before["posts"] < FILES * POSTS
    assert before["files_interrupted"] > 0
    report = _ingest(case, exports, state)
    assert report["posts"] == FILES * POSTS
    assert report["new"] == FILES * POSTS - before["posts"]
    assert _status(case, state)["files_interrupted"] == 0


def test_the_snapshot_is_that_of_an_uninterrupted_ingest(
    tmp_path: Path, make_case: MakeCase, state: str
) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    for n in range(3):
        telegram(folder / f"{n}.json", messages(400, n * 400), group=n + 1)
    whole, halves = make_case(), make_case()
    for case, parts in ((whole, [folder]), (halves, [folder / "1.json", folder, folder])):
        for part in parts:
            done = heichan("--case", case, "ingest", part, XDG_STATE_HOME=state)
            assert done.returncode == 0, done.stderr
    snapshots = {_status(case, state)["snapshot"] for case in (whole, halves)}
    assert len(snapshots) == 1
    assert None not in snapshots


def _wait_for_posts(case: Path, process: "subprocess.Popen[str]") -> None:
    wal = case / "archive.sqlite-wal"
    for _ in range(6_000):
        if process.poll() is not None:
            pytest.fail(f"ended too early: {process.communicate()}")
        if wal.exists() and wal.stat().st_size > 1_000_000:
            return
        time.sleep(0.005)
    process.kill()
    pytest.fail("nothing was stored")


def _status(case: Path, state: str) -> Any:
    done = heichan("--case", case, "status", "--format", "json", XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _ingest(case: Path, exports: Path, state: str) -> Any:
    words = ("ingest", exports, "--no-build", "--format", "json")
    done = heichan("--case", case, *words, XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
