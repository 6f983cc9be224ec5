"""Each network measure by each engine, over one invented graph with a heavy tail."""

import importlib
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Protocol

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graph.analysis.measures import (
    betweenness,
    brokerage,
    burt,
    distance,
    keyplayers,
    pagerank,
    partition,
    rewire,
    structural,
    structure,
)
from graph.analysis.measures.arrays import Arrays

PIVOTS = 64
NODES_AN_EDGE = 0.38
SEED = 1
Ends = tuple[NDArray[np.intp], NDArray[np.intp]]
Work = Callable[[Any], object]
SMALL = dict.fromkeys(["betweenness", "edge betweenness", "closeness", "harmonic"], 10_000)
"""Ties from which on a search from every node is not waited for."""


class Engine(Protocol):
    """`measures`: what it can do; `most`: edges from which on a measure is not waited for."""

    @property
    def measures(self) -> Mapping[str, Work]: ...

    @property
    def most(self) -> Mapping[str, int]: ...

    def build(self, n: int, ends: Ends) -> Any: ...


def heavy_tail(edges: int) -> tuple[int, Ends]:
    """Nodes and as many ties as asked for; few nodes have very many."""
    n, draw = int(edges * NODES_AN_EDGE), np.random.RandomState(SEED)
    chance = 1 / (1 + np.arange(n)) ** 0.7
    one = draw.choice(n, edges * 3 // 2, p=chance / chance.sum())
    other = draw.randint(0, n, edges * 3 // 2)
    keys = np.unique(np.minimum(one, other) * n + np.maximum(one, other))
    low, high = np.divmod(keys, n)
    low, high = low[low != high], high[low != high]
    kept = np.sort(draw.permutation(low.size)[:edges])
    names = draw.permutation(n)
    return n, (names[low[kept]], names[high[kept]])


class Ours:
    """The package of this project."""

    most: ClassVar[Mapping[str, int]] = SMALL | dict.fromkeys(["KPP-Neg, 3", "KPP-Pos, 3"], 10_000)
    measures: ClassVar[Mapping[str, Work]] = {
        "betweenness": betweenness.exact,
        "edge betweenness": betweenness.edges,
        "64 pivots": lambda graph: betweenness.sampled(graph, PIVOTS),
        "constraint": lambda graph: burt.structural_holes(graph).constraint,
        "effective size": lambda graph: burt.structural_holes(graph).effective_size,
        "core": structure.core_numbers,
        "articulation": structure.articulation_points,
        "bridges": structure.bridges,
        "components": structure.components,
        "PageRank": pagerank.pagerank,
        "closeness": distance.closeness,
        "harmonic": distance.harmonic,
        "Leiden, 2 passes": lambda graph: partition.leiden(graph, SEED, 2),
        "Gould-Fernandez": lambda graph: brokerage.gould_fernandez(graph, _thirds(graph)),
        "DCB, 1 partition": lambda graph: structural.community_brokerage(graph, _thirds(graph)),
        "rewire": lambda graph: rewire.rewire(graph, SEED),
        "KPP-Neg, 3": lambda graph: keyplayers.kpp_negative(graph, 3),
        "KPP-Pos, 3": lambda graph: keyplayers.kpp_positive(graph, 3),
    }

    def build(self, n: int, ends: Ends) -> Arrays:
        return Arrays(range(n), *ends, directed=False)


def _thirds(graph: Arrays) -> NDArray[np.intp]:
    return np.arange(len(graph)) % 3


class NetworkX:
    """Its own functions, with no backend."""

    # Effective size makes one dense matrix of all pairs: 38,000 nodes ask for 10 GiB.
    most: ClassVar[Mapping[str, int]] = SMALL | {
        "64 pivots": 100_000,
        "constraint": 100_000,
        "effective size": 10_000,
        "rewire": 100_000,
    }
    measures: ClassVar[Mapping[str, Work]] = {
        "betweenness": nx.betweenness_centrality,
        "edge betweenness": nx.edge_betweenness_centrality,
        "64 pivots": lambda graph: nx.betweenness_centrality(graph, k=PIVOTS, seed=SEED),
        "constraint": nx.constraint,
        "effective size": nx.effective_size,
        "core": nx.core_number,
        "articulation": lambda graph: set(nx.articulation_points(graph)),
        "bridges": lambda graph: list(nx.bridges(graph)),
        "components": lambda graph: list(nx.connected_components(graph)),
        "PageRank": nx.pagerank,
        "closeness": nx.closeness_centrality,
        "harmonic": nx.harmonic_centrality,
        "rewire": lambda graph: nx.double_edge_swap(
            graph, graph.number_of_edges() * 5, graph.number_of_edges() * 500, seed=SEED
        ),
    }

    def build(self, n: int, ends: Ends) -> "nx.Graph[int]":
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(n))
        graph.add_edges_from(zip(*(end.tolist() for end in ends), strict=True))
        return graph


class Igraph:
    """A yardstick only: it is GPL."""

    most: ClassVar[Mapping[str, int]] = SMALL

    def __init__(self) -> None:
        self._module: Any = importlib.import_module("igraph")
        self.measures: dict[str, Work] = {
            "betweenness": lambda graph: graph.betweenness(),
            "edge betweenness": lambda graph: graph.edge_betweenness(),
            "64 pivots": lambda graph: graph.betweenness(
                sources=betweenness.draw(graph.vcount(), PIVOTS, SEED)
            ),
            "constraint": lambda graph: graph.constraint(),
            "core": lambda graph: graph.coreness(),
            "articulation": lambda graph: graph.articulation_points(),
            "bridges": lambda graph: graph.bridges(),
            "components": lambda graph: graph.connected_components().membership,
            "PageRank": lambda graph: graph.pagerank(),
            "closeness": lambda graph: graph.closeness(),
            "harmonic": lambda graph: graph.harmonic_centrality(),
            "Leiden, 2 passes": lambda graph: graph.community_leiden(
                objective_function="modularity", n_iterations=2
            ),
            "rewire": lambda graph: graph.copy().rewire(n=10 * graph.ecount()),
        }

    def build(self, n: int, ends: Ends) -> Any:
        return self._module.Graph(n, np.stack(ends, axis=1))


class NetworKit:
    """A yardstick, with as many threads as there are cores."""

    most: ClassVar[Mapping[str, int]] = SMALL

    def __init__(self) -> None:
        kit: Any = importlib.import_module("networkit")
        self._module = kit
        whole = kit.centrality
        self.measures: dict[str, Work] = {
            "betweenness": lambda graph: whole.Betweenness(graph, normalized=True).run().scores(),
            "64 pivots": lambda graph: whole.EstimateBetweenness(graph, PIVOTS).run().scores(),
            "core": lambda graph: whole.CoreDecomposition(graph).run().scores(),
            "components": lambda graph: (
                kit.components.ConnectedComponents(graph).run().getPartition().getVector()
            ),
            "PageRank": lambda graph: whole.PageRank(graph).run().scores(),
            "closeness": lambda graph: (
                whole.Closeness(graph, True, whole.ClosenessVariant.GENERALIZED).run().scores()
            ),
            "harmonic": lambda graph: whole.HarmonicCloseness(graph).run().scores(),
            "Leiden, 2 passes": lambda graph: (
                kit.community.ParallelLeiden(graph, iterations=2).run().getPartition()
            ),
        }

    def build(self, n: int, ends: Ends) -> Any:
        return self._module.GraphFromCoo((np.ones(ends[0].size), ends), n=n)


ENGINES: dict[str, Callable[[], Engine]] = {
    "heichan": Ours,
    "networkx": NetworkX,
    "igraph": Igraph,
    "networkit": NetworKit,
}
