"""The one clean step before all writers: what a file can't hold is changed and reported."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import chain

import msgspec

from graph.elements import Graph, Node
from graph.export.clean.claimed import claimed_roles
from graph.export.clean.groups import NodeGroup, columns_of, shape_of, stand
from graph.export.clean.guard import Guard, guard_of
from graph.export.clean.rows import PlanEdge, PlanNode, Rows, in_order
from graph.export.clean.ties import MERGED_SAID, Edges
from graph.export.clean.words import Words
from graph.export.formats.spells import Spells
from graph.export.formats.timeline import spans_of

__all__ = ["Plan", "PlanEdge", "PlanNode", "plan", "said"]


class Plan(msgspec.Struct, frozen=True):
    """What leaves, in order of id, and what was changed on the way (a line a kind)."""

    nodes: Sequence[PlanNode]
    edges: Sequence[PlanEdge]
    losses: list[str]

    def kinds(self) -> Iterator[tuple[str, str]]:
        """Id and kind of each node."""
        if isinstance(self.nodes, _Nodes):
            return self.nodes.kinds()
        return ((node.id, node.kind) for node in self.nodes)

    def ends(self) -> Iterator[tuple[str, str]]:
        """Source and target of each edge."""
        if isinstance(self.edges, Edges):
            return self.edges.ends()
        return ((edge.source, edge.target) for edge in self.edges)

    def apart(self) -> "Plan":
        """The plan with the days of one pair as edges of their own."""
        if not isinstance(self.edges, Edges):
            return self
        losses = [line for line in self.losses if not line.endswith(MERGED_SAID)]
        return Plan(self.nodes, self.edges.apart(), losses)


def plan(
    graph: Graph,
    *,
    include_accused: bool = False,
    guard: Guard | None = None,
    roles: Mapping[str, list[str]] | None = None,
) -> Plan:
    """The graph as a file can hold it; reads its elements again whenever rows are read.

    A part of a graph comes with the guard and the claimed roles of the whole: neither can be told
    from the part.
    """
    losses: Counter[str] = Counter()
    guard = guard or guard_of(graph, include_accused=include_accused)
    held = claimed_roles(graph) if roles is None else roles
    held = {guard.identifier(holder): found for holder, found in held.items()}
    graph = guard.apply(graph, losses)
    words = Words(losses)
    names = {node.id: words.identifier(node.id) for node in graph.nodes}
    ties = [tie for tie in graph.relationships if tie.start in names and tie.end in names]
    losses["relationships left out with their nodes"] += len(graph.relationships) - len(ties)
    edges = Edges(ties, names, words, losses)
    planned = _Nodes(list(graph.nodes), names, held, edges.spells(), words)
    return Plan(planned, edges, said(losses))


def said(losses: Counter[str]) -> list[str]:
    """A line a kind of what was changed."""
    return [f"{n} {what}" for what, n in sorted(losses.items()) if n]


class _Nodes(Rows[Node, PlanNode, NodeGroup]):
    """The nodes, in order of id; `names`: exported ids by their own."""

    def __init__(
        self,
        nodes: Sequence[Node],
        names: Mapping[str, str],
        roles: Mapping[str, list[str]],
        spells: Mapping[str, Spells],
        words: Words,
    ) -> None:
        self._names, self._roles, self._spells, self._words = names, roles, spells, words
        super().__init__(nodes, self._node, self._shaped, self._alike, self._stands)

    def kinds(self) -> Iterator[tuple[str, str]]:
        """Id and kind of each, without the cost of its values."""
        return ((self._names[node.id], node.label) for node in self.entries)

    def _shaped(self, node: Node) -> Hashable:
        if node.id in self._spells:
            return None
        return node.label, node.id in self._roles, shape_of(node.props)

    def _alike(self, nodes: Sequence[Node]) -> NodeGroup | None:
        columns = columns_of([node.props for node in nodes])
        if columns is None:
            return None
        columns.pop("name", None)
        if nodes[0].id in self._roles:
            if not self._stands(nodes):
                return None
            held = [self._roles[node.id] for node in nodes]
            columns["claimed_roles"] = [sorted(roles) for roles in held]
            columns["main_claimed_role"] = [roles[0] for roles in held]
        labels = [self._label(node) for node in nodes]
        names = [self._names[node.id] for node in nodes]
        when = spans_of(columns, len(nodes))
        return NodeGroup(names, labels, nodes[0].label, columns, when)

    def _stands(self, nodes: Sequence[Node]) -> bool:
        held = chain.from_iterable(self._roles.get(node.id, ()) for node in nodes)
        return "".join(held).isprintable() and stand([node.props for node in nodes])

    def _label(self, node: Node) -> str:
        return self._words.line(str(node.props.get("name") or node.id))

    def _node(self, node: Node) -> PlanNode:
        cell = self._words.cell
        props = node.props
        values = {name: cell(props[name]) for name in in_order(tuple(props)) if name != "name"}
        if roles := self._roles.get(node.id):
            values["claimed_roles"] = sorted(map(self._words.text, roles))
            values["main_claimed_role"] = self._words.text(roles[0])
        label = self._label(node)
        spells = self._spells.get(node.id, ())
        return PlanNode(self._names[node.id], label, node.label, values, spells)
