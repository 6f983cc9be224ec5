"""What a place in the network is worth when partners are drawn by lot, degrees kept."""

from functools import cached_property

import msgspec
import numpy as np

from graph.analysis.measures.arrays import Numbers
from graph.analysis.measures.brokerage import gould_fernandez
from graph.analysis.measures.rewire import rewire
from graph.analysis.position import Position

REWIRES = 19
MOST_ARCS = 30_000
"""A larger network is not rewired: it would take longer than all the rest."""


class Brokered(msgspec.Struct, frozen=True):
    """Pairs of different sides between which an account stands, and their mean in rewires.

    Every account keeps its side and how many partners it gives to and gets from. `as_much`: in
    how many of the `rewires` there are as many pairs as in truth.
    """

    seen: int
    expected: float
    as_much: int
    rewires: int


class Rewires:
    """Brokerage in rewires of one network, made when first asked for; seeds from 1 on."""

    def __init__(self, position: Position) -> None:
        self._position = position

    def of(self, name: str) -> Brokered | None:
        """The comparison for an account; None without ties or where the network is too large."""
        network = self._position.network
        if name not in network or len(network.arcs) > MOST_ARCS:
            return None
        number = network.numbers[name]
        seen, by_lot = _pairs(self._position.counts)[number], self._by_lot[:, number]
        expected, as_much = round(float(by_lot.mean()), 2), int((by_lot >= seen).sum())
        return Brokered(int(seen), expected, as_much, REWIRES)

    @cached_property
    def _by_lot(self) -> Numbers:
        arrays, sides = self._position.network.arrays, self._position.sides
        made = (rewire(arrays, seed) for seed in range(1, REWIRES + 1))
        return np.stack([_pairs(gould_fernandez(each, sides)) for each in made])


def _pairs(counts: Numbers) -> Numbers:
    """All counts but the coordinator's, whose three are of one side."""
    return np.asarray(counts[:, 1:].sum(axis=1), dtype=np.intp)
