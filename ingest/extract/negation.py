"""Where a negation reaches: behind 不收 to the end of the clause, in front of 勿扰 to its start."""

import re
from collections.abc import Sequence
from typing import Final

from ingest.extract.tokens import Token
from ingest.lexicon.frames import frame_words

Span = tuple[int, int]
_BACKWARD: Final = frame_words("negates_before")
_CLAUSE: Final = re.compile(r"[\s,.;:!?()\[\]【】、|~。]")
_SENTENCE: Final = re.compile(r"[,.;:!?()\n。|]")
_OPEN: Final = re.compile(r"[\s,:、]{1,2}")


def negated_spans(text: str, tokens: Sequence[Token]) -> list[Span]:
    """Spans of the normal text in which trade words are denied."""
    return [_scope(text, token) for token in tokens if token.kind == "negation"]


def _scope(text: str, token: Token) -> Span:
    word = text[token.start : token.end]
    if word.isascii():
        return token.start, _forward(text, token.end, _SENTENCE)
    if word in _BACKWARD or word.endswith("勿扰"):
        return _backward(text, token.start), token.end
    start = token.end
    gap = _OPEN.match(text, start)
    if gap and "\n" not in gap[0]:
        start = gap.end()
    return token.start, _forward(text, start, _CLAUSE)


def _forward(text: str, start: int, end: re.Pattern[str]) -> int:
    found = end.search(text, start)
    return found.start() if found else len(text)


def _backward(text: str, end: int) -> int:
    place = end
    while place and not _CLAUSE.match(text, place - 1):
        place -= 1
    return place
