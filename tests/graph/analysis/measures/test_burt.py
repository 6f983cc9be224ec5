import math
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.measures.analysis import Analysis
from tests.graph.analysis.measures.graphs import REAL, graphs, real_graphs, same


def by_definition(graph: "nx.Graph[Any]") -> dict[Any, float]:
    """NetworkX's effective size node by node, where it is a number.

    Its sum over all nodes at once divides by another node's strongest tie where the strengths
    differ, and node by node it knows none for who only gets.
    """
    found = nx.effective_size(graph, list(graph))
    return {node: value for node, value in found.items() if not math.isnan(value)}


def check(graph: "nx.Graph[Any]") -> None:
    found = Analysis(graph)
    if not len(graph):
        assert found.constraint() == found.effective_size() == {}
        return
    assert same(found.constraint(), nx.constraint(graph))
    sizes, oracle = found.effective_size(), by_definition(graph)
    assert same({node: sizes[node] for node in oracle}, oracle)
    degree = graph.to_undirected().degree
    for node, value in found.efficiency().items():
        assert math.isnan(value) if not degree[node] else value == sizes[node] / degree[node]


@pytest.mark.parametrize("name", REAL)
def test_constraint_and_effective_size_equal_networkx(name: str) -> None:
    check(nx.Graph(real_graphs()[name]) if name == "davis" else real_graphs()[name])


@given(graphs())
def test_they_do_on_any_graph(graph: "nx.Graph[Any]") -> None:
    check(graph)


def hierarchy_by_definition(graph: "nx.Graph[Any]", node: Any) -> float:
    """Burt (1992, 71): Σ r ln r / (N ln N), r the constraint of a tie over the mean one."""
    local = [
        nx.local_constraint(graph, node, other) for other in set(nx.all_neighbors(graph, node))
    ]
    if len(local) < 2:
        return math.nan
    shares = [value / (sum(local) / len(local)) for value in local]
    return sum(r * math.log(r) for r in shares) / (len(local) * math.log(len(local)))


@pytest.mark.parametrize("name", REAL)
def test_hierarchy_is_burts(name: str) -> None:
    graph = real_graphs()[name]
    simple = nx.DiGraph(graph.edges) if graph.is_directed() else nx.Graph(graph.edges)
    found = Analysis(simple).hierarchy()
    assert same(found, {node: hierarchy_by_definition(simple, node) for node in simple})


def test_hierarchy_of_small_cases() -> None:
    star = Analysis(nx.star_graph(4)).hierarchy()
    assert star[0] == pytest.approx(0)
    assert math.isnan(star[1])
    # All constraint comes through one partner more than through the others.
    fan = nx.Graph([("me", n) for n in range(4)] + [(0, n) for n in range(1, 4)])
    assert 0 < Analysis(fan).hierarchy()["me"] < 1


@given(graphs(directed=False), st.randoms(use_true_random=False))
def test_relabelling_moves_values_with_their_nodes(graph: "nx.Graph[Any]", chance: Any) -> None:
    names = list(graph)
    chance.shuffle(names)
    moved = nx.relabel_nodes(graph, mapping := dict(zip(graph, names, strict=True)))
    found, after = Analysis(graph), Analysis(moved)
    for before, then in [
        (found.constraint(), after.constraint()),
        (found.hierarchy(), after.hierarchy()),
    ]:
        assert same({mapping[node]: value for node, value in before.items()}, then)
