"""An ingest that is ended by a signal leaves a case that the next one completes."""

import json
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.commands.inputs import messages, telegram
from tests.commands.process import HEICHAN, environment, here

FILES = 60
POSTS = 10
"""Of each file; some files are stored at a time, so that there is something between two of them."""


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    for n in range(FILES):
        telegram(folder / f"{n:02d}.json", messages(POSTS, n * POSTS), group=n + 1)
    return folder


@pytest.fixture(scope="module")
def snapshot(exports: Path, tmp_path_factory: pytest.TempPathFactory, state: str) -> str:
    """Snapshot of a case that nothing interrupted."""
    case = tmp_path_factory.mktemp("whole") / "case"
    assert here("init", case, XDG_STATE_HOME=state).returncode == 0
    _ingest(case, exports, state)
    return str(_status(case, state)["snapshot"])


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["interrupt", "kill"])
def test_the_next_ingest_completes(
    exports: Path, case: Path, state: str, snapshot: str, how: signal.Signals
) -> None:
    process = subprocess.Popen(
        [HEICHAN, "--case", str(case), "ingest", str(exports), "--jobs", "1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        # A file that is opened in the very moment of the signal is closed by the collector.
        env=environment(XDG_STATE_HOME=state, PYTHONWARNINGS="error,ignore::ResourceWarning"),
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
    report = _ingest(case, exports, state)
    assert (report["posts"], report["new"]) == (FILES * POSTS, FILES * POSTS - before["posts"])
    after = _status(case, state)
    assert after["files_interrupted"] == 0
    assert after["snapshot"] == snapshot
    again = _ingest(case, exports, state)
    assert again["new"] == 0
    assert _status(case, state)["snapshot"] == snapshot


def _wait_for_posts(case: Path, process: "subprocess.Popen[str]") -> None:
    connection = sqlite3.connect(f"file:{case / 'archive.sqlite'}?mode=ro", uri=True)
    with closing(connection):
        for _ in range(60_000):
            if process.poll() is not None:
                pytest.fail(f"ended too early: {process.communicate()}")
            if connection.execute("SELECT count(*) FROM post").fetchone()[0]:
                return
            time.sleep(0.001)
    process.kill()
    pytest.fail("nothing was stored")


def _status(case: Path, state: str) -> Any:
    done = here("--case", case, "status", "--format", "json", XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _ingest(case: Path, exports: Path, state: str) -> Any:
    done = here("--case", case, "ingest", exports, "--format", "json", XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
