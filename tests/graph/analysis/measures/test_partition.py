import math
import random
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.measures import partition
from graph.analysis.measures.analysis import Analysis
from graph.analysis.measures.arrays import Arrays
from tests.graph.analysis.measures.graphs import graphs, real_graphs

SIMPLE = ["karate", "les miserables", "florentine", "random"]
MIXED = nx.gnm_random_graph(60, 150, seed=2)
FIRST = Analysis(MIXED).communities(seed=3)


@pytest.mark.parametrize("name", SIMPLE)
def test_leiden_is_as_good_as_louvain(name: str) -> None:
    graph: nx.Graph[Any] = nx.Graph(real_graphs()[name].edges)
    groups = Analysis(graph).communities()
    assert sorted(map(str, graph)) == sorted(str(node) for group in groups for node in group)
    other = nx.community.louvain_communities(graph, weight=None, seed=1)
    best = nx.community.modularity(graph, other, weight=None)
    assert nx.community.modularity(graph, groups, weight=None) > best - 0.02


@pytest.mark.parametrize("name", SIMPLE)
def test_leiden_is_as_good_as_igraphs(name: str) -> None:
    igraph = pytest.importorskip("igraph", reason="needs igraph (GPL), a yardstick only")
    arrays = Arrays.of(real_graphs()[name])
    low, high = arrays.ties
    other = igraph.Graph(len(arrays), list(zip(low.tolist(), high.tolist(), strict=True)))
    found = other.community_leiden(objective_function="modularity", n_iterations=5)
    mine = partition.modularity(arrays, partition.leiden(arrays))
    assert mine > found.modularity - 0.02


@given(graphs(), st.data())
def test_modularity_equals_networkx(graph: "nx.Graph[Any]", data: st.DataObject) -> None:
    simple = graph.to_undirected()
    if not simple.number_of_edges():
        assert partition.modularity(Arrays.of(simple), np.zeros(len(simple), dtype=np.intp)) == 0
        return
    n = len(simple)
    groups = data.draw(st.lists(st.integers(0, 3), min_size=n, max_size=n))
    parts = [{node for node in simple if groups[node] == group} for group in range(4)]
    found = partition.modularity(Arrays.of(simple), np.array(groups, dtype=np.intp))
    assert found == pytest.approx(nx.community.modularity(simple, [p for p in parts if p]))


@settings(max_examples=20)
@given(st.integers(0, 999))
def test_a_seed_gives_one_partition_whatever_the_order_of_the_ties(seed: int) -> None:
    chance = random.Random(seed)
    ties = [tuple(chance.sample(tie, 2)) for tie in MIXED.edges]
    chance.shuffle(ties)
    mixed: nx.Graph[int] = nx.Graph()
    mixed.add_nodes_from(MIXED)
    mixed.add_edges_from(ties)
    assert Analysis(mixed).communities(seed=3) == FIRST


def test_nodes_without_ties_are_groups_of_their_own() -> None:
    graph: nx.Graph[Any] = nx.Graph([(0, 1), (1, 2), (0, 2)])
    graph.add_nodes_from(["x", "y"])
    assert Analysis(graph).communities() == [{0, 1, 2}, {"x"}, {"y"}]
    assert Analysis(nx.empty_graph(2)).communities() == [{0}, {1}]


def test_participation_by_hand() -> None:
    graph = nx.Graph([("m", "a"), ("m", "b"), ("m", "x"), ("m", "y"), ("a", "b")])
    graph.add_node("alone")
    groups = {"m": 0, "a": 0, "b": 0, "x": 1, "y": 2, "alone": 3}
    found = Analysis(graph).participation(groups)
    assert found["m"] == pytest.approx(1 - (0.25 + 1 / 16 + 1 / 16))
    assert found["a"] == found["x"] == found["alone"] == 0.0


def test_surprise_by_hand() -> None:
    graph = nx.complete_graph(4)
    graph.add_edges_from([(0, 4), (4, 5)])
    arrays = Arrays.of(graph)
    found = partition.spread(arrays, np.array([0, 0, 0, 0, 1, 1]))
    cells = {
        (int(node), int(group)): (ties, expected, surprise)
        for node, group, ties, expected, surprise in zip(
            found.nodes, found.groups, found.ties, found.expected, found.surprise, strict=True
        )
    }
    # The first node has 4 of 16 ends; the second group 3.
    assert cells[0, 1] == (1, pytest.approx(4 * 3 / 16), pytest.approx(expected_surprise(1, 0.75)))
    assert cells[0, 0][2] == 0.0 if 4 * 13 / 16 >= 3 else cells[0, 0][2] > 0
    assert (4, 0) in cells
    assert (5, 0) not in cells


def expected_surprise(ties: float, expected: float) -> float:
    return ties * math.log(ties / expected) - (ties - expected)
