"""Figures of a post: prices, quantities, least orders and commissions, read around each number."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from ingest.extract.amounts import AmountGrammar
from ingest.extract.figure import Figure
from ingest.extract.list_currency import ListCurrency
from ingest.extract.listed import Lists
from ingest.extract.lots import settle
from ingest.extract.money_words import (
    ABOUT,
    ASKED,
    BARE_SHARE,
    BIG,
    BY_PERIOD,
    COINS,
    DIGITS_ONLY,
    ENDS,
    HELD,
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
    RENT_BEHIND,
    RETURNED,
    SHARE,
    SHARE_AFTER,
    SMALL_CHANGE,
    SUM,
    TAIL,
    TAKEN,
    TENTHS,
    TOTAL,
    TOTAL_AFTER,
    alternation,
    is_han,
)
from ingest.extract.numbers_of import number, numbers
from ingest.extract.price_terms import COIN_NAMES, NAMED_BEFORE, leads, term_name, terms
from ingest.extract.spans import SpanIndex
from ingest.extract.spoken import spoken
from ingest.lexicon import Lexicon
from ingest.lexicon.tables import UnitWord

__all__ = ["Figure", "MoneyGrammar"]

_REACH: Final = 28
"""How far before a number its words may stand."""
_UNCOUNTED: Final = "-"
"""Words that say what a price is for and count no goods of their own (一城, per build)."""
_NOT_LEADING: Final = frozenset("家批款把场局期版轮波头")
"""Words that count too much else in front of a price (只卖一家 价格3200)."""
_LINE: Final = "line"
_LINES: Final = frozenset({"line", "lines"})
_SIGN_REACH: Final = 16
_SIGN: Final = re.compile(r"[ :=]{0,2}[¥￥$€£]? ?")
_CARD_BIN: Final = re.compile(r"(?<![a-z])bins?[ :=#]{0,3}$")
_ROUND_SUMS: Final = {"百": 100, "千": 1000}
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
        counted = alternation({w: row for w, row in self._units.items() if row.unit != _UNCOUNTED})
        leading = alternation({w: row for w, row in self._units.items() if w not in _NOT_LEADING})
        self._after = re.compile(rf" ?(?P<c>{money})(?!(?<=[¥￥$€£฿₱₹₩₽₫])\s?\d)")
        codes = "|".join(
            re.escape(c)
            for c in sorted(self._currencies, key=lambda c: (-len(c), c))
            if len(c) > 2 and c.isascii() and self._currencies[c].factor == 1
        )
        self._behind_term = re.compile(rf" (?P<c>{codes})(?![a-z0-9])(?! ?[:=\d])")
        signs = [
            c
            for c in sorted(self._currencies, key=len, reverse=True)
            if c in NAMED_BEFORE or (not is_han(c[0]) and (len(c) > 1 or not c.isalpha()))
        ]
        written = "|".join(re.escape(c) for c in signs)
        self._before = re.compile(rf"(?:^|[^a-z0-9▮])(?P<c>{written})[ \t]?\Z")
        self._sign_ends = frozenset(c[-1] for c in signs)
        self._coin = re.compile(r"(?:^|[\s,:;|])(?P<c>美?刀|u|块|元)[ \t]?\Z")
        self._unit = re.compile(
            rf" ?(?:多|余|来|\+)? ?(?:(?!(?:per|for|a|an|and|or|each|to|in|from|with|of|the|my|at|"
            rf"usd|is|are|on|by|u|usdt) )[a-z][a-z\-]{{1,14}} ){{0,2}}?(?P<u>{counted})"
        )
        self._term = re.compile(terms(units))
        self._lead = re.compile(
            rf"(?:{leads(leading)})\s?(?:[^\d\s,.;:!▮]{{0,4}}(?:给|付|结|返|奖励?|提成?)[你您到]?|只要|仅需|只需|才|卖|收|"
            r"只|出|价格?|is|at|=|:|for|-{1,2}|—{1,2}|–|→|for only|only)?\s?$"
        )
        self._amounts = AmountGrammar(self._units, self._unit)
        self._named = ListCurrency({w: row.currency for w, row in self._currencies.items()})

    def find(self, text: str, blocked: SpanIndex, goods: Mapping[int, str]) -> list[Figure]:
        """Figures by place; a number inside a blocked span is none.

        `goods`: where goods end, and their ids.
        """
        figures: list[Figure] = []
        if not PRETEST.search(text):
            return figures
        lists = Lists(text, goods)
        done = 0
        for match in numbers(text):
            start, end = match.span()
            if start < done or blocked.overlaps(start, end):
                continue
            figure = self._read(text, match, done, lists)
            if figure is not None:
                done = figure.end
                lists.last = figure
                if figure.kind != "none":
                    figures.append(figure)
        said = [self._with_term(text, figure) for figure in spoken(text, blocked, figures)]
        figures = sorted([*figures, *said])
        return self._named.named_once(text, settle(text, figures))

    def _with_term(self, text: str, figure: Figure) -> Figure:
        if figure.kind != "price":
            return figure
        left = text[max(0, figure.start - _REACH) : figure.start]
        return self._priced(text, figure.start, figure.end, figure.value, figure.currency, left)

    def _read(self, text: str, match: re.Match[str], done: int, lists: Lists) -> Figure | None:
        start, end = match.span()
        if DIGITS_ONLY.fullmatch(text, start, end) or ABOUT.match(text, start, end):
            return Figure(start, end, "none", 0)
        if (
            text[end - 1] == "一"
            and end - start > 1
            and (self._unit.match(text, end) or self._term.match(text, end - 1))
        ):
            end -= 1  # 三千二一套: the last numeral counts the unit
        value = number(text[start:end])
        if value is None and text[start:end] in _ROUND_SUMS:
            money = self._after.match(text, end)
            value = (
                _ROUND_SUMS[text[start:end]] if money and self._term.match(text, money.end()) else 0
            )
        if not value:
            return None
        second = RANGE.match(text, end)
        if second and not text[second.end() :].startswith(("年", "月")):
            found = self._range(text, start, second.end(), value)
            if found is not None:
                return found if found.kind != "none" else None
        left = text[max(done, start - _REACH) : start]
        if value in _ROUND and _PER.search(left):
            return None
        if text[start:end] in ONE_OF:
            return self._money(text, start, end, value, left) or lists.one(start, end)
        return (
            self._percent(text, start, end, value, left)
            or self._money(text, start, end, value, left)
            or self._bare(text, start, end, value, left, lists)
            or (lists.price(start, end, value) if _is_broken(value) else None)
            or self._amounts.read(text, start, end, value, left)
            or lists.price(start, end, value)
        )

    def _range(self, text: str, start: int, second: int, first: float) -> Figure | None:
        """A problem; kind `none` where it is no range of goods or money, None where it is none."""
        match = NUMBER.match(text, second)
        if match is None:
            return Figure(start, second, "none", 0)
        last = number(match[0])
        if last is not None and last < first:
            return None  # 22k - 0.09 usd: a quantity and its price
        money = self._after.match(text, match.end())
        end = money.end() if money else match.end()
        term = self._term.match(text, end)
        unit = self._unit.match(text, end)
        if not (money or term or unit or match["m"] or match[0][-1] in "百千" or "." in match[0]):
            return Figure(start, end, "none", 0)
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
            if SHARE.search(left[:-3]) or RETURNED.match(text, end):
                return Figure(start - 3, end, "price", share, per="percent")
        elif text[start] == "千" and shared and end - start == 2:
            return Figure(start, end, "price", (value % 1000) / 1000, per="percent")
        if value < 10 and shared and (tenths := TENTHS.match(text, end)):
            return Figure(
                start, tenths.end(), "price", _plain(Decimal(str(value)) * 10), per="percent"
            )
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
        sign = None
        if left.rstrip(" \t")[-1:] in self._sign_ends:
            sign = self._before.search(left, max(0, len(left) - _SIGN_REACH))
        after = self._after.match(text, end)
        if not (sign or after) and self._term.match(text, end):
            sign = self._coin.search(left)
        found = after or sign
        if found is None:
            return None
        row = self._currencies[found["c"]]
        if after:
            end = after.end()
        currency = row.currency
        named = self._currencies[sign["c"]].currency if sign else currency
        if sign and (after is None or named == currency or row.written in COIN_NAMES):
            start -= len(left) - sign.start("c")
            left, currency = left[: sign.start("c")], named
        if NO_PRICE.search(left):
            return Figure(start, end, "none", value)
        if held := HELD.match(text, end):
            return Figure(start, held.end(), "none", value)
        amount = Decimal(str(value)) * Decimal(str(row.factor))
        if row.written in RATIO and (coins := COINS.match(text, end)):
            amount += Decimal(int(number(coins["d"]) or 0)) / 10
            return self._priced(text, start, coins.end(), _plain(amount), currency, left)
        tail = TAIL.match(text, end) if row.written in SMALL_CHANGE else None
        digit = (tail["d"] or tail["e"]) if tail else ""
        if tail is None or (digit in "1一" and self._term.match(text, end)):
            return self._priced(text, start, end, _plain(amount), currency, left)
        if row.written in RATIO or row.written == "分":
            unit = self._unit.match(text, tail.end())
            if unit:
                words = f"{text[start : unit.end()]!r} has two readings"
                return Figure(start, unit.end(), "problem", 0, words=words)
            amount += Decimal(int(number(digit) or 0)) * Decimal(str(row.factor)) / 10
            end = tail.end()
        return self._priced(text, start, end, _plain(amount), currency, left)

    def _priced(
        self, text: str, start: int, end: int, value: float, currency: str | None, left: str
    ) -> Figure:
        term = self._term.match(text, end)
        if term:
            return self._for(start, term.end(), value, currency, term)
        lead = self._leads(left)
        if lead:
            return self._for(start - (len(left) - lead.start()), end, value, currency, lead)
        lot = value >= LOT or currency not in {None, "CNY"}
        total = lot and (TOTAL.search(left) or _total_behind(text, end))
        return Figure(start, end, "price", value, currency, "total" if total else None)

    def _for(
        self, start: int, end: int, value: float, currency: str | None, term: re.Match[str]
    ) -> Figure:
        row = self._unit_of(term)
        unit = None if row is None else _LINE if row.written in _LINES else row.unit
        unit = (
            "other" if unit in {_UNCOUNTED, None} and self._per(term) in {"unit", "each"} else unit
        )
        return Figure(start, end, "price", value, currency, self._per(term), unit)

    def _unit_of(self, match: re.Match[str]) -> UnitWord | None:
        if term_name(match):
            return None
        return self._units[match["u1"] or match["u2"] or match["u3"]]

    def _leads(self, left: str) -> re.Match[str] | None:
        return self._lead.search(left) if MAY_LEAD.search(left) else None

    def _per(self, match: re.Match[str]) -> str:
        name = term_name(match)
        row = self._unit_of(match)
        if name is None or row is not None:
            return row.per if row else "unit"
        return "query" if name == "look" else name

    def _bare(
        self, text: str, start: int, end: int, value: float, left: str, lists: Lists
    ) -> Figure | None:
        """A price without a currency: 0.5一条, 5/条, 价格3200."""
        term = self._term.match(text, end)
        if term:
            return self._bare_term(text, start, end, value, term)
        if value >= _MOST or self._unit.match(text, end):
            return None
        if PRICE_WORD.search(left):
            return self._priced(text, start, end, value, None, left)
        closed = ENDS.match(text, end) or TAKEN.match(text, end)
        lead = self._leads(left) if RENT_BEHIND.match(text, end) else None
        if lead and self._per(lead) in _SPANS_OF_TIME:
            return self._for(start - (len(left) - lead.start()), end, value, None, lead)
        if value >= LOT and self._is_lot_price(text, end, left, closed=closed is not None):
            return Figure(start, end, "price", value, None, "total")
        if ASKED.match(text, end):
            return self._priced(text, start, end, value, None, left)
        lead = lead or self._leads(left)
        if lead is None or (value >= _SMALL and self._per(lead) in _SPANS_OF_TIME
                            and not (BY_PERIOD.match(lead[0]) or lists.sells_service(start)
                                     or RENT_BEHIND.match(text, end))):  # fmt: skip
            return None
        if (
            self._per(lead) in _SPANS_OF_TIME
            and not BY_PERIOD.match(lead[0])
            and lists.sells_data(start)
        ):
            return None
        if (
            closed
            or RENT_BEHIND.match(text, end)
            or any(s in lead[0] for s in "=:只才卖仅")
            or BY_PERIOD.match(lead[0])
        ):
            return self._priced(text, start, end, value, None, left)
        return None

    def _bare_term(
        self, text: str, start: int, end: int, value: float, term: re.Match[str]
    ) -> Figure | None:
        per = self._per(term)
        if per in _SPANS_OF_TIME and value >= BIG and not text[start:end].isdigit():
            return None
        if term[0].lstrip()[:1] in "/每一1" or "per " in term[0] or term["each"] or term["look"]:
            money = self._behind_term.match(text, term.end())
            priced = self._for(start, term.end(), value, None, term)
            if money is None:
                return priced
            return priced._replace(end=money.end(), currency=self._currencies[money["c"]].currency)
        return None

    def _is_lot_price(self, text: str, end: int, left: str, *, closed: bool) -> bool:
        if closed and TOTAL.search(left) and not (SUM.search(left) or _CARD_BIN.search(left)):
            return True
        behind = _total_behind(text, end)
        if behind is None or not is_han(behind[0].strip(" ,")[:1] or " "):
            return False
        second = NUMBER.match(text, _SIGN.match(text, behind.end()).end())  # type: ignore[union-attr]
        return second is None or self._unit.match(text, second.end()) is not None


def _total_behind(text: str, end: int) -> re.Match[str] | None:
    match = TOTAL_AFTER.match(text, end)
    return None if match is None or "\n" in match[0] else match


def _is_broken(value: float) -> bool:
    """A small broken number counts no goods."""
    return value < _MOST_SHARE and not float(value).is_integer()


def _plain(value: Decimal) -> float:
    return int(value) if value == value.to_integral_value() else float(value)
