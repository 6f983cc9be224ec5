"""Calendar months of a zone, and which venues were watched in each."""

from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import msgspec

from evidence.archive.archive import Archive
from evidence.errors import UsageError
from graph.analysis.watching import declared

MOST = 1200
"""More months than a hundred years have are a wrong date, not a period."""


class Month(msgspec.Struct, frozen=True):
    """`2023-11`, and its seconds `[start, end)` UTC inside the selected period."""

    name: str
    start: int
    end: int


class MonthColumn(msgspec.Struct, frozen=True):
    """A month `[start, end)` in UTC seconds; `watched`: there are posts or evidence of it."""

    name: str
    start: int
    end: int
    watched: bool


def months(
    first: datetime, last: datetime, zone: ZoneInfo, *, cut: tuple[int | None, int | None]
) -> list[Month]:
    """All months from that of `first` to that of `last`, `cut` to UTC seconds `[since, until)`.

    Raises UsageError for more than `MOST`.
    """
    start, end = (moment.astimezone(zone) for moment in (first, last))
    places = range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
    if len(places) > MOST:
        raise UsageError(
            f"the period from {start:%Y-%m} to {end:%Y-%m} has {len(places)} months",
            hint="Choose a shorter one by --since and --until.",
        )
    return [_month(place, zone, *cut) for place in places]


def _month(place: int, zone: ZoneInfo, since: int | None, until: int | None) -> Month:
    start, end = _begins(place, zone), _begins(place + 1, zone)
    return Month(
        f"{place // 12:04}-{place % 12 + 1:02}",
        start if since is None else max(start, since),
        end if until is None else min(end, until),
    )


def _begins(place: int, zone: ZoneInfo) -> int:
    return int(datetime(place // 12, place % 12 + 1, 1, tzinfo=zone).astimezone(UTC).timestamp())


def watched_venues(archive: Archive, listed: list[Month]) -> Mapping[str, frozenset[str]]:
    """Month by name -> ids of the venues with a collected post or a declared watch in it."""
    stretches = declared(archive)
    found = {}
    for month in listed:
        posted = archive.connection.execute(
            "SELECT id FROM venue WHERE EXISTS "
            "(SELECT 1 FROM post WHERE venue_n = venue.n AND utc >= ? AND utc < ?)",
            (month.start, month.end),
        )
        # ISO days compare as text, and no month has a day after its 31st.
        days = f"{month.name}-01", f"{month.name}-31"
        silent = (venue for venue, start, end in stretches if start <= days[1] and end >= days[0])
        found[month.name] = frozenset({*(venue for (venue,) in posted), *silent})
    return found
