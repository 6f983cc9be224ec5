"""The texts and batches that load a graph, the same for every store. Names come from the schema."""

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

import msgspec

from evidence.errors import DataError
from graph.elements import Graph, Relationship, Value
from graph.schema import NODE_KINDS, RELATIONSHIP_KINDS, check

BATCH = 2_000
Row = dict[str, str | Mapping[str, Value]]
Progress = Callable[[int, int], None]


class Batch(msgspec.Struct, frozen=True):
    """One statement with its `$rows`; no key stands twice in a batch."""

    text: str
    rows: list[Row]


def node_batches(graph: Graph, assign: str) -> Iterator[Batch]:
    """Nodes by label, rows sorted by id. `assign` is `+=`, or `=` to drop what a node had."""
    rows = sorted(graph.nodes, key=lambda node: (node.label, node.id))
    for label, nodes in groupby(rows, key=lambda node: node.label):
        text = (
            f"UNWIND $rows AS row MERGE (n:{known_label(label)} {{id: row.id}}) "
            f"SET n {assign} row.props"
        )
        yield from _batches(text, [{"id": n.id, "props": {**n.props, "id": n.id}} for n in nodes])


def relationship_batches(graph: Graph, assign: str) -> Iterator[Batch]:
    """Relationships by type and labels of the ends, rows sorted by (start, end, id)."""
    rows = sorted(graph.relationships, key=lambda r: (_triple(r), r.start, r.end, r.id))
    for (type_, start, end), group in groupby(rows, key=_triple):
        text = (
            "UNWIND $rows AS row "
            f"MATCH (a:{known_label(start)} {{id: row.start_id}}) "
            f"MATCH (b:{known_label(end)} {{id: row.end_id}}) "
            f"MERGE (a)-[r:{known_type(type_)} {{id: row.id}}]->(b) "
            f"SET r {assign} row.props"
        )
        yield from _batches(text, [_relationship_row(r) for r in group])


def refuse_bad(graph: Graph) -> None:
    """Raises DataError for an element that the schema does not allow or an end that is missing."""
    for node in graph.nodes:
        check(node)
    for relationship in graph.relationships:
        check(relationship)
    if missing := _missing_ends(graph):
        raise DataError("a relationship without both its nodes", where={"id": missing[0]})


def known_label(label: str) -> str:
    """The label as it stands in the schema; KeyError for any other text."""
    return NODE_KINDS[label].label


def known_type(type_: str) -> str:
    """The relationship type as it stands in the schema; KeyError for any other text."""
    return RELATIONSHIP_KINDS[type_].type


def _missing_ends(graph: Graph) -> list[str]:
    ids = {(node.label, node.id) for node in graph.nodes}
    return [
        r.id
        for r in graph.relationships
        if (r.start_label, r.start) not in ids or (r.end_label, r.end) not in ids
    ]


def _triple(relationship: Relationship) -> tuple[str, str, str]:
    return relationship.type, relationship.start_label, relationship.end_label


def _relationship_row(r: Relationship) -> Row:
    return {"id": r.id, "start_id": r.start, "end_id": r.end, "props": {**r.props, "id": r.id}}


def _batches(text: str, rows: list[Row]) -> Iterator[Batch]:
    for start in range(0, len(rows), BATCH):
        yield Batch(text, rows[start : start + BATCH])
