import random
from itertools import permutations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.communities import Communities
from graph.analysis.network import Network, Side
from graph.analysis.people import People
from graph.analysis.position import Brokerage, Measures, Position

NOBODY = People({}, {}, {}, {}, frozenset(), {})
SIDES: tuple[Side, ...] = ("supply", "demand", "other")
Arcs = list[tuple[str, str]]


def random_arcs(n: int, m: int, seed: int = 1) -> Arcs:
    chance = random.Random(seed)
    names = [f"a{number:03}" for number in range(n)]
    # Some names come up more often: a tail of hubs.
    weights = [1 / (1 + place) for place in range(n)]
    return [
        (one, other)
        for one, other in zip(
            chance.choices(names, weights, k=m), chance.choices(names, k=m), strict=True
        )
        if one != other
    ]


def directed(arcs: Arcs) -> "nx.DiGraph[str]":
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(arcs)
    return graph


@pytest.mark.parametrize(("n", "m"), [(12, 20), (60, 90), (150, 500)])
def test_measures_equal_networkx(n: int, m: int) -> None:
    arcs = random_arcs(n, m)
    graph = directed(arcs)
    simple = graph.to_undirected()
    position = Position(Network(arcs))
    between = nx.betweenness_centrality(graph)
    constraint, size = nx.constraint(simple), nx.effective_size(simple)
    cuts = set(nx.articulation_points(simple))
    for name in graph:
        found = position.measures(name)
        assert found.betweenness == pytest.approx(between[name], abs=1e-6)
        assert position.constraint(name) == pytest.approx(constraint[name])
        assert position.effective_size(name) == pytest.approx(size[name])
        assert found.degree == simple.degree[name]
        assert found.articulation == 0 or name in cuts


def test_articulation_counts_the_pairs_that_are_cut() -> None:
    arcs = random_arcs(40, 45, seed=5)
    network = Network(arcs)
    position = Position(network)
    simple = directed(arcs).to_undirected()
    counts = {name: position.articulation(name) for name in network.names}
    assert counts == {name: cut_pairs(simple, network, name) for name in network.names}
    assert any(counts.values())


def cut_pairs(simple: "nx.Graph[str]", network: Network, name: str) -> int:
    without = simple.copy()
    without.remove_node(name)
    return sum(
        nx.has_path(simple, a, b) and not nx.has_path(without, a, b)
        for a, b in permutations(without, 2)
        if network.stands(a) == "supply" and network.stands(b) == "demand"
    )


def brute_brokerage(arcs: Arcs, sides: dict[str, Side], name: str) -> Brokerage:
    ties, counts = set(arcs), dict.fromkeys(Brokerage.__struct_fields__, 0)
    everybody = {end for arc in arcs for end in arc}
    for a, b in permutations(sorted(everybody - {name}), 2):
        if (a, name) in ties and (name, b) in ties and (a, b) not in ties:
            x, y, z = (sides.get(one, "other") for one in (a, name, b))
            if x == y == z:
                counts["coordinator"] += 1
            elif x == z:
                counts["itinerant"] += 1
            elif x == y:
                counts["representative"] += 1
            elif y == z:
                counts["gatekeeper"] += 1
            else:
                counts["liaison"] += 1
    return Brokerage(**counts)


names = st.sampled_from("abcdefg")
arc_lists = st.lists(st.tuples(names, names).filter(lambda arc: arc[0] != arc[1]), max_size=25)
side_maps = st.dictionaries(names, st.sampled_from(SIDES))


@given(arc_lists, side_maps)
def test_brokerage_equals_its_definition_and_turns_round(
    arcs: Arcs, sides: dict[str, Side]
) -> None:
    position = Position(Network(arcs, sides))
    turned = Position(Network([(b, a) for a, b in arcs], sides))
    for name in "abcdefg":
        found, back = position.brokerage(name), turned.brokerage(name)
        assert found == brute_brokerage(arcs, sides, name)
        assert (found.gatekeeper, found.representative) == (back.representative, back.gatekeeper)
        assert (found.coordinator, found.itinerant, found.liaison) == (
            back.coordinator,
            back.itinerant,
            back.liaison,
        )


def test_brokerage_of_a_hub_is_cheap() -> None:
    arcs = [(f"s{n}", "hub") for n in range(5_000)] + [("hub", f"b{n}") for n in range(5_000)]
    assert Position(Network(arcs)).brokerage("hub") == Brokerage(coordinator=25_000_000)


def test_an_account_without_ties_is_safe() -> None:
    network = Network([("a", "a"), ("a", "b")])
    assert [*network.arcs] == [("a", "b")]
    for empty in (network, Network([])):
        position, communities = Position(empty), Communities(empty)
        assert position.measures("z") == Measures()
        assert position.brokerage("z") == Brokerage()
        assert communities.tied("z", NOBODY) == []
        assert communities.indiscriminate == frozenset()


def two_camps() -> Arcs:
    camps = [[f"{letter}{n}" for n in range(8)] for letter in "pq"]
    inside = [(a, b) for camp in camps for a, b in permutations(camp, 2) if a < b]
    return [*inside, ("p0", "m"), ("p1", "m"), ("m", "q0"), ("m", "q1"), ("m", "q2")]


def test_ties_to_communities_seen_and_expected() -> None:
    network = Network(two_camps())
    communities = Communities(network)
    groups = communities.groups
    assert groups["p0"] != groups["q0"]
    tied = communities.tied("m", NOBODY)
    assert [one.ties for one in tied] == [3, 2]
    volume = {
        group: sum(network.degree(name) for name in groups if groups[name] == group)
        for group in groups.values()
    }
    expected = [
        network.degree("m") * volume[groups[name]] / (2 * len(network.arrays.ties[0]))
        for name in ("q0", "p0")
    ]
    assert [one.expected for one in tied] == pytest.approx(expected, abs=1e-4)
    assert all("m" not in one.top for one in tied)


@given(st.randoms(use_true_random=False))
def test_leiden_does_not_hang_on_the_order_of_the_ties(chance: random.Random) -> None:
    arcs = random_arcs(60, 120, seed=9)
    mixed = list(arcs)
    chance.shuffle(mixed)
    assert Communities(Network(arcs)).groups == Communities(Network(mixed)).groups


def test_who_trades_with_everybody_alike_is_told() -> None:
    camps = [[f"{letter}{n}" for n in range(9)] for letter in "ijklmnopqr"]
    arcs = [(a, b) for camp in camps for a, b in permutations(camp, 2) if a < b]
    everybody = [name for camp in camps for name in camp]
    arcs += [("spam", name) for name in everybody[::2]]
    arcs += [("broker", name) for name in [*camps[0], *camps[1]]]
    assert Communities(Network(arcs)).indiscriminate == {"spam"}
