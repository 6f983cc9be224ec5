"""A very long text is read in stretches, so that the time grows with its length and no faster."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from ingest.extract.language import Language
from ingest.records import ContactRef, Listing, Reading
from ingest.text.normalise import Normal
from ingest.text.scan import Hit

LONGEST: Final = 8_000
"""Characters; twice the longest message of a chat."""
_SHARED: Final = 8
_CUTS: Final = tuple(map(re.compile, (r"\n", r"[。!?;]|\.(?=\s)", r"[\s,、]")))
"""Where a text is best cut; the last place in the second half of a stretch is taken."""
Stretch = tuple[Normal, list[Hit]]


def stretches(normal: Normal, hits: Sequence[Hit]) -> Iterator[Stretch]:
    """The text with the places of its terms, whole or cut; no term is cut in two."""
    if len(normal.text) <= LONGEST:
        yield normal, list(hits)
        return
    starts = [start for _, start, _ in hits]
    start = 0
    while start < len(normal.text):
        end = _end(normal.text, start)
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if last > first:
            end = max(end, hits[last - 1][2])
        found = [(number, s - start, e - start) for number, s, e in hits[first:last]]
        yield normal.part(start, end), found
        start = end


def _end(text: str, start: int) -> int:
    last = start + LONGEST
    if last >= len(text):
        return len(text)
    for cut in _CUTS:
        places = [match.end() for match in cut.finditer(text, start + LONGEST // 2, last)]
        if places:
            return places[-1]
    return last


def merged(readings: Sequence[Reading], contacts: Iterable[ContactRef], lang: Language) -> Reading:
    """One reading of a text from those of its stretches; what is said again counts once.

    A stretch without a contact has the first `contacts` of the text.
    """
    near = tuple({(c.kind, c.value): c for c in contacts}.values())[:_SHARED]
    found: dict[object, Listing] = {}
    for listing in (listing for reading in readings for listing in reading.listings):
        found.setdefault(_said(listing), listing)
    listings = tuple(
        msgspec.structs.replace(each, listing=n, lang=lang, contacts=each.contacts or near)
        for n, each in enumerate(found.values())
    )
    mentions = dict.fromkeys(name for reading in readings for name in reading.mentions)
    return Reading(listings, (), tuple(mentions))


def _said(listing: Listing) -> object:
    return (
        listing.polarity,
        tuple(p.id for p in listing.products),
        tuple((s.id, s.kind) for s in listing.sources),
        tuple((q.value, q.unit, q.period) for q in listing.quantities),
        tuple((p.value, p.currency, p.per, p.min_quantity) for p in listing.prices),
        tuple((c.kind, c.value, c.owner) for c in listing.contacts),
    )
