"""Where a negation reaches: behind 不收 to the end of the clause, in front of 勿扰 to its start."""

import re
from collections.abc import Sequence
from typing import Final

from ingest.extract.tokens import Token

Span = tuple[int, int]
_BACKWARD: Final = frozenset(
    [
        "勿扰",
        "免谈",
        "别来",
        "勿加",
        "请绕道",
        "绕道",
        "勿进",
        "免开尊口",
        "别加我",
        "勿聊",
        "止步",
        "退散",
        "滚",
        "勿私",
        "别私",
        "勿来",
        "走开",
        "不谈",
        "没货",
        "无货",
        "拉黑处理",
    ]
)
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
