"""Stretches of a text as sorted lists of `[start, end)` that do not touch."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from evidence.corrections.slots import SPANNED, spans_of, values_of
from ingest.records import Listing, Span


class Words(msgspec.Struct, frozen=True, array_like=True):
    """A stretch of text with what it says."""

    start: int
    text: str

    @property
    def span(self) -> Span:
        return self.start, self.start + len(self.text)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The stretches that the spans cover together."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif end > start:
            found.append((start, end))
    return found


def covered(listing: Listing) -> list[Span]:
    """The stretches on which a listing's values rest."""
    return merged(
        span for slot in SPANNED for value in values_of(listing, slot) for span in spans_of(value)
    )


def minus(runs: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """What of the first stretches no other one covers."""
    left = list(runs)
    for low, high in others:
        left = [piece for run in left for piece in _cut(run, low, high)]
    return left


def _cut(run: Span, low: int, high: int) -> Iterator[Span]:
    start, end = run
    if high <= start or end <= low:
        yield run
        return
    if start < low:
        yield start, low
    if high < end:
        yield high, end


def shared(one: Sequence[Span], other: Sequence[Span]) -> int:
    """How many code points both cover."""
    total = here = there = 0
    while here < len(one) and there < len(other):
        (start, end), (low, high) = one[here], other[there]
        total += max(0, min(end, high) - max(start, low))
        if end <= high:
            here += 1
        else:
            there += 1
    return total


def length(runs: Sequence[Span]) -> int:
    """How many code points the stretches hold."""
    return sum(end - start for start, end in runs)


def shift(anchor: Sequence[Words], text: str) -> int | None:
    """How far the anchor's words have moved; None where they are gone or stand more than once."""
    if _at(anchor, text, 0):
        return 0
    if not anchor:
        return None
    longest = max(anchor, key=lambda words: len(words.text))
    found: int | None = None
    place = text.find(longest.text)
    while place >= 0:
        by = place - longest.start
        if _at(anchor, text, by):
            if found is not None:
                return None
            found = by
        place = text.find(longest.text, place + 1)
    return found


def _at(anchor: Sequence[Words], text: str, by: int) -> bool:
    return all(
        words.start + by >= 0 and text.startswith(words.text, words.start + by) for words in anchor
    )
