"""A text as pieces that a learned reader can count: one a Han character, a word or a value."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from ingest.extract.spans import Span

if TYPE_CHECKING:
    from ingest.extract.scene import Scene

_PIECE: Final = re.compile(r"[a-z]+|[0-9]+(?:[.,][0-9]+)*|\n|[^\sa-z0-9]")
_LONGEST: Final = 1500
"""Code points of a post that are cut into pieces."""
_CONTACT: Final = "T"
END_OF_LINE: Final = "⏎"
_KINDS: Final = {"price": "M", "quantity": "N"}


class Piece(NamedTuple):
    """Words of the normal text and what they count as; values count as one capital letter."""

    start: int
    end: int
    name: str


def pieces(scene: "Scene") -> list[Piece]:
    """The pieces of a post, by place; contacts, prices and quantities are one each."""
    text = scene.text[:_LONGEST]
    if len(small := text.lower()) == len(text):
        text = small
    marks = [(c.start, c.end, _CONTACT) for c in scene.contacts]
    marks += [(f.start, f.end, _KINDS[f.kind]) for f in scene.figures if f.kind in _KINDS]
    found: list[Piece] = []
    done = 0
    for start, end, name in sorted(marks):
        if done <= start < len(text):
            found += plain_pieces(text, done, start)
            found.append(Piece(start, end, name))
            done = end
    found += plain_pieces(text, done, len(text))
    return found


def plain_pieces(text: str, start: int, end: int) -> list[Piece]:
    """The pieces between two places of a normal text in small letters that hold no values."""
    return [Piece(*match.span(), _name(match[0])) for match in _PIECE.finditer(text, start, end)]


def names_between(text: str, start: int, end: int) -> list[str]:
    """The names of the pieces between two places of such a text."""
    return [_name(word) for word in _PIECE.findall(text, start, end)]


def _name(word: str) -> str:
    return "0" if word[0].isdecimal() else END_OF_LINE if word == "\n" else word


def numbers_of(found: Sequence[Piece], span: Span) -> range:
    """The numbers of the pieces that a span touches."""
    first = last = bisect_left(found, span[0] + 1, key=_end)
    while last < len(found) and found[last].start < span[1]:
        last += 1
    return range(first, last)


def _end(piece: Piece) -> int:
    return piece.end
