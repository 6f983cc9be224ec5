"""Stretches in which an account wrote in a venue without a pause, of all venues in one array.

A time is told as one number for venue and second, so that one search answers for all venues.
"""

from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from graph.build.moments import Moments, Times
from graph.build.talk import changes

Floats = npt.NDArray[np.float64]

PAUSE: Final = 1800
"""Who writes nothing for so long has left."""
HANDOVER: Final = 300
"""Seconds between the last message of the one and the first of the other; less than a pause."""
SHIFTS: Final = (-86_400, 86_400, -172_800, 172_800, -259_200, 259_200)
"""Seconds by which one is moved to see what chance would show."""
_APART: Final = 2 * (SHIFTS[-1] + HANDOVER)


class Sittings:
    """Rows by account, venue and time; `begins` and `ends` grow with venue and time."""

    def __init__(self, moments: Moments) -> None:
        # Messages come by account and time; equal venues stay in that order.
        order = np.lexsort((moments.venue, moments.account))
        account, venue = moments.account[order], moments.venue[order]
        utc, n = moments.utc[order], moments.n[order]
        first = changes(account, venue) | (np.diff(utc, prepend=utc[:1]) > PAUSE)
        last = np.roll(first, -1)
        self.account, self.first_n, self.last_n = account[first], n[first], n[last]
        self.venues, self.place = np.unique(venue[first], return_inverse=True)
        """Venues, and of each row the place of its venue among them."""
        least, most = (int(utc.min()), int(utc.max())) if utc.size else (0, 0)
        offset = self.place * (most - least + _APART) - least
        self.begins, self.ends = utc[first] + offset, utc[last] + offset
        self.count = np.bincount(self.place, minlength=len(self.venues))
        """Rows of each venue."""

    def of(self, account: int) -> slice:
        """Where the rows of an account stand."""
        return slice(*np.searchsorted(self.account, (account, account + 1)).tolist())

    @cached_property
    def _followed(self) -> Times:
        """Of each row, how many begin soon after its end, whoever."""
        begins = np.sort(self.begins)
        until = np.searchsorted(begins, self.ends + HANDOVER, side="right")
        followed: Times = until - np.searchsorted(begins, self.ends, side="right")
        return followed

    def handed(self, before: slice, after: slice, others: Times) -> tuple[Times, Times]:
        """Rows of the one, in venues with others, that the other one's rows followed soon."""
        ends, begins = self.ends[before], self.begins[after]
        follows = np.searchsorted(begins, ends, side="right")
        took = follows < begins.size
        took[took] = begins[follows[took]] - ends[took] <= HANDOVER
        took &= others[self.place[before]] > 0
        return before.start + np.flatnonzero(took), after.start + follows[took]

    def usual(self, before: slice, after: slice, took: Times, others: Times) -> Floats:
        """By venue, how often the other one would follow if it came as others do."""
        # Its own rows and those of the other are no others: of one account none begins in so
        # short a time twice, and none after itself.
        followed = np.bincount(
            self.place[before], self._followed[before], minlength=len(self.venues)
        )
        followed -= np.bincount(self.place[took], minlength=len(self.venues))
        theirs = np.bincount(self.place[after], minlength=len(self.venues))
        found: Floats = np.zeros(len(others))
        np.divide(theirs * followed, others, out=found, where=others > 0)
        return found

    def by_days(self, before: slice, after: slice, others: Times) -> Floats:
        """By venue, how often the other one would follow some days earlier or later, at a mean."""
        ends, begins = self.ends[before], self.begins[after]
        moved = ends - np.array(SHIFTS)[:, None]
        until = np.searchsorted(begins, moved + HANDOVER, side="right")
        following = (until - np.searchsorted(begins, moved, side="right")).sum(axis=0)
        found = np.bincount(self.place[before], following, minlength=len(self.venues))
        return np.where(others > 0, found / len(SHIFTS), 0.0)

    def others(self, one: slice, two: slice, least: int) -> Times:
        """By venue, the rows of all others; 0 where they are fewer than `least`."""
        found = self.count - np.bincount(self.place[one], minlength=len(self.venues))
        found -= np.bincount(self.place[two], minlength=len(self.venues))
        return np.where(found >= least, found, 0)
