"""An ingest that is ended by a signal leaves a case that the next one completes."""

import json
import os
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.commands.inputs import OFFER, messages, telegram
from tests.commands.process import HEICHAN, environment, here
from tests.ingest.exports import write_qq

FILES = 150
POSTS = 30
"""Of each file; with all of them there is work for several transactions."""
LONG = 20_000
"""Of the one long file: work for several transactions as well."""


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


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM])
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
    before = _status(case, state)
    assert 0 < before["posts"] < FILES * POSTS
    if how == signal.SIGKILL:
        assert process.returncode == -how, told
    else:
        assert process.returncode == 130, told
        assert told == _kept(before["posts"])
    report = _ingest(case, exports, state)
    assert (report["posts"], report["new"]) == (FILES * POSTS, FILES * POSTS - before["posts"])
    after = _status(case, state)
    assert after["files_interrupted"] == 0
    assert after["snapshot"] == snapshot
    again = _ingest(case, exports, state)
    assert again["new"] == 0
    assert _status(case, state)["snapshot"] == snapshot


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """One file of more messages than are stored in one transaction."""
    times = (f"2013-01-{n // 1000 + 1:02d} 8:{n % 60:02d}:00" for n in range(LONG))
    lines = [(at, f"甲{n % 5}(1100{n % 5})", f"早 {n % 50}") for n, at in enumerate(times)]
    lines[::100] = [(at, who, OFFER) for at, who, _ in lines[::100]]
    return write_qq(tmp_path / "x.txt", "演示群", lines)


def test_a_file_is_gone_on_with_in_its_middle(
    export: Path, case: Path, state: str, tmp_path: Path
) -> None:
    process = subprocess.Popen(
        [HEICHAN, "--case", str(case), "ingest", str(export), "--jobs", "2"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=environment(XDG_STATE_HOME=state, PYTHONWARNINGS="error,ignore::ResourceWarning"),
    )
    _wait_for_posts(case, process)
    # As from a keyboard: the workers hear of it too, and leave it to their parent.
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=60)
    stored = _status(case, state)["posts"]
    assert (process.returncode, told) == (130, _kept(stored))
    assert stored % 2000 == 0
    assert 0 < stored < LONG
    report = _ingest(case, export, state)
    assert (report["new"], report["files"][0]["known"]) == (LONG - stored, stored)
    whole = tmp_path / "whole"
    assert here("init", whole, XDG_STATE_HOME=state).returncode == 0
    _ingest(whole, export, state)
    assert _status(case, state)["snapshot"] == _status(whole, state)["snapshot"]


def _kept(posts: int) -> str:
    return (
        f"error: interrupted: {posts:,} messages are kept, {posts:,} of them new; "
        "the same command goes on where this one stopped\n"
    )


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
