"""The elements that a query's graph column draws."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from graph.elements import Node, Relationship
from graph.store.base import Cell, Path


class Drawn(msgspec.Struct, frozen=True):
    """Ids of the nodes and relationships that a query draws."""

    nodes: frozenset[str]
    ties: frozenset[str]

    def through(self, actors: Mapping[str, str]) -> "Drawn":
        """The same with accounts as their actors."""
        nodes = frozenset(actors.get(name, name) for name in self.nodes)
        return Drawn(nodes, self.ties)


def drawn_of(cells: Iterable[Cell]) -> Drawn:
    """What nodes, relationships, paths and lists of them hold."""
    elements = list(_elements(cells))
    nodes = {each.id for each in elements if isinstance(each, Node)}
    return Drawn(
        frozenset(nodes),
        frozenset(each.id for each in elements if isinstance(each, Relationship)),
    )


def _elements(cells: Iterable[Cell]) -> Iterator[Node | Relationship]:
    for cell in cells:
        if isinstance(cell, Node | Relationship):
            yield cell
        elif isinstance(cell, Path):
            yield from cell.nodes
            yield from cell.relationships
        elif isinstance(cell, list | tuple):
            yield from _elements(cell)
