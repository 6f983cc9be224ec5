"""Figures of a post: prices, quantities, least orders and commissions, read around each number."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from ingest.extract.amounts import AmountGrammar
from ingest.extract.figure import Figure
from ingest.extract.listed import listed_price
from ingest.extract.lots import settle
from ingest.extract.money_words import (
    ABOUT,
    BARE_SHARE,
    BIG,
    BY_PERIOD,
    DIGITS_ONLY,
    ENDS,
    LOT,
    MAY_LEAD,
    NO_PRICE,
    NUMBER,
    ONE_OF,
    PRETEST,
    PRICE_WORD,
    RANGE,
    RATE,
    RATIO,
    SHARE,
    SHARE_AFTER,
    SMALL_CHANGE,
    SUM,
    TAIL,
    TAKEN,
    TOTAL,
    TOTAL_AFTER,
    alternation,
    is_han,
    plain_number,
)
from ingest.extract.price_terms import leads, term_name, terms
from ingest.extract.spans import SpanIndex
from ingest.lexicon import Lexicon
from ingest.text.numbers import parse_number

__all__ = ["Figure", "MoneyGrammar"]

_REACH: Final = 28
"""How far before a number its words may stand."""
_PER: Final = re.compile(r"(?:per|each|every|每|/)\s?$")
_ROUND: Final = frozenset({1, 1000, 10_000})
_SMALL: Final = 1000
_MOST_SHARE: Final = 50
_MOST: Final = 10_000_000
_SPANS_OF_TIME: Final = frozenset({"day", "week", "month"})


class MoneyGrammar:
    """Currency and unit tables compiled; a number is found first and read by what is beside it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._currencies = {row.written: row for row in lexicon.currencies}
        self._units = {row.written: row for row in lexicon.units}
        money, units = alternation(self._currencies), alternation(self._units)
        self._after = re.compile(rf" ?(?P<c>{money})")
        signs = "|".join(re.escape(c) for c in sorted(self._currencies, key=len, reverse=True)
                         if not is_han(c[0]) and (len(c) > 1 or not c.isalpha()))  # fmt: skip
        self._before = re.compile(rf"(?:^|[^a-z0-9▮])(?P<c>{signs}|人民币|美金|美元)\s?$")
        self._coin = re.compile(r"(?:^|[\s,:;|])(?P<c>美?刀|u|块|元)\s?$")
        self._unit = re.compile(
            rf" ?(?:多|余|来|\+)? ?(?:(?!(?:per|for|a|an|and|or|each|to|in|from|with|of|the|my|at|"
            rf"usd|is|are|on|by|u|usdt) )[a-z][a-z\-]{{1,14}} ){{0,2}}?(?P<u>{units})"
        )
        self._term = re.compile(terms(units))
        self._lead = re.compile(
            rf"(?:{leads(units)})\s?(?:[^\d\s,.;:!▮]{{0,4}}(?:给|付|结|返|奖励?|提成?)[你您到]?|只要|仅需|只需|才|卖|收|"
            r"只|出|价格?|is|at|=|:|for|-|for only|only)?\s?$"
        )
        self._amounts = AmountGrammar(self._units, self._unit)

    def find(self, text: str, blocked: SpanIndex, goods: Mapping[int, str]) -> list[Figure]:
        """Figures by place; a number inside a blocked span is none.

        `goods`: where goods end, and whether they are a `product` or a `service`.
        """
        figures: list[Figure] = []
        if not PRETEST.search(text):
            return figures
        done = 0
        for match in NUMBER.finditer(text):
            start, end = match.span()
            if start < done or blocked.overlaps(start, end):
                continue
            figure = self._read(text, match, done, goods)
            if figure is not None:
                done = figure.end
                if figure.kind != "none":
                    figures.append(figure)
        return settle(text, figures)

    def _read(
        self, text: str, match: re.Match[str], done: int, goods: Mapping[int, str]
    ) -> Figure | None:
        start, end = match.span()
        if DIGITS_ONLY.fullmatch(text, start, end) or ABOUT.match(text, start, end):
            return Figure(start, end, "none", 0)
        if text[end - 1] == "一" and end - start > 1 and self._unit.match(text, end):
            end -= 1  # 三千二一套: the last numeral counts the unit
        value = parse_number(plain_number(text[start:end]))
        if not value:
            return None
        second = RANGE.match(text, end)
        if second and not text[second.end() :].startswith(("年", "月")):
            return self._range(text, start, second.end())
        left = text[max(done, start - _REACH) : start]
        if value in _ROUND and _PER.search(left):
            return None
        if text[start:end] in ONE_OF:
            return self._money(text, start, end, value, left)
        return (
            self._percent(text, start, end, value, left)
            or self._money(text, start, end, value, left)
            or self._bare(text, start, end, value, left)
            or self._amounts.read(text, start, end, value, left)
            or listed_price(text, start, end, value, goods)
        )

    def _range(self, text: str, start: int, second: int) -> Figure | None:
        match = NUMBER.match(text, second)
        if match is None:
            return None
        money = self._after.match(text, match.end())
        end = money.end() if money else match.end()
        term = self._term.match(text, end)
        unit = self._unit.match(text, end)
        if not (money or term or unit or match["m"]):
            return None
        end = term.end() if term else end
        return self._problem(text, start, end)

    def _problem(self, text: str, start: int, end: int) -> Figure:
        words = f"{text[start:end]!r} is a range: no single value"
        return Figure(start, end, "problem", 0, words=words)

    def _percent(self, text: str, start: int, end: int, value: float, left: str) -> Figure | None:
        rest = text[end : end + 3]
        sign = 1 if rest[:1] == "%" else 2 if rest == " %" else 0
        if rest.lstrip(" ").startswith("个点"):
            return Figure(start, text.index("点", end) + 1, "price", value, per="percent")
        shared = SHARE.search(left)
        if left.endswith(("百分之", "千分之")):
            share = value / 10 if left.endswith("千分之") else value
            if SHARE.search(left[:-3]):
                return Figure(start - 3, end, "price", share, per="percent")
        elif text[start] == "千" and shared and end - start == 2:
            return Figure(start, end, "price", (value % 1000) / 1000, per="percent")
        if value <= _MOST_SHARE and (
            (rest[:1] == "点" and shared) or (BARE_SHARE.search(left) and ENDS.match(text, end))
        ):
            return Figure(start, end + (rest[:1] == "点"), "price", value, per="percent")
        if not sign or not (
            shared or (not RATE.search(left) and SHARE_AFTER.match(text, end + sign))
        ):
            return None
        if second := RANGE.match(text, end + sign):
            until = NUMBER.match(text, second.end())
            return self._problem(text, start, until.end() if until else second.end())
        return Figure(start, end + sign, "price", value, per="percent")

    def _money(self, text: str, start: int, end: int, value: float, left: str) -> Figure | None:
        sign = self._before.search(left)
        after = self._after.match(text, end)
        if not (sign or after) and self._term.match(text, end):
            sign = self._coin.search(left)
        found = after or sign
        if found is None:
            return None
        row = self._currencies[found["c"]]
        if after:
            end = after.end()
        if sign and (after is None or self._currencies[sign["c"]].currency == row.currency):
            start -= len(left) - sign.start("c")
            left = left[: sign.start("c")]
        if NO_PRICE.search(left):
            return Figure(start, end, "none", value)
        amount = Decimal(str(value)) * Decimal(str(row.factor))
        tail = TAIL.match(text, end) if row.written in SMALL_CHANGE else None
        digit = (tail["d"] or tail["e"]) if tail else ""
        if tail is None or (digit in "1一" and self._term.match(text, end)):
            return self._priced(text, start, end, _plain(amount), row.currency, left)
        if row.written in RATIO or row.written == "分":
            unit = self._unit.match(text, tail.end())
            if unit:
                words = f"{text[start : unit.end()]!r} has two readings"
                return Figure(start, unit.end(), "problem", 0, words=words)
            amount += Decimal(_digit(digit)) * Decimal(str(row.factor)) / 10
            end = tail.end()
        return self._priced(text, start, end, _plain(amount), row.currency, left)

    def _priced(
        self, text: str, start: int, end: int, value: float, currency: str | None, left: str
    ) -> Figure:
        term = self._term.match(text, end)
        if term:
            return Figure(start, term.end(), "price", value, currency, self._per(term))
        lead = self._leads(left)
        if lead:
            first = start - (len(left) - lead.start())
            return Figure(first, end, "price", value, currency, self._per(lead))
        total = TOTAL.search(left) or TOTAL_AFTER.match(text, end)
        return Figure(start, end, "price", value, currency, "total" if total else None)

    def _leads(self, left: str) -> re.Match[str] | None:
        return self._lead.search(left) if MAY_LEAD.search(left) else None

    def _per(self, match: re.Match[str]) -> str:
        name = term_name(match)
        if name is None:
            return self._units[match["u1"] or match["u2"] or match["u3"]].per
        return "query" if name == "look" else name

    def _bare(self, text: str, start: int, end: int, value: float, left: str) -> Figure | None:
        """A price without a currency: 0.5一条, 5/条, 价格3200."""
        term = self._term.match(text, end)
        if term:
            return self._bare_term(text, start, end, value, term)
        if value >= _MOST or self._unit.match(text, end):
            return None
        if PRICE_WORD.search(left):
            return self._priced(text, start, end, value, None, left)
        closed = ENDS.match(text, end) or TAKEN.match(text, end)
        if value >= LOT and self._is_lot_price(text, end, left, closed=closed is not None):
            return Figure(start, end, "price", value, None, "total")
        lead = self._leads(left)
        if lead is None or (value >= _SMALL and self._per(lead) in _SPANS_OF_TIME
                            and not BY_PERIOD.match(lead[0])):  # fmt: skip
            return None
        if closed or any(s in lead[0] for s in "=:只才卖仅") or BY_PERIOD.match(lead[0]):
            return self._priced(text, start, end, value, None, left)
        return None

    def _bare_term(
        self, text: str, start: int, end: int, value: float, term: re.Match[str]
    ) -> Figure | None:
        per = self._per(term)
        if per in _SPANS_OF_TIME and value >= BIG and not text[start:end].isdigit():
            return None
        if term[0].lstrip()[:1] in "/每一1" or "per " in term[0] or term["each"] or term["look"]:
            return Figure(start, term.end(), "price", value, None, per)
        return None

    def _is_lot_price(self, text: str, end: int, left: str, *, closed: bool) -> bool:
        if closed and TOTAL.search(left) and not SUM.search(left):
            return True
        behind = TOTAL_AFTER.match(text, end)
        if behind is None or not is_han(behind[0].strip(" ,")[:1] or " "):
            return False
        return NUMBER.match(text, behind.end() + text.startswith(" ", behind.end())) is None


def _plain(value: Decimal) -> float:
    return int(value) if value == value.to_integral_value() else float(value)


def _digit(char: str) -> int:
    return int(char) if char.isascii() else "零一二三四五六七八九".index(char)
