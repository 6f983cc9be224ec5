"""When an element was there, as a timeline shows it: whole days, open ends where none is known."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Final

from graph.export.clean.words import Cell
from graph.export.formats.spells import Spells, joined, ordinal

BOUNDS: Final = (
    ("valid_from", "valid_to"),
    ("first_seen", "last_seen"),
    ("first_at", "last_at"),
    ("first_day", "last_day"),
    ("active_from", "active_to"),
    ("posted_at", "posted_at"),
    ("day", "day"),
    ("date", "date"),
    ("changed_on", ""),
)
"""First and last day of a property's owner; the first pair that is filled holds."""
LAST: Final = date.max.toordinal()
Span = tuple[int | None, int | None]
"""First and last day, both of them within; None where the end is open."""


def spans(values: Mapping[str, Cell], spells: Spells) -> tuple[Span, ...]:
    """When the element was there; nothing where no time is known."""
    whole = _whole(values)
    if len(spells) < 2:
        return (whole,) if whole else spells
    # What else is dated lies within days of activity, or makes a stretch of its own.
    edges = tuple((day, day) for day in whole if day is not None) if whole else ()
    return joined((*spells, *edges))


def ends(when: tuple[Span, ...]) -> Span:
    """First and last day of all."""
    return when[0][0], when[-1][1]


def spans_of(columns: Mapping[str, Sequence[object]], size: int) -> list[tuple[Span, ...]]:
    """The same for many elements at once, without stretches; a column a name."""
    pair = _pair(tuple(columns))
    if pair is None:
        return [()] * size
    none = [None] * size
    bounds = (columns.get(name, none) for name in (*pair, "precision"))
    whole = [_span(*found, once=pair[0] == pair[1]) for found in zip(*bounds, strict=True)]
    return [() if found is None else (found,) for found in whole]


def _whole(values: Mapping[str, Cell]) -> Span | None:
    pair = _pair(tuple(values))
    if pair is None:
        return None
    first, last = values.get(pair[0]), values.get(pair[1])
    return _span(first, last, values.get("precision"), once=pair[0] == pair[1])


@lru_cache(maxsize=1 << 14)
def _days(first: str | None, last: str | None) -> Span | None:
    start = None if first is None else ordinal(first)
    end = None if last is None else ordinal(last)
    if start is None and end is None:
        return None
    return (end, start) if start and end and end < start else (start, end)


def _span(first: object, last: object, precision: object, *, once: bool) -> Span | None:
    start = first[:10] if isinstance(first, str) else None
    end = last[:10] if isinstance(last, str) else None
    span = _days(start, end)
    if once and span is not None and precision in ("month", "year"):
        return span[0], _end(span[0], precision)
    return span


@cache
def _pair(names: tuple[str, ...]) -> tuple[str, str] | None:
    return next((pair for pair in BOUNDS if pair[0] in names or pair[1] in names), None)


def _end(start: int | None, precision: object) -> int | None:
    """The last day that a date may mean where only its month or year is known."""
    if start is None:
        return None
    day = date.fromordinal(start)
    if precision == "year":
        return day.replace(month=12, day=31).toordinal()
    return day.replace(day=monthrange(day.year, day.month)[1]).toordinal()
