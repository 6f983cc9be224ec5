"""A graph that stands on disk while stores are filled from it."""

from collections.abc import Collection, Iterator
from pathlib import Path

from graph.build.numbers import Numbers
from graph.build.spool import Spool
from graph.build.spooled_nodes import SpooledNodes
from graph.build.spooled_ties import SpooledTies
from graph.elements import Graph, Node, Relationship, Triple


class Spooled:
    """Nodes and relationships in a file below a folder, in memory without one."""

    def __init__(self, folder: Path | None) -> None:
        spool, self.numbers = Spool(folder), Numbers()
        self.nodes = SpooledNodes(spool, self.numbers)
        self.ties = SpooledTies(spool, self.numbers)

    def graph(self) -> "SpooledGraph":
        """All of it, also what is added later."""
        self.numbers.forget()
        return SpooledGraph(self.nodes, self.ties, self)


class SpooledGraph(Graph, frozen=True):
    """Reads what is on disk each time that it is asked."""

    held: Spooled

    def by_label(self) -> Iterator[tuple[str, Iterator[Node]]]:
        """The labels, sorted, each with its nodes by id."""
        return self.held.nodes.by_label()

    def by_triple(self) -> Iterator[tuple[Triple, Iterator[Relationship]]]:
        """Type and labels of the ends, sorted, each with its relationships by start, end, id."""
        return self.held.ties.by_triple()

    def without(self, labels: Collection[str]) -> Iterator[Node]:
        """The nodes by id, but for those of these labels, which are not read."""
        return self.held.nodes.without(labels)

    def with_node(self, node: Node) -> Graph:
        """This graph, which takes the node in."""
        self.held.nodes.put(node.id, node.label, node.props)
        self.held.numbers.forget()
        return self
