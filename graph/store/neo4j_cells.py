"""Cells of the Neo4j driver turned into plain values and whole elements."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from typing import Any

import neo4j.graph
import neo4j.time

from graph.store import values
from graph.store.base import Cell, Path
from graph.store.values import End

Ends = Mapping[str, End]
"""Nodes by element id."""
_MADE = frozenset({date, datetime})
"""Times that were made of text, in UTC; the driver's own are of other types."""


def cell(raw: Any, ends: Ends, *, whole_maps: bool) -> Cell:
    """A plain value. `whole_maps`: the query asks for all properties or keys of an element."""
    if whole_maps and isinstance(raw, list) and "id" in raw and all(type(k) is str for k in raw):
        return sorted(raw)
    return values.convert(raw, lambda part: _one(part, ends))


def wanted_ends(raw: Any) -> set[str]:
    """Element ids of the nodes that a cell's whole relationships join."""
    found: set[str] = set()
    parts = [raw]
    while parts:
        part = parts.pop()
        if type(part) in values.PLAIN:
            continue
        if isinstance(part, list):
            parts += () if values.all_plain(part) else part
        elif isinstance(part, neo4j.graph.Relationship | neo4j.graph.Path):
            found.update(node.element_id for node in part.nodes if node is not None)
        elif isinstance(part, Mapping) and not isinstance(part, neo4j.graph.Node):
            parts += part.values()
    return found


def properties(raw: Mapping[str, Any]) -> dict[str, Any]:
    """All properties as plain values."""
    return {name: cell(value, {}, whole_maps=False) for name, value in raw.items()}


def first_label(labels: Collection[str]) -> str:
    """The label of a node that has one; the first by name where a user added another."""
    return min(labels, default="")


def _one(part: Any, ends: Ends) -> Cell:
    if type(part) in _MADE:
        return part
    if isinstance(part, neo4j.graph.Node):
        return values.node(first_label(part.labels), _with_id(part))
    if isinstance(part, neo4j.graph.Relationship):
        return _relationship(part, ends)
    if isinstance(part, neo4j.graph.Path):
        return Path(
            [_one(node, ends) for node in part.nodes],
            [_one(relationship, ends) for relationship in part.relationships],
        )
    if isinstance(part, neo4j.time.Duration):
        # The embedded engine names these three parts; nanoseconds are not kept there.
        return {"months": part.months, "days": part.days, "seconds": part.seconds}
    if isinstance(part, neo4j.time.DateTime | neo4j.time.Date | neo4j.time.Time):
        native = part.to_native()
        zoned = isinstance(native, datetime) and native.tzinfo is not None
        return native.astimezone(UTC) if isinstance(native, datetime) and zoned else native
    return part


def _relationship(part: neo4j.graph.Relationship, ends: Ends) -> Cell:
    start, end = (End("", "") if n is None else ends[n.element_id] for n in part.nodes)
    return values.relationship(part.type, _with_id(part), start, end)


def _with_id(part: neo4j.graph.Entity) -> dict[str, Any]:
    """Properties with `id`; the driver's own number where something else wrote the element."""
    return {"id": part.element_id, **properties(dict(part.items()))}
