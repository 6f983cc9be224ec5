"""Cuts normal text into the tokens of the recogniser."""

import re
from typing import Final, NamedTuple

_PIECE: Final = re.compile(r"[a-z_]+|[0-9]+|\S")


class Pieces(NamedTuple):
    """Words with their places, aligned. A Chinese character is a word of its own."""

    words: list[str]
    spans: list[tuple[int, int]]


def pieces(text: str) -> Pieces:
    """The tokens of a normal text: runs of Latin letters, runs of digits, single characters."""
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in _PIECE.finditer(text):
        # A Doc's texts are UTF-8, which has no lone surrogates.
        words.append(match[0].encode("utf-8", "replace").decode("utf-8"))
        spans.append(match.span())
    return Pieces(words, spans)
