from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.errors import UsageError
from graph.analysis.measures import distance
from graph.analysis.measures.analysis import Analysis
from graph.analysis.measures.arrays import Arrays
from graph.analysis.measures.pagerank import pagerank
from tests.graph.analysis.measures.graphs import REAL, graphs, real_graphs, same


def check(graph: "nx.Graph[Any]") -> None:
    found, simple = Analysis(graph), graph.to_undirected()
    assert found.core_numbers() == nx.core_number(graph)
    assert set(found.articulation_points()) == set(nx.articulation_points(simple))
    assert {frozenset(tie) for tie in found.bridges()} == {
        frozenset(tie) for tie in nx.bridges(simple)
    }
    assert found.components() == list(nx.connected_components(simple))
    assert same(found.pagerank(), nx.pagerank(graph, weight=None), 1e-14)
    assert same(found.closeness(), nx.closeness_centrality(graph))
    assert same(found.harmonic(), nx.harmonic_centrality(graph))
    plain = nx.closeness_centrality(graph, wf_improved=False)
    values = distance.closeness(found.arrays, improved=False)
    assert same(found.arrays.named(values), plain)


@pytest.mark.parametrize("name", REAL)
def test_structure_and_ranks_equal_networkx(name: str) -> None:
    check(real_graphs()[name])


@given(graphs())
def test_they_do_on_any_graph(graph: "nx.Graph[Any]") -> None:
    check(graph)


@given(graphs(), st.floats(0.1, 0.99))
def test_pagerank_stops_where_networkx_stops(graph: "nx.Graph[Any]", damping: float) -> None:
    arrays = Arrays.of(graph)
    try:
        oracle = nx.pagerank(graph, alpha=damping, weight=None, max_iter=20)
    except nx.PowerIterationFailedConvergence:
        with pytest.raises(nx.PowerIterationFailedConvergence):
            pagerank(arrays, damping, steps=20)
    else:
        assert same(arrays.named(pagerank(arrays, damping, steps=20)), oracle, 1e-14)


def test_distances_of_a_large_graph_are_refused() -> None:
    arrays = Arrays.of(nx.path_graph(40))
    assert distance.closeness(arrays, most=39).size == 40
    for measure in (distance.closeness, distance.harmonic):
        with pytest.raises(UsageError, match="39 ties"):
            measure(arrays, most=38)
