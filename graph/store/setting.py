"""Statements that reach elements of a graph one by one, to set or take them away."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from graph.elements import Node
from graph.schema import NODE_KINDS, check_kind
from graph.store import statements
from graph.store.embedded_fill import Change
from graph.store.statements import known_label

EACH: Final = "UNWIND $rows AS row MATCH"


def setting(label: str, nodes: Iterator[Node]) -> Iterator[Change]:
    """Gives nodes that there are all that is said of them, and takes the rest away."""
    names = sorted(NODE_KINDS[label].properties.keys() - {"id"})
    values = ", ".join(f"n.{name} = row.{name}" for name in names)
    yield from in_parts(node_of(label), f"SET {values}", _rows(label, nodes))


def node_of(label: str) -> str:
    """Reaches the node of a row."""
    return f"{EACH} (n:{known_label(label)} {{id: row.id}})"


def in_parts(match: str, effect: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[Change]:
    """One effect on many rows."""
    left = iter(rows)
    while part := list(islice(left, statements.BATCH)):
        yield Change(match, effect, part)


def _rows(label: str, nodes: Iterator[Node]) -> Iterator[Mapping[str, Any]]:
    while part := list(islice(nodes, statements.BATCH)):
        check_kind((label,), part)
        yield from ({**node.props, "id": node.id} for node in part)
