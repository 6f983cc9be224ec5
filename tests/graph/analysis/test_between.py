from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.between import SHOWN, Between, stands_between
from graph.analysis.measures.brokerage import ROLES
from graph.analysis.network import Network, Side
from graph.analysis.people import People
from graph.analysis.position import Position

NOBODY = People({"a": "Ann", "b": "Bo"}, {}, {}, {}, frozenset(), {})
SIDES: tuple[Side, ...] = ("supply", "demand", "other")
names = st.sampled_from("abcdefg")
arc_lists = st.lists(st.tuples(names, names).filter(lambda arc: arc[0] != arc[1]), max_size=25)
side_maps = st.dictionaries(names, st.sampled_from(SIDES))


@given(arc_lists, side_maps, st.sets(st.tuples(names, names)))
def test_each_count_has_pairs_that_are_in_it(
    arcs: list[tuple[str, str]], sides: dict[str, Side], first: set[tuple[str, str]]
) -> None:
    network = Network(arcs, sides)
    for name in "abcdefg":
        counts = Position(network).brokerage(name)
        found = stands_between(network, name, NOBODY, first)
        assert found == stands_between(network, name, NOBODY, first)
        for role in ROLES:
            of = [pair for pair in found if pair.role == role]
            assert len({(pair.giver, pair.taker) for pair in of}) == len(of)
            assert len(of) == min(SHOWN, getattr(counts, role))
        for pair in found:
            assert (pair.giver, name) in arcs
            assert (name, pair.taker) in arcs
            assert (pair.giver, pair.taker) not in arcs
            assert pair.sides == tuple(map(network.side, (pair.giver, name, pair.taker)))


def test_names_are_told_and_known_pairs_come_first() -> None:
    arcs = [(giver, "x") for giver in "abcd"] + [("x", taker) for taker in "efgh"]
    network = Network(arcs)
    plain = stands_between(network, "x", NOBODY)
    assert [(pair.giver, pair.taker) for pair in plain] == [("a", "e"), ("b", "f"), ("c", "g")]
    assert plain[0] == Between("coordinator", "a", "e", ("Ann", "e"), ("other",) * 3)
    first = stands_between(network, "x", NOBODY, {("d", "h"), ("z", "h"), ("d", "a")})[0]
    assert (first.giver, first.taker) == ("d", "h")


def test_a_hub_is_told_quickly() -> None:
    arcs = [(f"s{n}", "hub") for n in range(3_000)] + [("hub", f"b{n}") for n in range(3_000)]
    everybody = {(f"s{n}", f"b{n}") for n in range(3_000)}
    assert len(stands_between(Network(arcs), "hub", NOBODY, everybody)) == SHOWN


def test_who_has_no_ties_stands_between_nobody() -> None:
    assert stands_between(Network([("a", "b")]), "z", NOBODY) == []
    closed = Network([*permutations("abc", 2)])
    assert stands_between(closed, "a", NOBODY) == []
