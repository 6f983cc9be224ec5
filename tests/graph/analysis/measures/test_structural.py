import math
from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.measures import structural
from graph.analysis.measures.analysis import Analysis
from graph.analysis.measures.arrays import Arrays
from tests.graph.analysis.measures.graphs import graphs


def camps(n: int = 10, size: int = 14) -> "nx.DiGraph[Any]":
    """Dense camps, one node joining two of them, one tied to all alike."""
    graph: nx.DiGraph[Any] = nx.DiGraph()
    for camp in range(n):
        graph.add_edges_from(combinations([(camp, k) for k in range(size)], 2))
    graph.add_edges_from([((0, k), "broker") for k in range(6)])
    graph.add_edges_from([("broker", (1, k)) for k in range(6)])
    graph.add_edges_from([("spam", (camp, k)) for camp in range(n) for k in range(2)])
    return graph


def by_definition(graph: "nx.Graph[Any]", groups: dict[Any, int], node: Any) -> float:
    degree = graph.degree
    total = sum(degree[other] for other in graph)
    values = []
    for group in set(groups.values()):
        ties = sum(groups[other] == group for other in graph[node])
        volume = sum(degree[other] for other in graph if groups[other] == group)
        expected = degree[node] * volume / total if total else 0.0
        value = ties * math.log(ties / expected) - (ties - expected) if ties > expected else 0.0
        values.append(value if value >= 3 else 0.0)
    best = max(values)
    return math.sqrt(best * (sum(values) - best))


def test_community_brokerage_follows_its_definition() -> None:
    graph = camps()
    simple = graph.to_undirected()
    arrays = Arrays.of(graph)
    groups = {node: node[0] if isinstance(node, tuple) else 9 for node in graph}
    numbers = np.array([groups[node] for node in arrays.names])
    found = arrays.named(structural.community_brokerage(arrays, numbers))
    for node in graph:
        assert found[node] == pytest.approx(by_definition(simple, groups, node))
    assert found["broker"] > 0 == found["spam"]


def test_the_score_finds_who_joins_two_camps() -> None:
    graph = camps()
    roles = {
        node: "supply" if node[0] == 0 else "demand" if node[0] == 1 else "other" for node in graph
    }
    found = Analysis(graph).structural_score(roles)
    assert found.left_out == ""
    assert found.score.max() == 1
    for lens in (found.dcb, found.gf, found.score):
        assert list(graph)[int(np.argmax(lens))] == "broker"


@given(graphs(most=8))
def test_it_is_left_out_and_said_where_the_graph_is_sparse(graph: "nx.Graph[Any]") -> None:
    found = Analysis(graph).structural_score(dict.fromkeys(graph, 0))
    assert found.left_out
    assert not found.dcb.any()
    if len(graph):
        order = np.argsort(-found.gf, kind="stable")
        assert (np.diff(found.score[order]) <= 1e-12).all()
        assert found.score.max() <= 1 + 1e-12


@given(graphs(most=10), st.randoms(use_true_random=False), st.data())
def test_labels_and_isolated_nodes_change_nothing(
    graph: "nx.Graph[Any]", chance: Any, data: st.DataObject
) -> None:
    groups = {node: data.draw(st.integers(0, 2)) for node in graph}
    names = list(graph)
    chance.shuffle(names)
    moved: nx.Graph[Any] = nx.DiGraph() if graph.is_directed() else nx.Graph()
    moved.add_nodes_from([*names, "alone"])
    moved.add_edges_from(graph.edges)
    before, after = Arrays.of(graph), Arrays.of(moved)
    known = np.array([groups[node] for node in before.names], dtype=np.intp)
    again = np.array([groups.get(node, 3) for node in after.names], dtype=np.intp)
    values = before.named(structural.community_brokerage(before, known))
    then = after.named(structural.community_brokerage(after, again))
    assert then.pop("alone") == 0
    assert then == pytest.approx(values)


@given(graphs(most=10))
def test_ties_inside_one_community_only_give_nothing(graph: "nx.Graph[Any]") -> None:
    arrays = Arrays.of(graph)
    whole = np.zeros(len(arrays), dtype=np.intp)
    assert not structural.community_brokerage(arrays, whole).any()
