import json
from itertools import permutations
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.measures.analysis import Analysis
from graph.analysis.measures.arrays import Arrays
from graph.analysis.measures.brokerage import ROLES, gould_fernandez, role_brokerage
from tests.graph.analysis.measures.graphs import graphs
from tests.graph.analysis.measures.r import ORACLES, answer

RECORDED = json.loads((ORACLES / "brokerage.json").read_text())["graphs"]
CARRIED = ["coleman", *(f"emon {number}" for number in range(1, 8))]
"""Real networks that come with R's packages, which their licence keeps out of this repository."""
Rows = list[list[int]]


def count(n: int, arcs: Any, groups: list[int]) -> Rows:
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from(arcs)
    return [
        [*row.values()] for row in Analysis(graph).gould_fernandez(dict(enumerate(groups))).values()
    ]


def rows_of(lines: list[str]) -> Rows:
    return [[int(float(cell)) for cell in line.split()] for line in lines]


@pytest.mark.parametrize("known", RECORDED, ids=lambda known: f"{known['nodes']} nodes")
def test_counts_are_those_that_r_gave(known: dict[str, Any]) -> None:
    assert count(known["nodes"], known["arcs"], known["groups"]) == known["counts"]


@pytest.mark.parametrize("known", RECORDED, ids=lambda known: f"{known['nodes']} nodes")
def test_r_still_gives_them(known: dict[str, Any]) -> None:
    arcs = "".join(f"{a + 1} {b + 1}\n" for a, b in known["arcs"])
    text = f"{known['nodes']}\n{' '.join(map(str, known['groups']))}\n{arcs}"
    assert rows_of(answer("brokerage.R", text)) == known["counts"]


@pytest.mark.parametrize("name", CARRIED)
def test_a_real_network_that_r_carries(name: str) -> None:
    first, groups, *lines = rows_of(answer("brokerage.R", "", *name.split()))
    n, m = first
    arcs = [(a - 1, b - 1) for a, b in lines[:m]]
    assert sum(map(sum, lines[m:])) > 0
    assert count(n, arcs, groups) == lines[m:]


def brute(graph: "nx.Graph[Any]", groups: list[int]) -> Rows:
    counts = [[0] * len(ROLES) for _ in graph]
    for a, v, b in permutations(graph, 3):
        if graph.has_edge(a, v) and graph.has_edge(v, b) and not graph.has_edge(a, b):
            x, y, z = groups[a], groups[v], groups[b]
            alike = 0 if x == y else 1
            role = alike if x == z else 2 if x == y else 3 if y == z else 4
            counts[v][role] += 1
    return counts


grouped = graphs(most=9).flatmap(
    lambda graph: st.tuples(
        st.just(graph), st.lists(st.integers(0, 3), min_size=len(graph), max_size=len(graph))
    )
)


@given(grouped)
def test_counts_follow_the_definition_and_turn_round(
    given_: "tuple[nx.Graph[Any], list[int]]",
) -> None:
    graph, groups = given_
    known = np.array(groups, dtype=np.intp)
    found = gould_fernandez(Arrays.of(graph), known)
    assert found.tolist() == brute(graph, groups)
    back = nx.reverse(graph) if graph.is_directed() else graph
    turned = gould_fernandez(Arrays.of(back), known)
    # The other way round gatekeepers represent, and who represented keeps the gate.
    assert turned.tolist() == found[:, [0, 1, 3, 2, 4]].tolist()


@given(grouped, st.randoms(use_true_random=False))
def test_role_brokerage_hangs_on_nothing_else(
    given_: "tuple[nx.Graph[Any], list[int]]", chance: Any
) -> None:
    graph, groups = given_
    values = role_brokerage(Arrays.of(graph), np.array(groups, dtype=np.intp))
    names = list(graph)
    chance.shuffle(names)
    moved: nx.Graph[Any] = nx.DiGraph() if graph.is_directed() else nx.Graph()
    moved.add_nodes_from([*names, "alone"])
    moved.add_edges_from(graph.edges)
    arrays = Arrays.of(moved)
    known = np.array([*(groups[name] for name in names), 0], dtype=np.intp)
    after = arrays.named(role_brokerage(arrays, known))
    assert after.pop("alone") == 0
    assert after == dict(enumerate(values.tolist()))
    degree = graph.to_undirected().degree
    assert all(values[node] == 0 for node in graph if degree[node] < 3)


def test_role_brokerage_of_a_small_case() -> None:
    star = Arrays.of(nx.DiGraph([("s", "m"), ("t", "m"), ("m", "x"), ("m", "y")]))
    assert star.names == ["s", "m", "t", "x", "y"]
    groups = np.array([0, 1, 0, 2, 2])
    assert star.named(role_brokerage(star, groups))["m"] == pytest.approx(4 / (4 * 3 + 6))
