"""Real networks: what R's sna and igraph measured (recorded), and what sna measures here."""

import json
from collections.abc import Mapping
from typing import Any

import networkx as nx
import numpy as np
import pytest

from graph.analysis.measures.analysis import Analysis
from graph.analysis.measures.partition import leiden, modularity
from tests.graph.analysis.measures.graphs import real_graphs, same
from tests.graph.analysis.measures.r import COLUMNS, ORACLES, measures

RECORDED: dict[str, Any] = json.loads((ORACLES / "measures.json").read_text())["graphs"]
SOLVED = [name for name, by in RECORDED.items() if "modularity" in by["igraph"]]
named = pytest.mark.parametrize("name", sorted(RECORDED))


def graph_of(name: str) -> "nx.Graph[Any]":
    """The network without weights, its nodes numbered as recorded."""
    found = real_graphs()[name]
    plain: nx.Graph[Any] = nx.DiGraph() if found.is_directed() else nx.Graph()
    plain.add_nodes_from(found)
    plain.add_edges_from(found.edges)
    return nx.convert_node_labels_to_integers(plain)


def by_node(values: list[float]) -> dict[int, float]:
    return dict(enumerate(values))


def outward(graph: "nx.Graph[Any]") -> Mapping[int, float]:
    """Harmonic closeness by the distances from each node, as sna has it."""
    return Analysis(graph.reverse() if isinstance(graph, nx.DiGraph) else graph).harmonic()


@named
def test_measures_are_those_that_sna_gave(name: str) -> None:
    graph, known = graph_of(name), RECORDED[name]["sna"]
    found = Analysis(graph)
    assert same(found.betweenness(normalized=False), by_node(known["betweenness"]))
    assert found.core_numbers() == by_node(known["core"])
    cut = {node for node, flag in enumerate(known["cutpoint"]) if flag}
    assert set(found.articulation_points()) == cut
    assert same(outward(graph), by_node(known["harmonic"]))


@named
def test_sna_still_gives_them(name: str) -> None:
    told = dict(zip(COLUMNS, zip(*measures(graph_of(name)), strict=True), strict=True))
    for column, values in told.items():
        assert list(values) == pytest.approx(RECORDED[name]["sna"][column], rel=1e-12)


@named
def test_constraint_and_betweenness_are_igraphs(name: str) -> None:
    found, known = Analysis(graph_of(name)), RECORDED[name]["igraph"]
    assert same(found.constraint(), by_node(known["constraint"]))
    assert same(found.betweenness(normalized=False), by_node(known["betweenness"]))


@pytest.mark.parametrize("name", SOLVED)
def test_leiden_comes_near_the_highest_modularity_there_is(name: str) -> None:
    arrays = Analysis(graph_of(name)).arrays
    best = RECORDED[name]["igraph"]["modularity"]
    found = [modularity(arrays, leiden(arrays, seed)) for seed in range(5)]
    assert np.max(found) <= best + 1e-12
    assert np.min(found) > best - 0.02
