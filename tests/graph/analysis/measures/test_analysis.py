from datetime import date
from typing import Any

import networkx as nx
import pytest

from graph.analysis.measures.analysis import Analysis
from graph.analysis.network import Network

MEASURES = (
    "betweenness",
    "edge_betweenness",
    "adaptive_betweenness",
    "constraint",
    "effective_size",
    "efficiency",
    "hierarchy",
    "core_numbers",
    "articulation_points",
    "bridges",
    "components",
    "pagerank",
    "closeness",
    "harmonic",
    "communities",
)
NEXT_TO_NOTHING = [
    nx.empty_graph(0),
    nx.empty_graph(1),
    nx.empty_graph(3, nx.DiGraph),
    nx.Graph([("a", "a")]),
    nx.DiGraph([("a", "b")]),
    nx.MultiGraph([("a", "b"), ("a", "b")]),
]


# A graph shows its address, which is another one in each process.
_NUMBERS = [f"graph {n}" for n in range(len(NEXT_TO_NOTHING))]


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("graph", NEXT_TO_NOTHING, ids=_NUMBERS)
def test_next_to_nothing_gives_a_plain_answer(graph: "nx.Graph[Any]", measure: str) -> None:
    getattr(Analysis(graph), measure)()


@pytest.mark.parametrize("graph", NEXT_TO_NOTHING, ids=_NUMBERS)
def test_group_measures_of_next_to_nothing(graph: "nx.Graph[Any]") -> None:
    found, groups = Analysis(graph), dict.fromkeys(graph, "one")
    none = dict.fromkeys(graph, 0.0)
    assert found.participation(groups) == none
    assert found.role_brokerage(groups) == found.community_brokerage(groups) == none
    assert found.community_broker_score({node: node for node in graph}) is not None
    assert all(not any(row.values()) for row in found.gould_fernandez(groups).values())
    assert found.structural_score(groups).left_out
    assert len(found.rewired(1).arrays) == len(graph)
    for size in (0, 1, 5):
        assert len(found.kpp_negative(size)[0]) == min(size, len(graph))
        assert len(found.kpp_positive(size)[0]) == min(size, len(graph))


def test_nodes_of_any_kind_that_cannot_be_sorted() -> None:
    nodes = ["商", 7, ("a", 1), frozenset({2}), date(2020, 1, 2), None]
    graph = nx.relabel_nodes(nx.path_graph(5), dict(enumerate(nodes)))
    found = Analysis(graph)
    assert found.betweenness() == pytest.approx(nx.betweenness_centrality(graph))
    assert found.articulation_points() == nodes[1:4]
    assert found.kpp_negative(1)[0] == [nodes[2]]


def test_a_network_of_goods_is_measured_as_its_graph() -> None:
    network = Network([("s", "m"), ("m", "x"), ("m", "y"), ("x", "s")])
    found = Analysis(network)
    assert found.betweenness() == pytest.approx(nx.betweenness_centrality(network.directed))
    assert found.constraint() == pytest.approx(nx.constraint(network.directed))
