"""Graphs that the measures are tried on: real ones, and any that a search comes up with."""

import math
from collections.abc import Mapping
from typing import Any

import networkx as nx
from hypothesis import strategies as st

AnyGraph = "nx.Graph[Any]"


def real_graphs() -> "dict[str, nx.Graph[Any]]":
    """Small real networks that NetworkX carries, and one invented with direction."""
    return {
        "karate": nx.karate_club_graph(),
        "davis": nx.davis_southern_women_graph(),
        "les miserables": nx.les_miserables_graph(),
        "florentine": nx.florentine_families_graph(),
        "random": nx.gnp_random_graph(70, 0.05, seed=4),
        "directed": nx.gnp_random_graph(60, 0.06, seed=3, directed=True),
        "path": nx.path_graph(150),
    }


REAL = sorted(real_graphs())


@st.composite
def graphs(draw: st.DrawFn, directed: bool | None = None, most: int = 10) -> "nx.Graph[Any]":
    """A graph of up to `most` nodes without self-ties."""
    n = draw(st.integers(0, most))
    kind = draw(st.booleans()) if directed is None else directed
    graph: nx.Graph[Any] = nx.DiGraph() if kind else nx.Graph()
    graph.add_nodes_from(range(n))
    if n > 1:
        pairs = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1))
        ties = draw(st.lists(pairs.filter(lambda pair: pair[0] != pair[1]), max_size=3 * n))
        graph.add_edges_from(ties)
    return graph


def same(found: Mapping[Any, float], oracle: Mapping[Any, float], tolerance: float = 1e-9) -> bool:
    """Whether two measures agree on every node."""
    return found.keys() == oracle.keys() and all(
        math.isclose(found[node], oracle[node], rel_tol=tolerance, abs_tol=tolerance)
        or (math.isnan(found[node]) and math.isnan(oracle[node]))
        for node in oracle
    )
