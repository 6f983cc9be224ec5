"""Many spans asked about many times: each question costs the logarithm of their number."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import Final, Protocol, TypeVar

Span = tuple[int, int]


class Placed(Protocol):
    """Anything with a place in the text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


P = TypeVar("P", bound=Placed)
_start_of = attrgetter("start")
_FEW: Final = 8
"""So many are looked at faster than searched."""


def line_spans(text: str) -> list[Span]:
    """Where each line of a text stands, without its end."""
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


class SpanIndex:
    """Spans, overlapping or not."""

    __slots__ = ("_reach", "_starts")

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: tuple[int, ...]
        self._reach: tuple[int, ...]
        ordered = sorted(spans)
        if not ordered:
            self._starts = self._reach = ()
        elif len(ordered) == 1:
            self._starts, self._reach = ordered[0][:1], ordered[0][1:]
        else:
            self._starts, ends = zip(*ordered, strict=True)
            self._reach = tuple(accumulate(ends, max))

    def covers(self, start: int, end: int) -> bool:
        """Whether one span holds all of a place."""
        if not self._starts:
            return False
        number = bisect_right(self._starts, start)
        return number > 0 and self._reach[number - 1] >= end

    def overlaps(self, start: int, end: int) -> bool:
        """Whether one span shares a character with a place."""
        if not self._starts:
            return False
        number = bisect_left(self._starts, end)
        return number > 0 and self._reach[number - 1] > start


class Places:
    """Places taken one by one."""

    def __init__(self) -> None:
        self._spans: list[Span] = []

    def take(self, start: int, end: int) -> bool:
        """Takes a place that is still free; False where it overlaps one that was taken."""
        number = bisect_left(self._spans, (start, end))
        after = number < len(self._spans) and self._spans[number][0] < end
        before = number > 0 and self._spans[number - 1][1] > start
        if after or before:
            return False
        self._spans.insert(number, (start, end))
        return True


def within(items: Sequence[P], ranges: Iterable[Span]) -> list[P]:
    """Items, sorted by start, that lie wholly in one of the ranges."""
    found: list[P] = []
    if not items:
        return found
    for start, end in ranges:
        near = items
        if len(items) > _FEW:
            first = bisect_left(items, start, key=_start_of)
            near = items[first : bisect_left(items, end, first, key=_start_of)]
        for item in near:
            if start <= item.start < end and item.end <= end:
                found.append(item)
    return found


def last_before(items: Sequence[P], place: int) -> P | None:
    """The last item, sorted by start, that starts at a place or before it."""
    number = bisect_right(items, place, key=_start_of)
    return items[number - 1] if number else None


def first_from(items: Sequence[P], place: int) -> P | None:
    """The first item, sorted by start, that starts at a place or behind it."""
    number = bisect_left(items, place, key=_start_of)
    return items[number] if number < len(items) else None
