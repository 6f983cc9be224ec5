from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis import communities
from graph.analysis.communities import Communities
from graph.analysis.measures.structural import SEEDS, structural_score
from graph.analysis.network import Network, Side
from graph.analysis.position import Position
from graph.analysis.standing import NO_TIES, Standing
from tests.graph.analysis.test_position import random_arcs

SIDES: tuple[Side, ...] = ("supply", "demand", "other")


def standing(network: Network, top: int = 10) -> Standing:
    return Standing(network, Position(network), Communities(network), top)


def camps(n: int, size: int) -> tuple[list[list[str]], list[tuple[str, str]]]:
    """Camps in which everybody deals with everybody."""
    made = [[f"c{camp}-{number}" for number in range(size)] for camp in range(n)]
    return made, [(a, b) for camp in made for a, b in permutations(camp, 2) if a < b]


def joined() -> Network:
    """Ten dense camps; one account is tied to many of two of them."""
    made, arcs = camps(10, 10)
    arcs += [(name, "m") for name in made[0][:6]] + [("m", name) for name in made[1][:6]]
    sides: dict[str, Side] = dict.fromkeys(made[0], "supply")
    sides.update((name, "demand") for name in made[1])
    return Network(arcs, sides)


def test_an_account_between_camps_is_first_with_every_seed() -> None:
    found = standing(joined(), top=1).of("m")
    assert (found.rank, found.stability, found.joins, found.left_out) == (1, 1.0, 1.0, "")
    assert found.of == 101
    inside = standing(joined(), top=1).of("c5-3")
    assert inside.rank is not None
    assert inside.rank > 1
    assert (inside.stability, inside.joins) == (0.0, 0.0)


def test_the_score_is_that_of_the_measure() -> None:
    network = joined()
    roles = np.array([SIDES.index(network.side(name)) for name in network.names])
    whole = structural_score(network.arrays, roles)
    found = standing(network)
    scores = [found.of(name).score for name in network.names]
    assert scores == pytest.approx(whole.score.tolist(), abs=1e-4)
    assert len(whole.by_partition) == len(SEEDS)


def test_a_sparse_network_switches_it_off_with_a_reason() -> None:
    found = standing(Network(random_arcs(60, 70))).of("a001")
    assert (found.score, found.rank, found.stability) == (None, None, None)
    assert "too sparse for communities" in found.left_out


def test_without_sides_it_is_off_too() -> None:
    network = joined()
    found = standing(Network(network.arcs)).of("m")
    assert found.score is None
    assert "different sides" in found.left_out
    assert found.joins == 1.0


def test_a_very_large_network_has_one_partition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(communities, "VERY_MANY_ARCS", 10)
    found = standing(joined(), top=1).of("m")
    assert (found.rank, found.partitions, found.stability) == (1, 1, 1.0)


def test_who_has_no_ties_has_no_place() -> None:
    assert standing(Network([])).of("z").left_out == NO_TIES
    assert standing(joined()).of("z").left_out == NO_TIES
    assert standing(Network([])).left_out == NO_TIES


names = st.sampled_from("abcdefgh")
arc_lists = st.lists(st.tuples(names, names), max_size=30)


@given(arc_lists, st.dictionaries(names, st.sampled_from(SIDES)))
def test_any_network_gives_an_answer(arcs: list[tuple[str, str]], sides: dict[str, Side]) -> None:
    network = Network(arcs, sides)
    found = standing(network, top=3)
    for name in "abcdefgh":
        place = found.of(name)
        assert (place.score is None) == bool(place.left_out)
        assert 0 <= place.joins <= 1
