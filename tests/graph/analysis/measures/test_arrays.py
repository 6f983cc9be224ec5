from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.measures.analysis import Analysis
from graph.analysis.measures.arrays import Arrays, pairs_of
from graph.analysis.measures.keys import KeySet, repeated
from graph.analysis.measures.triangles import triangles
from graph.analysis.network import Network
from tests.graph.analysis.measures.graphs import graphs
from tests.growth import times_as_long


def test_self_ties_doubles_and_weights_do_not_count() -> None:
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    graph.add_edges_from([("a", "b"), ("a", "b"), ("b", "b"), ("b", "a"), ("c", "a")], weight=7)
    graph.add_node("alone")
    arrays = Arrays.of(graph)
    assert list(arrays.names) == ["a", "b", "c", "alone"]
    assert pairs_of(arrays.starts, arrays.ends) == [(0, 1), (1, 0), (2, 0)]
    assert [end.tolist() for end in arrays.ties] == [[0, 0], [1, 2]]
    assert arrays.strength.tolist() == [2.0, 1.0]
    assert [way.tolist() for way in arrays.ways] == [[True, False], [True, True]]
    assert arrays.degree.tolist() == [2, 1, 1, 0]
    assert Arrays.of(arrays) is arrays


@given(graphs())
def test_arrays_hold_the_arcs_of_the_graph(graph: "nx.Graph[Any]") -> None:
    arrays = Arrays.of(graph)
    arcs = set(pairs_of(arrays.starts, arrays.ends))
    assert arcs == set(graph.to_directed().edges)
    simple = graph.to_undirected()
    low, high = arrays.ties
    assert {frozenset(tie) for tie in simple.edges} == {
        frozenset(tie) for tie in zip(low.tolist(), high.tolist(), strict=True)
    }
    assert (low < high).all()
    assert arrays.degree.tolist() == [simple.degree[node] for node in simple]


def test_the_network_of_goods_is_read_with_direction() -> None:
    network = Network([("b", "a"), ("a", "c")])
    arrays = Arrays.of(network)
    assert arrays.directed
    assert [arrays.names[number] for number in arrays.starts.tolist()] == ["a", "b"]


@given(graphs(most=14))
def test_every_triangle_comes_once(graph: "nx.Graph[Any]") -> None:
    arrays = Arrays.of(graph)
    simple = graph.to_undirected()
    found = [tuple(sorted(nodes)) for piece in triangles(arrays) for nodes in piece.nodes.T]
    assert len(found) == len(set(found)) == len(list(nx.all_triangles(simple)))
    low, high = arrays.ties
    for piece in triangles(arrays):
        for corner in range(3):
            others = np.sort(np.delete(piece.nodes, corner, axis=0), axis=0)
            ties = piece.ties[corner]
            assert np.array_equal(others, np.stack([low[ties], high[ties]]))


@given(st.lists(st.integers(0, 60)), st.lists(st.integers(0, 60)))
def test_key_sets_answer_as_sets(keys: list[int], asked: list[int]) -> None:
    kept = np.array(sorted(set(keys)), dtype=np.intp)
    which, places = KeySet(kept).places(np.array(asked, dtype=np.intp))
    assert which.tolist() == [i for i, key in enumerate(asked) if key in set(keys)]
    assert kept[places].tolist() == [asked[i] for i in which]
    flags = repeated(np.array(asked, dtype=np.intp))
    assert flags.tolist() == [asked.count(key) > 1 for key in asked]


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph])
def test_a_graph_is_read_in_time_that_grows_with_it(kind: type[Any]) -> None:
    def reading(nodes: int) -> Callable[[], object]:
        graph = kind(nx.gnm_random_graph(nodes, 5 * nodes // 2, seed=1))
        return lambda: Analysis(graph).constraint()

    assert times_as_long(reading(4_000), reading(16_000), 8) < 8
