"""Matched dealings: each supply of an account paired one to one with a sale of the same goods.

One-to-one pairing cannot be fooled by a hub with thirty customers and one stray purchase, which
products of degrees can.
"""

import math
from collections.abc import Iterable, Sequence

import msgspec
import numpy as np
from scipy.optimize import linear_sum_assignment

from graph.analysis.dealings import DAY, Dealing

WINDOW_DAYS = 45
"""Default of how many days a supply and its sale may lie apart."""
BEFORE_DAYS = 14
"""How many days a sale may come before its supply: some brokers sell before they source."""
UNKNOWN_GOODS = 0.5
"""Weight where one side's goods are unknown: a wildcard, not a mismatch."""
UNDATED = 0.5
"""Weight where one side has no date."""


class Match(msgspec.Struct, frozen=True):
    """A supply and a sale that fit; `weight` from 0 to 1."""

    supply: Dealing
    sale: Dealing
    weight: float

    @property
    def product(self) -> str | None:
        """The goods, where either side tells them."""
        return self.supply.product or self.sale.product

    @property
    def latest(self) -> int:
        """UTC seconds of the later end, -1 where undated."""
        return max(self.supply.last or -1, self.sale.last or -1)


def match_account(
    supplies: Sequence[Dealing], sales: Sequence[Dealing], window_days: int = WINDOW_DAYS
) -> list[Match]:
    """The one-to-one pairing with the largest total weight, pairs without weight left out."""
    if not supplies or not sales:
        return []
    weights = np.array([[_weight(a, b, window_days) for b in sales] for a in supplies])
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return [
        Match(supplies[row], sales[column], float(weights[row, column]))
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        if weights[row, column] > 0
    ]


def by_account(dealings: Iterable[Dealing]) -> dict[str, tuple[list[Dealing], list[Dealing]]]:
    """Account -> (what it got, what it gave), for accounts that did both."""
    supplies: dict[str, list[Dealing]] = {}
    sales: dict[str, list[Dealing]] = {}
    for dealing in dealings:
        supplies.setdefault(dealing.taker, []).append(dealing)
        sales.setdefault(dealing.giver, []).append(dealing)
    return {name: (supplies[name], sales[name]) for name in sorted(supplies.keys() & sales.keys())}


def raw_score(matches: Iterable[Match], activity: int) -> float:
    """Summed pair weights over the square root of the number of dealings."""
    return sum(match.weight for match in matches) / math.sqrt(activity) if activity else 0.0


def _weight(supply: Dealing, sale: Dealing, window_days: int) -> float:
    if supply.giver == sale.taker:
        return 0.0
    sure = math.sqrt(supply.confidence * sale.confidence)
    return sure * _goods(supply.product, sale.product) * _gap(supply, sale, window_days)


def _goods(first: str | None, second: str | None) -> float:
    if first is None or second is None:
        return UNKNOWN_GOODS
    return 1.0 if first == second else 0.0


def _gap(supply: Dealing, sale: Dealing, window_days: int) -> float:
    """1 for dealings on one day, falling to a third at the window's end, 0 beyond it."""
    if supply.first is None or supply.last is None or sale.first is None or sale.last is None:
        return UNDATED
    after = (sale.first - supply.last) / DAY
    before = (supply.first - sale.last) / DAY
    if before > BEFORE_DAYS or after > window_days:
        return 0.0
    apart = max(after, before, 0.0)
    return math.exp(-apart / window_days)
