"""Posts and senders of each venue on each local day."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from evidence.archive.archive import Archive
from evidence.grading.senders import flagged, no_bots
from graph.analysis.days import LOCAL_DAY, local_day, stretches
from graph.build.flags import bot_name

COUNTED = ("message", "thread_post", "table_row")
"""Kinds of posts that are messages: notices and placeholders are not."""
GroupDay = tuple[str, int]
"""Id of a venue, number of a day."""


class Cell(msgspec.Struct):
    """One venue on one day; `senders` are row numbers of accounts."""

    posts: int = 0
    senders: set[int] = msgspec.field(default_factory=set)


def count(
    archive: Archive,
    zone: ZoneInfo,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    exclude_bots: bool = False,
) -> dict[GroupDay, Cell]:
    """Days with posts, `since` included and `until` excluded; posts without a time are in none."""
    bots = bot_numbers(archive) if exclude_bots else frozenset[int]()
    cells: dict[GroupDay, Cell] = defaultdict(Cell)
    for venue, day, account, n in _rows(archive, zone, since, until):
        if account in bots:
            continue
        cell = cells[venue, day]
        cell.posts += n
        if account is not None:
            cell.senders.add(account)
    return dict(cells)


def _rows(
    archive: Archive, zone: ZoneInfo, since: datetime | None, until: datetime | None
) -> Iterator[tuple[str, int, int | None, int]]:
    """(venue, day, account, posts); a day on which the clocks change may come twice."""
    first, last = archive.connection.execute("SELECT min(utc), max(utc) FROM post").fetchone()
    if first is None:
        return
    first = first if since is None else max(first, int(since.timestamp()))
    last = last if until is None else min(last, int(until.timestamp()) - 1)
    for stretch in stretches(zone, first, last):
        yield from archive.connection.execute(
            f"SELECT v.id, {LOCAL_DAY}, account_n, "
            "count(*) FROM post JOIN venue v ON v.n = venue_n "
            f"WHERE utc >= :start AND utc < :end AND post.kind IN {COUNTED} GROUP BY 1, 2, 3",
            {"offset": stretch.offset, "start": stretch.start, "end": stretch.end},
        )


def first_and_last(archive: Archive, zone: ZoneInfo) -> dict[str, tuple[int, int]]:
    """Days of the first and the last message of each venue in the whole case."""
    rows = archive.connection.execute(
        "SELECT v.id, min(utc), max(utc) FROM post JOIN venue v ON v.n = venue_n "
        f"WHERE utc IS NOT NULL AND post.kind IN {COUNTED} GROUP BY 1"
    )
    return {venue: (_day(first, zone), _day(last, zone)) for venue, first, last in rows}


def _day(utc: int, zone: ZoneInfo) -> int:
    return local_day(datetime.fromtimestamp(utc, zone), zone)


def bot_numbers(archive: Archive) -> frozenset[int]:
    """Row numbers of the accounts that `exclude_bots` leaves out."""
    rows = archive.connection.execute(
        "SELECT DISTINCT account_n, sender FROM post WHERE account_n IS NOT NULL"
    )
    said = frozenset(n for n, sender in rows if bot_name(sender or ""))
    return said - no_bots(archive.connection) | flagged(archive.connection, "bot")


def bot_ids(archive: Archive) -> frozenset[str]:
    """Ids of the accounts that `exclude_bots` leaves out."""
    numbers = bot_numbers(archive)
    rows = archive.connection.execute("SELECT n, id FROM account")
    return frozenset(id_ for n, id_ in rows if n in numbers)


def untimed(archive: Archive) -> int:
    """Messages without a time, which no day counts."""
    row = archive.connection.execute(
        f"SELECT count(*) FROM post WHERE utc IS NULL AND venue_n IS NOT NULL AND kind IN {COUNTED}"
    ).fetchone()
    return int(row[0])
