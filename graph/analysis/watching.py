"""Which venues were watched on which days."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from evidence.archive.archive import Archive
from graph.analysis.days import day_number
from graph.analysis.group_days import first_and_last

Span = tuple[int, int]
"""First and last day by number, both included."""


def venues(archive: Archive) -> dict[str, str]:
    """Venue id -> platform: those with posts, and watched ones that were silent."""
    rows = archive.connection.execute(
        "SELECT id, platform FROM venue WHERE id NOT IN"
        " (SELECT id FROM joined_name WHERE kept IS NOT NULL) ORDER BY id"
    ).fetchall()
    known: dict[str, str] = dict(rows)
    for venue, _, _ in declared(archive):
        known.setdefault(venue, venue.split(":")[1])
    return known


def watched(archive: Archive, zone: ZoneInfo) -> dict[str, list[Span]]:
    """Stretches of each venue, apart from each other; without coverage from first to last post."""
    rows = declared(archive)
    if not rows:
        return {venue: [span] for venue, span in first_and_last(archive, zone).items()}
    spans: dict[str, list[Span]] = defaultdict(list)
    for venue, start, end in rows:
        days = date.fromisoformat(start), date.fromisoformat(end)
        spans[venue].append((day_number(days[0]), day_number(days[1])))
    return {venue: _merged(listed) for venue, listed in spans.items()}


def overlap(spans: Iterable[Span], first: int, last: int) -> int:
    """Days of the spans from `first` to `last`."""
    days = 0
    for start, end in spans:
        if start <= last and first <= end:
            days += min(end, last) - max(start, first) + 1
    return days


def bounds(spans: Mapping[str, Iterable[Span]]) -> list[int]:
    """The first and last days of all spans."""
    return [day for listed in spans.values() for span in listed for day in span]


def declared(archive: Archive) -> list[tuple[str, str, str]]:
    """Venue, first and last day (ISO) of each stretch that the coverage file names."""
    return archive.connection.execute(
        "SELECT coalesce(a.venue_id, c.venue_id), c.from_day, c.to_day FROM coverage c "
        "LEFT JOIN venue_alias a ON a.alias = c.venue_id ORDER BY 1, 2, 3"
    ).fetchall()


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
