"""Who has a supply and a sale that may fit: the others need no pairing."""

from collections.abc import Iterator, Sequence

import numpy as np

from graph.analysis.columns import Numbers
from graph.analysis.ledger import Ledger

FEW = 1 << 10
"""Up to so many pairs of an account are looked at; one with more is paired anyway."""
AT_ONCE = 1 << 20
"""About so many pairs are looked at together."""


def fitting(
    ledger: Ledger, accounts: Sequence[str], *, few: int = FEW, at_once: int = AT_ONCE
) -> list[str]:
    """Those that may have a pair of any weight, in the same order."""
    sides = [ledger.sides[account] for account in accounts]
    sizes = np.array([(got.size, gave.size) for got, gave in sides], dtype=np.intp).reshape(-1, 2)
    pairs = sizes.prod(axis=1)
    found = pairs > few
    for some in _cut(np.flatnonzero(~found), pairs, at_once):
        whose = np.repeat(some, pairs[some])
        places = np.arange(whose.size) - np.repeat(
            np.cumsum(pairs[some]) - pairs[some], pairs[some]
        )
        rows, columns = np.divmod(places, sizes[whose, 1])
        supplies, sales = (
            np.concatenate([sides[one][end] for one in some.tolist()])[
                np.repeat(np.cumsum(sizes[some, end]) - sizes[some, end], pairs[some]) + at
            ]
            for end, at in ((0, rows), (1, columns))
        )
        found[whose[ledger.may_fit(supplies, sales)]] = True
    return [accounts[number] for number in np.flatnonzero(found).tolist()]


def _cut(numbers: Numbers, pairs: Numbers, at_once: int) -> Iterator[Numbers]:
    """Stretches of some accounts with so many pairs as are looked at together."""
    parts = np.cumsum(pairs[numbers]) // at_once
    return (part for part in np.split(numbers, np.flatnonzero(np.diff(parts)) + 1) if part.size)
