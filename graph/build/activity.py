"""Posts by account, venue and day: the counts that stand for chatter."""

from collections import Counter
from datetime import date

import msgspec

from graph.build.draft import moment
from graph.build.rows import TALK_SQL
from graph.build.world import World

# The local day is worked out in Python: SQLite knows no zones. Grouping by quarter of an hour
# first leaves few rows a busy venue, and every zone's offset is whole quarters.
_COUNTS = f"""
SELECT account_n, venue_n, utc / 900, count(*), min(utc), max(utc) FROM post
WHERE account_n IS NOT NULL AND venue_n IS NOT NULL AND utc IS NOT NULL AND kind IN {TALK_SQL}
GROUP BY 1, 2, 3
"""


class _Day(msgspec.Struct):
    by_hour: list[int]
    first: int
    last: int
    n: int = 0


def add_activity(world: World) -> dict[tuple[str, date], int]:
    """ACTIVE_IN for each account, venue and day; returns posts by venue id and day."""
    days: dict[tuple[int, int, date], _Day] = {}
    posts: Counter[tuple[str, date]] = Counter()
    for account, venue, quarter, n, first, last in world.connection.execute(_COUNTS):
        day, hour = world.clock.day_hour(quarter * 900)
        counts = days.setdefault((account, venue, day), _Day([0] * 24, first, last))
        counts.by_hour[hour] += n
        counts.n += n
        counts.first, counts.last = min(counts.first, first), max(counts.last, last)
        posts[world.venues[venue].id, day] += n
    listings = _listings_by_day(world)
    for (account, venue, day), counts in days.items():
        start, end = world.accounts[account].ref, world.venues[venue].ref
        world.draft.seen(start, counts.first, counts.last)
        world.draft.rel(
            "ACTIVE_IN",
            start,
            end,
            day,
            day=day,
            n=counts.n,
            listings=listings[account, venue, day],
            by_hour=counts.by_hour,
            first_at=moment(counts.first),
            last_at=moment(counts.last),
        )
    return posts


def _listings_by_day(world: World) -> Counter[tuple[int | None, int | None, date]]:
    counted: Counter[tuple[int | None, int | None, date]] = Counter()
    for listing in world.listings:
        post = listing.post
        if post.utc is not None:
            counted[post.account_n, post.venue_n, world.clock.day(post.utc)] += 1
    return counted
