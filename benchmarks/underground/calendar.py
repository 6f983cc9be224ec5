"""Which group speaks on which day, by how many people and in how many posts."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import msgspec

from benchmarks.underground.totals import MOBILE_GROUPS, MONTHS, Sum, Totals, days_of, shared

FIRST: Final = date(2012, 3, 1).toordinal()
LAST: Final = date(2013, 12, 31).toordinal()
OUTAGES: Final = (
    range(date(2012, 6, 7).toordinal(), date(2012, 6, 26).toordinal()),
    range(date(2013, 2, 9).toordinal(), date(2013, 2, 12).toordinal()),
)
"""Days on which nothing was collected at all; the first is why June 2012 has so few posts."""


class Group(msgspec.Struct, frozen=True):
    """A group and the stretches of days (last one included) on which it was watched."""

    number: int
    mobile: bool
    busy: float
    """How often it speaks, against the others."""
    watched: tuple[tuple[int, int], ...]

    def is_watched(self, day: int) -> bool:
        return any(first <= day <= last for first, last in self.watched)


class Cell(msgspec.Struct, frozen=True):
    """One day of one group."""

    day: int
    senders: int
    posts: int


def make_groups(count: int, chance: random.Random) -> list[Group]:
    """Groups in order of their numbers, the mobile ones spread among them."""
    mobile = {(2 * at + 1) * count // (2 * MOBILE_GROUPS) for at in range(MOBILE_GROUPS)}
    return [_group(number, number in mobile, chance) for number in range(count)]


def _group(number: int, mobile: bool, chance: random.Random) -> Group:
    busy = chance.lognormvariate(0, 0.15 if mobile else 0.8)
    first, last = FIRST, LAST
    if not mobile and chance.random() < 0.4:
        first += int(chance.random() * 560)
    if not mobile and chance.random() < 0.15:
        # Closed by the platform, or the collector was thrown out.
        last = first + 40 + int(chance.random() * (LAST - first - 40))
    holes = list(OUTAGES)
    if chance.random() < 0.3:
        lost = first + int(chance.random() * (last - first))
        holes.append(range(lost, lost + 1 + int(chance.random() * 9)))
    return Group(number, mobile, busy, tuple(_without(first, last, holes)))


def _without(first: int, last: int, holes: Sequence[range]) -> Iterator[tuple[int, int]]:
    """Stretches from `first` to `last` outside of the holes."""
    for hole in sorted(holes, key=lambda one: one.start):
        if first < hole.start <= last:
            yield first, hole.start - 1
        first = max(first, hole.stop)
    if first <= last:
        yield first, last


def calendar(totals: Totals, groups: Sequence[Group], chance: random.Random) -> list[list[Cell]]:
    """The days of each group, in order of time; their sums are exactly the totals."""
    found: dict[int, list[Cell]] = defaultdict(list)
    parts = (
        (totals.mobile, [group for group in groups if group.mobile]),
        (totals.others, [group for group in groups if not group.mobile]),
    )
    for sums, members in parts:
        for month in MONTHS:
            for group, cell in _month(sums[month], members, days_of(month), chance):
                found[group.number].append(cell)
    return [sorted(found[group.number], key=lambda cell: cell.day) for group in groups]


def _month(
    total: Sum, groups: Sequence[Group], days: range, chance: random.Random
) -> Iterator[tuple[Group, Cell]]:
    if not total.days:
        return
    chosen = _chosen(total.days, groups, days, chance)
    crowd = [group.busy * chance.lognormvariate(0, 0.5) for group, _ in chosen]
    senders = shared(total.senders, crowd, 1)
    loud = [many * chance.lognormvariate(0, 0.5) for many in senders]
    posts = shared(total.posts, loud, senders)
    for (group, day), k, m in zip(chosen, senders, posts, strict=True):
        yield group, Cell(day, k, m)


def _chosen(
    count: int, groups: Sequence[Group], days: range, chance: random.Random
) -> list[tuple[Group, int]]:
    """So many different days of groups, busier ones more often (Efraimidis, Spirakis 2006)."""
    open_days = [
        (chance.expovariate(1) / group.busy, group.number, day, group)
        for group in groups
        for day in days
        if group.is_watched(day)
    ]
    if count > len(open_days):
        raise ValueError(f"{count} days of groups wanted, {len(open_days)} are watched")
    return [(group, day) for _, _, day, group in sorted(open_days, key=lambda one: one[:3])[:count]]
