"""Posts by account, venue and day: the counts that stand for chatter."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Final

import msgspec
import numpy as np

from graph.build.draft import moment
from graph.build.moments import Times
from graph.build.talk import changes
from graph.build.world import World

_QUARTER: Final = 900
"""Every zone's offset is whole quarters of an hour."""
_HOURS: Final = 24
_LOT: Final = 10_000


class _Day(msgspec.Struct, frozen=True):
    """One account in one venue on one day."""

    account: int
    venue: int
    day: date
    n: int
    first: int
    last: int
    by_hour: list[int]


def add_activity(world: World) -> dict[tuple[str, date], int]:
    """ACTIVE_IN for each account, venue and day; returns posts by venue id and day."""
    posts: Counter[tuple[str, date]] = Counter()
    listings = _listings_by_day(world)
    for each in _days(world):
        account, venue = world.accounts[each.account], world.venues[each.venue]
        posts[venue.id, each.day] += each.n
        world.draft.seen(account.ref, each.first, each.last)
        world.draft.rel(
            "ACTIVE_IN",
            account.ref,
            venue.ref,
            each.day,
            day=each.day,
            n=each.n,
            listings=listings[each.account, each.venue, each.day],
            by_hour=each.by_hour,
            first_at=moment(each.first),
            last_at=moment(each.last),
        )
    return posts


def _days(world: World) -> Iterator[_Day]:
    """All days with posts, by account, venue and day."""
    moments = world.moments
    days, hours = _local(world, moments.utc)
    # Equal ones stay in the order of time.
    order = np.lexsort((days, moments.venue, moments.account))
    account, venue, utc = moments.account[order], moments.venue[order], moments.utc[order]
    days, hours = days[order], hours[order]
    begins = np.flatnonzero(changes(account, venue, days))
    ends = np.append(begins[1:], len(order))
    for at in range(0, len(begins), _LOT):
        lot, until = begins[at : at + _LOT], ends[at : at + _LOT]
        counts = until - lot
        part = slice(lot[0], until[-1])
        cells = np.repeat(np.arange(len(lot)), counts) * _HOURS + hours[part]
        by_hour = np.bincount(cells, minlength=len(lot) * _HOURS).reshape(-1, _HOURS)
        columns = (account[lot], venue[lot], days[lot], counts, utc[lot], utc[until - 1], by_hour)
        for one, where, day, n, first, last, spread in zip(
            *(column.tolist() for column in columns), strict=True
        ):
            yield _Day(one, where, date.fromordinal(day), n, first, last, spread)


def _local(world: World, utc: Times) -> tuple[Times, Times]:
    """Ordinals of the days and hours in the case's zone; SQLite and numpy know no zones."""
    quarters, places = np.unique(utc // _QUARTER, return_inverse=True)
    known = [world.clock.day_hour(quarter * _QUARTER) for quarter in quarters.tolist()]
    days = np.array([day.toordinal() for day, _ in known], dtype=np.int64)
    hours = np.array([hour for _, hour in known], dtype=np.int64)
    return days[places], hours[places]


def _listings_by_day(world: World) -> Counter[tuple[int | None, int | None, date]]:
    counted: Counter[tuple[int | None, int | None, date]] = Counter()
    for listing in world.listings:
        post = listing.post
        if post.utc is not None:
            counted[post.account_n, post.venue_n, world.clock.day(post.utc)] += 1
    return counted
