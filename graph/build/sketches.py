"""Pairs of texts that are alike, out of very many texts, without comparing all with all."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.build.shingles import Numbers, Rows, Shingles, filled, spread

CROWD: Final = 1_000
"""Leaders to which the shingles of one text lead at a time; the commonest are left out past it."""
CLOSEST: Final = 32
"""Leaders to which one text is compared at a time."""
_STEPS: Final = 1_000_000
"""Meetings of two texts in a shingle, and shingles compared, that are worked on at once."""
_THREADS: Final = 2
_NO_CROWD: Final = np.iinfo(np.int64).max
_LEADER_BITS: Final = 31
_SHARED_BITS: Final = 10
_MOST_SHARED: Final = (1 << _SHARED_BITS) - 1
_SPARE: Final = 1e-5
_MIXER: Final = np.uint64(0x9E3779B97F4A7C15)

Pairs = tuple[NDArray[Any], NDArray[Any], NDArray[np.float64]]


class _Facts(NamedTuple):
    """Of each text what tells without its shingles that it can't be like another one."""

    sizes: NDArray[Any]
    bits: NDArray[Any]
    slack: NDArray[Any]
    """Shingles by which a text may differ from another of its size, less what it has alone."""
    rest: NDArray[Any]
    """Shared shingles that the sketch doesn't hold."""
    last: NDArray[Any]
    """The commonest shingle of the sketch."""

    def of(self, texts: NDArray[Any]) -> "_Facts":
        return _Facts(*(column[texts] for column in self))


class _Index(NamedTuple):
    """Leaders by the shingles that lead to them: a row a shingle, a column a leader."""

    leaders: Numbers
    found: Rows
    facts: _Facts


class _Asked(NamedTuple):
    """Texts with their sketches, less the `dropped` shingles that lead to a crowd."""

    texts: Numbers
    sketches: Rows
    dropped: NDArray[Any]

    def part(self, start: int, stop: int) -> "_Asked":
        whole = slice(start, stop)
        return _Asked(self.texts[whole], self.sketches[whole], self.dropped[whole])


class Candidates:
    """Finds pairs by sketches: the rarest shingles of a text, one more than it may have alone.

    Two sets of n and m with a Jaccard likeness of t or more share at least t * max(n, m), so they
    share one of the n - t * n + 1 that come first in whatever order both are in.
    """

    def __init__(self, shingles: Shingles, threshold: float) -> None:
        self._rows, sizes = shingles
        self._threshold = threshold
        kept = np.diff(self._rows.indptr)
        needed = np.ceil(threshold * sizes - _SPARE).astype(np.int64)
        lengths = np.clip(kept - needed + 1, 0, kept)
        self.able = np.flatnonzero(lengths)
        """Texts that can be like another one at all."""
        columns = self._rows.indices[spread(self._rows.indptr[:-1], lengths)]
        starts = np.concatenate(([0], np.cumsum(lengths)))
        self._sketches = filled(columns, starts, self._rows.shape[1], np.int32)
        self._places = np.full(self._rows.shape[1], -1, dtype=np.int32)
        last = np.full(len(sizes), -1, dtype=np.int32)
        last[self.able] = columns[starts[1:][self.able] - 1]
        share = threshold / (1 + threshold)
        slack = sizes * (1 - 2 * share + _SPARE) - (sizes - kept) + _SPARE
        bits = _parities(self._rows)
        self._facts = _Facts(sizes, bits, slack.astype(np.float32), kept - lengths, last)

    def among(self, texts: Numbers, open_: Numbers) -> Pairs:
        """Texts, earlier texts of these that may lead them, and their likeness: all over it."""
        return together(self._pairs(texts, open_, len(open_), _NO_CROWD))

    def led(self, texts: Numbers, leaders: Numbers) -> Iterator[Pairs]:
        """Texts, leaders before them all, and their likeness; the closest alone in a crowd."""
        return self._pairs(texts, leaders, CLOSEST, CROWD)

    def _pairs(self, texts: Numbers, leaders: Numbers, most: int, crowd: int) -> Iterator[Pairs]:
        if not len(texts) or not len(leaders):
            return
        chosen, sketches = self._narrowed(self._sketches[leaders], self._sketches[texts])
        index = _Index(leaders, chosen.T.tocsr(), self._facts.of(leaders))
        asked, meetings = _asked(texts, sketches, index, crowd)
        cuts = [0, *_cuts(meetings, _STEPS).tolist(), len(texts)]
        if len(cuts) == 2:
            yield self._alike(asked, index, most)
            return
        with ThreadPoolExecutor(_THREADS) as threads:
            yield from threads.map(
                lambda ends: self._alike(asked.part(*ends), index, most), pairwise(cuts)
            )

    def _narrowed(self, chosen: Rows, others: Rows) -> tuple[Rows, Rows]:
        """Both with the shingles of the first alone, numbered anew."""
        ordered = np.sort(chosen.indices)
        columns = ordered[np.diff(ordered, prepend=-1) > 0]
        self._places[columns] = np.arange(len(columns), dtype=np.int32)
        places = self._places[others.indices]
        held = places >= 0
        starts = np.concatenate(([0], np.cumsum(held)))[others.indptr]
        narrow = filled(self._places[chosen.indices], chosen.indptr, len(columns), np.int32)
        self._places[columns] = -1
        return narrow, filled(places[held], starts, len(columns), np.int32)

    def _alike(self, asked: _Asked, index: _Index, most: int) -> Pairs:
        left, right = _closest(*self._near(asked, index), most)
        left, right = asked.texts[left], index.leaders[right]
        cuts = _cuts(self._facts.sizes[left] + self._facts.sizes[right], _STEPS)
        both = zip(np.split(left, cuts), np.split(right, cuts), strict=True)
        return together(self._compared(*part) for part in both)

    def _near(
        self, asked: _Asked, index: _Index
    ) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """Places of texts and of leaders that may be alike, and what their sketches share."""
        met = asked.sketches @ index.found
        counts, right = np.diff(met.indptr), met.indices
        own, other = self._facts.of(asked.texts), index.facts
        # |A ^ B| = |A| + |B| - 2 * |A & B|, where |A & B| >= (|A| + |B|) * t / (1 + t).
        apart = np.bitwise_count(np.repeat(own.bits, counts) ^ other.bits[right])
        near = np.flatnonzero(apart <= np.repeat(own.slack, counts) + other.slack[right])
        left, right = np.repeat(np.arange(len(counts)), counts)[near], right[near]
        shared = met.data[near] + asked.dropped[left]
        # Up to the lower of both last shingles of the sketches all that is shared was counted.
        rest = np.where(own.last[left] <= other.last[right], own.rest[left], other.rest[right])
        share = self._threshold / (1 + self._threshold)
        near = shared + rest >= (own.sizes[left] + other.sizes[right]) * share - _SPARE
        near &= index.leaders[right] < asked.texts[left]
        return left[near], right[near], shared[near]

    def _compared(self, left: NDArray[Any], right: NDArray[Any]) -> Pairs:
        """The pairs whose exact Jaccard likeness reaches the threshold."""
        sizes = self._facts.sizes
        shared = self._rows[left].multiply(self._rows[right]).sum(axis=1)
        likeness = shared / (sizes[left] + sizes[right] - shared)
        enough = likeness >= self._threshold
        return left[enough], right[enough], likeness[enough]


def _asked(texts: Numbers, sketches: Rows, index: _Index, crowd: int) -> tuple[_Asked, Numbers]:
    """Texts with what they are searched by, and with how many leaders each meets."""
    counts = np.diff(index.found.indptr).astype(np.int64)[sketches.indices]
    sums = np.concatenate(([0], np.cumsum(counts)))
    starts = sketches.indptr
    before = np.repeat(sums[starts[:-1]], np.diff(starts))
    kept = np.concatenate(([0], np.cumsum(sums[1:] - before <= crowd)))[starts]
    held = np.diff(kept)
    places = spread(starts[:-1], held)
    smaller = filled(sketches.indices[places], kept, sketches.shape[1], np.int32)
    meetings = sums[starts[:-1] + held] - sums[starts[:-1]]
    return _Asked(texts, smaller, np.diff(starts) - held), meetings


def _closest(
    left: NDArray[Any], right: NDArray[Any], shared: NDArray[Any], most: int
) -> tuple[NDArray[Any], NDArray[Any]]:
    """At most so many leaders for each text: those that share most of its sketch, the earliest."""
    if not len(left) or np.bincount(left).max() <= most:
        return left, right
    # One number to sort by: text, what is not shared, leader.
    common = _MOST_SHARED - np.minimum(shared, _MOST_SHARED)
    keys = ((left << _SHARED_BITS) | common) << _LEADER_BITS | right
    keys.sort()
    left, right = keys >> (_LEADER_BITS + _SHARED_BITS), keys & ((1 << _LEADER_BITS) - 1)
    kept = np.arange(len(left)) - np.searchsorted(left, left) < most
    return left[kept], right[kept]


def together(parts: Iterable[Pairs]) -> Pairs:
    """All these pairs as one."""
    none = np.empty(0, dtype=np.int64)
    columns = zip(*((none, none, none.astype(np.float64)), *parts), strict=True)
    left, right, likeness = (np.concatenate(column) for column in columns)
    return left, right, likeness


def _cuts(work: Numbers, most: int) -> Numbers:
    """Where to cut into lots of about as much work each."""
    lots = np.cumsum(work) // most
    return np.flatnonzero(np.diff(lots)) + 1


def _parities(rows: Rows) -> NDArray[np.uint64]:
    """64 bits a row: of how many of its columns, odd or even, each bit stands for.

    Two sets differ in at least as many members as their parities differ in bits.
    """
    mixed = rows.indices.astype(np.uint64) * _MIXER
    bits = np.left_shift(np.uint64(1), mixed >> np.uint64(58))
    found = np.zeros(rows.shape[0], dtype=np.uint64)
    filled = np.flatnonzero(np.diff(rows.indptr))
    if len(filled):
        found[filled] = np.bitwise_xor.reduceat(bits, rows.indptr[filled])
    return found
