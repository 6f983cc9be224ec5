"""One-to-one assignment of supplies to sales: exact where few, by stretches of time where many."""

import math
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from graph.analysis.columns import Floats, Numbers

EXACT_PAIRS = 1 << 14
"""Up to so many pairs of a supply and a sale the assignment is exact."""
STRETCH_PAIRS = 1 << 12
_LONGEST = 1 << 11
_MOST = 1 << 10

Pairs = tuple[Numbers, Numbers, Floats]


class Weighing(Protocol):
    """What an assignment asks about dealings, by their numbers."""

    def weights(self, supplies: Numbers, sales: Numbers) -> Floats:
        """Weight of every pair, supplies down and sales across."""
        ...

    def goods(self, numbers: Numbers) -> Numbers:
        """Codes of the goods, below zero where unknown."""
        ...

    def sure(self, numbers: Numbers) -> Floats:
        """Confidences."""
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
    got, gave = (_by_goods(weighing, side) for side in (supplies, sales))
    both = sorted(code for code in got.keys() & gave.keys() if code >= 0)
    parts = [_by_stretches(weighing, got[code], gave[code]) for code in both]
    first = _joined(parts)
    left, right = np.setdiff1d(supplies, first[0]), np.setdiff1d(sales, first[1])
    return _joined([first, _by_stretches(weighing, left, right)])


def _by_goods(weighing: Weighing, numbers: Numbers) -> dict[int, Numbers]:
    """Numbers by code of their goods, in the order in which they come."""
    goods = weighing.goods(numbers)
    order = np.argsort(goods, kind="stable")
    cuts = np.flatnonzero(np.diff(goods[order])) + 1
    return {int(goods[part[0]]): numbers[part] for part in np.split(order, cuts) if part.size}


def _best(weighing: Weighing, supplies: Numbers, sales: Numbers) -> Pairs:
    if not supplies.size or not sales.size:
        return _joined([])
    weights = weighing.weights(supplies, sales)
    rows, columns = linear_sum_assignment(weights, maximize=True)
    found = weights[rows, columns]
    kept = found > 0
    return supplies[rows[kept]], sales[columns[kept]], found[kept]


def _by_stretches(weighing: Weighing, supplies: Numbers, sales: Numbers) -> Pairs:
    """Assigns along time, a stretch after the other; what is left over waits for the next."""
    numbers, selling = _in_order(weighing, supplies, sales)
    got = gave = np.zeros(0, dtype=np.intp)
    parts = []
    start = 0
    while start < numbers.size:
        length = _length(selling[start : start + _LONGEST], got.size, gave.size)
        fresh, sold = numbers[start : start + length], selling[start : start + length]
        got, gave = np.concatenate([got, fresh[~sold]]), np.concatenate([gave, fresh[sold]])
        part = _best(weighing, got, gave)
        parts.append(part)
        start += length
        if start >= numbers.size:
            break
        got, gave = _waiting(got[~np.isin(got, part[0])], gave[~np.isin(gave, part[1])])
    return _joined(parts)


def _length(selling: NDArray[np.bool_], got: int, gave: int) -> int:
    """How many of the next dealings can be taken in, at least one."""
    sold = np.cumsum(selling)
    pairs = (got + np.arange(1, sold.size + 1) - sold) * (gave + sold)
    return max(1, int(np.searchsorted(pairs, STRETCH_PAIRS, side="right")))


def _waiting(got: Numbers, gave: Numbers) -> tuple[Numbers, Numbers]:
    """The latest left over, few enough to leave room for new ones."""
    got, gave = got[-_MOST:], gave[-_MOST:]
    if got.size * gave.size > STRETCH_PAIRS // 2:
        most = math.isqrt(STRETCH_PAIRS // 2)
        got, gave = got[-most:], gave[-most:]
    return got, gave


def _in_order(
    weighing: Weighing, supplies: Numbers, sales: Numbers
) -> tuple[Numbers, NDArray[np.bool_]]:
    """Dealings by time; of one time the surest of both sides together. And which are sales."""
    numbers = np.concatenate([supplies, sales])
    selling = np.arange(numbers.size) >= supplies.size
    places = np.concatenate([_places(weighing, supplies), _places(weighing, sales)])
    order = np.lexsort((numbers, places, weighing.middle(numbers)))
    return numbers[order], selling[order]


def _places(weighing: Weighing, numbers: Numbers) -> Floats:
    """Place of each among those of the same time and side by confidence, from 0 to 1."""
    middle = weighing.middle(numbers)
    order = np.lexsort((numbers, -weighing.sure(numbers), middle))
    times = middle[order]
    first = np.flatnonzero(np.concatenate([times[:1] == times[:1], times[1:] != times[:-1]]))
    counts = np.diff(first, append=numbers.size)
    places = np.empty(numbers.size)
    places[order] = np.arange(numbers.size) - np.repeat(first, counts)
    places[order] += 0.5
    places[order] /= np.repeat(counts, counts)
    return places


def _joined(parts: list[Pairs]) -> Pairs:
    if not parts:
        none = np.zeros(0, dtype=np.intp)
        return none, none, np.zeros(0)
    rows, columns, weights = zip(*parts, strict=True)
    return np.concatenate(rows), np.concatenate(columns), np.concatenate(weights)
