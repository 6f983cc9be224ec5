"""A graph that another process fills, and what comes of it when that process does not."""

import multiprocessing
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evidence.errors import DataError, StoreError
from graph.elements import Graph, Node, Relationship
from graph.store import embedded_apart, statements
from graph.store.embedded import FILE, EmbeddedStore
from graph.store.embedded_apart import FOLDER
from tests.graph.store.holding import held
from tests.integration.golden import golden

# Loads a graph and is killed on the way.
_KILLED = """
import os, signal, sys
from pathlib import Path
from graph.store import embedded_apart, statements
from graph.store.embedded import EmbeddedStore
from tests.integration.golden import golden
embedded_apart.WORTH, statements.BATCH = 1, 3
EmbeddedStore(Path(sys.argv[1])).load(golden(), progress=lambda *_: os.kill(os.getpid(), 9))
"""


@pytest.fixture(autouse=True)
def worth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_apart, "WORTH", 1)
    monkeypatch.setattr(statements, "BATCH", 3)


def nothing_left(folder: Path) -> bool:
    return not multiprocessing.active_children() and not list(folder.glob("*"))


def test_another_process_makes_the_same_graph(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    told: list[tuple[int, int]] = []
    processes: set[int] = set()
    folders: set[str] = set()

    def tell(done: int, total: int) -> None:
        told.append((done, total))
        folders.add(stat.filemode((tmp_path / FOLDER).stat().st_mode))
        processes.update(child.pid or 0 for child in multiprocessing.active_children())

    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "left over").touch()
    store = EmbeddedStore(tmp_path)
    store.load(golden(), progress=tell)
    assert list(store.nodes()) == golden().nodes
    assert list(store.relationships()) == golden().relationships
    whole = len(golden().nodes) + len(golden().relationships)
    assert told == sorted(told)
    assert told[-1] == (whole, whole)
    assert len(processes) == 1
    assert folders == {"drwx------"}
    assert os.listdir(tmp_path) == [FILE]
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    assert not multiprocessing.active_children()
    assert capfd.readouterr() == ("", "")


def test_the_same_words_say_what_is_wrong(tmp_path: Path) -> None:
    nodes = [Node("account:1", "Account", {"name": "x"}), Node("post:1", "Post", {"name": "x"})]
    ends = [("account:1", "post:1"), *[("account:1", "post:2")] * 50]
    stray = [
        Relationship(f"rel:{n:02}", "POSTED", start, "Account", end, "Post", {})
        for n, (start, end) in enumerate(ends)
    ]
    with pytest.raises(DataError, match="without both its nodes") as caught:
        EmbeddedStore(tmp_path).load(Graph(nodes, stray))
    assert caught.value.where == {"id": "rel:01"}
    with pytest.raises(DataError, match="two elements"):
        EmbeddedStore(tmp_path).load(Graph([*nodes, nodes[0]], []))
    assert nothing_left(tmp_path)


def test_another_writer_is_named(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path)
    store.load(golden())
    with held(store.file) as holder, pytest.raises(StoreError) as caught:
        store.load(golden())
    assert str(holder) in caught.value.message
    assert caught.value.where == {"file": str(store.file)}
    assert caught.value.hint


def test_an_interruption_ends_both_and_leaves_nothing(tmp_path: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        EmbeddedStore(tmp_path).load(golden(), progress=interrupt)
    assert nothing_left(tmp_path)


def test_a_process_that_is_killed_is_told_of(tmp_path: Path) -> None:
    def kill(done: int, total: int) -> None:
        for child in multiprocessing.active_children():
            os.kill(child.pid or 0, signal.SIGKILL)

    with pytest.raises(StoreError, match="was ended"):
        EmbeddedStore(tmp_path).load(golden(), progress=kill)
    assert nothing_left(tmp_path)


def test_nothing_is_left_of_a_load_that_was_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _KILLED, str(tmp_path)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    until = time.monotonic() + 30
    while list(tmp_path.iterdir()) and time.monotonic() < until:
        time.sleep(0.05)
    assert nothing_left(tmp_path)


def test_the_graph_is_filled_here_where_no_process_comes_to_life(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(filler: embedded_apart.Filler) -> bool:
        return False

    monkeypatch.setattr(embedded_apart.Filler, "begin", refuse)
    store = EmbeddedStore(tmp_path)
    store.load(golden())
    assert list(store.nodes()) == golden().nodes
