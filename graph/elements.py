"""Nodes and relationships as the build derives them and the stores hold them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime
from operator import attrgetter
from typing import Protocol, TypeVar

import msgspec

Scalar = str | int | float | bool | date | datetime
Value = Scalar | list[str] | list[int] | list[float]
Triple = tuple[str, str, str]
_by_id = attrgetter("id")
_by_ends = attrgetter("start", "end", "id")


class Node(msgspec.Struct, frozen=True):
    """A node: `label` is its one fixed first label; `props` holds no `id` and no nulls."""

    id: str
    label: str
    props: dict[str, Value]


class Relationship(msgspec.Struct, frozen=True):
    """A relationship; `props` holds no `id` and no nulls."""

    id: str
    type: str
    start: str
    start_label: str
    end: str
    end_label: str
    props: dict[str, Value]


Element = TypeVar("Element", covariant=True)


class Elements(Protocol[Element]):
    """Read as often as one likes, by id; a list, or what stands on disk."""

    def __iter__(self) -> Iterator[Element]: ...

    def __len__(self) -> int: ...


class Grouped(Protocol):
    """Elements by what they are."""

    def by_label(self) -> Iterator[tuple[str, Iterator[Node]]]:
        """The labels, sorted, each with its nodes by id."""
        ...

    def by_triple(self) -> Iterator[tuple[Triple, Iterator[Relationship]]]:
        """Type and labels of the ends, sorted, each with its relationships by start, end, id."""
        ...


class Graph(msgspec.Struct, frozen=True):
    """A whole graph, nodes and relationships sorted by id."""

    nodes: Elements[Node]
    relationships: Elements[Relationship]

    def by_label(self) -> Iterator[tuple[str, Iterator[Node]]]:
        """The labels, sorted, each with its nodes by id."""
        labels: dict[str, list[Node]] = defaultdict(list)
        for node in self.nodes:
            labels[node.label].append(node)
        for label in sorted(labels):
            yield label, iter(sorted(labels[label], key=_by_id))

    def by_triple(self) -> Iterator[tuple[Triple, Iterator[Relationship]]]:
        """Type and labels of the ends, sorted, each with its relationships by start, end, id."""
        triples: dict[Triple, list[Relationship]] = defaultdict(list)
        for tie in self.relationships:
            triples[tie.type, tie.start_label, tie.end_label].append(tie)
        for triple in sorted(triples):
            yield triple, iter(sorted(triples[triple], key=_by_ends))

    def without(self, labels: Collection[str]) -> Iterator[Node]:
        """The nodes by id, but for those of these labels."""
        return (node for node in self.nodes if node.label not in labels)

    def part(self, wanted: Callable[[Node], bool]) -> "Graph":
        """The wanted nodes and the relationships between them."""
        nodes = [node for node in self.nodes if wanted(node)]
        kept = {node.id for node in nodes}
        return Graph(nodes, [r for r in self.relationships if r.start in kept and r.end in kept])

    def with_node(self, node: Node) -> "Graph":
        """The graph with one node more, or with another under the id of one."""
        others = (each for each in self.nodes if each.id != node.id)
        return Graph(sorted([*others, node], key=_by_id), self.relationships)
