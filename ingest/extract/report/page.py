"""A report cut into non-empty lines and sentences, every span in code points of the file's text."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Final

import msgspec

from ingest.records import Span
from ingest.text.normalise import Normal, normalise

# Every replacement is one character for one, so that offsets stay good.
_VIEW: Final = str.maketrans(
    "\u00a0\u2009\u202f\u3000\t\x0b\x0c’‘‛“”„‑０１２３４５６７８９（）：％＄，；",
    "       '''\"\"\"-0123456789():%$,;",
)
_BULLET: Final = re.compile(r"[ \r]*(?:[•‣◦▪●○·*#>–—-]+[ \r]*){0,3}")
_NUMBERED: Final = re.compile(
    r"(?:\(?\d{1,2}[.)](?:(?= )|(?=[\u3400-\u9fffA-Z\"]))|\d{1,2}(?:\.\d{1,2}){1,3}\.? (?=[A-Z])"
    r"|\(?(?:[a-z]|[ivx]{1,4})\) |\(?[一二三四五六七八九十]{1,3}[、)]|\d{1,2}、|[①-⑳])[ ]*"
)
_END: Final = re.compile(
    r"[.!?]+[\"')\]]*[ ]+(?=[\"'(\[]?[A-Z0-9\u3400-\u9fff])|[。！？]+[”\"')」』]*"
)
_LONGEST: Final = 2000
_ABBREVIATION: Final = re.compile(
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mrs?|ms|dr|prof|gen|col|sgt|st|nos?|eng|vs|"
    r"al|fig|approx|est|ca|u\.s|u\.k|u\.n|e\.g|i\.e|a\.m|p\.m)",
    re.I,
)
_AFTER_COMPANY: Final = re.compile(
    r"(?:The|It|Its|In|On|At|An?|This|These|That|They|He|She|Police|According|But|However)\b"
)
_COMPANY_END: Final = frozenset({"inc", "corp", "co", "ltd", "llc", "plc"})
_LAST_WORD: Final = re.compile(r"[A-Za-z.]+$")
_HAN: Final = re.compile("[\u3400-\u9fff]")
_LATIN: Final = re.compile("[A-Za-z]")
_CHINESE_SHARE: Final = 0.3


class Sentence(msgspec.Struct, frozen=True):
    start: int
    end: int
    chinese: bool


class Line(msgspec.Struct, frozen=True):
    """A non-empty line, without its bullet.

    `number` counts the non-empty lines from 1.
    """

    number: int
    start: int
    end: int
    sentences: tuple[Sentence, ...]


class Page:
    """A report. `view` is the text with plain spaces, quotes and digits, length for length."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.view = text.translate(_VIEW)
        self.lines = tuple(_lines(self.view))

    @cached_property
    def normal(self) -> Normal:
        """The normal form of the whole text, for the scanner of the lexicon."""
        return normalise(self.text)

    def quote(self, span: Span) -> str:
        """The text as written at a span."""
        return self.text[span[0] : span[1]]

    def sentence_at(self, place: int) -> Sentence | None:
        """The sentence that holds a place of the text."""
        number = bisect_right(self._starts, place) - 1
        found = self._sentences[number] if number >= 0 else None
        return found if found and place < found.end else None

    @cached_property
    def _sentences(self) -> list[Sentence]:
        return [sentence for line in self.lines for sentence in line.sentences]

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self._sentences]


def _lines(view: str) -> Iterator[Line]:
    number = start = 0
    for written in view.split("\n"):
        end = start + len(written)
        if written.strip():
            number += 1
            at = _behind_mark(view, start, end)
            last = at + len(view[at:end].rstrip())
            yield Line(number, at, last, tuple(_sentences(view, at, last)))
        start = end + 1


def _behind_mark(view: str, start: int, end: int) -> int:
    """Where the words of a line begin: behind its bullet and its number in a list."""
    bullet = _BULLET.match(view, start, end)
    at = bullet.end() if bullet else start
    number = _NUMBERED.match(view, at, end)
    return number.end() if number and number.end() < end else at


def _sentences(view: str, start: int, end: int) -> Iterator[Sentence]:
    at = start
    for match in _END.finditer(view, start, end):
        if _is_end(view, at, match):
            yield from _pieces(view, at, match.end())
            at = match.end()
    yield from _pieces(view, at, end)


def _is_end(view: str, start: int, match: re.Match[str]) -> bool:
    closing = match[0].rstrip()
    if closing[0] not in ".":
        return True
    if len(closing) > 1 and closing[-1] in ")]":
        # A name in brackets may end in a point: "天翼 (Eng. Tianyi Ltd.) 被查".
        return _HAN.match(view, match.end()) is None
    before = _LAST_WORD.search(view[max(start, match.start() - 12) : match.start()])
    word = before[0] if before else ""
    if word.lower() in _COMPANY_END:
        return bool(_AFTER_COMPANY.match(view, match.end()))
    if _ABBREVIATION.fullmatch(word):
        return False
    return len(word) != 1 or not word.isupper()


def _pieces(view: str, start: int, end: int) -> Iterator[Sentence]:
    """The sentence; one without end is cut, so that no frame reads more than a page at once."""
    while start < end:
        stop = min(end, start + _LONGEST)
        if stop < end:
            space = view.rfind(" ", start, stop)
            stop = space + 1 if space > start else stop
        written = view[start:stop]
        first = start + len(written) - len(written.lstrip())
        last = start + len(written.rstrip())
        if first < last:
            yield Sentence(first, last, _is_chinese(view[first:last]))
        start = stop


def _is_chinese(text: str) -> bool:
    han = len(_HAN.findall(text))
    return han > 0 and han >= _CHINESE_SHARE * (han + len(_LATIN.findall(text)))
