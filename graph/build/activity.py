"""Posts by account, venue and day: the counts that stand for chatter."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np

from graph.build.draft import moment
from graph.build.moments import Times
from graph.build.packed import day as packed_day
from graph.build.talk import changes
from graph.build.world import World

_QUARTER: Final = 900
"""Every zone's offset is whole quarters of an hour."""
_HOURS: Final = 24
_LOT: Final = 10_000


_Row = tuple[int, int, int, int, int, int, list[int]]
"""Account, venue, ordinal of the day, posts, first and last time, posts by hour."""


def add_activity(world: World) -> dict[tuple[str, date], int]:
    """ACTIVE_IN for each account, venue and day; returns posts by venue id and day."""
    posts: Counter[tuple[str, date]] = Counter()
    listed = _listed_by_day(world)
    accounts = {n: account.ref for n, account in world.accounts.items()}
    venues = {n: venue.ref for n, venue in world.venues.items()}
    for account, venue, ordinal, n, first, last, by_hour in _rows(world):
        day, written = _day(ordinal)
        place = venues[venue]
        posts[place.id, day] += n
        world.draft.rel(
            "ACTIVE_IN",
            accounts[account],
            place,
            written,
            day=packed_day(day),
            n=n,
            listings=listed[account, venue, ordinal],
            by_hour=by_hour,
            first_at=moment(first),
            last_at=moment(last),
        )
    return posts


@lru_cache(maxsize=10_000)
def _day(ordinal: int) -> tuple[date, str]:
    """A day, and how ids write it."""
    day = date.fromordinal(ordinal)
    return day, day.isoformat()


def add_seen(world: World) -> None:
    """First and last time of each account."""
    account, utc = world.moments.account, world.moments.utc
    begins = np.flatnonzero(changes(account))
    ends = np.append(begins, len(account))[1:]
    columns = (account[begins], utc[begins], utc[ends - 1])
    for n, first, last in zip(*(column.tolist() for column in columns), strict=True):
        world.draft.seen(world.accounts[n].ref, first, last)


def _rows(world: World) -> Iterator[_Row]:
    """All days with posts, by account, venue and day."""
    moments = world.moments
    days, hours = _local(world, moments.utc)
    # Equal ones stay in the order of time.
    order = np.lexsort((days, moments.venue, moments.account))
    account, venue, utc = moments.account[order], moments.venue[order], moments.utc[order]
    days, hours = days[order], hours[order]
    begins = np.flatnonzero(changes(account, venue, days))
    ends = np.append(begins, len(order))[1:]
    for at in range(0, len(begins), _LOT):
        lot, until = begins[at : at + _LOT], ends[at : at + _LOT]
        counts = until - lot
        part = slice(lot[0], until[-1])
        cells = np.repeat(np.arange(len(lot)), counts) * _HOURS + hours[part]
        by_hour = np.bincount(cells, minlength=len(lot) * _HOURS).reshape(-1, _HOURS)
        columns = (account[lot], venue[lot], days[lot], counts, utc[lot], utc[until - 1], by_hour)
        yield from zip(*(column.tolist() for column in columns), strict=True)


def _local(world: World, utc: Times) -> tuple[Times, Times]:
    """Ordinals of the days and hours in the case's zone; SQLite and numpy know no zones."""
    quarters, places = np.unique(utc // _QUARTER, return_inverse=True)
    known = [world.clock.day_hour(quarter * _QUARTER) for quarter in quarters.tolist()]
    days = np.array([day.toordinal() for day, _ in known], dtype=np.int64)
    hours = np.array([hour for _, hour in known], dtype=np.int64)
    return days[places], hours[places]


def _listed_by_day(world: World) -> Counter[tuple[int | None, int | None, int]]:
    """Listings by account, venue and ordinal of the day."""
    posts = [listing.post for listing in world.listings]
    dated = [(post.account_n, post.venue_n, post.utc) for post in posts if post.utc is not None]
    days, _ = _local(world, np.array([utc for *_, utc in dated], dtype=np.int64))
    return Counter(
        (account, venue, day) for (account, venue, _), day in zip(dated, days.tolist(), strict=True)
    )
