"""Many spans asked about many times: each question costs the logarithm of their number."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Protocol, TypeVar

Span = tuple[int, int]


class Placed(Protocol):
    """Anything with a place in the text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


P = TypeVar("P", bound=Placed)


class SpanIndex:
    """Spans, overlapping or not."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts: list[int] = []
        self._reach: list[int] = []
        if ordered:
            self._starts = [start for start, _ in ordered]
            self._reach = list(accumulate((end for _, end in ordered), max))

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
    for start, end in ranges:
        behind = not items or items[0].start >= start
        first = 0 if behind else bisect_left(items, start, key=lambda item: item.start)
        for number in range(first, len(items)):
            item = items[number]
            if item.start >= end:
                break
            if item.end <= end:
                found.append(item)
    return found


def last_before(items: Sequence[P], place: int) -> P | None:
    """The last item, sorted by start, that starts at a place or before it."""
    number = bisect_right(items, place, key=lambda item: item.start)
    return items[number - 1] if number else None


def first_from(items: Sequence[P], place: int) -> P | None:
    """The first item, sorted by start, that starts at a place or behind it."""
    number = bisect_left(items, place, key=lambda item: item.start)
    return items[number] if number < len(items) else None
