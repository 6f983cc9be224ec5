import math
import random
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.measures import betweenness
from graph.analysis.measures.analysis import Analysis
from graph.analysis.measures.arrays import Arrays
from graph.analysis.measures.searches import dependencies, search
from tests.graph.analysis.measures.graphs import REAL, graphs, real_graphs, same


@pytest.mark.parametrize("name", REAL)
@pytest.mark.parametrize("normalized", [True, False])
def test_exact_betweenness_equals_networkx(name: str, normalized: bool) -> None:
    graph = real_graphs()[name]
    found = Analysis(graph)
    oracle = nx.betweenness_centrality(graph, normalized=normalized)
    assert same(found.betweenness(normalized=normalized), oracle)
    edges = found.edge_betweenness(normalized=normalized)
    assert same(turned(graph, edges), nx.edge_betweenness_centrality(graph, normalized=normalized))


def turned(graph: "nx.Graph[Any]", values: dict[Any, float]) -> dict[Any, float]:
    """Values with each edge written as the graph writes it."""
    return {edge: values[edge] if edge in values else values[edge[::-1]] for edge in graph.edges}


@given(graphs())
def test_exact_betweenness_equals_networkx_on_any_graph(graph: "nx.Graph[Any]") -> None:
    found = Analysis(graph)
    assert same(found.betweenness(), nx.betweenness_centrality(graph))
    edges = turned(graph, found.edge_betweenness())
    assert same(edges, nx.edge_betweenness_centrality(graph))


@given(graphs(), st.data(), st.booleans())
def test_sampled_betweenness_follows_networkx_in_draw_and_scale(
    graph: "nx.Graph[Any]", data: st.DataObject, normalized: bool
) -> None:
    k = data.draw(st.integers(0 if len(graph) < 2 else 1, len(graph)))
    seed = data.draw(st.integers(0, 5))
    chance: Any = random.Random(seed)
    oracle = nx.betweenness_centrality(graph, k=k, normalized=normalized, seed=chance)
    found = betweenness.sampled(Arrays.of(graph), k, seed, normalized=normalized)
    assert same(dict(enumerate(found.tolist())), oracle)


@pytest.mark.parametrize("name", REAL)
def test_dependencies_of_a_subset_equal_networkx(name: str) -> None:
    graph = nx.convert_node_labels_to_integers(real_graphs()[name])
    sources = list(range(0, len(graph), 3))
    oracle: dict[int, float] = nx.betweenness_centrality_subset(
        graph, sources, list(graph), normalized=False
    )
    ways = 1 if graph.is_directed() else 2
    arrays = Arrays.of(graph)
    found = dependencies(arrays.out, sources, arcs=True)
    assert (found.nodes / ways).tolist() == pytest.approx([oracle[node] for node in graph])
    assert found.arcs is not None
    by_edge: dict[Any, float] = nx.edge_betweenness_centrality_subset(
        graph, sources, list(graph), normalized=False
    )
    seen = dict.fromkeys(by_edge, 0.0)
    for a, b, value in zip(arrays.starts.tolist(), arrays.ends.tolist(), found.arcs, strict=True):
        seen[(a, b) if (a, b) in seen else (b, a)] += value / ways
    assert same(seen, by_edge)


def test_a_search_deeper_than_a_short_number() -> None:
    arrays = Arrays.of(nx.path_graph(1_000))
    found = search(arrays.out, 0)
    assert found.order.tolist() == list(range(1_000))
    assert found.sizes.tolist() == [1] * 1_000
    chance: Any = random.Random(2)
    oracle = nx.betweenness_centrality(nx.path_graph(1_000), k=3, seed=chance)
    assert same(dict(enumerate(betweenness.sampled(arrays, 3, 2).tolist())), oracle)


def test_pivots_are_doubled_until_the_top_is_steady() -> None:
    graph = nx.barabasi_albert_graph(600, 2, seed=1)
    arrays = Arrays.of(graph)
    found = betweenness.adaptive(arrays, seed=3)
    assert found.pivots in (128, 256, 512, 600)
    assert found.seed == 3
    assert found.change < betweenness.STEADY
    order = np.random.RandomState(3).permutation(600).tolist()
    again = betweenness.from_sources(arrays, order[: found.pivots])
    assert found.values == pytest.approx(again)
    assert betweenness.adaptive(arrays, seed=3).values.tolist() == found.values.tolist()


def test_few_nodes_make_the_sample_exact() -> None:
    graph = nx.karate_club_graph()
    values, found = Analysis(graph).adaptive_betweenness()
    assert (found.pivots, found.change) == (34, 0.0)
    assert same(values, nx.betweenness_centrality(graph))


def test_a_sample_that_ends_early_says_what_changed() -> None:
    arrays = Arrays.of(nx.gnm_random_graph(400, 900, seed=2))
    found = betweenness.adaptive(arrays, least=4, most=8)
    assert found.pivots == 8
    assert betweenness.STEADY < found.change <= 1
    assert math.isnan(betweenness.adaptive(arrays, least=4, most=4).change)
