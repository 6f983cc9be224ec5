"""NetworkX's functions by the measures of this package; NetworkX calls these by name.

The parameters are NetworkX's. What is not written and tested is refused by `can_run`: weights,
parallel edges, self-ties, and the options that each rule names.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import networkx as nx

from graph.analysis.measures import betweenness as between
from graph.analysis.measures import distance, structure
from graph.analysis.measures import pagerank as ranks
from graph.analysis.measures.analysis import Analysis
from graph.analysis.measures.arrays import Arrays, Floats
from graph.analysis.measures.backend_graph import BackendGraph
from graph.analysis.measures.backend_rules import can_run, should_run

__all__ = ["can_run", "convert_from_nx", "convert_to_nx", "should_run"]

Values = dict[Any, float]


def convert_from_nx(graph: "nx.Graph[Any]", *_: Any, **__: Any) -> BackendGraph:
    """A snapshot of a graph; raises NotImplementedError where parallel edges are possible."""
    if graph.is_multigraph():
        raise NotImplementedError("heichan knows no parallel edges")
    return BackendGraph(graph)


def convert_to_nx(result: Any, *, name: str | None = None) -> Any:
    """The graph of NetworkX for one of ours; anything else as it is."""
    return result.to_networkx() if isinstance(result, BackendGraph) else result


def articulation_points(G: BackendGraph) -> Iterator[Any]:  # noqa: N803  # NetworkX's name
    """nx.articulation_points."""
    yield from Analysis(G.arrays).articulation_points()


def betweenness_centrality(
    G: BackendGraph,  # noqa: N803
    k: int | None = None,
    normalized: bool = True,
    weight: str | None = None,
    endpoints: bool = False,
    seed: Any = None,
) -> Values:
    """nx.betweenness_centrality."""
    arrays = G.arrays
    if k is None or k == len(arrays):
        return arrays.named(between.exact(arrays, normalized=normalized))
    sources = nx.utils.create_py_random_state(seed).sample(range(len(arrays)), k)
    return arrays.named(between.from_sources(arrays, sources, normalized=normalized))


def bridges(G: BackendGraph, root: Any = None) -> Iterator[tuple[Any, Any]]:  # noqa: N803
    """nx.bridges."""
    yield from Analysis(G.arrays).bridges()


def closeness_centrality(
    G: BackendGraph,  # noqa: N803
    u: Any = None,
    distance: Any = None,
    wf_improved: bool = True,
    *,
    sp: Any = None,
) -> Values:
    """nx.closeness_centrality; `sp` is an option of NetworkX 3.7."""
    return G.arrays.named(_closeness(G.arrays, improved=wf_improved))


def _closeness(arrays: Arrays, *, improved: bool) -> Floats:
    # Who asks NetworkX for it has asked for the time that it takes.
    return distance.closeness(arrays, improved=improved, most=arrays.ends.size)


def connected_components(G: BackendGraph) -> Iterator[set[Any]]:  # noqa: N803
    """nx.connected_components."""
    yield from Analysis(G.arrays).components()


def weakly_connected_components(G: BackendGraph) -> Iterator[set[Any]]:  # noqa: N803
    """nx.weakly_connected_components."""
    yield from Analysis(G.arrays).components()


def constraint(
    G: BackendGraph,  # noqa: N803
    nodes: Iterable[Any] | None = None,
    weight: str | None = None,
) -> Values:
    """nx.constraint."""
    return _chosen(Analysis(G.arrays).constraint(), nodes)


def effective_size(
    G: BackendGraph,  # noqa: N803
    nodes: Iterable[Any] | None = None,
    weight: str | None = None,
) -> Values:
    """nx.effective_size."""
    return _chosen(Analysis(G.arrays).effective_size(), nodes)


def _chosen(values: Mapping[Any, float], nodes: Iterable[Any] | None) -> Values:
    return dict(values) if nodes is None else {node: values[node] for node in nodes}


def core_number(G: BackendGraph) -> dict[Any, int]:  # noqa: N803
    """nx.core_number."""
    return G.arrays.named(structure.core_numbers(G.arrays))


def edge_betweenness_centrality(
    G: BackendGraph,  # noqa: N803
    k: int | None = None,
    normalized: bool = True,
    weight: str | None = None,
    seed: Any = None,
) -> dict[tuple[Any, Any], float]:
    """nx.edge_betweenness_centrality."""
    return Analysis(G.arrays).edge_betweenness(normalized=normalized)


def harmonic_centrality(
    G: BackendGraph,  # noqa: N803
    nbunch: Any = None,
    distance: Any = None,
    sources: Any = None,
) -> Values:
    """nx.harmonic_centrality."""
    return G.arrays.named(_harmonic(G.arrays))


def _harmonic(arrays: Arrays) -> Floats:
    return distance.harmonic(arrays, most=arrays.ends.size)


def pagerank(
    G: BackendGraph,  # noqa: N803
    alpha: float = 0.85,
    personalization: Any = None,
    max_iter: int = 100,
    tol: float = 1e-6,
    nstart: Any = None,
    weight: str | None = "weight",
    dangling: Any = None,
) -> Values:
    """nx.pagerank; raises nx.PowerIterationFailedConvergence as NetworkX does."""
    return G.arrays.named(ranks.pagerank(G.arrays, alpha, steps=max_iter, tolerance=tol))
