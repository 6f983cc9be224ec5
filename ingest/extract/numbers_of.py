"""The numbers of a text and their values."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from ingest.extract.money_words import HAN, NUMBER, PRETEST, plain_number
from ingest.extract.spelled import spelled, spelled_value
from ingest.text.late import late
from ingest.text.numbers import parse_number

_PLAIN: Final = late(rf"(?<![\d▮.])[0-9]+(?=[/?!;:()=u]|(?![点多余来个万亿{HAN}])[一-鿿]|\Z)")
"""Digits behind which no number goes on: most are, and `NUMBER` takes eight times as long."""
_SHORT: Final = 16
_MESSAGE: Final = 400


def numbers(text: str) -> Sequence[re.Match[str]]:
    """The numbers of a text by place, in digits and in words."""
    return _numbers_once(text) if len(text) < _MESSAGE else _numbers(text)


# As many as are read together, since each text is asked about at two stages.
@lru_cache(4096)
def _numbers_once(text: str) -> Sequence[re.Match[str]]:
    return _numbers(text)


def _numbers(text: str) -> Sequence[re.Match[str]]:
    found = list(_digits(text))
    if words := list(spelled(text)):
        found = sorted([*found, *words], key=re.Match.start)
    return found


def _digits(text: str) -> Iterator[re.Match[str]]:
    """Numbers in digits; each is tried only where a character may open one."""
    found = PRETEST.search(text)
    while found:
        start = found.start()
        match = _PLAIN.match(text, start) or NUMBER.match(text, start)
        if match:
            yield match
        found = PRETEST.search(text, match.end() if match else found.end())


def number(written: str) -> float | None:
    """The value of a matched number; short ones, which come again and again, are read once."""
    return _read_once(written) if len(written) < _SHORT else _read(written)


@lru_cache(4096)
def _read_once(written: str) -> float | None:
    return _read(written)


def _read(written: str) -> float | None:
    if written[0].isalpha() and written[0].isascii():
        return spelled_value(written)
    return parse_number(plain_number(written))
