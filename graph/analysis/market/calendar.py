"""The same days a year before."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from graph.analysis.days import day_number, day_of
from graph.analysis.watching import Span


def months_in(span: Span) -> Iterator[Span]:
    """The parts of a span in each calendar month, in order."""
    first, last = span
    while first <= last:
        end = min(_month_end(first), last)
        yield first, end
        first = end + 1


def year_before(span: Span) -> Span | None:
    """Part of a month -> the same days a year before; an end of February meets an end.

    None for a 29th of February alone, which has no such day.
    """
    first, last = day_of(span[0]), day_of(span[1])
    if first.year == date.min.year or (first == last and (first.month, first.day) == (2, 29)):
        return None
    length = monthrange(first.year - 1, first.month)[1]
    whole = span[1] == _month_end(span[0])
    end = length if whole and first != last else min(last.day, length)
    start = date(first.year - 1, first.month, min(first.day, length))
    return day_number(start), day_number(start.replace(day=end))


def _month_end(number: int) -> int:
    first = day_of(number).replace(day=1)
    return day_number((first + timedelta(days=31)).replace(day=1)) - 1
