"""One-to-one assignment of supplies to sales: exact where few, by stretches of time where many."""

from collections.abc import Iterator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

EXACT_PAIRS = 1 << 14
"""Up to so many pairs of a supply and a sale the assignment is exact."""

Numbers = NDArray[np.intp]
Floats = NDArray[np.float64]
Pairs = tuple[Numbers, Numbers, Floats]


class Weighing(Protocol):
    """What an assignment asks about dealings, by their numbers."""

    def weights(self, supplies: Numbers, sales: Numbers) -> Floats:
        """Weight of every pair, supplies down and sales across."""
        ...

    def goods(self, numbers: Numbers) -> Numbers:
        """Codes of the goods, below zero where unknown."""
        ...

    def middle(self, numbers: Numbers) -> Floats:
        """Middle of each dealing in days, infinite where undated."""
        ...


def is_exact(supplies: int, sales: int) -> bool:
    """Whether so many supplies and sales are assigned exactly."""
    return supplies * sales <= EXACT_PAIRS


def assign(weighing: Weighing, supplies: Numbers, sales: Numbers) -> Pairs:
    """Numbers of supplies and sales that belong together, and their weights, all above zero."""
    if is_exact(supplies.size, sales.size):
        return _best(weighing, supplies, sales)
    # Known goods go before unknown ones, which weigh half: leftovers of all goods come second.
    goods = np.union1d(weighing.goods(supplies), weighing.goods(sales))
    parts = [
        _by_stretches(
            weighing,
            supplies[weighing.goods(supplies) == code],
            sales[weighing.goods(sales) == code],
        )
        for code in goods[goods >= 0]
    ]
    first = _joined(parts)
    left, right = np.setdiff1d(supplies, first[0]), np.setdiff1d(sales, first[1])
    return _joined([first, _by_stretches(weighing, left, right)])


def _best(weighing: Weighing, supplies: Numbers, sales: Numbers) -> Pairs:
    if not supplies.size or not sales.size:
        return _joined([])
    weights = weighing.weights(supplies, sales)
    rows, columns = linear_sum_assignment(weights, maximize=True)
    found = weights[rows, columns]
    kept = found > 0
    return supplies[rows[kept]], sales[columns[kept]], found[kept]


def _by_stretches(weighing: Weighing, supplies: Numbers, sales: Numbers) -> Pairs:
    cut = _stretches(weighing, supplies, sales)
    return _joined([_best(weighing, left, right) for left, right in cut])


def _stretches(
    weighing: Weighing, supplies: Numbers, sales: Numbers
) -> Iterator[tuple[Numbers, Numbers]]:
    """Supplies and sales cut at the same times, each stretch small enough to be exact."""
    numbers = np.concatenate([supplies, sales])
    selling = np.arange(numbers.size) >= supplies.size
    order = np.lexsort((numbers, weighing.middle(numbers)))
    numbers, selling = numbers[order], selling[order]
    start = 0
    while start < numbers.size:
        gave = np.cumsum(selling[start:])
        got = np.arange(1, gave.size + 1) - gave
        length = max(1, int(np.searchsorted(got * gave, EXACT_PAIRS, side="right")))
        part = slice(start, start + length)
        yield numbers[part][~selling[part]], numbers[part][selling[part]]
        start += length


def _joined(parts: list[Pairs]) -> Pairs:
    if not parts:
        none = np.zeros(0, dtype=np.intp)
        return none, none, np.zeros(0)
    rows, columns, weights = zip(*parts, strict=True)
    return np.concatenate(rows), np.concatenate(columns), np.concatenate(weights)
