"""A graph put by on disk is the graph that was said, whatever went and came back between."""

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import ids
from graph.build import draft as drafts
from graph.build import kinds, spool
from graph.build.draft import Draft, Ref, moment
from graph.build.snapshot import snapshot
from graph.elements import Graph, Node, Relationship, Value

VALUES: st.SearchStrategy[Value] = st.one_of(
    st.text(max_size=5),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)).map(lambda at: at.replace(fold=0)),
    st.lists(st.text(max_size=3), max_size=3),
    st.lists(st.integers(0, 9), max_size=30),
)
PROPS = st.dictionaries(st.sampled_from("abcde"), st.none() | VALUES, max_size=4)
REFS = st.builds(
    lambda label, number: Ref(f"{label.lower()}:{number}", label),
    st.sampled_from(["Account", "Post", "File"]),
    st.integers(0, 5),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("node"), REFS, PROPS),
        st.tuples(st.just("put"), REFS, PROPS),
        st.tuples(st.just("seen"), REFS, st.integers(0, 10**9)),
        st.tuples(st.sampled_from(["POSTED", "NAMED"]), REFS, REFS, st.integers(0, 1), PROPS),
    ),
    max_size=40,
)


class Plain:
    """The same in dictionaries."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.ties: dict[str, Relationship] = {}
        self.seen: dict[str, list[int]] = {}

    def take(self, step: tuple[Any, ...]) -> None:
        if step[0] == "node":
            self._node(step[1], step[2])
        elif step[0] == "put" and step[1].id in self.nodes:
            known = self.nodes[step[1].id].props
            known |= step[2]
            for name in [name for name in known if known[name] is None]:
                del known[name]
        elif step[0] == "seen":
            self._node(step[1], {})
            self.seen.setdefault(step[1].id, []).append(step[2])
        elif step[0] != "put":
            type_, start, end, key, props = step
            id_ = ids.rel(type_, start.id, end.id, str(key))
            ends = (start.id, start.label, end.id, end.label)
            self.ties.setdefault(id_, Relationship(id_, type_, *ends, _said(props)))

    def _node(self, ref: Ref, props: dict[str, Value | None]) -> None:
        node = self.nodes.setdefault(ref.id, Node(ref.id, ref.label, {"name": ref.id}))
        for name, value in _said(props).items():
            node.props.setdefault(name, value)

    def graph(self) -> Graph:
        for id_, times in self.seen.items():
            props = self.nodes[id_].props
            props["first_seen"], props["last_seen"] = moment(min(times)), moment(max(times))
        nodes, ties = sorted(self.nodes), sorted(self.ties)
        return Graph([self.nodes[id_] for id_ in nodes], [self.ties[id_] for id_ in ties])


def _said(props: dict[str, Value | None]) -> dict[str, Value]:
    return {name: value for name, value in props.items() if value is not None}


def said_to(draft: Draft, step: tuple[Any, ...]) -> None:
    if step[0] == "node":
        draft.node(step[1].label, step[1].id, "", **step[2])
    elif step[0] == "put":
        draft.put(step[1].id, **step[2])
    elif step[0] == "seen":
        draft.node(step[1].label, step[1].id, "")
        draft.seen(step[1], step[2])
    else:
        type_, start, end, key, props = step
        draft.rel(type_, start, end, str(key), **props)


@pytest.fixture(scope="module", autouse=True)
def small_parts() -> Iterator[None]:
    """So that little goes through many blocks and the file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drafts, "LOT", 2)
        patch.setattr(kinds, "BLOCK", 40)
        patch.setattr(kinds, "LOT", 3)
        patch.setattr(spool, "AT_ONCE", 100)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("spool")


@given(STEPS, st.integers(1, 4), st.booleans())
def test_what_went_to_disk_is_what_was_said(
    folder: Path, steps: list[tuple[Any, ...]], most: int, on_disk: bool
) -> None:
    draft, plain = Draft(folder if on_disk else None, most=most), Plain()
    for step in steps:
        said_to(draft, step)
        plain.take(step)
    said = [(tie.start, tie.end) for tie in plain.ties.values() if tie.type == "NAMED"]
    assert draft.ends_of_types({"NAMED"}) == said
    assert draft.ends("NAMED") == dict(said)
    for id_, node in plain.nodes.items():
        assert draft.has(id_)
        assert draft.of(id_, "a") == node.props.get("a")
    assert list(draft.untimed().relationships) == list(plain.ties.values())
    assert {n.id: n for n in draft.untimed().nodes} == plain.nodes
    found, expected = draft.graph(), plain.graph()
    assert repr(list(found.nodes)) == repr(_in_order(expected.nodes))
    assert repr(list(found.relationships)) == repr(_in_order(expected.relationships))
    assert (len(found.nodes), len(found.relationships)) == (len(plain.nodes), len(plain.ties))
    assert [(label, [n.id for n in nodes]) for label, nodes in found.by_label()] == [
        (label, [n.id for n in nodes]) for label, nodes in expected.by_label()
    ]
    assert [(triple, list(ties)) for triple, ties in found.by_triple()] == [
        (triple, list(ties)) for triple, ties in expected.by_triple()
    ]
    few = {"Post", "File"}
    assert [n.id for n in found.without(few)] == [n.id for n in expected.without(few)]
    assert snapshot(found) == snapshot(expected)
    part, whole = (each.part(lambda node: "a" in node.props) for each in (found, expected))
    assert list(part.nodes) == list(whole.nodes)
    assert list(part.relationships) == list(whole.relationships)
    assert snapshot(part) == snapshot(whole)
    assert len(found.nodes) == len(expected.nodes)
    assert list(folder.iterdir()) == []


def _in_order(elements: Any) -> list[Any]:
    """As they come from disk: properties in order of their names, which a repr shows."""
    for each in elements:
        named = sorted(each.props.items())
        each.props.clear()
        each.props.update(named)
    return list(elements)


def test_nodes_of_a_label_are_told_wherever_they_are() -> None:
    draft = Draft(most=2)
    for number in range(5):
        draft.node("Claim", f"claim:{number}", "c")
        draft.rel("ABOUT", Ref(f"claim:{number}", "Claim"), Ref("role:x", "Role"))
    assert draft.of_label("Claim") == [f"claim:{number}" for number in range(5)]
    assert draft.of_label("Role") == []
    assert not draft.has("role:x")


def test_a_time_of_what_is_no_node_is_a_mistake() -> None:
    draft = Draft()
    draft.seen(Ref("account:x", "Account"), 1)
    with pytest.raises(KeyError):
        draft.graph()


def test_a_node_that_is_put_in_place_of_another_counts_once() -> None:
    draft = Draft(most=1)
    for number in range(3):
        draft.node("Account", f"account:{number}", "a")
    graph = draft.graph()
    first = graph.with_node(Node("build:current", "Build", {"name": "b"}))
    again = first.with_node(Node("build:current", "Build", {"name": "b", "snapshot": "x"}))
    assert [node.props["name"] for node in again.nodes] == ["a", "a", "a", "b"]
    assert snapshot(first) == snapshot(again) == snapshot(Graph(list(again.nodes), []))
