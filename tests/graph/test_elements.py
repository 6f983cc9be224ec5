"""A graph handed out in the order in which the stores fill themselves."""

from collections import Counter

from graph.elements import Graph
from tests.integration.golden import golden


def test_nodes_come_by_label_and_id() -> None:
    groups = [(label, list(nodes)) for label, nodes in golden().by_label()]
    assert [label for label, _ in groups] == sorted({node.label for node in golden().nodes})
    for label, nodes in groups:
        assert {node.label for node in nodes} == {label}
        assert [node.id for node in nodes] == sorted(node.id for node in nodes)
    assert sum(len(nodes) for _, nodes in groups) == len(golden().nodes)


def test_relationships_come_by_triple_and_ends() -> None:
    groups = [(triple, list(ties)) for triple, ties in golden().by_triple()]
    assert [triple for triple, _ in groups] == sorted({triple for triple, _ in groups})
    for triple, ties in groups:
        assert {(tie.type, tie.start_label, tie.end_label) for tie in ties} == {triple}
        keys = [(tie.start, tie.end, tie.id) for tie in ties]
        assert keys == sorted(keys)
    found = Counter(tie.id for _, ties in groups for tie in ties)
    assert found == Counter(tie.id for tie in golden().relationships)


def test_an_empty_graph_has_no_groups() -> None:
    empty = Graph([], [])
    assert list(empty.by_label()) == []
    assert list(empty.by_triple()) == []
