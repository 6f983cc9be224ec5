"""Which part of the graph leaves: queries, an ego network, filters, a projection.

In this order: scope (venue, product, account, time), confidence, actors for accounts, queries,
projection, labels and shared services, relationship types, ego network, degree.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import msgspec

from evidence.errors import NotFoundError
from graph.elements import Graph, Node, Relationship
from graph.export.choice.drawn import Drawn
from graph.export.choice.scope import Scope, within
from graph.export.choice.shapes import People, Projection, actors_of, as_actors, projected
from graph.export.clean.claimed import claimed_roles


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """`labels`, `types` empty: all. `ego`: a node id with everything within `hops`.

    `tags` are shown only: the scope holds what carries them.
    """

    queries: tuple[str, ...] = ()
    ego: str | None = None
    hops: int = 2
    labels: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    scope: Scope = Scope()
    tags: tuple[str, ...] = ()
    min_confidence: float = 0.0
    min_degree: int = 0
    include_shared: bool = True
    people: People = "accounts"
    projection: Projection | None = None

    def describe(self) -> str:
        """The selection in words, for the file's description."""
        words = [f"query {name}" for name in self.queries]
        words += [f"within {self.hops} hops of {self.ego}"] if self.ego else []
        words += list(_scoped(self.scope, self.tags))
        words += [f"labels {', '.join(sorted(self.labels))}"] if self.labels else []
        words += [f"relationships {', '.join(sorted(self.types))}"] if self.types else []
        words += [f"confidence from {self.min_confidence}"] if self.min_confidence else []
        words += [f"at least {self.min_degree} relationships a node"] if self.min_degree else []
        words += [] if self.include_shared else ["without shared services"]
        words += ["actors in place of their accounts"] if self.people == "actors" else []
        words += [f"projection {self.projection}"] if self.projection else []
        return "; ".join(words) or "whole graph"

    def renamed(self, name: Callable[[str], str]) -> "Selection":
        """The selection with the ids in it under other names."""

        def each(chosen: frozenset[str] | None) -> frozenset[str] | None:
            return None if chosen is None else frozenset(map(name, chosen))

        replace = msgspec.structs.replace
        scope = replace(
            self.scope,
            venues=each(self.scope.venues),
            products=each(self.scope.products),
            accounts=each(self.scope.accounts),
            tagged=each(self.scope.tagged),
        )
        return replace(self, scope=scope, ego=None if self.ego is None else name(self.ego))


class Selected(msgspec.Struct, frozen=True):
    """The chosen part, claimed roles by holder, and what was left out on the way."""

    graph: Graph
    roles: dict[str, list[str]]
    losses: Counter[str]

    @property
    def empty(self) -> bool:
        """Whether nothing was chosen; `Build` only says what the graph was made from."""
        return all(node.label == "Build" for node in self.graph.nodes)


def select(graph: Graph, selection: Selection, drawn: Sequence[Drawn] = ()) -> Selected:
    """The chosen nodes and the relationships between them. NotFoundError for an unknown ego."""
    if selection.ego is not None and all(node.id != selection.ego for node in graph.nodes):
        raise NotFoundError(f"no node {selection.ego}", hint="heichan search TEXT finds one")
    losses: Counter[str] = Counter()
    part = _sure(within(graph, selection.scope, losses), selection)
    actors = actors_of(part) if selection.people == "actors" else {}
    whole = part = as_actors(part, actors, losses)
    ego = None if selection.ego is None else actors.get(selection.ego, selection.ego)
    if selection.queries:
        part = _drawn(part, [each.through(actors) for each in drawn])
    if selection.projection:
        part = projected(part, selection.projection, whole)
    part = _of_kinds(part, selection, ego)
    if ego is not None:
        reached = _reached(ego, selection.hops, part.relationships)
        part = _between([node for node in part.nodes if node.id in reached], part.relationships)
    if selection.types:
        # With a choice of relationships, nodes that none of them touches are noise.
        part = _connected(part, 1)
    part = _connected(part, selection.min_degree)
    return Selected(_ordered(part), claimed_roles(whole), losses)


def _scoped(scope: Scope, tags: Iterable[str]) -> Iterable[str]:
    yield from (f"tag {tag}" for tag in tags)
    named = (
        ("venues", None if tags else scope.venues),
        ("products", scope.products),
        ("accounts", scope.accounts),
    )
    for what, chosen in named:
        if chosen is not None:
            yield f"{what} {', '.join(sorted(chosen))}"
    for word, moment in (("since", scope.since), ("before", scope.until)):
        if moment is not None:
            yield f"{word} {_utc(moment)}"


def _utc(moment: datetime) -> str:
    return f"{moment.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def _sure(graph: Graph, selection: Selection) -> Graph:
    """Without readings that are less sure, of ties and of nodes."""
    least = selection.min_confidence
    if not least:
        return graph
    nodes = [node for node in graph.nodes if _confidence(node) >= least]
    return _between(nodes, (tie for tie in graph.relationships if _confidence(tie) >= least))


def _confidence(element: Node | Relationship) -> float:
    confidence = element.props.get("confidence")
    return float(confidence) if isinstance(confidence, int | float) else 1.0


def _drawn(graph: Graph, drawn: Iterable[Drawn]) -> Graph:
    """What any of the queries draws; where one draws no relationships, those between its nodes."""
    nodes: set[str] = set()
    ties: dict[str, Relationship] = {}
    for each in drawn:
        nodes |= each.nodes
        for tie in graph.relationships:
            inside = tie.start in each.nodes and tie.end in each.nodes
            if inside and (not each.ties or tie.id in each.ties):
                ties[tie.id] = tie
    return _between([node for node in graph.nodes if node.id in nodes], ties.values())


def _of_kinds(graph: Graph, selection: Selection, ego: str | None) -> Graph:
    """Of the chosen labels and types, shared services as asked; the middle of an ego stays."""
    nodes = [
        node
        for node in graph.nodes
        if node.id == ego
        or (
            (selection.include_shared or not node.props.get("shared"))
            and (not selection.labels or node.label in selection.labels)
        )
    ]
    types = selection.types
    return _between(nodes, (t for t in graph.relationships if not types or t.type in types))


def _between(nodes: list[Node], ties: Iterable[Relationship]) -> Graph:
    known = {node.id for node in nodes}
    return Graph(nodes, [tie for tie in ties if tie.start in known and tie.end in known])


def _connected(graph: Graph, least: int) -> Graph:
    """Without nodes that have fewer relationships; those of what is left are not counted again."""
    if not least:
        return graph
    degrees: Counter[str] = Counter()
    for tie in graph.relationships:
        degrees.update((tie.start, tie.end))
    nodes = [node for node in graph.nodes if degrees[node.id] >= least]
    return _between(nodes, graph.relationships)


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


def _ordered(graph: Graph) -> Graph:
    return Graph(
        sorted(graph.nodes, key=lambda node: node.id),
        sorted(graph.relationships, key=lambda tie: tie.id),
    )
