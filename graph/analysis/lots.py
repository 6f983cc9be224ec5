"""A ranking by chance: how many accounts score as much where it is drawn by lot who took what."""

from collections.abc import Iterator, Sequence

import msgspec
import numpy as np

from graph.analysis.alike import UNKNOWN_GOODS
from graph.analysis.columns import Floats, Numbers
from graph.analysis.ledger import Ledger
from graph.analysis.measures.arrays import summed
from graph.analysis.ranking import Candidate

REWIRES = 19
FEW_REWIRES = 5
"""For evidence of more than `MANY` dealings; the mean of a count is steady sooner than a tail."""
MANY = 10_000
PLACES = 100
"""Only accounts up to this place are compared: below it chance and truth mix anyway."""
_DIGITS = 9
_SLACK = 1e-9
_OPEN = -2


class _Side(msgspec.Struct, frozen=True):
    """Number and summed confidences of each account's dealings on one side."""

    counts: Numbers
    sums: Floats

    @classmethod
    def of(cls, whose: Numbers, sure: Floats, n: int) -> "_Side":
        """Of dealings by account."""
        return cls(np.bincount(whose, minlength=n), summed(whose, sure, n))

    def most(self, other: "_Side") -> Floats:
        """The largest weight that pairs of both sides can have."""
        fewer = np.minimum(self.counts, other.counts).astype(np.float64)
        return np.asarray(np.minimum(fewer, np.sqrt(self.sums * other.sums)))


class Lots:
    """Scores of all accounts in rewires of the evidence, as far as those of `shown` go down.

    In a rewire the takers of all dealings are drawn anew: everybody keeps how often they got and
    gave, every dealing its giver, goods, time and confidence.
    """

    def __init__(self, ledger: Ledger, shown: Sequence[Candidate]) -> None:
        compared = [one.raw for one in shown if one.rank <= PLACES]
        self._least = min(compared, default=np.inf)
        few = len(ledger.dealings) > MANY
        self.rewires = 0 if not compared else FEW_REWIRES if few else REWIRES
        found = [_scores(ledger, self._least, seed) for seed in range(1, self.rewires + 1)]
        self._scores = np.concatenate(found) if found else np.zeros(0)

    def as_high(self, place: Candidate | None) -> float | None:
        """How many accounts score as much as this one by lot, on average; None: not compared."""
        if place is None or place.raw < self._least or not self.rewires:
            return None
        return round(int((self._scores >= round(place.raw, _DIGITS)).sum()) / self.rewires, 2)


def _scores(ledger: Ledger, least: float, seed: int) -> Floats:
    """Scores of at least so much in one rewire."""
    drawn = drawn_by_lot(ledger, seed)
    found = (drawn.paired(*sides) for sides in worth_pairing(drawn, least))
    scores = np.array([round(pairing.raw, _DIGITS) for pairing in found if pairing.solid])
    return scores[scores >= least]


def drawn_by_lot(ledger: Ledger, seed: int) -> Ledger:
    """The dealings with takers drawn anew; who fell to their own giver change among each other."""
    # The old generator's stream is frozen: one seed gives one rewire everywhere.
    draw = np.random.RandomState(seed)
    takers: Numbers = ledger.takers[draw.permutation(ledger.takers.size)]
    own = np.flatnonzero(takers == ledger.givers)
    takers[own] = takers[np.roll(own, 1)]
    return ledger.with_takers(takers)


def worth_pairing(ledger: Ledger, least: float) -> Iterator[tuple[Numbers, Numbers]]:
    """Supplies and sales of each account that could reach the score."""
    ends = ledger.takers, ledger.givers
    orders = [np.argsort(side, kind="stable") for side in ends]
    in_order = [side[order] for side, order in zip(ends, orders, strict=True)]
    for code in np.flatnonzero(bounds(ledger) >= least).tolist():
        got, gave = (
            order[slice(*np.searchsorted(side, [code, code + 1]))]
            for side, order in zip(in_order, orders, strict=True)
        )
        yield got, gave


def bounds(ledger: Ledger) -> Floats:
    """What each account's score cannot be above, by its code.

    By goods no more pairs than the fewer of both sides, and by Cauchy's inequality no more weight
    than the root of both sides' summed confidences.
    """
    numbers = np.arange(ledger.takers.size)
    goods, sure = np.where(ledger.open(numbers), _OPEN, ledger.goods(numbers)), ledger.sure(numbers)
    n = int(max(ledger.takers.max(initial=-1), ledger.givers.max(initial=-1))) + 1
    order = np.argsort(goods, kind="stable")
    cuts = np.flatnonzero(np.diff(goods[order])) + 1
    got, gave = _Side.of(ledger.takers, sure, n), _Side.of(ledger.givers, sure, n)
    total = np.zeros(n)
    for same in np.split(order, cuts) if order.size else ():
        supplies = _Side.of(ledger.takers[same], sure[same], n)
        sales = _Side.of(ledger.givers[same], sure[same], n)
        if goods[same[0]] >= 0:
            total += supplies.most(sales)
        else:
            most = 1.0 if goods[same[0]] == _OPEN else UNKNOWN_GOODS
            total += most * (supplies.most(gave) + got.most(sales))
    return np.asarray(total / np.sqrt(1 + got.sums + gave.sums) + _SLACK)
