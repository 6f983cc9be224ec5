"""The texts and batches that fill an empty graph. Names come from the schema."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import TypeVar

import msgspec

from evidence.errors import DataError
from graph.elements import Graph, Node, Relationship, Value
from graph.schema import NODE_KINDS, RELATIONSHIP_KINDS, check_all

BATCH = 2_000
Row = Mapping[str, Value | Mapping[str, Value]]
Progress = Callable[[int, int], None]
Element = TypeVar("Element", Node, Relationship)


class Batch(msgspec.Struct, frozen=True):
    """One statement with its `$rows`; no key stands twice in a batch."""

    text: str
    rows: list[Row]


def node_batches(graph: Graph) -> Iterator[Batch]:
    """Nodes by label, rows sorted by id."""
    for label, nodes in graph.by_label():
        text = f"UNWIND $rows AS row CREATE (n:{known_label(label)} {{id: row.id}}) SET n += row"
        for part in _parts(nodes):
            yield Batch(text, [{**node.props, "id": node.id} for node in part])


def relationship_batches(graph: Graph) -> Iterator[Batch]:
    """Relationships by type and labels of the ends, rows sorted by (start, end, id)."""
    for (type_, start_label, end_label), ties in graph.by_triple():
        text = (
            "UNWIND $rows AS row "
            f"MATCH (a:{known_label(start_label)} {{id: row.start_id}}) "
            f"MATCH (b:{known_label(end_label)} {{id: row.end_id}}) "
            f"CREATE (a)-[r:{known_type(type_)}]->(b) SET r = row.props"
        )
        for part in _parts(ties):
            yield Batch(text, [_relationship_row(tie) for tie in part])


def _parts(elements: Iterator[Element]) -> Iterator[list[Element]]:
    while part := list(islice(elements, BATCH)):
        yield part


def refuse_bad(graph: Graph) -> None:
    """Raises DataError for what the schema does not allow, an id twice or a missing end."""
    labels = {node.id: node.label for node in graph.nodes}
    if len(labels) < len(graph.nodes) or len({r.id for r in graph.relationships}) < len(
        graph.relationships
    ):
        raise DataError("an id stands for two elements of the graph")
    check_all(graph.nodes)
    check_all(graph.relationships)
    for each in graph.relationships:
        if labels.get(each.start) != each.start_label or labels.get(each.end) != each.end_label:
            raise DataError("a relationship without both its nodes", where={"id": each.id})


def known_label(label: str) -> str:
    """The label as it stands in the schema; KeyError for any other text."""
    return NODE_KINDS[label].label


def known_type(type_: str) -> str:
    """The relationship type as it stands in the schema; KeyError for any other text."""
    return RELATIONSHIP_KINDS[type_].type


def _relationship_row(r: Relationship) -> Row:
    return {"start_id": r.start, "end_id": r.end, "props": {**r.props, "id": r.id}}
