"""Overlapping spans cut into segments that follow one another."""

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple


class Mark(NamedTuple):
    """A value at a place of the text. `row`: the id of its row in the table below the text."""

    start: int
    end: int
    kind: str
    tip: str
    row: str


class Segment(NamedTuple):
    """A stretch of text and the marks that cover all of it; `opens`: where one of them begins."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    opens: bool


def segments(size: int, marks: Sequence[Mark]) -> Iterator[Segment]:
    """Segments that cover `[0, size)` without a gap; marks are clipped to it, empty ones left out.

    Nothing is lost where spans overlap: every mark stands on each of its segments.
    """
    clipped = [m._replace(start=max(0, m.start), end=min(size, m.end)) for m in marks]
    waiting = sorted((m for m in clipped if m.start < m.end), key=lambda m: (m.start, -m.end))
    edges = sorted({0, size, *(m.start for m in waiting), *(m.end for m in waiting)})
    ends: list[tuple[int, int]] = []
    active: dict[int, Mark] = {}
    place = 0
    for start, end in pairwise(edges):
        while ends and ends[0][0] <= start:
            del active[heappop(ends)[1]]
        opens = False
        while place < len(waiting) and waiting[place].start == start:
            heappush(ends, (waiting[place].end, place))
            active[place] = waiting[place]
            opens, place = True, place + 1
        yield Segment(start, end, tuple(active.values()), opens)
