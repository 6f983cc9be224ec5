"""Notices laid out in fields: a label and a name in each, or two names with an arrow between."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ingest.extract.acts.phrases import alternatives
from ingest.extract.acts.speech import Named, Speech
from ingest.text.late import late

_FIELD: Final = re.compile(r"[^|/\n,;。、]+")
_ARROW: Final = re.compile(r"\s*(?:->|=>|>>|→|⇒|➡️?|➜|👉|▶️?|↔|⇄)\s*")
_OPENING: Final = re.compile(r".*[:：]\s?|.*#\s?[a-z0-9]{2,12}\s(?:[a-z]+\s)?|\s+")
_CLOSING: Final = re.compile(r"\s*(?:\([^()]*\))?[\s.。!~…]*\Z")
_NAME: Final = re.compile(r"@?[^\s@#:!?()\[\]【】<>=→][^@#:!?()\[\]【】<>=→]{0,29}\Z")
_MONEY: Final = re.compile(r"[0-9.,]+\s?(?:u|usdt|rmb|cny|元|块|条|k|w|万)?\Z")
_JOIN: Final = r"\s*(?:[:=是为]|\s)\s*"


class FieldWords:
    """The words that label a side."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        buyer, seller = alternatives(words["buyer"]), alternatives(words["seller"])
        self.label = late(rf".{{0,3}}?(?:(?P<buyer>{buyer})|(?P<seller>{seller})){_JOIN}")


def by_fields(speech: Speech, words: FieldWords) -> tuple[Named, Named] | None:
    """Buyer and seller of a notice in fields; an arrow goes the way of the money."""
    found: dict[str, dict[str, Named]] = {"buyer": {}, "seller": {}}
    for start, end in _fields(speech.text):
        for side, named in _sides(speech, words, start, end):
            found[side].setdefault(named.value, named)
    buyers, sellers = list(found["buyer"].values()), list(found["seller"].values())
    if len(buyers) != 1 or len(sellers) != 1 or buyers[0].value == sellers[0].value:
        return None
    return buyers[0], sellers[0]


def _fields(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _FIELD.finditer(text))


def _sides(speech: Speech, words: FieldWords, start: int, end: int) -> Iterator[tuple[str, Named]]:
    if label := words.label.match(speech.text, start, end):
        side = "buyer" if label["buyer"] else "seller"
        if named := _name(speech, label.end(), end):
            yield side, named
        return
    arrow = _ARROW.search(speech.text, start, end)
    if arrow is None or _ARROW.search(speech.text, arrow.end(), end):
        return
    lead = _OPENING.match(speech.text, start, arrow.start())
    first = _name(speech, lead.end() if lead else start, arrow.start())
    second = _name(speech, arrow.end(), end)
    if first and second:
        yield "buyer", first
        yield "seller", second


def _name(speech: Speech, start: int, end: int) -> Named | None:
    """The one named by a whole stretch, in words or by handle."""
    here = speech.named_in(start, end)
    if here and not speech.text[start : here[0].start].strip() and here[0].end >= end - 1:
        return here[0]
    closing = _CLOSING.search(speech.text, start, end)
    stop = closing.start() if closing else end
    while start < stop and speech.text[start].isspace():
        start += 1
    written = speech.text[start:stop]
    if not _NAME.match(written) or _MONEY.match(written):
        return None
    value = written.removeprefix("@")
    return None if speech.habits.is_plain(value) else Named(start, stop, "handle", value)
