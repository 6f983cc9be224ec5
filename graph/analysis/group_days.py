"""Posts and senders of each venue on each local day."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec

from evidence.archive.archive import Archive, newest, scan
from evidence.grading.senders import flagged, no_bots
from graph.analysis.days import DAY, Stretch, day_at, stretches
from graph.build.flags import bot_name

if TYPE_CHECKING:  # half of the market commands count no group-days and start without it
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

COUNTED = ("message", "thread_post", "table_row")
"""Kinds of posts that are messages: notices and placeholders are not."""
# Of a list SQLite makes a table, in which it looks each post up.
_IS_COUNTED = " OR ".join(f"kind = '{kind}'" for kind in COUNTED)
_NOBODY = 0
_CHUNK = 250_000
"""Posts whose numbers are fetched as one text."""
_IN_ONE_ROW = (
    "SELECT group_concat((venue_n * :days + (utc - :zero) / 86400) * :people"
    f" + coalesce(account_n, {_NOBODY})) FROM post"
    " WHERE n >= :low AND n < :high AND venue_n IS NOT NULL"
    f" AND utc >= :start AND utc < :end AND ({_IS_COUNTED})"
)
"""One text in place of a row a post, which takes a third of the time to fetch."""
GroupDay = tuple[str, int]
"""Id of a venue, number of a day."""


class Cell(msgspec.Struct, gc=False):
    """One venue on one day; `senders` are row numbers of accounts, each once."""

    posts: int
    senders: "Numbers"


class _Packing(msgspec.Struct, frozen=True):
    """How a venue, a day and a sender are one number: what each is below, and the first day."""

    first: int
    days: int
    people: int

    def days_of(self, places: "Numbers") -> tuple[list[int], list[int]]:
        """Row numbers of venues, and numbers of days."""
        venues, days = divmod(places, self.days)
        return venues.tolist(), (days + self.first).tolist()


def count(
    archive: Archive,
    zone: ZoneInfo,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    exclude_bots: bool = False,
) -> dict[GroupDay, Cell]:
    """Days with posts, `since` included and `until` excluded; posts without a time are in none."""
    out = bot_numbers(archive) if exclude_bots else frozenset[int]()
    with scan(archive.connection):
        names = dict(archive.connection.execute("SELECT n, id FROM venue"))
        parts = selected(archive, zone, since, until)
        if not parts:
            return {}
        packing = _packing(archive, parts)
        posts = _posts(archive, parts, packing)
    return dict(_cells(posts, packing, names, out))


def _cells(
    posts: "Numbers", packing: _Packing, names: Mapping[int, str], out: Collection[int]
) -> Iterator[tuple[GroupDay, Cell]]:
    """Each group-day with its posts and its distinct senders."""
    import numpy as np

    # Files stand one behind the other, in order of time: such runs are merged.
    posts.sort(kind="stable")
    places, people = divmod(posts, packing.people)
    if out:
        kept = np.isin(people, list(out), invert=True)
        posts, places, people = posts[kept], places[kept], people[kept]
    begins = np.flatnonzero(np.diff(places, prepend=-1))
    once = (np.diff(posts, prepend=-1) != 0) & (people != _NOBODY)
    senders = people[once]
    ends = np.append(begins, places.size)
    held = np.append(0, np.cumsum(once))[ends].tolist()
    columns = np.diff(ends).tolist(), held[:-1], held[1:]
    for venue, day, n, low, high in zip(*packing.days_of(places[begins]), *columns, strict=True):
        yield (names[venue], day), Cell(n, senders[low:high])


def selected(
    archive: Archive, zone: ZoneInfo, since: datetime | None, until: datetime | None
) -> list[Stretch]:
    """The selected time between the first and the last post."""
    ends = extent(archive)
    if ends is None:
        return []
    first = ends[0] if since is None else max(ends[0], int(since.timestamp()))
    last = ends[1] if until is None else min(ends[1], int(until.timestamp()) - 1)
    return [*stretches(zone, first, last)]


def _packing(archive: Archive, parts: Sequence[Stretch]) -> _Packing:
    first = min((part.start + part.offset) // DAY for part in parts)
    last = max((part.end - 1 + part.offset) // DAY for part in parts)
    most = archive.connection.execute("SELECT coalesce(max(n), 0) FROM account").fetchone()[0]
    return _Packing(first, last - first + 1, most + 1)


def _posts(archive: Archive, parts: Sequence[Stretch], packing: _Packing) -> "Numbers":
    import numpy as np

    texts = (text for part in parts for text in _texts(archive, part, packing))
    found = (np.fromstring(text, dtype=np.int64, sep=",") for text in texts)
    return np.concatenate([np.zeros(0, dtype=np.int64), *found])


def _texts(archive: Archive, part: Stretch, packing: _Packing) -> Iterator[str]:
    """The numbers of the posts of some time, with commas between."""
    given = {
        "days": packing.days,
        "people": packing.people,
        "zero": packing.first * DAY - part.offset,
        "start": part.start,
        "end": part.end,
    }
    for (text,) in in_chunks(archive, _IN_ONE_ROW, given):
        yield text


def in_chunks(archive: Archive, statement: str, given: Mapping[str, str | int]) -> Iterator[Any]:
    """What a statement makes of the posts from `:low` to `:high`, for all that it makes any of."""
    for low in range(0, newest(archive.connection) + 1, _CHUNK):
        chunk = {**given, "low": low, "high": low + _CHUNK}
        row = archive.connection.execute(statement, chunk).fetchone()
        if row[0] is not None:
            yield row


def distinct_senders(cells: Iterable[Cell]) -> int:
    """How many wrote in any of them."""
    import numpy as np

    every = [cell.senders for cell in cells]
    # Sorted and counted: a third of the time of numpy.unique. Those of each day are in order.
    senders = (
        np.sort(np.concatenate(every), kind="stable") if every else np.zeros(0, dtype=np.int64)
    )
    return int(np.count_nonzero(np.diff(senders, prepend=-1)))


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
        venue: (day_at(first, zone), day_at(last, zone))
        for venue, first, last in rows
        if first is not None
    }


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
