"""Stretches in which a post tells of another seller, quotes somebody or recalls an old price."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ingest.extract.contacts import Contact
from ingest.extract.money import Figure
from ingest.extract.spans import Span, SpanIndex
from ingest.extract.tokens import Token
from ingest.lexicon.frames import frame, frame_words

_SELF: Final = frame("speaks_of_self")
_SPEAKS: Final = frame("another_speaks")
_SENTENCE: Final = re.compile(r"[;!?。\n]|\.(?!\d)")
_CLAUSE: Final = re.compile(r"[,;:!?。\n()]|\.(?!\d)")
_QUOTE: Final = frame("quoted_words")
_COMMENT: Final = frame("comments_on")
_RIVAL: Final = frame("rival_named")
_REFERS: Final = frame("refers_on")
_SIGNS: Final = tuple(sorted(frame_words("refers_sign")))
"""One of them is in every wording of `refers_on`."""
_STRUCK: Final = re.compile(r"~~[^~\n]{1,24}~~")
_MARKS: Final = ('"', "“", "「", ">")
_PRICE: Final = frozenset({"price", "problem"})
_COUNTED: Final = _PRICE | {"quantity"}
_NEAR: Final = 8


class Asides(NamedTuple):
    """`told`: what others sell, say or ask; `past`: prices of an earlier time."""

    told: SpanIndex
    past: SpanIndex
    changes: tuple[Span, ...]
    any: bool


_NONE: Final = Asides(SpanIndex(()), SpanIndex(()), (), False)


def asides(
    text: str, tokens: Sequence[Token], contacts: Sequence[Contact], figures: Sequence[Figure]
) -> Asides:
    """Asides of a normal text; the author's own words begin again where it says I, we, here."""
    told = [_told(text, t.start, t.end, t.kind) for t in tokens if t.kind in {"rival", "quoted"}]
    told += _by_contact(text, contacts, figures)
    if len(contacts) > 1 or sum(f.kind in _PRICE for f in figures) > 1:
        told += [_told(text, *m.span(), "rival") for m in _RIVAL.finditer(text)]
    if contacts and any(sign in text for sign in _SIGNS):
        told += [(m.start(), _sentence_end(text, m.end())) for m in _REFERS.finditer(text)]
    if any(mark in text for mark in _MARKS):
        told += _quotes(text, [*contacts, *figures], figures)
    past = [
        (f.start, f.end)
        for t in tokens if t.kind in {"past", "dear"}
        for f in _dated(text, t, [f for f in figures if f.kind in _COUNTED])
    ]  # fmt: skip
    if "~~" in text:
        past += [m.span() for m in _STRUCK.finditer(text)]
    changes = tuple((t.start, t.end) for t in tokens if t.kind == "change")
    if not (told or past or changes):
        return _NONE
    return Asides(SpanIndex(told), SpanIndex(past), changes, True)


def own_figures(figures: Sequence[Figure], aside: Asides, negated: SpanIndex) -> list[Figure]:
    """Figures without those of others, and without refused and old prices where others stand."""
    kept = [f for f in figures if not aside.told.covers(f.start, f.end)]
    theirs = {f.value for f in figures if f.kind == "price" and f not in kept}
    kept = _unless_all(kept, [f for f in kept if f.kind == "price" and f.value in theirs])
    kept = _unless_all(kept, [f for f in kept if negated.covers(f.start, f.end)])
    old = [f for f in kept if aside.past.covers(f.start, f.end)]
    old += [
        f for start, end in aside.changes for f in kept
        if 0 <= start - f.end <= _NEAR and any(0 <= g.start - end <= _NEAR for g in kept)
    ]  # fmt: skip
    for kinds in (_PRICE, _COUNTED - _PRICE):
        kept = _unless_all(kept, [f for f in old if f.kind in kinds], kinds)
    return kept


def _unless_all(
    figures: list[Figure], dropped: Sequence[Figure], kinds: frozenset[str] = _PRICE
) -> list[Figure]:
    """Without some, if one of their kind is left."""
    kept = [f for f in figures if f not in dropped]
    return kept if any(f.kind in kinds for f in kept) else figures


def _by_contact(
    text: str, contacts: Sequence[Contact], figures: Sequence[Figure]
) -> Iterator[Span]:
    """@name 卖1块5,我1块: who is named in front of an act is another seller."""
    for number, contact in enumerate(contacts):
        if _SPEAKS.match(text, contact.end) and (
            number + 1 < len(contacts)
            or _SELF.search(text, contact.end)
            or any(0 <= f.start - contact.end <= _NEAR for f in figures)
        ):
            yield _told(text, contact.start, contact.end, "rival")


def _quotes(
    text: str, placed: Sequence[Contact | Figure], figures: Sequence[Figure]
) -> Iterator[Span]:
    """Words in quotation marks with a figure in them, where the author adds something."""
    for match in _QUOTE.finditer(text):
        start, end = match.span()
        outside = any(not (start <= p.start and p.end <= end) for p in placed)
        priced = any(start <= f.start and f.end <= end for f in figures)
        if priced and (outside or _SELF.search(text, end) or _COMMENT.search(text, end)):
            yield start, end


def _told(text: str, start: int, end: int, kind: str) -> Span:
    stop = _SENTENCE.search(text, end) if kind == "rival" else None
    last = stop.start() if stop else len(text)
    own = _SELF.search(text, end, last)
    if own is None and kind == "rival":
        comma = _CLAUSE.search(text, end, last)
        last = comma.start() if comma else last
    return _before(text, start), own.start() if own else last


def _sentence_end(text: str, place: int) -> int:
    stop = _SENTENCE.search(text, place)
    return stop.start() if stop else len(text)


def _dated(text: str, token: Token, prices: Sequence[Figure]) -> Sequence[Figure]:
    """The figure of an earlier time: the first behind the word in its clause, else the last before.

    What is called too dear stands before the word.
    """
    stop = _CLAUSE.search(text, token.end)
    end = stop.start() if stop else len(text)
    behind = [f for f in prices if token.end <= f.start < end and token.kind == "past"]
    start = _before(text, token.start)
    return behind[:1] or [f for f in prices if start <= f.start < token.start][-1:]


def _before(text: str, place: int) -> int:
    while place and not _CLAUSE.match(text, place - 1):
        place -= 1
    return place
