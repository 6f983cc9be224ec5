"""What the corpus must add up to: published averages as whole numbers of group-days and posts."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import msgspec

PGD: Final = {2012: 5.13, 2013: 11.26}
MGD: Final = {2012: 28.74, 2013: 62.56}
MOBILE_PGD: Final = {2012: 11.45, 2013: 28.55}
"""Around 11, around 29, and almost 2.5 times: no two rounder numbers are all three."""
MOBILE_MGD: Final = {2012: 29.35, 2013: 62.93}
"""Roughly those of all groups, a little above."""
JUNE: Final = {2012: 9_180, 2013: 109_222}
"""Posts of June: over 100,000 more in 2013."""
FULL: Final = 1_400_000
LEAST: Final = 10_000
"""Below it the months are too few group-days for the averages."""
MENTIONS: Final = {
    "service:compromised_hosts": 35_112,
    "service:ddos": 16_471,
    "service:rat": 15_365,
}
"""Posts of the full corpus that offer each."""
MOBILE_GROUPS: Final = 11
GROUPS: Final = 496
MONTHS: Final = tuple((2012, month) for month in range(3, 13)) + tuple(
    (2013, month) for month in range(1, 13)
)
LAST: Final = 3
"""First of the ten months whose posts and participants double from 2012 to 2013."""
_SHARE_2012: Final = 0.3125
_MOBILE_DAYS: Final = {2012: 1_210, 2013: 1_650}
_COURSE: Final = {
    2012: {3: 30, 4: 34, 5: 40, 7: 52, 8: 50, 9: 54, 10: 52, 11: 56, 12: 60},
    2013: {3: 76, 4: 84, 5: 94, 7: 100, 8: 92, 9: 88, 10: 80, 11: 84, 12: 82},
}
"""How posts of the other months relate; June is told and January and February are what is left."""


class Sum(msgspec.Struct, frozen=True):
    """Group-days with posts, senders summed over them, and posts."""

    days: int
    senders: int
    posts: int


class Totals(msgspec.Struct, frozen=True):
    """Sums of each month, of mobile groups and of all others, and the number of groups."""

    mobile: dict[tuple[int, int], Sum]
    others: dict[tuple[int, int], Sum]
    groups: int

    @property
    def posts(self) -> int:
        return sum(one.posts for part in (self.mobile, self.others) for one in part.values())


def shared(total: int, weights: Sequence[float], least: Sequence[int] | int = 0) -> list[int]:
    """`total` in whole parts as the weights are, none under its least, by largest remainders."""
    floor = [least] * len(weights) if isinstance(least, int) else list(least)
    free = total - sum(floor)
    whole = sum(weights)
    if free < 0 or (free and not whole):
        raise ValueError(f"{total} does not reach for the least of {len(weights)} parts")
    exact = [free * weight / whole for weight in weights] if whole else [0.0] * len(weights)
    parts = [int(one) for one in exact]
    order = sorted(range(len(parts)), key=lambda at: parts[at] - exact[at])
    for at in order[: free - sum(parts)]:
        parts[at] += 1
    return [low + part for low, part in zip(floor, parts, strict=True)]


def totals(count: int) -> Totals:
    """Sums for at least `count` posts, at most some dozens more. ValueError below 10,000."""
    if count < LEAST:
        raise ValueError(f"a corpus has at least {LEAST:,} messages, not {count:,}")
    size = count / FULL
    days, senders, posts = {}, {}, {}
    days[2012] = round(count * _SHARE_2012 / MGD[2012])
    posts[2012] = round(days[2012] * MGD[2012])
    days[2013] = -int(-(count - posts[2012]) // MGD[2013])
    posts[2013] = round(days[2013] * MGD[2013])
    for year in PGD:
        senders[year] = round(days[year] * PGD[year])
    by_month = _posts(posts, size)
    mobile: dict[tuple[int, int], Sum] = {}
    others: dict[tuple[int, int], Sum] = {}
    for year in PGD:
        months = [month for month in MONTHS if month[0] == year]
        told = [by_month[month] for month in months]
        whole = Sum(days[year], senders[year], posts[year])
        part = _mobile(year, months, told, size)
        mobile |= part
        others |= _rest(whole, months, told, part)
    return Totals(mobile, others, MOBILE_GROUPS + round((GROUPS - MOBILE_GROUPS) * size**0.5))


def days_of(month: tuple[int, int]) -> range:
    """Numbers (of `date.toordinal`) of the days of a month."""
    year, number = month
    after = date(year + number // 12, number % 12 + 1, 1)
    return range(date(year, number, 1).toordinal(), after.toordinal())


def _posts(posts: dict[int, int], size: float) -> dict[tuple[int, int], int]:
    """Posts of each month: the last ten months of 2013 hold twice those of 2012."""
    found: dict[tuple[int, int], int] = {}
    for year, ten in ((2012, posts[2012]), (2013, 2 * posts[2012])):
        june = round(JUNE[year] * size)
        course = _COURSE[year]
        parts = shared(ten - june, list(course.values()))
        found |= {(year, month): n for month, n in zip(course, parts, strict=True)}
        found[year, 6] = june
    found[2013, 1], found[2013, 2] = shared(posts[2013] - 2 * posts[2012], (31, 28))
    return found


def _mobile(
    year: int, months: Sequence[tuple[int, int]], told: Sequence[int], size: float
) -> dict[tuple[int, int], Sum]:
    whole = max(MOBILE_GROUPS, round(_MOBILE_DAYS[year] * size))
    days = shared(whole, told)
    senders = shared(round(whole * MOBILE_PGD[year]), days, days)
    posts = shared(round(whole * MOBILE_MGD[year]), days, senders)
    return dict(zip(months, map(Sum, days, senders, posts), strict=True))


def _rest(
    whole: Sum,
    months: Sequence[tuple[int, int]],
    told: Sequence[int],
    mobile: dict[tuple[int, int], Sum],
) -> dict[tuple[int, int], Sum]:
    """The other groups' sums, so that both together make the whole year's."""
    posts = [n - mobile[month].posts for month, n in zip(months, told, strict=True)]
    days = shared(whole.days - sum(one.days for one in mobile.values()), posts)
    senders = shared(whole.senders - sum(one.senders for one in mobile.values()), days, days)
    return dict(zip(months, map(Sum, days, senders, posts), strict=True))
