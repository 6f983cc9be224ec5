"""The graph type of the NetworkX backend: a snapshot, so it cannot go stale unseen."""

from itertools import chain
from typing import Any, ClassVar

import networkx as nx

from graph.analysis.measures.arrays import Arrays, pairs_of


class BackendGraph:
    """Arrays of a NetworkX graph as it was; later changes of that graph are not seen."""

    __networkx_backend__: ClassVar[str] = "heichan"

    def __init__(self, graph: "nx.Graph[Any]") -> None:
        self.arrays = Arrays.of(graph)
        self.attributes = edge_attributes(graph)
        """Names of what edges carried; the values are left behind."""
        self.self_ties = nx.number_of_selfloops(graph)

    def __len__(self) -> int:
        return len(self.arrays)

    def is_directed(self) -> bool:
        """Whether arcs have a direction."""
        return self.arrays.directed

    def is_multigraph(self) -> bool:
        """Never: parallel edges are refused."""
        return False

    def to_networkx(self) -> "nx.Graph[Any]":
        """Nodes and edges without attributes."""
        arrays = self.arrays
        graph: nx.Graph[Any] = nx.DiGraph() if arrays.directed else nx.Graph()
        graph.add_nodes_from(arrays.names)
        ends = (arrays.starts, arrays.ends) if arrays.directed else arrays.ties
        names = arrays.names
        graph.add_edges_from((names[a], names[b]) for a, b in pairs_of(*ends))
        return graph


def edge_attributes(graph: "nx.Graph[Any]") -> frozenset[Any]:
    """Names of the attributes that any edge has."""
    return frozenset(chain.from_iterable(data for *_, data in graph.edges(data=True)))
