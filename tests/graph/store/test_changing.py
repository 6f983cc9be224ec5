"""A graph made from the last one by what differs is the graph that is filled from nothing."""

import multiprocessing
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.big_graph import big_graph
from benchmarks.queries import values
from graph import ids
from graph.elements import Graph, Node, Relationship
from graph.store import embedded_apart, statements
from graph.store.base import nothing
from graph.store.changing import changes
from graph.store.embedded import FILE, EmbeddedStore
from graph.store.embedded_ahead import Ahead
from graph.store.embedded_load import Loading
from graph.store.last import keeping_last
from queries.pack import load_packs
from queries.run import run_query
from tests.graph.spooling import put_by
from tests.integration.golden import golden
from tests.queries.typed import typed

QUERIES = [query for query in load_packs().queries.values() if query.header.engine == "cypher"]
_STEPS = ("drop", "less", "other", "untie", "copy", "tie", "move", "relabel")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(_STEPS),
        st.integers(0, 10**6),
        st.integers(0, 10**6),
    ),
    max_size=8,
)
SHARED = "shared:1"
LATER = datetime(2022, 3, 4, tzinfo=UTC)
_ELEMENTS = (
    "MATCH (n) RETURN n.id AS id, labels(n) AS names, keys(n) AS keys, properties(n) AS own "
    "ORDER BY id",
    "MATCH (a)-[r]->(b) RETURN r.id AS id, type(r) AS name, a.id AS start, b.id AS end, "
    "keys(r) AS keys, properties(r) AS own ORDER BY id",
)

# Loads one of two graphs after the other until it is killed.
_LOADS = """
import sys
from itertools import cycle
from pathlib import Path
from graph.store.embedded import EmbeddedStore
from tests.graph.spooling import put_by
from tests.integration.golden import golden

store = EmbeddedStore(Path(sys.argv[1]), least=0)
print("begun", flush=True)
for name in cycle(("another", "golden")):
    store.load(put_by(golden(name)))
"""


class Changing:
    """A graph that is changed a little at a time."""

    def __init__(self, graph: Graph) -> None:
        self.nodes = {node.id: node for node in graph.nodes}
        self.ties = {tie.id: tie for tie in graph.relationships}
        self._made = 0

    def graph(self) -> Graph:
        nodes = sorted(self.nodes.values(), key=lambda node: node.id)
        return Graph(nodes, sorted(self.ties.values(), key=lambda tie: tie.id))

    def take(self, step: tuple[str, int, int]) -> None:
        what, one, more = step
        getattr(self, what)(one, more)

    def drop(self, one: int, _: int) -> None:
        """A node goes, with its ties."""
        gone = self._node(one)
        del self.nodes[gone.id]
        self.ties = {id_: t for id_, t in self.ties.items() if gone.id not in (t.start, t.end)}

    def less(self, one: int, more: int) -> None:
        """Some properties of a node or of a tie go away."""
        for each in (self._node(one), self._tie(one)):
            props = {
                name: value
                for at, (name, value) in enumerate(sorted(each.props.items()))
                if name == "name" or more >> (at % 20) & 1
            }
            self._put(msgspec.structs.replace(each, props=props))

    def other(self, one: int, more: int) -> None:
        """A node or tie says what another of its kind says."""
        node, tie = self._node(one), self._tie(one)
        nodes = [each for each in self.nodes.values() if each.label == node.label]
        ties = [each for each in self.ties.values() if _triple(each) == _triple(tie)]
        self._put(msgspec.structs.replace(node, props=nodes[more % len(nodes)].props))
        self._put(msgspec.structs.replace(tie, props=ties[more % len(ties)].props))

    def untie(self, one: int, _: int) -> None:
        """A tie goes."""
        del self.ties[self._tie(one).id]

    def copy(self, one: int, _: int) -> None:
        """A node more."""
        self._made += 1
        node = self._node(one)
        self._put(msgspec.structs.replace(node, id=f"{node.id}/{self._made}"))

    def tie(self, one: int, more: int) -> None:
        """A tie more, beside another or elsewhere."""
        tie = self._tie(one)
        end = self._like(tie.end, more)
        id_ = ids.rel(tie.type, tie.start, end, f"more {more}")
        self._put(msgspec.structs.replace(tie, id=id_, end=end))

    def move(self, one: int, more: int) -> None:
        """A tie under the same id between other nodes."""
        tie = self._tie(one)
        start, end = self._like(tie.start, more), self._like(tie.end, more + 1)
        self._put(msgspec.structs.replace(tie, start=start, end=end))

    def relabel(self, one: int, more: int) -> None:
        """Another label under an id, and its ties with it."""
        labels = ("Account", "Listing")
        self._put(Node(SHARED, labels[one % 2], {"name": f"shared {more % 3}"}))
        roles = [node.id for node in self.nodes.values() if node.label == "Role"]
        for tie in [tie for tie in self.ties.values() if SHARED in (tie.start, tie.end)]:
            del self.ties[tie.id]
        for role in roles:
            id_ = ids.rel("HAS_ROLE", SHARED, role, "")
            props = {"modality": "asserted"}
            self._put(
                Relationship(id_, "HAS_ROLE", SHARED, labels[one % 2], role, "Role", {**props})
            )

    def _node(self, one: int) -> Node:
        found = [node for node in self.nodes.values() if node.label != "Build"]
        return found[one % len(found)]

    def _tie(self, one: int) -> Relationship:
        return [*self.ties.values()][one % len(self.ties)]

    def _like(self, id_: str, more: int) -> str:
        found = [n.id for n in self.nodes.values() if n.label == self.nodes[id_].label]
        return found[more % len(found)]

    def _put(self, element: Node | Relationship) -> None:
        if isinstance(element, Node):
            self.nodes[element.id] = element
        else:
            self.ties[element.id] = element


def _triple(tie: Relationship) -> tuple[str, str, str]:
    return tie.type, tie.start_label, tie.end_label


def changed(store: EmbeddedStore, graph: Graph) -> bool:
    """Whether the file was changed and not filled."""
    made = put_by(graph)
    work = changes(store.file, made)
    loading = Loading(store.file, len(made.nodes), None, nothing)
    if work is None or not loading.change(work, Ahead(store.file, anew=True)):
        return False
    store.close()
    keep_last(store.file, made)
    return True


def keep_last(file: Path, graph: Graph) -> None:
    """Notes of a graph beside a file."""
    with keeping_last(file, graph):
        pass


def everything(store: EmbeddedStore) -> list[Any]:
    asked = [store.run(text).rows for text in _ELEMENTS]
    return [typed(asked), list(store.nodes()), list(store.relationships())]


def filled(graph: Graph, folder: Path) -> EmbeddedStore:
    store = EmbeddedStore(folder, least=0)
    store.load(put_by(graph))
    return store


@settings(max_examples=25, deadline=None)
@given(st.lists(STEPS, min_size=1, max_size=3))
def test_any_changes_one_after_the_other(rounds: list[list[tuple[str, int, int]]]) -> None:
    state = Changing(golden())
    with TemporaryDirectory() as name:
        store = filled(state.graph(), Path(name, "changed"))
        for number, steps in enumerate(rounds):
            for step in steps:
                state.take(step)
            store.load(put_by(state.graph()))
            fresh = filled(state.graph(), Path(name, str(number)))
            assert list(store.nodes()) == state.graph().nodes
            assert list(store.relationships()) == state.graph().relationships
            assert everything(store) == everything(fresh)


@pytest.mark.parametrize("step", ["drop", "less", "other", "untie", "copy", "tie", "move"])
def test_a_small_change_is_applied_and_not_filled(step: str, tmp_path: Path) -> None:
    state = Changing(golden())
    store = filled(state.graph(), tmp_path)
    for number in range(3):
        state.take((step, number * 7 + 1, number + 5))
    assert changed(store, state.graph())
    assert list(store.nodes()) == state.graph().nodes
    assert list(store.relationships()) == state.graph().relationships


def test_another_process_changes_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_apart, "WORTH", 1)
    monkeypatch.setattr(statements, "BATCH", 3)
    state = Changing(golden())
    store = filled(state.graph(), tmp_path)
    for number, step in enumerate(("less", "other", "untie", "copy", "tie", "move")):
        state.take((step, number * 7, number + 5))
    assert changed(store, state.graph())
    assert list(store.nodes()) == state.graph().nodes
    assert list(store.relationships()) == state.graph().relationships
    keep_last(store.file, put_by(golden()))
    assert not changed(store, state.graph())
    state.untie(3, 0)
    store.load(put_by(state.graph()))
    assert list(store.nodes()) == state.graph().nodes
    assert list(store.relationships()) == state.graph().relationships
    assert not multiprocessing.active_children()


def test_another_label_under_one_id(tmp_path: Path) -> None:
    state = Changing(golden())
    state.relabel(0, 0)
    store = filled(state.graph(), tmp_path)
    state.relabel(1, 0)
    assert changed(store, state.graph())
    assert list(store.nodes()) == state.graph().nodes
    assert list(store.relationships()) == state.graph().relationships


def test_a_node_says_another_time_of_a_clock(tmp_path: Path) -> None:
    state = Changing(golden())
    store = filled(state.graph(), tmp_path)
    build = state.nodes["build:current"]
    later = {**build.props, "built_at": LATER}
    state.nodes[build.id] = msgspec.structs.replace(build, props=later)
    assert changed(store, state.graph())
    assert store.build_info() == later


def test_a_file_was_packed_elsewhere(tmp_path: Path) -> None:
    state = Changing(golden())
    store = filled(state.graph(), tmp_path)
    file = next(node for node in golden().nodes if "parent_id" in node.props)
    state.nodes[file.id] = msgspec.structs.replace(file, props={**file.props, "parent_id": "x"})
    assert changed(store, state.graph())
    assert list(store.nodes()) == state.graph().nodes


@pytest.mark.parametrize("seconds", [0.01, 0.1, 0.3])
def test_whatever_moment_it_is_killed_at_one_of_the_graphs_is_there(
    seconds: float, tmp_path: Path
) -> None:
    filled(golden(), tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", _LOADS, tmp_path], stdout=subprocess.PIPE
    ) as child:
        assert child.stdout
        assert child.stdout.readline() == b"begun\n"
        time.sleep(seconds)
        child.kill()
    store = EmbeddedStore(tmp_path, least=0)
    assert list(store.nodes()) in (golden().nodes, golden("another").nodes)
    for graph in (golden("third"), golden()):
        store.load(put_by(graph))
        assert list(store.nodes()) == graph.nodes
        assert list(store.relationships()) == graph.relationships


def test_every_query_gives_the_rows_of_a_graph_filled_from_nothing(tmp_path: Path) -> None:
    state = Changing(big_graph(3_000, 9_000))
    store = filled(state.graph(), tmp_path / "changed")
    steps = [name for name in _STEPS if name != "relabel"]
    for number in range(300):
        state.take((steps[number % len(steps)], number * 7_919, number * 104_729))
    assert changed(store, state.graph())
    fresh = filled(state.graph(), tmp_path / "fresh")
    assert everything(store) == everything(fresh)
    for query in QUERIES:
        given_ = values(query.header, fresh)
        one, other = (run_query(query, each, None, given_) for each in (store, fresh))
        assert typed(one.rows) == typed(other.rows), query.id
        assert list(map(str, one.drawn)) == list(map(str, other.drawn)), query.id
        assert (one.caveats, one.warnings) == (other.caveats, other.warnings), query.id


def test_filled_where_much_differs(tmp_path: Path) -> None:
    state = Changing(golden())
    store = filled(state.graph(), tmp_path)
    for _ in range(len(state.nodes) // 2):
        state.drop(3, 0)
    assert not changed(store, state.graph())
    store.load(put_by(state.graph()))
    assert list(store.nodes()) == state.graph().nodes
    assert list(store.relationships()) == state.graph().relationships


def test_filled_where_the_notes_are_of_another_file(tmp_path: Path) -> None:
    store = filled(golden(), tmp_path)
    assert changed(store, golden())
    notes = store.file.with_suffix(".marks")
    kept = notes.read_bytes()
    for damaged in (b"", b"PK", kept[: len(kept) // 2], _turned(kept, len(kept) // 2)):
        notes.write_bytes(damaged)
        assert not changed(store, golden())
    notes.write_bytes(kept)
    assert changed(store, golden())
    # As after an end between the saving of the graph and that of the notes.
    other = filled(golden("another"), tmp_path / "other")
    shutil.copy(other.file, store.file)
    assert not changed(store, golden())
    notes.unlink()
    assert not changed(store, golden())


def test_filled_where_the_notes_are_wrong(tmp_path: Path) -> None:
    state = Changing(golden())
    store = filled(state.graph(), tmp_path)
    for step in ("drop", "untie", "tie", "copy"):
        wrong = Changing(golden())
        wrong.take((step, 11, 12))
        keep_last(store.file, put_by(wrong.graph()))
        assert not changed(store, state.graph())


def test_a_graph_that_is_not_put_by_has_no_notes(tmp_path: Path) -> None:
    store = filled(golden(), tmp_path)
    store.load(golden())
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_notes_are_for_the_readers_of_the_graph_alone(tmp_path: Path) -> None:
    filled(golden(), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {FILE, "graph.marks"}
    assert (tmp_path / "graph.marks").stat().st_mode & 0o777 == 0o600


def test_a_graph_is_saved_where_no_notes_can_be(tmp_path: Path) -> None:
    (tmp_path / "graph.marks").mkdir()
    store = filled(golden(), tmp_path)
    assert list(store.nodes()) == golden().nodes
    assert {path.name for path in tmp_path.iterdir()} == {FILE, "graph.marks"}


def test_a_small_graph_has_no_notes(tmp_path: Path) -> None:
    filled(golden(), tmp_path)
    store = EmbeddedStore(tmp_path)
    store.load(put_by(golden()))
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_anew_does_not_look_at_what_there_is(tmp_path: Path) -> None:
    store = filled(golden(), tmp_path)
    fewer = Graph([n for n in golden().nodes if n.label == "Build"], [])
    keep_last(store.file, put_by(golden()))
    store.load(put_by(fewer), anew=True)
    assert list(store.nodes()) == fewer.nodes


def test_progress_ends_with_every_element(tmp_path: Path) -> None:
    state = Changing(golden())
    store = filled(state.graph(), tmp_path)
    state.copy(1, 0)
    told: list[tuple[int, int]] = []
    store.load(put_by(state.graph()), progress=lambda *done: told.append(done))
    whole = len(state.nodes) + len(state.ties)
    assert told == sorted(told)
    assert told[-1] == (whole, whole)
    assert {done for done, _ in told} == {whole - 1, whole}


def _turned(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
