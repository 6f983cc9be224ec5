from itertools import permutations

import numpy as np
import pytest

from graph.analysis import rewired
from graph.analysis.network import Network
from graph.analysis.position import Position
from graph.analysis.rewired import REWIRES, Rewires
from tests.graph.analysis.test_position import random_arcs

SIDES = ("supply", "demand", "other")


def rewires(arcs: list[tuple[str, str]]) -> Rewires:
    network = Network(arcs)
    sides = {name: SIDES[place % 3] for place, name in enumerate(network.names)}
    return Rewires(Position(Network(arcs, sides)))  # type: ignore[arg-type]


def test_a_random_network_is_like_its_rewires() -> None:
    arcs = random_arcs(200, 600)
    found = rewires(arcs)
    told = [found.of(name) for name in Network(arcs).names]
    seen = np.array([one.seen for one in told if one])
    expected = np.array([one.expected for one in told if one])
    assert seen.sum() == pytest.approx(expected.sum(), rel=0.1)
    assert told == [rewires(arcs).of(name) for name in Network(arcs).names]


def test_a_go_between_of_closed_camps_stands_between_more_than_by_lot() -> None:
    camps = [[f"{letter}{n}" for n in range(8)] for letter in "pqrstuvw"]
    arcs = [pair for camp in camps for pair in permutations(camp, 2)]
    arcs += [(camp[0], "m") for camp in camps] + [("m", camp[1]) for camp in camps]
    found = rewires(arcs)
    middle, inside = found.of("m"), found.of("p4")
    assert middle is not None
    assert inside is not None
    assert inside.seen == 0
    assert inside.as_much == REWIRES
    assert middle.seen > inside.seen


def test_no_ties_and_too_large_a_network_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert rewires([("a", "b")]).of("z") is None
    assert rewires([]).of("z") is None
    monkeypatch.setattr(rewired, "MOST_ARCS", 1)
    assert rewires([("a", "b"), ("b", "c")]).of("a") is None
