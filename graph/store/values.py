"""What a store hands out: whole elements found inside cells, their ends filled in."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from graph.elements import Node, Relationship, Value
from graph.store.base import Cell, Path


class End(NamedTuple):
    """A node as an end of a relationship."""

    id: str
    label: str


Ends = Mapping[Any, End]
"""Nodes by the engine's own number."""


def node(label: str, properties: Mapping[str, Any]) -> Node:
    """A Node from all its properties, `id` among them."""
    return Node(str(properties["id"]), label, _props(properties))


def relationship(type_: str, properties: Mapping[str, Any], start: End, end: End) -> Relationship:
    """A Relationship from all its properties, `id` among them."""
    return Relationship(
        id=str(properties["id"]),
        type=type_,
        start=start.id,
        start_label=start.label,
        end=end.id,
        end_label=end.label,
        props=_props(properties),
    )


PLAIN: Final = frozenset({str, int, float, bool, type(None)})
"""Types of cells that come from every engine as they are."""


def all_plain(cells: Iterable[Cell]) -> bool:
    """Whether none of them needs a look: they come as they are, and are no lists or maps."""
    return PLAIN.issuperset(map(type, cells))


def convert(cell: Cell, one: Callable[[Any], Cell]) -> Cell:
    """The cell with `one` applied to every part that is no plain value, list or plain map."""
    if type(cell) in PLAIN:
        return cell
    if isinstance(cell, list):
        return cell if all_plain(cell) else [convert(part, one) for part in cell]
    if type(cell) is dict:
        whole = one(cell)
        if whole is not cell:
            return whole
        return {key: convert(part, one) for key, part in cell.items()}
    return one(cell)


def elements(cell: Cell) -> Iterator[Node | Relationship]:
    """Every whole node and relationship inside a cell."""
    if isinstance(cell, Node | Relationship):
        yield cell
    elif isinstance(cell, Path):
        yield from cell.nodes
        yield from cell.relationships
    elif isinstance(cell, list):
        for part in cell:
            yield from elements(part)
    elif isinstance(cell, dict):
        for part in cell.values():
            yield from elements(part)


def _props(properties: Mapping[str, Any]) -> dict[str, Value]:
    pairs = sorted(properties.items())
    return {name: value for name, value in pairs if name != "id" and value is not None}
