"""Cells of the embedded engine turned into plain values and whole elements."""

from datetime import UTC, datetime
from typing import Any

from graph.store import values
from graph.store.base import Cell, Path
from graph.store.values import Ends

# The engine adds these to every node and to `properties(r)`; the schema uses neither name.
_INVENTED = frozenset({"title", "type"})
_NODE_KEYS = {"id", "labels", "properties"}
_RELATIONSHIP_KEYS = {"id", "start", "end", "type", "properties"}
_PATH_KEYS = {"nodes", "relationships"}


def cell(raw: Any, ends: Ends, *, whole_maps: bool) -> Cell:
    """A plain value. `whole_maps`: the query asks for all properties or keys of an element."""

    def one(part: Any) -> Cell:
        if isinstance(part, datetime) and part.tzinfo is not None:
            return part.astimezone(UTC)
        if type(part) is dict:
            return _map(part, ends, whole_maps)
        return part

    if whole_maps and _is_keys(raw):
        return [key for key in raw if key not in _INVENTED]
    return values.convert(raw, one)


def needs_ends(raw: Any) -> bool:
    """Whether a cell holds a whole relationship, whose ends are the engine's own numbers."""
    if type(raw) in values.PLAIN:
        return False
    if isinstance(raw, list):
        return not values.all_plain(raw) and any(map(needs_ends, raw))
    if not isinstance(raw, dict):
        return False
    return _is_relationship(raw) or any(map(needs_ends, raw.values()))


def _map(part: dict[str, Any], ends: Ends, whole_maps: bool) -> Cell:
    if _is_node(part):
        return values.node(part["labels"][0], _real(part["properties"]))
    if _is_relationship(part):
        start, end = ends[part["start"]], ends[part["end"]]
        return values.relationship(part["type"], _real(part["properties"]), start, end)
    if part.keys() == _PATH_KEYS and all(map(_is_node, part["nodes"])) and part["nodes"]:
        return Path(
            [_map(n, ends, False) for n in part["nodes"]],
            [_map(r, ends, False) for r in part["relationships"]],
        )
    if whole_maps and "id" in part and "type" in part:
        return {key: cell(value, ends, whole_maps=True) for key, value in _real(part).items()}
    return part


def _is_keys(raw: Any) -> bool:
    return type(raw) is list and "id" in raw and "type" in raw and raw == sorted(map(str, raw))


def _is_node(part: dict[str, Any]) -> bool:
    return part.keys() == _NODE_KEYS and type(part["id"]) is int and "type" in part["properties"]


def _is_relationship(part: dict[str, Any]) -> bool:
    return part.keys() == _RELATIONSHIP_KEYS and type(part["start"]) is int


def _real(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in properties.items()
        if name not in _INVENTED and value is not None
    }
