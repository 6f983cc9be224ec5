"""Which part of the graph leaves: everything, an ego network, a query's graph column, filters."""

from collections.abc import Iterable, Iterator

import msgspec

from evidence.archive.archive import Archive
from evidence.errors import UsageError
from graph.elements import Graph, Node, Relationship
from graph.store.base import GraphStore, Path


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """`labels` and `types` empty: all. `ego`: a node id with everything within `hops`."""

    query: str | None = None
    ego: str | None = None
    hops: int = 2
    labels: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    min_confidence: float = 0.0
    include_shared: bool = True

    def describe(self) -> str:
        """The selection in words, for the file's description."""
        words = [f"query {self.query}"] if self.query else []
        words += [f"within {self.hops} hops of {self.ego}"] if self.ego else []
        words += [f"labels {', '.join(sorted(self.labels))}"] if self.labels else []
        words += [f"relationships {', '.join(sorted(self.types))}"] if self.types else []
        words += [f"confidence from {self.min_confidence}"] if self.min_confidence else []
        words += [] if self.include_shared else ["without shared services"]
        return "; ".join(words) or "whole graph"


def select(store: GraphStore, archive: Archive, selection: Selection) -> Graph:
    """The chosen nodes and the relationships between them, each by id."""
    nodes = {node.id: node for node in store.nodes() if _kept(node, selection)}
    ties = [tie for tie in store.relationships() if _carried(tie, nodes, selection)]
    if selection.query is not None:
        nodes, ties = _of_query(store, archive, selection.query, nodes, ties)
    if selection.ego is not None:
        reached = _reached(selection.ego, selection.hops, ties)
        nodes = {name: node for name, node in nodes.items() if name in reached}
    ties = [tie for tie in ties if tie.start in nodes and tie.end in nodes]
    if selection.types:
        # With a choice of relationships, nodes that none of them touches are noise.
        touched = {end for tie in ties for end in (tie.start, tie.end)}
        nodes = {name: node for name, node in nodes.items() if name in touched}
    return Graph([nodes[name] for name in sorted(nodes)], sorted(ties, key=lambda tie: tie.id))


def _kept(node: Node, selection: Selection) -> bool:
    shared = bool(node.props.get("shared")) and not selection.include_shared
    return not shared and (not selection.labels or node.label in selection.labels)


def _carried(tie: Relationship, nodes: dict[str, Node], selection: Selection) -> bool:
    confidence = tie.props.get("confidence")
    sure = not isinstance(confidence, float) or confidence >= selection.min_confidence
    typed = not selection.types or tie.type in selection.types
    return sure and typed and tie.start in nodes and tie.end in nodes


def _reached(start: str, hops: int, ties: Iterable[Relationship]) -> set[str]:
    near: dict[str, set[str]] = {}
    for tie in ties:
        near.setdefault(tie.start, set()).add(tie.end)
        near.setdefault(tie.end, set()).add(tie.start)
    reached = frontier = {start}
    for _ in range(hops):
        frontier = {there for here in frontier for there in near.get(here, ())} - reached
        reached = reached | frontier
    return reached


def _of_query(
    store: GraphStore,
    archive: Archive,
    name: str,
    nodes: dict[str, Node],
    ties: list[Relationship],
) -> tuple[dict[str, Node], list[Relationship]]:
    from queries.pack import load_packs
    from queries.run import run_query

    query = load_packs(lint_shipped=False).get(name)
    result = run_query(query, store, archive, {})
    if result.graph_column is None:
        raise UsageError(f"{name} has no column to draw", hint="heichan query list")
    named: set[str] = set()
    relations: set[str] = set()
    for item in _elements(result.drawn):
        (named if isinstance(item, Node) else relations).add(item.id)
    kept = {identifier: node for identifier, node in nodes.items() if identifier in named}
    return kept, [tie for tie in ties if not relations or tie.id in relations]


def _elements(cells: Iterable[object]) -> Iterator[Node | Relationship]:
    for cell in cells:
        if isinstance(cell, Node | Relationship):
            yield cell
        elif isinstance(cell, Path):
            yield from cell.nodes
            yield from cell.relationships
        elif isinstance(cell, list | tuple):
            yield from _elements(cell)
