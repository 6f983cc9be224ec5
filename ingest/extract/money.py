"""Figures of a post: prices, quantities, least orders and commissions, read around each number."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from ingest.extract.amounts import AmountGrammar
from ingest.extract.coins import small_change
from ingest.extract.figure import Figure
from ingest.extract.list_currency import ListCurrency
from ingest.extract.listed import Lists
from ingest.extract.lots import settle
from ingest.extract.money_words import (
    ABOUT,
    ASKED,
    BIG,
    BY_PERIOD,
    DIGITS_ONLY,
    ENDS,
    HELD,
    LASTS,
    LEAST_AFTER,
    LOT,
    MAY_LEAD,
    NO_PRICE,
    NUMBER,
    ONE_OF,
    PRETEST,
    PRICE_FOLLOWS,
    PRICE_WORD,
    RATIO,
    RENT_BEHIND,
    SMALL_CHANGE,
    SUM,
    TAIL,
    TAKEN,
    TOTAL,
    TOTAL_AFTER,
    alternation,
    is_han,
)
from ingest.extract.numbers_of import number, numbers
from ingest.extract.price_terms import (
    COIN_NAMES,
    NAMED_BEFORE,
    NAMED_BEHIND,
    leads,
    term_name,
    terms,
)
from ingest.extract.ranges import Ranges
from ingest.extract.shares import share
from ingest.extract.spans import SpanIndex
from ingest.extract.spelled import spelled
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
_BESIDE: Final = 16
"""How far behind the words for a whole lot its price may stand."""
_CARD_BIN: Final = re.compile(r"(?<![a-z])bins?[ :=#]{0,3}$")
_ROUNDLY: Final = "上过近好成数"
"""上百万, 过千: no value."""
_ROUND_SUMS: Final = {"百": 100, "千": 1000}
_PICTURES: Final = "💲💵"
"""In front of a number these mark a line and name no currency."""
_COINED: Final = "¥￥$€£฿₱₹₩₽₫"
_SIGNS: Final = "¥￥$€£"
_PER: Final = re.compile(r"(?:per|each|every|每|/)\s?$")
_ROUND: Final = frozenset({1, 1000, 10_000})
_SMALL: Final = 1000
_MOST_SHARE: Final = 50
_MOST: Final = 10_000_000
_HOTLINE: Final = "10000"
_COUNTED: Final = re.compile(r" ?[条组套个份单起+]")
_EACH: Final = frozenset({"record", "unit", "query"})
_PERIODS: Final = frozenset({"hour", "day", "week"})
_SPANS_OF_TIME: Final = frozenset({"day", "week", "month"})


class MoneyGrammar:
    """Currency and unit tables compiled; a number is found first and read by what is beside it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._currencies = {row.written: row for row in lexicon.currencies}
        self._units = {row.written: row for row in lexicon.units}
        money, units = alternation(self._currencies), alternation(self._units)
        counted = alternation({w: row for w, row in self._units.items() if row.unit != _UNCOUNTED})
        leading = alternation({w: row for w, row in self._units.items() if w not in _NOT_LEADING})
        self._after = re.compile(
            rf" ?(?P<c>{money})(?!(?<=[{_COINED}])\d)(?!(?<=\s[{_COINED}])\s\d)"
        )
        codes = "|".join(
            re.escape(c)
            for c in sorted(self._currencies, key=lambda c: (-len(c), c))
            if len(c) > 2 and c.isascii() and self._currencies[c].factor == 1
        )
        self._behind_term = re.compile(rf" (?P<c>{codes})(?![a-z0-9])(?! ?[:=\d])")
        signs = [
            c
            for c in sorted(self._currencies, key=len, reverse=True)
            if c in NAMED_BEFORE
            or (c not in _PICTURES and not is_han(c[0]) and (len(c) > 1 or not c.isalpha()))
        ]
        written = "|".join(re.escape(c) for c in signs)
        self._before = re.compile(rf"(?:^|[^a-z0-9▮])(?P<c>{written})[ \t]?\Z")
        self._sign_ends = frozenset(c[-1] for c in signs)
        self._foreign = re.compile(
            rf" ?(?:的)?(?P<c>{'|'.join(sorted(NAMED_BEHIND, key=len, reverse=True))})(?![a-z0-9])"
        )
        self._coin = re.compile(r"(?:^|[\s,:;|])(?P<c>美?刀|u|块|元)[ \t]?\Z")
        self._unit = re.compile(
            rf" ?(?:多|余|来|\+)? ?(?:(?!(?:per|for|a|an|and|or|each|to|in|from|with|of|the|my|at|"
            rf"usd|is|are|on|by|u|usdt) )[a-z][a-z\-]{{1,14}} ){{0,2}}?(?P<u>{counted})"
        )
        self._term = re.compile(terms(units))
        self._lead = re.compile(
            rf"(?:{leads(leading)})\s?(?:[^\d\s,.;:!▮]{{0,4}}(?:给|付|结|返|奖励?|提成?)[你您到]?|(?:不(?:超过?|高于|低于)|最[多高低]|顶多|大[概约]|差不多|封顶|控制在|一律|统一|都是?|算)[给出卖收]?|只要|仅需|只需|才|卖|收|"
            r"只|出|价格?|is|at|=|:|for|-{1,2}|—{1,2}|–|→|for only|only)?\s?$"
        )
        self._amounts = AmountGrammar(self._units, self._unit)
        self._ranges = Ranges(self._after, self._unit, self._term)
        self._named = ListCurrency({w: row.currency for w, row in self._currencies.items()})

    def find(self, text: str, blocked: SpanIndex, goods: Mapping[int, str]) -> list[Figure]:
        """Figures by place; a number inside a blocked span is none.

        `goods`: where goods end, and their ids.
        """
        figures: list[Figure] = []
        if not (PRETEST.search(text) or any(spelled(text))):
            return figures
        lists = Lists(text, goods, blocked)
        done = 0
        for match in numbers(text):
            start, end = match.span()
            if start < done or (blocked.overlaps(start, end) and not self._is_count(text, match)):
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

    def _is_count(self, text: str, match: re.Match[str]) -> bool:
        """10000条: the number of an operator's hotline that counts goods here."""
        return match[0] == _HOTLINE and bool(_COUNTED.match(text, match.end()))

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
        if text[start:end] == "半":
            value = 0.5
        elif text[start] in "百千万" and start and text[start - 1] in _ROUNDLY:
            return Figure(start, end, "none", 0)
        if not value:
            return None
        if found := self._ranges.read(text, start, end, value):
            return found if found.kind != "none" else None
        left = text[max(done, start - _REACH) : start]
        if value in _ROUND and _PER.search(left):
            return None
        if text[start:end] in ONE_OF:
            return (
                share(text, start, end, value, left)
                or self._money(text, start, end, value, left)
                or lists.one(start, end)
            )
        return (
            share(text, start, end, value, left, alone=lists.sells_shares())
            or self._money(text, start, end, value, left)
            or self._bare(text, start, end, value, left, lists)
            or (lists.price(start, end, value) if _is_broken(value) else None)
            or self._amounts.read(text, start, end, value, left)
            or lists.price(start, end, value)
            or lists.count(start, end, value)
        )

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
        currency: str | None = row.currency
        named = self._currencies[sign["c"]].currency if sign else currency
        if sign and (after is None or named == currency or row.written in COIN_NAMES):
            start -= len(left) - sign.start("c")
            left, currency = left[: sign.start("c")], named
        if NO_PRICE.stands_in(left, text):
            return Figure(start, end, "none", value)
        if held := HELD.match(text, end):
            return Figure(start, held.end(), "none", value)
        amount = Decimal(str(value)) * Decimal(str(row.factor))
        parts = small_change(text, end, row.written, lambda at: bool(self._term.match(text, at)))
        if parts:
            amount += parts[0] * Decimal(str(row.factor))
            currency, end = self._named_behind(text, parts[1], currency)
            return self._priced(text, start, end, _plain(amount), currency, left)
        tail = TAIL.match(text, end) if row.written in SMALL_CHANGE else None
        digit = (tail["d"] or tail["e"]) if tail else ""
        if tail is None or (digit in "1一" and self._term.match(text, end)):
            if row.written in SMALL_CHANGE:
                currency, end = self._named_behind(text, end, currency)
            return self._priced(text, start, end, _plain(amount), currency, left)
        if row.written in RATIO or row.written == "分":
            unit = self._unit.match(text, tail.end())
            if unit:
                words = f"{text[start : unit.end()]!r} has two readings"
                return Figure(start, unit.end(), "problem", 0, words=words)
            amount += Decimal(int(number(digit) or 0)) * Decimal(str(row.factor)) / 10
            end = tail.end()
        currency, end = self._named_behind(text, end, currency)
        return self._priced(text, start, end, _plain(amount), currency, left)

    def _named_behind(self, text: str, end: int, currency: str | None) -> tuple[str | None, int]:
        """一分二美金: the currency that coins behind a number are named with."""
        match = self._foreign.match(text, end)
        if match is None:
            return currency, end
        return self._currencies[match["c"]].currency, match.end()

    def _priced(
        self, text: str, start: int, end: int, value: float, currency: str | None, left: str
    ) -> Figure:
        term = self._term.match(text, end)
        if term:
            return self._for(start, term.end(), value, currency, term)
        lead = self._leads(left)
        if lead and not _opens_tier(lead, value, currency):
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
        return self._units[match["unit"]]

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
            return self._bare_term(text, start, end, value, term, lists)
        if value >= _MOST or self._unit.match(text, end):
            return None
        if LASTS.match(text, end):
            return None
        if PRICE_WORD.search(left) and not LEAST_AFTER.match(text, end):
            return self._priced(text, start, end, value, None, left)
        lead = self._leads(left)
        if lead and BY_PERIOD.match(lead[0]):
            return self._priced(text, start, end, value, None, left)
        closed = ENDS.match(text, end) or TAKEN.match(text, end)
        rent = RENT_BEHIND.match(text, end)
        if lead and rent and self._per(lead) in _SPANS_OF_TIME:
            return self._for(start - (len(left) - lead.start()), end, value, None, lead)
        if value >= LOT and self._is_lot_price(text, end, left, closed=closed is not None):
            return Figure(start, end, "price", value, None, "total")
        if ASKED.match(text, end):
            return self._priced(text, start, end, value, None, left)
        if lead is None:
            return None
        if self._per(lead) in _SPANS_OF_TIME and (
            lists.sells_data(start)
            or (value >= _SMALL and not (lists.sells_service(start) or rent))
        ):
            return None
        if (
            closed
            or rent
            or any(s in lead[0] for s in "=:只才卖仅")
            or _opens_tier(lead, value, None)
        ):
            return self._priced(text, start, end, value, None, left)
        return None

    def _bare_term(
        self, text: str, start: int, end: int, value: float, term: re.Match[str], lists: Lists
    ) -> Figure | None:
        per = self._per(term)
        if per in _SPANS_OF_TIME and value >= BIG and not text[start:end].isdigit():
            return None
        if per in _PERIODS and float(value).is_integer() and lists.sells_data_only():
            return None
        if text[end - 1] == "m" and per in _EACH and is_han(term[0][-1]):
            coins = number(text[start : end - 1])
            return self._for(start, term.end(), coins or 0, "CNY", term)  # 6m一条: 米
        if value >= BIG and PRICE_FOLLOWS.match(text, term.end()):
            return None
        if term["thousand"] and term[0][1:].isdigit() and self._after.match(text, term.end()):
            return None  # 5k/1000$
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
        if behind is None or left.endswith("满") or not is_han(behind[0].strip(" ,")[:1] or " "):
            return False
        second = NUMBER.search(text, behind.end(), behind.end() + _BESIDE)
        gap = text[behind.end() : second.start()] if second else "\n"
        if second is None or "\n" in gap:
            return True
        if text[second.start() - 1] in _SIGNS or self._after.match(text, second.end()):
            return False
        return bool(gap.strip(" :=,")) or self._unit.match(text, second.end()) is not None


def _opens_tier(lead: re.Match[str], value: float, currency: str | None) -> bool:
    """万条 2毛5: so little is paid for one of ten thousand, not for all."""
    if lead[0][:1] not in "千万1" or currency not in {None, "CNY"}:
        return False
    return value < 1 and bool(lead["thousand"] or lead["ten_thousand"])


def _total_behind(text: str, end: int) -> re.Match[str] | None:
    match = TOTAL_AFTER.match(text, end)
    return None if match is None or "\n" in match[0] else match


def _is_broken(value: float) -> bool:
    """A small broken number counts no goods."""
    return value < _MOST_SHARE and not float(value).is_integer()


def _plain(value: Decimal) -> float:
    return int(value) if value == value.to_integral_value() else float(value)
