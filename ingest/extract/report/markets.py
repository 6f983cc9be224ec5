"""Marketplaces and forums that a report names."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

import msgspec

from ingest.extract.report.page import Page
from ingest.extract.report.pairs import Pair
from ingest.extract.report.tables import TermTable, lexicon, lexicon_rows, overlaps
from ingest.records import Span
from ingest.text.normalise import normalise

_VAGUE: Final = frozenset(
    {"escrow/generic", "escrow/group_types", "escrow/dispute", "escrow/finalise"}
)
_NAMED: Final = re.compile(
    r"(?:(?:forum|market|marketplace|board|autoshop) (?:called|named|known as|dubbed) "
    r"\"?(?P<after>[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,4})\"?"
    r"|\bthe \"?(?P<before>[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,4})\"? (?:forum|market|marketplace|"
    r"guarantee market)\b"
    r"|(?:名为|叫做?)[“\"](?P<zh>[^”\"]{2,20})[”\"]的(?:[^,。;]{0,8})(?:论坛|市场|平台|担保))"
)
_MARKET_END: Final = re.compile(
    r"(?:论坛|市场|担保)$|\b(?:[Ff]orum|[Mm]arket|[Mm]arketplace|Guarantee)$"
)
_NO_NAME: Final = re.compile(
    r"(?:Chinese|English|Russian|Dark|Deep|Underground|Web|Chinese-language|Telegram|QQ|Tor|"
    r"Internet)"
    r"(?: (?:Web|Net|Language))?"
)


class Market(msgspec.Struct, frozen=True):
    """A place where a market is named."""

    span: Span
    id: str | None
    name: str
    aliases: tuple[str, ...] = ()


@cache
def _terms() -> TermTable[str]:
    return TermTable(
        (row["term"], row["canonical"])
        for row in lexicon_rows("market", "escrow")
        if row["canonical"] not in _VAGUE
    )


def read_markets(page: Page, pairs: list[Pair]) -> list[Market]:
    """Every mention in order; a guarantee market has its `escrow/…` id."""
    hits = [(hit.span, hit.entry) for hit in _terms().scan(page)]
    found = list(_paired(pairs, hits))
    taken = [market.span for market in found]
    for span, entry in hits:
        if not overlaps(span, taken):
            found.append(Market(span, entry, page.quote(span)))
            taken.append(span)
    for line in page.lines:
        for match in _NAMED.finditer(page.view, line.start, line.end):
            span = match.span(match.lastgroup or 0)
            if not overlaps(span, taken) and not _NO_NAME.fullmatch(page.view, *span):
                found.append(Market(span, _known(page.quote(span)), page.quote(span)))
    return sorted(found, key=lambda market: market.span)


def _known(name: str) -> str | None:
    """The id of a name that stands beside the word for a market, ordinary words included."""
    return _ids().get(normalise(name).text)


@cache
def _ids() -> dict[str, str]:
    rows = (row for row in lexicon() if row["category"] == "market")
    return {normalise(row["term"]).text: row["canonical"] for row in rows}


def _paired(pairs: list[Pair], hits: list[tuple[Span, str]]) -> Iterator[Market]:
    for pair in pairs:
        ids = [entry for span, entry in hits if overlaps(span, [pair.span])]
        if ids or _MARKET_END.search(pair.first) or _MARKET_END.search(pair.second):
            names = (pair.first, pair.second)
            yield Market(pair.span, ids[0] if ids else None, pair.first, names)
