"""What the same activity gives by chance: matched dealings beside those with supplies by lot."""

import hashlib

import msgspec
import numpy as np

from graph.analysis.columns import Numbers
from graph.analysis.ledger import Ledger
from graph.analysis.lots import Lots
from graph.analysis.ranking import Candidate

REWIRES = 99
MOST_PAIRS = 1 << 12
"""Pairs of a supply and a sale that are looked at in one rewire."""
LEVEL = 0.05
"""From this share of the rewires on, a score is what activity alone gives."""
SHARE = 0.2
"""Of a rank that is held by as many accounts by lot, from which on it says nothing."""
_SEED = 1
_DIGITS = 9


class Chance(msgspec.Struct, frozen=True):
    """An account's score before scaling, and the mean of its scores in rewired evidence.

    In a rewire it is drawn anew who took which dealing; everybody keeps how often they got and
    gave, every dealing its giver, goods, time and confidence. `as_much`: in how many of the
    `rewires` the account scored as much as in truth. Only the latest `dealings` of an account are
    compared where it has very many, with others of that time. `as_high`: how many accounts of a
    rewire score as high as this one of `rank`, on average; null where it was not compared.
    """

    seen: float
    expected: float
    as_much: int
    rewires: int
    dealings: int
    rank: int | None = None
    as_high: float | None = None

    @property
    def by_activity(self) -> bool:
        """Whether activity alone explains the score or the rank.

        The score by the one-sided Monte Carlo test at `LEVEL`; the rank where by lot too `SHARE`
        as many accounts get so high: among very many some always do.
        """
        if (1 + self.as_much) / (1 + self.rewires) > LEVEL:
            return True
        return None not in (self.rank, self.as_high) and self._share >= SHARE

    @property
    def _share(self) -> float:
        return (self.as_high or 0.0) / (self.rank or 1)


def chance(
    ledger: Ledger, account: str, place: Candidate | None = None, lots: Lots | None = None
) -> Chance | None:
    """The comparison for an account with matched dealings, else None; one seed, one answer."""
    if account not in ledger.sides:
        return None
    since, supplies, sales = _latest(ledger, *ledger.sides[account])
    seen = _raw(ledger, supplies, sales)
    if not seen:
        return None
    numbers = np.arange(len(ledger.dealings))
    others = np.delete(numbers, sales)
    others = others[ledger.middle(others) > since]
    draw = _generator(account)
    found = [_raw(ledger, _some(others, supplies.size, draw), sales) for _ in range(REWIRES)]
    return Chance(
        seen=round(seen, 4),
        expected=round(float(np.mean(found)), 4),
        as_much=sum(round(raw, _DIGITS) >= round(seen, _DIGITS) for raw in found),
        rewires=REWIRES,
        dealings=supplies.size + sales.size,
        rank=None if place is None else place.rank,
        as_high=None if lots is None else lots.as_high(place),
    )


def _latest(ledger: Ledger, supplies: Numbers, sales: Numbers) -> tuple[float, Numbers, Numbers]:
    """Since when, and what it got and gave since then; all of it where that can be paired."""
    if supplies.size * sales.size <= MOST_PAIRS:
        return -np.inf, supplies, sales
    numbers = np.concatenate([supplies, sales])
    times = ledger.middle(numbers)
    order = np.argsort(-times, kind="stable")
    sold = np.cumsum(order >= supplies.size)
    fits = int(np.searchsorted((np.arange(1, order.size + 1) - sold) * sold, MOST_PAIRS, "right"))
    # Those of the same time as the first that is left out would be a choice among equals.
    since = float(times[order[fits]])
    supplies, sales = (side[ledger.middle(side) > since] for side in (supplies, sales))
    return since, supplies, sales


def _raw(ledger: Ledger, supplies: Numbers, sales: Numbers) -> float:
    """The score of a rewire: for one account it differs from the truth in its supplies alone."""
    return ledger.paired(supplies, sales).raw


def _some(numbers: Numbers, n: int, draw: np.random.RandomState) -> Numbers:
    """So many different ones of at least as many; a few of many are not worth a permutation."""
    if 4 * n > numbers.size:
        return numbers[draw.permutation(numbers.size)[:n]]
    places: Numbers = np.unique(draw.randint(0, numbers.size, n))
    while places.size < n:
        more = draw.randint(0, numbers.size, n - places.size)
        places = np.union1d(places, more).astype(np.intp)
    return numbers[places]


def _generator(account: str) -> np.random.RandomState:
    # The old generator's stream is frozen; each account has its own, whoever else is asked for.
    digest = hashlib.blake2b(f"{_SEED}\0{account}".encode(), digest_size=4).digest()
    return np.random.RandomState(int.from_bytes(digest))
