"""What a price is for, by what stands beside its sum."""

import re
from typing import Final

from ingest.extract.beside import UNCOUNTED, Beside, in_rounds, opens_tier
from ingest.extract.figure import Figure
from ingest.extract.money_words import LOT, TOTAL
from ingest.extract.price_terms import (
    BARE_PERIOD,
    PER_PIECE,
    PER_THING,
    WITHIN,
    total_behind,
)

SPANS_OF_TIME: Final = frozenset({"day", "week", "month"})
_TIMES: Final = SPANS_OF_TIME | {"hour", "year"}
_LEAST_ROUND: Final = 1
_TIME_SAID: Final = re.compile(r" (?:每|/|per |a |each )[^\d\n]{1,9}?\s*(?:$|[,;.!?。|)\n])")
"""A time that closes its part: it is what the price is for, and not the one of something in front
(1 部手机 90U 每月)."""
_BITE: Final = re.compile(r" ?一口(?=\s*(?:$|[,;.!?。|\n]))")
_COUNTED: Final = re.compile(r"(?:[\d十百千万] ?[条行组人份个]|[万wk]) ?[$€£¥]?\Z")
"""一口 behind a sum with so many in front of it is one price for all, and no port."""
_NUMBER_NEXT: Final = re.compile(r"\d|[一二两三四五六七八九]?[十百千万]")
"""Behind a time that says how often the count behind it comes (0.14/单/日8000)."""
_LINE: Final = "line"
_LINES: Final = frozenset({"line", "lines"})


class Pricing:
    """Reads the terms of a price."""

    def __init__(self, beside: Beside) -> None:
        self._beside = beside

    def priced(
        self, text: str, start: int, end: int, value: float, currency: str | None, left: str
    ) -> Figure:
        """The price of a sum with what it is for, said behind it or in front (`left`)."""
        term, lead = self._beside.behind(text, end), self._beside.leads(left)
        if term is None and (within := WITHIN.match(text, end)):
            term = self._beside.term.match(text, within.end())
        if term and text[end] == " " and _is_too_little(term, value, currency):
            term = None  # 三毛 一万: a price and a count
        if term and _BITE.match(text, end) and _COUNTED.search(text, max(0, start - 12), start):
            return Figure(start, term.end(), "price", value, currency, "total")
        if term and not (lead and text[end] == " " and self._is_loose_time(text, term)):
            term = self.longest(text, term)
            return self.of_term(start, term.end(), value, currency, term)
        if lead and not opens_tier(lead, value, currency):
            return self.of_term(start - (len(left) - lead.start()), end, value, currency, lead)
        if currency and (period := BARE_PERIOD.match(text, end)):
            return Figure(start, period.end(), "price", value, currency, period.lastgroup)
        if currency and (piece := PER_PIECE.match(text, end)):
            return Figure(start, piece.end(), "price", value, currency, "each", "other")
        if currency and (thing := PER_THING.match(text, end)):
            return Figure(start, thing.end(), "price", value, currency, "unit", "other")
        lot = value >= LOT or currency not in {None, "CNY"}
        total = lot and (TOTAL.near(left, text) or total_behind(text, end))
        return Figure(start, end, "price", value, currency, "total" if total else None)

    def _is_loose_time(self, text: str, term: re.Match[str]) -> bool:
        """Whether a term behind a space is a time that may belong to what follows."""
        if self._beside.per(term) not in SPANS_OF_TIME:
            return False
        return _TIME_SAID.match(text, term.start()) is None

    def longest(self, text: str, term: re.Match[str]) -> re.Match[str]:
        """300一台一个月: a time right behind the goods is what a price is for, else the goods."""
        apart = text[term.end() : term.end() + 1].isspace()
        time = None if apart else self._beside.behind(text, term.end())
        if time is None or self._beside.per(time) not in _TIMES:
            return term
        if _NUMBER_NEXT.match(text, time.end()):
            return term
        return term if self._beside.per(term) in _TIMES else time

    def of_term(
        self, start: int, end: int, value: float, currency: str | None, term: re.Match[str]
    ) -> Figure:
        """The price of a sum for what a term says."""
        row = self._beside.unit_of(term)
        per = self._beside.per(term)
        if value >= LOT and term.string.isascii() and term[0].strip() == "/w":
            per = "week"
        unit = None if row is None else _LINE if row.written in _LINES else row.unit
        unit = "other" if unit in {UNCOUNTED, None} and per in {"unit", "each"} else unit
        return Figure(start, end, "price", value, currency, per, unit)


def _is_too_little(term: re.Match[str], value: float, currency: str | None) -> bool:
    """Whether nobody sells a thousand or ten thousand for so little."""
    return value < _LEAST_ROUND and currency in {None, "CNY"} and in_rounds(term)
