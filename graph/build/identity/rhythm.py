"""What the times of two accounts tell: turns taken, places handed over, the same hours.

It is told only where chance would show something else, and what chance would show is read from
the other accounts of the same venues, and from the same two some days apart.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final, Literal

import msgspec
import numpy as np
import numpy.typing as npt

from graph.build.identity.hours import ENOUGH, Hours
from graph.build.identity.sittings import HANDOVER, Sittings
from graph.build.moments import SLOT, Moments, Times

LEAST: Final = 8
"""Messages of each account without which times tell nothing."""
RARE: Final = 0.001
"""Chance at which turns and handovers begin to tell something."""
HANDOVERS: Final = 4
MANY: Final = 100
"""So many stretches of others must there be to tell what is usual in a venue."""
_SLOTS_A_DAY: Final = 86_400 // SLOT
_NEAR: Final = (1, 2, 3)
_WEEKS: Final = (7, 14, 21)
_DAY: Final = 86_400
BEFORE: Final = _DAY
AFTER: Final = 7 * _DAY
"""From so long before the last message of the one until so long after it the other begins."""
SILENT: Final = 14 * _DAY
STARTERS: Final = 20
SELDOM: Final = 0.05
"""Share of the others that may begin in the same days."""
ALIKE: Final = 0.5
"""Many keep the hours of their country."""
AT_ONCE: Final = 3
"""Seconds in which nobody writes from two accounts by hand."""


class Hint(msgspec.Struct, frozen=True):
    """What times tell of two accounts, with the numbers of the posts that show it."""

    words: str
    posts: tuple[int, ...] = ()
    kind: Literal["timing", "succession"] = "timing"
    share: float = 1.0


class Rhythm:
    """Asked pair by pair, with row numbers of accounts."""

    def __init__(self, moments: Moments) -> None:
        self.moments = moments
        self._hours: Hours | None = None

    @cached_property
    def _sittings(self) -> Sittings:
        return Sittings(self.moments)

    def hints(self, one: int, two: int) -> Iterator[Hint]:
        """Everything that times tell of two accounts."""
        if min(self.moments.times(one).size, self.moments.times(two).size) < LEAST:
            return
        venues = sorted(self.moments.venues(one) & self.moments.venues(two))
        yield from self._turns(one, two)
        if venues:
            yield from self._handovers(one, two)
            yield from self._relay(one, two, venues)
            yield from self._same_hours(one, two, venues)

    def _turns(self, one: int, two: int) -> Iterator[Hint]:
        left, right = (self.moments.slots(each) for each in (one, two))
        first, last = max(left[0], right[0]), min(left[-1], right[-1])
        left, right = (each[(each >= first) & (each <= last)] for each in (left, right))
        if not left.size or not right.size:
            return
        seen = _common(left, right)
        by_days: list[list[float]] = []
        for days in (_NEAR, _WEEKS):
            by_days.append([])
            for common in shifted(left, right, int(last - first), days):
                # Most pairs meet as often on other days, and need no further look.
                if seen >= common:
                    return
                by_days[-1].append(common)
        if not all(by_days):
            return
        expected = min(*map(_mean, by_days), self._among_others(left, right, (first, last)))
        if at_most(seen, expected) <= RARE:
            yield Hint(f"take turns: {seen} times at once, by chance {expected:.0f}")

    def _among_others(self, left: Times, right: Times, span: tuple[int, int]) -> float:
        """How often the right one would meet the left one if it met it as others do."""
        slots, accounts = self.moments.crowd
        within = accounts[(slots >= span[0]) & (slots <= span[1])].sum() - left.size - right.size
        met = accounts[np.searchsorted(slots, left)].sum() - left.size - _common(left, right)
        return float(right.size * met / within) if within > 0 else 0.0

    def _handovers(self, one: int, two: int) -> Iterator[Hint]:
        sittings = self._sittings
        left, right = sittings.of(one), sittings.of(two)
        others = sittings.others(left, right, MANY)
        ways = [
            (before, after, *sittings.handed(before, after, others))
            for before, after in ((left, right), (right, left))
        ]
        seen = sum(ended.size for _, _, ended, _ in ways)
        if seen < HANDOVERS:
            return
        expected = [sittings.usual(*way[:3], others) for way in ways]
        # What is usual is the least that is expected: most pairs need no further look.
        if at_least(seen, _total(expected)) > RARE:
            return
        by_days = (sittings.by_days(*way[:2], others) for way in ways)
        chance = _total([np.maximum(*both) for both in zip(expected, by_days, strict=True)])
        if at_least(seen, chance) <= RARE:
            words = f"one begins within {HANDOVER // 60} minutes of the other's end"
            words += f", {seen} times, by chance {chance:.1f}"
            yield Hint(words, self._shown([way[2:] for way in ways]))

    def _shown(self, ways: Sequence[tuple[Times, Times]]) -> tuple[int, ...]:
        """Posts that end and that begin, by venue, by who took over, and by time."""
        sittings = self._sittings
        found = [
            (place, way, last_n, first_n)
            for way, (ended, begun) in enumerate(ways)
            for place, last_n, first_n in zip(
                sittings.place[ended].tolist(),
                sittings.last_n[ended].tolist(),
                sittings.first_n[begun].tolist(),
                strict=True,
            )
        ]
        ordered = sorted(found, key=lambda each: each[:2])
        return tuple(n for each in ordered for n in each[2:])

    def _relay(self, one: int, two: int, venues: list[int]) -> Iterator[Hint]:
        """Whether one begins when the other falls silent, where few begin."""
        there = {each: self.moments.within(each, venues) for each in (one, two)}
        first, later = sorted(there, key=lambda each: (int(there[each][0]), each))
        ended, began = int(there[first][-1]), int(there[later][0])
        if not -BEFORE <= began - ended <= AFTER or min(map(len, there.values())) < LEAST:
            return
        times, spans = self.moments.times(first), self.moments.spans(venues)
        silence = int(spans.last.max()) - int(times[-1])
        if times[-1] > ended or silence < max(SILENT, 2 * int(np.diff(times).max())):
            return
        others = (spans.count >= LEAST) & ~np.isin(spans.accounts, (one, two))
        start = spans.first[others] - ended
        few = np.count_nonzero((start >= -BEFORE) & (start <= AFTER))
        if start.size >= STARTERS and few <= SELDOM * start.size:
            words = f"one begins as the other falls silent, as {few} of {start.size} others do"
            yield Hint(words, kind="succession")

    def _same_hours(self, one: int, two: int, venues: list[int]) -> Iterator[Hint]:
        if min(self.moments.times(each).size for each in (one, two)) < ENOUGH:
            return
        if self._hours is None:
            self._hours = Hours(self.moments)
        if (found := self._hours.unusual(one, two, venues)) is not None:
            words = "the same hours of the day, nearer than {} of {} others"
            yield Hint(words.format(found[1] - found[0], found[1]), share=ALIKE)

    def at_once(self, one: int, two: int) -> list[tuple[int, int]]:
        """Posts of the two within a few seconds; whole minutes are left out, as some tools round.

        Each post is in one pair at the most.
        """
        fine = [self._fine(each) for each in (one, two)]
        left, right = (
            list(zip(utc[near].tolist(), n[near].tolist(), strict=True))
            for (utc, n), near in zip(fine, _near(fine[0][0], fine[1][0]), strict=True)
        )
        found: list[tuple[int, int]] = []
        at = 0
        for utc, n in left:
            while at < len(right) and right[at][0] < utc - AT_ONCE:
                at += 1
            if at < len(right) and right[at][0] <= utc + AT_ONCE:
                found.append((n, right[at][1]))
                at += 1
        return found

    def _fine(self, account: int) -> tuple[Times, Times]:
        place = self.moments.place(account)
        utc, n = self.moments.utc[place], self.moments.n[place]
        fine = utc % 60 != 0
        return utc[fine], n[fine]


def _near(left: Times, right: Times) -> Iterator[npt.NDArray[np.bool_]]:
    """Of each side, which times have one of the other side within `AT_ONCE`."""
    for own, other in ((left, right), (right, left)):
        until = np.searchsorted(other, own + AT_ONCE, side="right")
        yield until > np.searchsorted(other, own - AT_ONCE, side="left")


def shifted(left: Times, right: Times, span: int, days: tuple[int, ...]) -> Iterator[float]:
    """Common slots if the right one had lived some days earlier or later, by the part that meets.

    None where the two were active together for less than twice that time.
    """
    for day in days:
        by = day * _SLOTS_A_DAY
        if span >= 2 * by:
            part = span / (span - by)
            for sign in (-1, 1):
                yield _common(left, right + sign * by) * part


def at_most(seen: int, expected: float) -> float:
    """Chance of so few or fewer where so many are expected (Poisson)."""
    if expected <= 0:
        return 1.0
    log = math.log(expected)
    terms = (math.exp(k * log - expected - math.lgamma(k + 1)) for k in range(seen + 1))
    return min(1.0, sum(terms))


def at_least(seen: int, expected: float) -> float:
    """Chance of so many or more where so many are expected (Poisson)."""
    return max(0.0, 1 - at_most(seen - 1, expected)) if seen else 1.0


def _common(left: Times, right: Times) -> int:
    return int(np.intersect1d(left, right, assume_unique=True).size)


def _total(by_venue: Iterable[npt.NDArray[np.float64]]) -> float:
    return float(sum(each.sum() for each in by_venue))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
