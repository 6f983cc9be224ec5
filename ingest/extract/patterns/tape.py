"""The typed text that patterns read: one token a term, figure, contact, word or gap."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ingest.extract.contacts import Contact
from ingest.extract.money import Figure
from ingest.extract.patterns.records import BREAK, FIGURE_TYPES, GAP, HIT_TYPES, WORD, Typed
from ingest.extract.spans import Places
from ingest.extract.tokens import Token
from ingest.lexicon.frames import frame_words, heads
from ingest.text.scan import Scanner

_HEADS: Final = {head.written: head for head in heads()}
_HEAD_TYPES: Final = {"offer": "SELL", "request": "BUY", "swap": "SWAP", "recruit": "RECRUIT"}
_NOT_AFTER: Final = frame_words("not_after_head")
_BREAK: Final = re.compile(r"[\n。!?;]|\.(?=\s|\Z)")
_SAYS: Final = re.compile(r"\w")
_RANK: Final = {name: place for place, name in enumerate(HIT_TYPES)}


class Tape:
    """Lays texts out. `words`: literal words of patterns, which are told apart inside gaps."""

    def __init__(self, words: Sequence[str]) -> None:
        self._scanner = Scanner(sorted(words))

    def lay(
        self,
        text: str,
        tokens: Sequence[Token],
        contacts: Sequence[Contact],
        figures: Sequence[Figure],
    ) -> list[Typed]:
        """Typed tokens in order, none over another: contacts first, figures, the longest terms."""
        taken = Places()
        placed: list[Typed] = []
        for piece in (*_contacts(contacts), *_figures(figures), *_terms(tokens)):
            if piece.start < piece.end and taken.take(piece.start, piece.end):
                placed.append(piece._replace(word=text[piece.start : piece.end]))
        placed.sort()
        laid: list[Typed] = []
        done = 0
        for piece in placed:
            laid.extend(self._between(text, done, piece.start))
            laid.append(piece)
            done = piece.end
        laid.extend(self._between(text, done, len(text)))
        return laid

    def _between(self, text: str, start: int, end: int) -> Iterator[Typed]:
        """What stands between two terms: words of patterns, acts of one character, gaps, ends."""
        if start >= end:
            return
        part = text[start:end]
        spans = [(s, e, WORD) for _, s, e in self._scanner.scan(part)]
        marks = [(m.start(), m.end(), BREAK) for m in _BREAK.finditer(part)]
        acts = list(_acts(text, start, end))
        free = Places()
        kept = [one for one in (*spans, *acts, *marks) if free.take(one[0], one[1])]
        done = 0
        for first, last, kind in (*sorted(kept), (len(part), len(part), "")):
            yield from _gap(part, done, first, start)
            if kind:
                yield Typed(start + first, start + last, kind, "", part[first:last])
            done = last


def _gap(part: str, start: int, end: int, shift: int) -> Iterator[Typed]:
    """One token for a stretch that says something; marks and blanks are nothing."""
    if start < end and _SAYS.search(part, start, end):
        word = part[start:end]
        first = start + len(word) - len(word.lstrip())
        last = end - (len(word) - len(word.rstrip()))
        yield Typed(shift + first, shift + last, GAP, "", part[first:last])


def _acts(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Single characters that open a trade, where they are no part of a word."""
    for place in range(start, end):
        head = _HEADS.get(text[place])
        if head is None or (place and text[place - 1] in head.not_behind):
            continue
        if text[place + 1 : place + 2] not in _NOT_AFTER and head.act in _HEAD_TYPES:
            yield place - start, place - start + 1, _HEAD_TYPES[head.act]


def _contacts(contacts: Sequence[Contact]) -> Iterator[Typed]:
    return (Typed(c.start, c.end, "CONTACT", c.kind, "") for c in contacts)


def _figures(figures: Sequence[Figure]) -> Iterator[Typed]:
    for figure in figures:
        name = figure.kind.upper()
        if name in FIGURE_TYPES:
            yield Typed(figure.start, figure.end, name, "", "")


def _terms(tokens: Sequence[Token]) -> list[Typed]:
    named = [
        Typed(token.start, token.end, token.kind.upper(), token.id, "")
        for token in tokens
        if token.kind.upper() in _RANK
    ]
    return sorted(named, key=lambda t: (t.start, -t.end, _RANK[t.type], t.id))
