"""A graph that stands on disk while stores are filled from it."""

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import msgspec

from graph.build.numbers import Numbers
from graph.build.spool import Spool
from graph.build.spooled_nodes import SpooledNodes
from graph.build.spooled_ties import SpooledTies
from graph.elements import Graph, Node, Relationship, Triple


class Spooled(msgspec.Struct, frozen=True):
    """Nodes and relationships in a file."""

    spool: Spool
    numbers: Numbers
    nodes: SpooledNodes
    ties: SpooledTies

    @property
    def size(self) -> int:
        """Of how many elements at least something was said."""
        return len(self.numbers) + self.ties.added

    def graph(self) -> "SpooledGraph":
        """All of it, also what is added later."""
        self.numbers.forget()
        return self.so_far()

    def so_far(self) -> "SpooledGraph":
        """The same while much is still to be added."""
        return SpooledGraph(self.nodes, self.ties, self)


def spooled(folder: Path | None) -> Spooled:
    """Nothing yet; the file will stand below the folder, in memory without one."""
    spool, numbers = Spool(folder), Numbers()
    return Spooled(spool, numbers, SpooledNodes(spool, numbers), SpooledTies(spool, numbers))


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

    def part(self, wanted: Callable[[Node], bool]) -> Graph:
        """The wanted nodes and the relationships between them."""
        nodes = self.held.nodes.part(wanted)
        ties = self.held.ties.between(nodes.numbered())
        return Spooled(self.held.spool, self.held.numbers, nodes, ties).graph()

    def with_node(self, node: Node) -> Graph:
        """This graph, which takes the node in."""
        self.held.nodes.put(node.id, node.label, node.props)
        self.held.numbers.forget()
        return self
