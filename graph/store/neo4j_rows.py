"""Batches for a Neo4j server: rows by position, times as text, which the driver packs far faster.

A statement may be repeated: elements are found by label or type and id before they are made.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, islice
from operator import attrgetter

import msgspec

from graph.elements import Node, Relationship, Value
from graph.schema import NODE_KINDS, RELATIONSHIP_KINDS, Property
from graph.store.statements import known_label, known_type

ROWS = 2_000
Row = list[Value | None]
Step = Callable[[], None]
_FUNCTIONS = {"d": "date", "t": "datetime"}


class Batch(msgspec.Struct, frozen=True):
    """One statement with its `$rows`; no id stands twice in a batch."""

    text: str
    rows: list[Row]


def node_batches(nodes: Iterable[Node]) -> Iterator[Batch]:
    """Nodes by label, rows sorted by id."""
    ordered = sorted(nodes, key=lambda node: (node.label, node.id))
    for label, each in groupby(ordered, key=attrgetter("label")):
        group = list(each)
        names = _names(node.props for node in group)
        text = (
            f"UNWIND $rows AS row MERGE (n:{known_label(label)} {{id: row[0]}}) "
            f"SET n = {_map(names, NODE_KINDS[label].properties, 1)}"
        )
        yield from batches(text, ([n.id, *_cells(n.props, names)] for n in group))


def relationship_batches(relationships: Iterable[Relationship]) -> Iterator[Batch]:
    """Relationships by type and labels of the ends, rows sorted by (start, end, id).

    One order of the ends in all batches keeps two writers from waiting for each other.
    """
    ordered = sorted(relationships, key=lambda r: (*_triple(r), r.start, r.end, r.id))
    for (type_, start, end), each in groupby(ordered, key=_triple):
        group = list(each)
        names = _names(r.props for r in group)
        text = (
            "UNWIND $rows AS row "
            f"MATCH (a:{known_label(start)} {{id: row[1]}}) "
            f"MATCH (b:{known_label(end)} {{id: row[2]}}) "
            f"MERGE (a)-[r:{known_type(type_)} {{id: row[0]}}]->(b) "
            f"SET r = {_map(names, RELATIONSHIP_KINDS[type_].properties, 3)}"
        )
        yield from batches(text, ([r.id, r.start, r.end, *_cells(r.props, names)] for r in group))


def batches(text: str, rows: Iterable[Row]) -> Iterator[Batch]:
    """The rows in batches of one statement."""
    left = iter(rows)
    while part := list(islice(left, ROWS)):
        yield Batch(text, part)


def _triple(relationship: Relationship) -> tuple[str, str, str]:
    return relationship.type, relationship.start_label, relationship.end_label


def _names(props: Iterable[Mapping[str, Value]]) -> list[str]:
    return sorted({name for each in props for name in each})


def _map(names: Sequence[str], kinds: Mapping[str, Property], first: int) -> str:
    """A map of all properties, by which those that a row lacks are removed."""
    cells = ["id: row[0]"]
    for at, name in enumerate(names, first):
        function = _FUNCTIONS.get(kinds[name].value)
        cells.append(f"{name}: {function}(row[{at}])" if function else f"{name}: row[{at}]")
    return "{" + ", ".join(cells) + "}"


def _cells(props: Mapping[str, Value], names: Sequence[str]) -> Iterator[Value | None]:
    for name in names:
        value = props.get(name)
        yield value.isoformat() if isinstance(value, date) else value
