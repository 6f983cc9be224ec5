from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.measures.analysis import Analysis
from graph.analysis.measures.arrays import Arrays
from graph.analysis.measures.rewire import rewire
from tests.graph.analysis.measures.graphs import graphs


@given(graphs(), st.integers(0, 3))
def test_degrees_stay_and_a_seed_gives_one_graph(graph: "nx.Graph[Any]", seed: int) -> None:
    before, after = Arrays.of(graph), rewire(Arrays.of(graph), seed)
    assert after.directed == before.directed
    assert after.out.sum(axis=0).tolist() == before.out.sum(axis=0).tolist()
    assert after.out.sum(axis=1).tolist() == before.out.sum(axis=1).tolist()
    again = rewire(Arrays.of(graph), seed)
    assert np.array_equal(again.out.indices, after.out.indices)


@pytest.mark.parametrize("directed", [False, True])
def test_most_ties_are_new_and_clustering_is_gone(directed: bool) -> None:
    graph: nx.Graph[Any] = nx.connected_watts_strogatz_graph(300, 8, 0.05, seed=1)
    graph = nx.DiGraph(graph.edges) if directed else graph
    before, after = Arrays.of(graph), Analysis(graph).rewired(seed=1).arrays
    kept = before.out.multiply(after.out).nnz / before.out.nnz
    assert kept < 0.1
    mixed: nx.Graph[int] = nx.Graph(list(zip(*(end.tolist() for end in after.ties), strict=True)))
    assert nx.transitivity(mixed) < 0.2 * nx.transitivity(graph.to_undirected())


def test_every_graph_with_the_degrees_comes_up_alike() -> None:
    # Six nodes with one partner each: 15 pairings.
    arrays = Arrays.of(nx.Graph([(0, 1), (2, 3), (4, 5)]))
    found: dict[str, int] = {}
    for seed in range(450):
        low, high = rewire(arrays, seed).ties
        key = str(list(zip(low.tolist(), high.tolist(), strict=True)))
        found[key] = found.get(key, 0) + 1
    assert len(found) == 15
    assert max(found.values()) < 3 * min(found.values())


def test_what_cannot_be_swapped_stays() -> None:
    for graph in (nx.complete_graph(5), nx.star_graph(6), nx.empty_graph(3), nx.path_graph(2)):
        before = Arrays.of(graph)
        assert np.array_equal(rewire(before, 1).out.toarray(), before.out.toarray())
