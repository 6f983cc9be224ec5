"""Exchanges in one post: the words of somebody else, and its author's answer to them."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from ingest.lexicon.frames import alternatives, frame

_SIGNS: Final = r"[^\w@\n]{0,4}"
_QUOTE: Final = r"[\"“「『](?:[^\"”」』\n]{2,300})[\"”」』]"
_GIVES: Final = frame("answer_gives")
_TAKES: Final = frame("answer_takes")
_ANSWER: Final = f"{_SIGNS}(?:{alternatives('answer_gives')}|{alternatives('answer_takes')})"
_FORMS: Final = re.compile(
    r"\s{0,3}(?:"
    r"(?:(?:[>»›❝┃▎](?![^\n]{0,80}<)[^\n]{1,400}\n){1,6})"
    rf"|(?:(?:{alternatives('quote_head')})[^\n\"“「『]{{0,24}}{_QUOTE}[\s,。:—-]{{0,6}})"
    rf"|(?:{_QUOTE}\s?(?:\n|[\s,←<>-]{{0,4}}(?=(?:这个|这单|这活)?我|太|能|可以|we |i )))"
    r"|(?:[-—=]{1,6} ?(?:original|quoted?|原)[^\n]{0,40}\n(?:[^\n]{0,300}\n){1,4}?"
    r"[-—=]{1,6} ?(?:reply|answer|response|re|回复|答)[^\n]{0,20}\n)"
    rf"|(?:[^\n:]{{1,16}}:[^\n]{{2,200}}\n{_SIGNS}(?:{alternatives('answer_self')})\s?:\s?)"
    rf"|(?:(?:{alternatives('quote_head')}|——(?!—)|@[a-z0-9_]{{4,32}}\s?:)[^\n]{{2,200}}\n"
    rf"(?={_ANSWER}))"
    rf"|(?:(?:(?:{alternatives('asks_first')})[^\n]{{1,120}}|[^\n]{{2,80}}(?:[?吗么没]|没有))\s?\n"
    rf"(?={_ANSWER}))"
    r")"
)
_ADDRESSED: Final = rf"{_SIGNS}(?:(?:回复?|re|to)?\s?@[a-z0-9_]{{4,32}}[\s,:]{{1,3}})?"
_OPENS: Final = re.compile(
    f"{_ADDRESSED}(?:(?P<takes>{alternatives('reply_takes')})|{alternatives('reply_gives')})"
)
_SKIPPED: Final = re.compile(r"[^\w@\n]{0,4}")
_MARKS: Final = ("\n", '"', "“", "「", "『")


class Exchange(NamedTuple):
    """Where the author's words begin, and what they do if they name no act: offer, request."""

    start: int
    polarity: str | None


@lru_cache(64)
def exchange(text: str) -> Exchange | None:
    """The exchange that a normal text opens with; None where it begins with its author's words."""
    for mark in _MARKS:
        if mark in text:
            break
    else:
        return None
    found = _FORMS.match(text)
    if found is None or found.end() >= len(text):
        return None
    place = _SKIPPED.match(text, found.end())
    begin = place.end() if place else found.end()
    if _TAKES.match(text, begin):
        return Exchange(found.end(), "request")
    return Exchange(found.end(), "offer" if _GIVES.match(text, begin) else None)


@lru_cache(64)
def answers(text: str) -> str | None:
    """The act of a normal text that opens like an answer; None where it does not."""
    found = _OPENS.match(text)
    if found is None:
        return None
    return "request" if found["takes"] else "offer"
