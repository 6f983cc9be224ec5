"""Values that were printed about real networks, by others and for other programs."""

from typing import Any

import networkx as nx
import pytest

from graph.analysis.measures.analysis import Analysis
from graph.analysis.measures.partition import leiden, modularity

BORGATTI = "AB AF AG AE EG FG BG BD DG GC"
"""The ties of Borgatti 1997, Connections 20(1): 35-38, figure 1; its constraints are UCINET's."""
MEDICI = {
    "Medici": 0.522,
    "Guadagni": 0.255,
    "Albizzi": 0.212,
    "Salviati": 0.143,
    "Ridolfi": 0.114,
    "Bischeri": 0.104,
    "Strozzi": 0.103,
    "Barbadori": 0.093,
    "Tornabuoni": 0.092,
    "Castellani": 0.055,
    "Peruzzi": 0.022,
}
"""Betweenness of the marriages, scaled, as in the tests of NetworkX (Jackson 2008, 1.2.1, prints
those of Medici, Guadagni and Strozzi); the other families have none."""
DAVIS = {
    "E8": (0.24, 0.85),
    "E9": (0.23, 0.79),
    "E7": (0.13, 0.73),
    "Nora Fayette": (0.11, 0.80),
    "Evelyn Jefferson": (0.10, 0.80),
    "Theresa Anderson": (0.09, 0.80),
    "Sylvia Avondale": (0.07, 0.77),
    "Charlotte McDowd": (0.01, 0.60),
    "Flora Price": (0.01, 0.59),
    "E13": (0.00, 0.52),
}
"""Betweenness and closeness of women and events, scaled for two kinds of nodes, as in the tests of
NetworkX (Borgatti and Halgin, Analyzing affiliation networks, 2011)."""


def test_effective_size_constraint_and_efficiency_as_borgatti_has_them() -> None:
    found = Analysis(nx.Graph([(tie[0], tie[1]) for tie in BORGATTI.split()]))
    sizes = found.effective_size()
    assert [round(sizes[node], 2) for node in "GAC"] == [4.67, 2.5, 1.0]
    assert round(found.efficiency()["G"], 2) == 0.78
    constraint = found.constraint()
    assert [round(constraint[node], 3) for node in "GAC"] == [0.400, 0.595, 1.0]


def test_the_medici_stand_between() -> None:
    found = Analysis(nx.florentine_families_graph()).betweenness()
    assert {name: round(value, 3) for name, value in found.items() if value} == MEDICI


def test_women_and_events_of_the_old_south() -> None:
    graph = nx.davis_southern_women_graph()
    women = {node for node, side in graph.nodes(data="bipartite") if side == 0}
    n, m = len(women), len(graph) - len(women)
    analysis = Analysis(graph)
    between, near = analysis.betweenness(normalized=False), analysis.closeness()
    for node, (stands, close) in DAVIS.items():
        mine, other = (n, m) if node in women else (m, n)
        assert between[node] / _most_between(mine, other) == pytest.approx(stands, abs=0.01)
        # Nearest is who is one step from all of the other kind, and two from its own.
        nearest = other + 2 * (mine - 1)
        assert near[node] * nearest / (n + m - 1) == pytest.approx(close, abs=0.01)


def _most_between(mine: int, other: int) -> float:
    """The most that one of `mine` nodes can stand between (Borgatti and Everett 1997)."""
    s, t = divmod(mine - 1, other)
    return (other**2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2


def test_the_karate_club() -> None:
    club = nx.karate_club_graph()
    found = Analysis(nx.Graph(club.edges))
    between = found.betweenness(normalized=False)
    # Members are numbered from 1 in print: the instructor is 1 and the administrator 34.
    assert [round(between[member - 1], 2) for member in (1, 34, 33, 3)] == [
        231.07,
        160.55,
        76.69,
        75.85,
    ]
    core = found.core_numbers()
    assert {member + 1 for member in core if core[member] == max(core.values())} == {
        1, 2, 3, 4, 8, 9, 14, 31, 33, 34,
    }  # fmt: skip
    assert max(core.values()) == 4
    assert found.articulation_points() == [0]
    assert [set(tie) for tie in found.bridges()] == [{0, 11}]


def test_the_best_partition_of_the_karate_club_is_found() -> None:
    # Brandes and others (2008), On modularity clustering: no partition has more than 0.4198.
    arrays = Analysis(nx.Graph(nx.karate_club_graph().edges)).arrays
    found = [modularity(arrays, leiden(arrays, seed)) for seed in range(5)]
    assert round(max(found), 4) == 0.4198


def test_valjean_and_the_bishop() -> None:
    story: nx.Graph[Any] = nx.Graph(nx.les_miserables_graph().edges)
    found = Analysis(story)
    between = found.betweenness()
    # As in the tests of NetworkX; the characters are those of Knuth's Stanford GraphBase.
    first = sorted(between, key=lambda name: -between[name])[:3]
    assert {name: round(between[name], 3) for name in first} == {
        "Valjean": 0.570,
        "Myriel": 0.177,
        "Gavroche": 0.165,
    }
    assert {"Valjean", "Myriel"} <= set(found.articulation_points())
