"""Corrected and confirmed readings as labelled sentences, for training a recogniser."""

import sqlite3
from collections.abc import Iterable, Iterator

import msgspec

from evidence.corrections.attach import Corrected, overlay
from evidence.corrections.reading import PostReading
from evidence.corrections.slots import span_of, values_of, written
from ingest.records import Listing, Span

LABELS = {
    "products": "PRODUCT",
    "sources": "SOURCE",
    "methods": "METHOD",
    "quantities": "QUANTITY",
    "prices": "PRICE",
    "contacts": "CONTACT",
    "escrow": "ESCROW",
}
"""Slots whose values are names in the text. A role is a reading of several words: no name."""


class Sentence(msgspec.Struct, frozen=True):
    """A stretch of masked text with its names: `[start, end, label]`, none overlapping another.

    `values`: one a span, the values that the span was read as. No span: nothing is named here.
    """

    text: str
    spans: list[tuple[int, int, str]]
    values: list[list[str]]
    source: str


class Export(msgspec.Struct, frozen=True):
    """Sentences by text; listings that gave some; listings left out for want of a quote."""

    sentences: list[Sentence]
    listings: int
    left_out: int


class _Named(msgspec.Struct, frozen=True, order=True):
    start: int
    end: int
    label: str
    value: str


def export(connection: sqlite3.Connection) -> Export:
    """Everything that a person corrected, confirmed or rejected; each sentence once."""
    over = overlay(connection)
    found: dict[tuple[str, tuple[tuple[int, int, str], ...]], Sentence] = {}
    used: set[str] = set()
    for _, post in sorted(over.readings.items()):
        for sentence in _of_post(post, over.listings):
            found.setdefault((sentence.text, tuple(sentence.spans)), sentence)
            used.add(sentence.source)
    left_out = sum(each.unquoted for each in over.listings.values())
    return Export([found[key] for key in sorted(found)], len(used), left_out)


def lines(sentences: Iterable[Sentence]) -> Iterator[bytes]:
    """One JSON object a line, in UTF-8."""
    for sentence in sentences:
        yield msgspec.json.encode(sentence) + b"\n"


def _of_post(post: PostReading, judged: dict[str, Corrected]) -> Iterator[Sentence]:
    """The lines that a person judged whole: a name that nobody judged there would be lost."""
    known: dict[str, list[_Named]] = {}
    unknown: list[Span] = []
    for listing in post.listings:
        body = judged.get(listing.id)
        if body is None or body.unquoted:
            unknown += listing.ground
        else:
            known[listing.id] = [] if body.rejected else list(_names(body.body))
    spans = [span for each in post.listings for span in each.ground]
    spans += [(name.start, name.end) for names in known.values() for name in names]
    for start, end in _lines(post.text, spans):
        if any(low < end and start < high for low, high in unknown):
            continue
        sources = [id_ for id_ in known if _touches(post, known[id_], id_, start, end)]
        if sources:
            names = [n for id_ in sources for n in known[id_] if start <= n.start < end]
            yield _sentence(post.text, start, end, names, sources[0])


def _touches(post: PostReading, names: list[_Named], id_: str, start: int, end: int) -> bool:
    """Whether a listing, as it was read or as it is judged, has words in this line."""
    ground = next(each.ground for each in post.listings if each.id == id_)
    spans = [*ground, *((name.start, name.end) for name in names)]
    return any(low < end and start < high for low, high in spans)


def _names(listing: Listing) -> Iterator[_Named]:
    for slot, label in LABELS.items():
        for value in values_of(listing, slot):
            span = span_of(value)
            if span is not None:
                yield _Named(*span, label, written(value))


def _lines(text: str, spans: list[Span]) -> Iterator[Span]:
    """Lines of a text; one that a value goes beyond is one with the next."""
    inside = sorted(span for span in spans if "\n" in text[span[0] : span[1]])
    start = 0
    for place, character in enumerate(text):
        if character == "\n" and not any(low <= place < high for low, high in inside):
            yield start, place
            start = place + 1
    yield start, len(text)


def _sentence(text: str, start: int, end: int, names: list[_Named], source: str) -> Sentence:
    values: dict[tuple[int, int, str], list[str]] = {}
    for name in _apart(names):
        place = (name.start - start, name.end - start, name.label)
        known = values.setdefault(place, [])
        if name.value not in known:
            known.append(name.value)
    return Sentence(text[start:end], list(values), list(values.values()), source)


def _apart(names: list[_Named]) -> list[_Named]:
    """The names without those that overlap a longer one; several values of one span stay."""
    kept: list[_Named] = []
    for name in sorted(names, key=lambda each: (each.start - each.end, each)):
        if all(
            (name.start, name.end, name.label) == (each.start, each.end, each.label)
            or name.end <= each.start
            or each.end <= name.start
            for each in kept
        ):
            kept.append(name)
    return sorted(kept)
