"""What makes figures doubtful, each with the place: venues, days, clocks, zones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from evidence.archive.archive import Archive
from graph.analysis.days import day_of
from graph.analysis.group_days import untimed
from graph.analysis.metrics import Material
from graph.analysis.periods import By, is_cut
from graph.analysis.watching import Span, declared, overlap

NAMED: Final = 3
"""Places that are named; the rest is counted."""
YEAR: Final = 365
"""So many days without any message are a year without data, or a clock that was wrong."""


def cautions(archive: Archive, material: Material, by: By) -> list[str]:
    """Sentences to warn with; none where nothing is doubtful."""
    active = _active_days(material)
    return [
        *_untimed(archive),
        *_parts(material, by),
        *(_unwatched(material, active) if declared(archive) else ()),
        *_silences(active),
    ]


def _untimed(archive: Archive) -> Iterator[str]:
    missing = untimed(archive)
    if missing == 1:
        yield "1 message has no time and is in no period"
    elif missing:
        yield f"{missing} messages have no time and are in no period"


def _parts(material: Material, by: By) -> Iterator[str]:
    """Periods that --since or --until cut, where there are others to compare them with."""
    parts = [period.name for period in material.cells if is_cut(period, by)]
    if parts and len(material.cells) > 1:
        yield f"cut by --since or --until, so that growth compares a part: {', '.join(parts)}"


def _unwatched(material: Material, active: Mapping[str, Sequence[int]]) -> Iterator[str]:
    """Venues with messages that the coverage file does not name, and messages outside it."""
    bare = sorted(venue for venue in active if venue not in material.watched)
    if bare:
        yield (
            f"{_many(bare, 'venue')} with messages and without a row in the coverage file, taken "
            f"as not watched: {_some(bare)}"
        )
    outside = {
        venue: _unseen(material.watched[venue], days)
        for venue, days in sorted(active.items())
        if venue in material.watched
    }
    places = [f"{venue} {day_of(min(days))}" for venue, days in outside.items() if days]
    if places:
        n = sum(map(len, outside.values()))
        yield f"{n} group-days with messages outside the watched days: {_some(places)}"


def _unseen(spans: Sequence[Span], days: Sequence[int]) -> Sequence[int]:
    """Those of the days that lie in no span."""
    first, last = min(days), max(days)
    if overlap(spans, first, last) == last - first + 1:
        return ()
    return [day for day in days if not overlap(spans, day, day)]


def _active_days(material: Material) -> Mapping[str, list[int]]:
    active: dict[str, list[int]] = {}
    for cells in material.cells.values():
        for (venue, day), _ in cells:
            active.setdefault(venue, []).append(day)
    return active


def _silences(active: Mapping[str, Sequence[int]]) -> Iterator[str]:
    """Long gaps between days with messages, with the venues on the thinner side."""
    venues: dict[int, set[str]] = {}
    for venue, days in active.items():
        for day in days:
            venues.setdefault(day, set()).add(venue)
    for before, after in pairwise(sorted(venues)):
        if after - before > YEAR:
            yield (
                f"no message from {day_of(before + 1)} to {day_of(after - 1)}: a time without "
                f"data, or a clock that was wrong in {_some(_thinner(venues, before))}"
            )


def _thinner(venues: Mapping[int, set[str]], before: int) -> list[str]:
    """Venues of the days up to `before` or of those behind it, whichever are fewer."""
    early = [day for day in venues if day <= before]
    late = [day for day in venues if day > before]
    thin = early if len(early) <= len(late) else late
    return sorted(set[str]().union(*(venues[day] for day in thin)))


def _many(listed: Sequence[str], word: str) -> str:
    return f"{len(listed)} {word}{'s' if len(listed) != 1 else ''}"


def _some(listed: Iterable[str]) -> str:
    places = list(listed)
    more = f" and {len(places) - NAMED} more" if len(places) > NAMED else ""
    return ", ".join(places[:NAMED]) + more
