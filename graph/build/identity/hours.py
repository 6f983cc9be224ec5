"""At which hours of the day accounts write, and how unusual it is that two do so alike."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from graph.build.moments import Moments, Times

ENOUGH: Final = 100
"""Messages from which the hours of an account are told."""
OTHERS: Final = 40
"""So many others must there be to tell what is usual."""
USUAL: Final = 0.02
"""Share of the others that may be as near."""
APART: Final = 0.1
"""Share of the others that may be as far from what all do: in a crowd anybody has a neighbour."""
_HOUR, _DAY = 3600, 24


class Hours:
    """Shares of the hours of the day for every account with enough messages."""

    def __init__(self, moments: Moments) -> None:
        accounts, count = np.unique(moments.account, return_counts=True)
        self._known = accounts[count >= ENOUGH]
        self._row = {account: row for row, account in enumerate(self._known.tolist())}
        # Messages come by account.
        counted = np.repeat(count >= ENOUGH, count)
        rows = np.repeat(np.arange(len(self._known)), count[count >= ENOUGH])
        self._venues, venues = np.unique(moments.venue, return_inverse=True)
        self._there = np.zeros((len(self._row), len(self._venues)), dtype=np.bool_)
        """Who of them wrote in which venue."""
        self._there[rows, venues[counted]] = True
        cells = rows * _DAY + moments.utc[counted] // _HOUR % _DAY
        counts = np.bincount(cells, minlength=len(self._row) * _DAY).reshape(-1, _DAY) + 0.5
        self._roots = np.sqrt(counts / counts.sum(axis=1, keepdims=True))

    def unusual(self, one: int, two: int, venues: Sequence[int]) -> tuple[int, int] | None:
        """How many of how many others are as near to the one as the other is, the worse of both.

        Both have `ENOUGH` messages. Nearness is the Bhattacharyya coefficient of the shares; None
        where it is nothing unusual. Others are those who write in one of the venues.
        """
        pair = (self._row[one], self._row[two])
        there = self._there[:, np.searchsorted(self._venues, venues)]
        rows = np.setdiff1d(np.flatnonzero(there.any(axis=1)), pair)
        if rows.size < OTHERS:
            return None
        nearer = max(self._nearer(*pair, rows), self._nearer(*pair[::-1], rows))
        farther = max(self._farther(each, rows) for each in pair)
        unusual = nearer <= USUAL * rows.size and farther <= APART * rows.size
        return (nearer, rows.size) if unusual else None

    def _farther(self, one: int, rows: Times) -> int:
        """How many of the others are as far from their mean."""
        mean = self._roots[rows].mean(axis=0)
        return int(np.count_nonzero(self._roots[rows] @ mean <= self._roots[one] @ mean))

    def _nearer(self, one: int, two: int, rows: Times) -> int:
        own = self._roots[one]
        return int(np.count_nonzero(self._roots[rows] @ own >= self._roots[two] @ own))
