import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from evidence.errors import DataError
from graph.analysis.measures.analysis import Analysis

ORACLES = Path(__file__).parents[3] / "data" / "oracles"
RECORDED = json.loads((ORACLES / "community_broker.json").read_text())["graphs"]


def scores(edges: list[tuple[int, int]], groups: list[int]) -> list[float]:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(groups)))
    graph.add_edges_from(edges)
    return [*Analysis(graph).community_broker_score(dict(enumerate(groups))).values()]


@pytest.mark.parametrize("package", ["Community-Broker-Score", "brokerscore"])
@pytest.mark.parametrize("known", RECORDED, ids=lambda known: known["name"])
def test_scores_are_those_of_the_published_packages(known: dict[str, Any], package: str) -> None:
    if known[package] is None:
        # That package refuses a partition with a group of one.
        assert 1 in [known["groups"].count(group) for group in known["groups"]]
        return
    found = scores(known["edges"], known["groups"])
    assert found == pytest.approx(known[package], rel=0, abs=1e-9)


def test_ties_inside_one_group_score_nothing() -> None:
    assert scores([(0, 1), (1, 2)], [0, 0, 0]) == [0.0, 0.0, 0.0]
    assert scores([], []) == []


def test_a_group_in_pieces_is_refused() -> None:
    with pytest.raises(DataError, match="pieces"):
        scores([(0, 1), (2, 3), (1, 4)], [0, 0, 0, 0, 1])
