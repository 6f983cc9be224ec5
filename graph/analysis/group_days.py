"""Posts and senders of each venue on each local day."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
import numpy as np
from numpy.typing import NDArray

from evidence.archive.archive import Archive
from evidence.grading.senders import flagged, no_bots
from graph.analysis.days import LOCAL_DAY, Stretch, local_day, stretches
from graph.build.flags import bot_name

COUNTED = ("message", "thread_post", "table_row")
"""Kinds of posts that are messages: notices and placeholders are not."""
_DAYS, _BEFORE = 2**22, 2**20
"""More days than a calendar of dates has, and more than it has before 1970."""
_NOBODY = 0
_CHUNK = 250_000
_IN_ONE_ROW = (
    f"SELECT group_concat(venue_n * {_DAYS} + {_BEFORE} + {LOCAL_DAY}), "
    f"group_concat(coalesce(account_n, {_NOBODY})) FROM post "
    "WHERE n >= :low AND n < :high AND venue_n IS NOT NULL "
    f"AND utc >= :start AND utc < :end AND kind IN {COUNTED}"
)
"""Two texts in place of a row a post, which take a third of the time to fetch."""
Numbers = NDArray[np.int64]
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
    names = dict(archive.connection.execute("SELECT n, id FROM venue"))
    places, people = _posts(archive, zone, since, until)
    if exclude_bots:
        kept = np.isin(people, list(bot_numbers(archive)), invert=True)
        places, people = places[kept], people[kept]
    return {
        (names[place // _DAYS], place % _DAYS - _BEFORE): cell
        for place, cell in _cells(places, people)
    }


def _cells(places: Numbers, people: Numbers) -> Iterator[tuple[int, Cell]]:
    """Each place with its posts and its distinct senders."""
    order = np.lexsort((people, places))
    places, people = places[order], people[order]
    begins = np.flatnonzero(np.diff(places, prepend=-1))
    once = (np.diff(places, prepend=-1) != 0) | (np.diff(people, prepend=-1) != 0)
    once &= people != _NOBODY
    # Python's numbers of the distinct ones alone: most write more than once a day.
    senders = people[once].tolist()
    ends = np.append(begins, places.size)
    held = np.append(0, np.cumsum(once))[ends].tolist()
    columns = places[begins].tolist(), np.diff(ends).tolist(), held[:-1], held[1:]
    for place, posts, first, last in zip(*columns, strict=True):
        yield place, Cell(posts, set(senders[first:last]))


def _posts(
    archive: Archive, zone: ZoneInfo, since: datetime | None, until: datetime | None
) -> tuple[Numbers, Numbers]:
    """Venue and day in one number, and the sender, of each post."""
    found = [np.zeros((2, 0), dtype=np.int64)]
    ends = extent(archive)
    if ends is not None:
        first = ends[0] if since is None else max(ends[0], int(since.timestamp()))
        last = ends[1] if until is None else min(ends[1], int(until.timestamp()) - 1)
        for stretch in stretches(zone, first, last):
            found += _of_stretch(archive, stretch)
    places, people = np.concatenate(found, axis=1)
    return places, people


def _of_stretch(archive: Archive, stretch: Stretch) -> Iterator[Numbers]:
    given = {"offset": stretch.offset, "start": stretch.start, "end": stretch.end}
    most = archive.connection.execute("SELECT coalesce(max(n), 0) FROM post").fetchone()[0]
    for low in range(0, most + 1, _CHUNK):
        part = {"low": low, "high": low + _CHUNK}
        row = archive.connection.execute(_IN_ONE_ROW, given | part).fetchone()
        if row[0] is not None:
            yield np.array([np.fromstring(text, dtype=np.int64, sep=",") for text in row])


def extent(archive: Archive) -> tuple[int, int] | None:
    """The first and the last second with a post in a venue, found by the index on both."""
    first, last = archive.connection.execute(
        "SELECT min(first), max(last) FROM (SELECT "
        "(SELECT min(utc) FROM post WHERE venue_n = v.n) AS first, "
        "(SELECT max(utc) FROM post WHERE venue_n = v.n) AS last FROM venue v)"
    ).fetchone()
    return None if first is None else (first, last)


def first_and_last(archive: Archive, zone: ZoneInfo) -> dict[str, tuple[int, int]]:
    """Days of the first and the last message of each venue in the whole case."""
    end = (
        "(SELECT utc FROM post WHERE venue_n = v.n AND utc IS NOT NULL "
        f"AND kind IN {COUNTED} ORDER BY utc {{}} LIMIT 1)"
    )
    rows = archive.connection.execute(
        f"SELECT v.id, {end.format('ASC')}, {end.format('DESC')} FROM venue v"
    )
    return {
        venue: (_day(first, zone), _day(last, zone))
        for venue, first, last in rows
        if first is not None
    }


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
    # By venue, so that the index on venue and time finds them.
    row = archive.connection.execute(
        "SELECT count(*) FROM venue v CROSS JOIN post p ON p.venue_n = v.n AND p.utc IS NULL "
        f"WHERE p.kind IN {COUNTED}"
    ).fetchone()
    return int(row[0])
