"""The rule tables of this package, and terms and where they stand in a page."""

import csv
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Generic, TypeVar

import msgspec

from ingest.extract.report.page import Page
from ingest.records import Span
from ingest.text.normalise import normalise
from ingest.text.scan import Scanner

Row = dict[str, str]
Entry = TypeVar("Entry")
_SHORT_NAME = 4


@cache
def table(name: str) -> tuple[Row, ...]:
    """The rows of one table in `data/`, tab-separated with a header."""
    text = (files("ingest.extract.report") / "data" / name).read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


class Found(msgspec.Struct, Generic[Entry], frozen=True):
    """One term met in a page, with what it stands for."""

    span: Span
    entry: Entry


class TermTable(Generic[Entry]):
    """Names and what they stand for; Latin names match only where the case looks like a name."""

    def __init__(self, terms: Iterable[tuple[str, Entry]]) -> None:
        by_normal: dict[str, tuple[str, Entry]] = {}
        for written, entry in terms:
            by_normal.setdefault(normalise(written).text, (written, entry))
        self._pairs = list(by_normal.values())
        self._scanner = Scanner(list(by_normal))

    def scan(self, page: Page) -> list[Found[Entry]]:
        """Every place of a term in the page, in order."""
        normal = page.normal
        return self._found(
            page,
            0,
            [
                (number, *normal.back(start, end))
                for number, start, end in self._scanner.scan(normal.text)
            ],
        )

    def scan_in(self, page: Page, start: int, end: int) -> list[Found[Entry]]:
        """Every place of a term in a stretch of the page, in order."""
        normal = normalise(page.text[start:end])
        return self._found(
            page,
            start,
            [
                (number, *normal.back(first, last))
                for number, first, last in self._scanner.scan(normal.text)
            ],
        )

    def _found(self, page: Page, by: int, hits: list[tuple[int, int, int]]) -> list[Found[Entry]]:
        found = []
        for number, start, end in hits:
            span = start + by, end + by
            written, entry = self._pairs[number]
            if _same_case(written, page.quote(span)):
                found.append(Found(span, entry))
        return found


def _same_case(term: str, quote: str) -> bool:
    """Short names and abbreviations as they are; longer ones need their capital."""
    if not term[:1].isupper():
        return True
    if len(term) <= _SHORT_NAME or term.isupper():
        return term == quote
    return quote[:1].isupper()


def overlaps(span: Span, others: Sequence[Span]) -> bool:
    """Whether a span shares a character with one of the others."""
    return any(span[0] < end and start < span[1] for start, end in others)
