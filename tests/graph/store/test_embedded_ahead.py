"""A graph that is filled while it is derived is the graph that is filled when all is there."""

import multiprocessing
import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.errors import DataError, StoreError
from graph.build.spooled import Spooled, SpooledGraph, spooled
from graph.elements import Graph, Node, Relationship
from graph.store import embedded_apart, statements
from graph.store.embedded import FILE, EmbeddedStore
from graph.store.last import keeping_last, last_of
from tests.graph.spooling import add_tie, put_by
from tests.integration.golden import golden

LATE = Node("account:late", "Account", {"name": "late"})


@pytest.fixture(autouse=True)
def worth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_apart, "WORTH", 1)
    monkeypatch.setattr(statements, "BATCH", 3)


def said(held: Spooled, element: Node | Relationship) -> None:
    if isinstance(element, Node):
        held.nodes.put(element.id, element.label, element.props)
        return
    add_tie(held, element)


def growing(folder: Path, seed: int = 1) -> Iterator[SpooledGraph]:
    """The golden graph in any order: what is there so far, at last all."""
    drawn, whole, held = random.Random(seed), golden(), spooled(folder)
    elements: list[Node | Relationship] = [*whole.nodes, *whole.relationships]
    # Nodes are filled in later, and a relationship that is told twice counts as it was first.
    early: list[Node | Relationship] = [
        Node(node.id, node.label, {"name": "not yet"}) for node in drawn.sample([*whole.nodes], 30)
    ]
    drawn.shuffle(elements)
    elements = [*early, *elements, *drawn.sample([*whole.relationships], 30)]
    for at, element in enumerate(elements):
        said(held, element)
        if at % 100 == 0:
            yield held.so_far()
    yield held.graph()


def following(store: EmbeddedStore, folder: Path, seed: int = 1) -> SpooledGraph:
    """Tells the store of it as it grows; the whole."""
    for graph in growing(folder, seed):
        store.expect(graph)
    return graph


@pytest.mark.parametrize("seed", range(4))
def test_all_is_as_if_it_were_filled_at_once(tmp_path: Path, seed: int) -> None:
    told: list[tuple[int, int]] = []
    store = EmbeddedStore(tmp_path / "graph", least=0)
    graph = following(store, tmp_path, seed)
    assert len(multiprocessing.active_children()) == 1
    store.load(graph, progress=lambda done, total: told.append((done, total)))
    assert not multiprocessing.active_children()
    assert list(store.nodes()) == golden().nodes
    assert list(store.relationships()) == golden().relationships
    whole = len(golden().nodes) + len(golden().relationships)
    assert told == sorted(told)
    assert told[-1] == (whole, whole)
    assert last_of(store.file) is not None
    assert sorted(os.listdir(tmp_path / "graph")) == [FILE, "graph.marks"]


def test_what_is_made_meanwhile_is_made_once_however_the_graph_is_stored(tmp_path: Path) -> None:
    store, made = EmbeddedStore(tmp_path / "graph", least=0), list[bool]()

    def make() -> None:
        made.append(store.file.exists())

    graph = following(store, tmp_path)
    store.load(graph, meanwhile=make)
    assert made == [False]
    store.load(graph, meanwhile=make)
    store.load(golden(), anew=True, meanwhile=make)
    assert made == [False, True, True]


def test_what_fails_meanwhile_leaves_the_last_graph(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "graph", least=0)
    store.load(Graph([Node("account:old", "Account", {"name": "old"})], []))
    graph = following(store, tmp_path)

    def fail() -> None:
        raise DataError("no room for the names")

    with pytest.raises(DataError, match="no room"):
        store.load(graph, meanwhile=fail)
    assert not multiprocessing.active_children()
    assert [node.id for node in EmbeddedStore(tmp_path / "graph").nodes()] == ["account:old"]


def test_a_node_that_comes_with_the_whole_is_stored(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "graph", least=0)
    graph = following(store, tmp_path)
    node = Node("account:late", "Account", {"name": "late"})
    store.load(graph.with_node(node))
    assert node in list(store.nodes())


def test_nothing_is_filled_ahead_where_a_last_graph_is_compared(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "graph", least=0)
    store.load(put_by(golden("another")))
    for again in growing(tmp_path):
        store.expect(again, anew=True)
    assert multiprocessing.active_children()
    store.load(again, anew=True)
    assert list(store.relationships()) == golden().relationships


def test_a_small_graph_and_one_in_memory_wait_for_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = EmbeddedStore(tmp_path / "graph")
    store.expect(golden())
    store.expect(put_by(golden()))
    monkeypatch.setattr(embedded_apart, "WORTH", 10**6)
    graph = following(store, tmp_path)
    assert not multiprocessing.active_children()
    store.load(graph)
    assert list(store.nodes()) == golden().nodes


def test_another_graph_than_the_expected_one_is_loaded(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "graph", least=0)
    following(store, tmp_path)
    store.load(put_by(golden("another")))
    assert list(store.nodes()) == golden("another").nodes
    assert not multiprocessing.active_children()


def test_one_that_never_comes_leaves_nothing(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "graph")
    following(store, tmp_path)
    store.close()
    assert not multiprocessing.active_children()
    assert not list((tmp_path / "graph").iterdir())


def test_an_interruption_leaves_the_last_graph(tmp_path: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    store = EmbeddedStore(tmp_path / "graph")
    store.load(golden("another"))
    graph = following(store, tmp_path)
    with pytest.raises(KeyboardInterrupt):
        store.load(graph, progress=interrupt)
    assert list(store.nodes()) == golden("another").nodes
    assert os.listdir(tmp_path / "graph") == [FILE]
    assert not multiprocessing.active_children()


def test_a_process_that_is_killed_meanwhile_is_told_of(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "graph")
    for graph in growing(tmp_path):
        store.expect(graph)
        for child in multiprocessing.active_children():
            os.kill(child.pid or 0, signal.SIGKILL)
    with pytest.raises(StoreError, match="was ended"):
        store.load(graph)
    assert not list((tmp_path / "graph").iterdir())


def test_what_the_schema_refuses_is_told_with_the_whole(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "graph")
    held = spooled(tmp_path)
    said(held, Node("account:1", "Account", {"name": "x", "weather": "fine"}))
    # More than waits in memory.
    held.spool.add(bytes(2**20))
    for _ in range(3):
        store.expect(held.so_far())
    with pytest.raises(DataError, match="no such property: weather"):
        store.load(held.graph())


def test_a_relationship_without_an_end_is_told_with_the_whole(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "graph")
    held = spooled(tmp_path)
    said(held, Node("account:1", "Account", {"name": "x"}))
    id_ = f"rel:{1:032x}"
    said(held, Relationship(id_, "POSTED", "account:1", "Account", "post:1", "Post", {}))
    store.expect(held.so_far())
    with pytest.raises(DataError, match="without both its nodes") as caught:
        store.load(held.graph())
    assert caught.value.where == {"id": id_}


def with_late_node(graph: Graph) -> Graph:
    return Graph(sorted([*graph.nodes, LATE], key=lambda node: node.id), [*graph.relationships])


def children() -> set[int]:
    return {child.pid or 0 for child in multiprocessing.active_children()}


def test_the_last_graph_is_loaded_before_it_is_changed(tmp_path: Path) -> None:
    store, seen = EmbeddedStore(tmp_path / "graph", least=0), list[set[int]]()
    store.load(put_by(with_late_node(golden())))
    graphs = growing(tmp_path)
    store.expect(next(graphs))
    assert not children()
    for graph in graphs:
        store.expect(graph)
    begun = children()
    assert len(begun) == 1
    store.load(graph, meanwhile=lambda: seen.append(children()))
    assert seen == [begun]
    assert not children()
    assert list(store.nodes()) == golden().nodes
    assert list(store.relationships()) == golden().relationships
    assert last_of(store.file) is not None
    assert sorted(os.listdir(tmp_path / "graph")) == [FILE, "graph.marks"]


def test_a_loaded_graph_that_is_not_changed_goes(tmp_path: Path) -> None:
    store, told = EmbeddedStore(tmp_path / "graph", least=0), set[int]()
    store.load(put_by(Graph([*golden().nodes], [*golden().relationships][::3])))
    graph = following(store, tmp_path)
    begun = children()
    assert len(begun) == 1
    store.load(graph, progress=lambda *_: told.update(children()))
    assert told
    assert not told & begun
    assert list(store.nodes()) == golden().nodes
    following(store, tmp_path)
    store.close()
    assert not children()
    assert list(EmbeddedStore(tmp_path / "graph").nodes()) == golden().nodes
    assert sorted(os.listdir(tmp_path / "graph")) == [FILE, "graph.marks"]


def test_a_process_that_lost_the_last_graph_is_replaced(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "graph", least=0)
    store.load(put_by(with_late_node(golden())))
    graph = following(store, tmp_path)
    for child in multiprocessing.active_children():
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
    store.load(graph)
    assert list(store.nodes()) == golden().nodes
    assert not children()


def test_a_graph_file_that_nobody_can_load_is_filled(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "graph", least=0)
    store.file.parent.mkdir()
    store.file.write_bytes(b"no graph")
    with keeping_last(store.file, put_by(with_late_node(golden()))):
        pass
    graph = following(store, tmp_path)
    store.load(graph)
    assert list(store.nodes()) == golden().nodes


def test_what_fails_while_the_last_graph_is_changed_is_told(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "graph", least=0)
    store.load(put_by(with_late_node(golden())))

    def fail() -> None:
        raise DataError("no room for the names")

    graph = following(store, tmp_path)
    with pytest.raises(DataError, match="no room"):
        store.load(graph, meanwhile=fail)
    assert not children()
    assert sorted(os.listdir(tmp_path / "graph")) == [FILE, "graph.marks"]
