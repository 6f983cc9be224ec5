"""Figures of a post: prices, quantities, least orders and commissions, read around each number."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from ingest.extract.amounts import AmountGrammar
from ingest.extract.beside import UNCOUNTED, Beside, in_rounds, opens_tier
from ingest.extract.both_ends import both_ends
from ingest.extract.coins import small_change
from ingest.extract.figure import Figure
from ingest.extract.headings import Headings
from ingest.extract.held_counts import counts_goods
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
    HAGGLED,
    LASTS,
    LET_GO,
    LOT,
    NO_NUMBER,
    NO_PRICE,
    NUMBER,
    ONE_OF,
    PRETEST,
    PRICE_FOLLOWS,
    PRICE_WORD,
    RATIO,
    RENT_BEHIND,
    ROUND_LEAST,
    SMALL_CHANGE,
    SUM,
    TAIL,
    TAKEN,
    TOTAL,
    is_han,
)
from ingest.extract.numbers_of import number, numbers
from ingest.extract.price_terms import COIN_NAMES, PER_THING, is_order, total_behind
from ingest.extract.ranges import Ranges
from ingest.extract.shares import halves, share
from ingest.extract.spans import SpanIndex
from ingest.extract.spelled import spelled
from ingest.extract.spoken import spoken
from ingest.lexicon import Lexicon

__all__ = ["Figure", "MoneyGrammar"]

_PENNY_LETTERS: Final = frozenset({"p", "c"})
_REACH: Final = 28
"""How far before a number its words may stand."""
_STRENGTH: Final = re.compile(r"\s?(?:[gt]b?(?:ps|it)?|m(?:bps|pps|bit)|w?qps|rps)(?![a-z])")
"""Behind how strong a flood is (300G 一天300)."""
_LINE: Final = "line"
_LINES: Final = frozenset({"line", "lines"})
_SIGN_REACH: Final = 16
_BESIDE: Final = 16
"""How far behind the words for a whole lot its price may stand."""
_CARD_BIN: Final = re.compile(r"(?<![a-z])bins?[ :=#]{0,3}$")
_ROUNDLY: Final = "上过近好成数"
"""上百万, 过千: no value."""
_ROUND_SUMS: Final = {"百": 100, "千": 1000}
_SIGNS: Final = "¥￥$€£"
_PER: Final = re.compile(r"(?:per|each|every|每|/)\s?$")
_ROUND: Final = frozenset({1, 1000, 10_000})
_SMALL: Final = 1000
_MOST_SHARE: Final = 50
_MOST: Final = 10_000_000
_MOST_LOT: Final = 500_000
"""A greater number without a currency counts what is sold as a whole (180万整库)."""
_EACH: Final = frozenset({"record", "unit", "query"})
_BY_ONE: Final = frozenset({"record", "unit", "query", "each"})
_PERIODS: Final = frozenset({"hour", "day", "week"})
_SPANS_OF_TIME: Final = frozenset({"day", "week", "month"})


class MoneyGrammar:
    """Currency and unit tables compiled; a number is found first and read by what is beside it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._currencies = {row.written: row for row in lexicon.currencies}
        self._units = {row.written: row for row in lexicon.units}
        self._beside = Beside(self._currencies, self._units)
        self._amounts = AmountGrammar(self._units, self._beside.unit)
        self._ranges = Ranges(self._beside.after, self._beside.unit, self._beside.term)
        self._heads = Headings(
            {w: row.currency for w, row in self._currencies.items()},
            self._units,
            self._beside.term,
            self._beside.written,
        )
        self._named = ListCurrency({w: row.currency for w, row in self._currencies.items()})

    def find(self, text: str, blocked: SpanIndex, goods: Mapping[int, str]) -> list[Figure]:
        """Figures by place; a number inside a blocked span is none.

        `goods`: where goods end, and their ids.
        """
        figures: list[Figure] = []
        if not (PRETEST.search(text) or any(spelled(text))):
            return figures
        lists = Lists(text, goods, blocked, self._heads.read)
        done = 0
        for match in numbers(text):
            if match.start() < done < match.end():
                match = NUMBER.search(text, done, match.end()) or match  # 2块8,200条起
            start, end = match.span()
            if start < done or (blocked.overlaps(start, end) and not counts_goods(text, match)):
                continue
            figure = self._read(text, match, done, lists)
            if figure is not None:
                done = figure.end
                lists.last = figure
                if figure.kind == "price" and figure.per in _BY_ONE:
                    lists.each = figure.value
                if figure.kind != "none":
                    figures.append(figure)
        said = [self._with_term(text, figure) for figure in spoken(text, blocked, figures)]
        figures = self._heads.over(text, sorted([*figures, *said]))
        return self._named.named_once(text, settle(text, figures))

    def _with_term(self, text: str, figure: Figure) -> Figure:
        if figure.kind != "price":
            return figure
        left = text[max(0, figure.start - _REACH) : figure.start]
        return self._priced(text, figure.start, figure.end, figure.value, figure.currency, left)

    def _read(self, text: str, match: re.Match[str], done: int, lists: Lists) -> Figure | None:
        start, end = match.span()
        if half := halves(text, start, end):
            return half
        if DIGITS_ONLY.fullmatch(text, start, end) or ABOUT.match(text, start, end):
            return Figure(start, end, "none", 0)
        if (
            text[end - 1] == "一"
            and end - start > 1
            and (self._beside.unit.match(text, end) or self._beside.term.match(text, end - 1))
        ):
            end -= 1  # 三千二一套: the last numeral counts the unit
        value = number(text[start:end])
        if value is None and text[start:end] in _ROUND_SUMS:
            money = self._beside.after.match(text, end)
            value = (
                _ROUND_SUMS[text[start:end]]
                if money and self._beside.term.match(text, money.end())
                else 0
            )
        if text[start] in "千万百十一" and NO_NUMBER.match(text, start):
            return Figure(start, end, "none", 0)
        if text[start:end] == "半":
            value = 0.5
        elif text[start] in "百千万" and start and text[start - 1] in _ROUNDLY:
            return Figure(start, end, "none", 0)
        if not value:
            return None
        if found := self._ranges.read(text, start, end, value):
            if found.words:
                left = text[max(done, start - _REACH) : start]
                found = self._both_ends(text, found, end, value, left, lists)
            return found if found.kind != "none" else None
        if found := lists.headed(start, end, value):
            return found
        if lists.floods() and (strength := _STRENGTH.match(text, end)):
            return Figure(start, strength.end(), "none", value)
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

    def _both_ends(
        self, text: str, found: Figure, end: int, value: float, left: str, lists: Lists
    ) -> Figure:
        second = NUMBER.search(text, end, found.end)
        if second is None:
            return found
        high = self._read(text, second, end, lists)
        high = high or share(text, *second.span(), number(second[0]) or 0, left)
        low = self._money(text, found.start, end, value, left)
        return both_ends(text, found, (value, low), (second, high), len(left))

    def _money(self, text: str, start: int, end: int, value: float, left: str) -> Figure | None:
        sign = None
        if left.rstrip(" \t")[-1:] in self._beside.sign_ends:
            sign = self._beside.before.search(left, max(0, len(left) - _SIGN_REACH))
        after = self._beside.after.match(text, end)
        if not (sign or after) and self._beside.term.match(text, end):
            sign = self._beside.coin.search(left)
        found = after or sign
        if sign and after and after["c"] in _PENNY_LETTERS:
            found, after = sign, None  # $250 p/m
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
        if (place := self._beside.unpaid(text, end, value, left)) is not None:
            return Figure(start, place, "none", value)
        amount = Decimal(str(value)) * Decimal(str(row.factor))
        parts = small_change(
            text, end, row.written, lambda at: bool(self._beside.term.match(text, at))
        )
        if parts:
            amount += parts[0] * Decimal(str(row.factor))
            currency, end = self._named_behind(text, parts[1], currency)
            return self._priced(text, start, end, _plain(amount), currency, left)
        tail = TAIL.match(text, end) if row.written in SMALL_CHANGE else None
        digit = (tail["d"] or tail["e"]) if tail else ""
        if tail is None or (digit in "1一" and self._beside.term.match(text, end)):
            if row.written in SMALL_CHANGE:
                currency, end = self._named_behind(text, end, currency)
            return self._priced(text, start, end, _plain(amount), currency, left)
        if row.written in RATIO or row.written == "分":
            unit = self._beside.unit.match(text, tail.end())
            if unit:
                words = f"{text[start : unit.end()]!r} has two readings"
                return Figure(start, unit.end(), "problem", 0, words=words)
            amount += Decimal(int(number(digit) or 0)) * Decimal(str(row.factor)) / 10
            end = tail.end()
        currency, end = self._named_behind(text, end, currency)
        return self._priced(text, start, end, _plain(amount), currency, left)

    def _named_behind(self, text: str, end: int, currency: str | None) -> tuple[str | None, int]:
        """一分二美金: the currency that coins behind a number are named with."""
        match = self._beside.foreign.match(text, end)
        if match is None:
            return currency, end
        return self._currencies[match["c"]].currency, match.end()

    def _priced(
        self, text: str, start: int, end: int, value: float, currency: str | None, left: str
    ) -> Figure:
        term, lead = self._beside.behind(text, end), self._beside.leads(left)
        if term and not (lead and text[end] == " " and self._beside.per(term) in _SPANS_OF_TIME):
            return self._for(start, term.end(), value, currency, term)
        if lead and not opens_tier(lead, value, currency):
            return self._for(start - (len(left) - lead.start()), end, value, currency, lead)
        if currency and (thing := PER_THING.match(text, end)):
            return Figure(start, thing.end(), "price", value, currency, "unit", "other")
        lot = value >= LOT or currency not in {None, "CNY"}
        total = lot and (TOTAL.search(left) or total_behind(text, end))
        return Figure(start, end, "price", value, currency, "total" if total else None)

    def _for(
        self, start: int, end: int, value: float, currency: str | None, term: re.Match[str]
    ) -> Figure:
        row = self._beside.unit_of(term)
        unit = None if row is None else _LINE if row.written in _LINES else row.unit
        unit = (
            "other"
            if unit in {UNCOUNTED, None} and self._beside.per(term) in {"unit", "each"}
            else unit
        )
        return Figure(start, end, "price", value, currency, self._beside.per(term), unit)

    def _bare(
        self, text: str, start: int, end: int, value: float, left: str, lists: Lists
    ) -> Figure | None:
        """A price without a currency: 0.5一条, 5/条, 价格3200."""
        term = self._beside.behind(text, end)
        if term and not (text[end] == " " and in_rounds(term) and lists.follows_count(start)):
            return self._bare_term(text, start, end, value, term, lists, left)
        if value >= _MOST or self._beside.unit.match(text, end):
            return None
        if LASTS.match(text, end):
            return None
        if ROUND_LEAST.search(left) and ENDS.match(text, end):
            return self._priced(text, start, end, value, None, left)
        asked = HAGGLED.match(text, end) or lists.dear(text[start:end], value, end)
        asked = asked or lists.costs_from(value, end)
        if value >= LOT and asked and not NO_PRICE.stands_in(left, text):
            return self._priced(text, start, end, value, None, left)
        if PRICE_WORD.search(left) and not is_order(text, end):
            return self._priced(text, start, end, value, None, left)
        lead = self._beside.leads(left)
        if lead and BY_PERIOD.match(lead[0]) and not self._is_flow(lead, value, start, lists):
            return self._priced(text, start, end, value, None, left)
        closed = ENDS.match(text, end) or TAKEN.match(text, end)
        rent = RENT_BEHIND.match(text, end)
        if lead and rent and self._beside.per(lead) in _SPANS_OF_TIME:
            return self._for(start - (len(left) - lead.start()), end, value, None, lead)
        if LOT <= value < _MOST_LOT and self._is_lot_price(
            text, end, left, closed=closed is not None
        ):
            total = TOTAL.search(left) or total_behind(text, end)
            return Figure(start, end, "price", value, None, "total" if total else None)
        if ASKED.match(text, end):
            return self._priced(text, start, end, value, None, left)
        if lead is None or (value >= _MOST_LOT // 10 and lists.sells_data(start)):
            return None  # 一次10万, 全套60万: so many records
        if self._beside.per(lead) in _SPANS_OF_TIME and (
            lists.sells_data(start) or (value >= _SMALL and not (lists.sells_by_one(start) or rent))
        ):
            return None
        if (
            closed
            or rent
            or any(s in lead[0] for s in "=:只才卖仅")
            or opens_tier(lead, value, None)
        ):
            return self._priced(text, start, end, value, None, left)
        return None

    def _bare_term(
        self,
        text: str,
        start: int,
        end: int,
        value: float,
        term: re.Match[str],
        lists: Lists,
        left: str,
    ) -> Figure | None:
        per = self._beside.per(term)
        flows = per in _SPANS_OF_TIME and value >= BIG and not text[start:end].isdigit()
        if flows and not PRICE_WORD.search(left):
            return None
        if per in _PERIODS and float(value).is_integer() and lists.sells_data_only():
            return None
        if text[end - 1] == "m" and per in _EACH and is_han(term[0][-1]):
            coins = number(text[start : end - 1])
            return self._for(start, term.end(), coins or 0, "CNY", term)  # 6m一条: 米
        follows = PRICE_FOLLOWS.match(text, term.end()) if value >= BIG else None
        if follows and not self._beside.unit.match(text, follows.end()):
            return None
        if (
            term["thousand"]
            and term[0][1:].isdigit()
            and self._beside.after.match(text, term.end())
        ):
            return None  # 5k/1000$
        if (
            term[0].lstrip()[:1] in "/每一1"
            or "per " in term[0]
            or term["each"]
            or term["look"]
            or (term[0].endswith("ly") and value < BIG and lists.sells_service(start))
        ):
            money = self._beside.behind_term.match(text, term.end())
            priced = self._for(start, term.end(), value, None, term)
            if money is None:
                return priced
            return priced._replace(end=money.end(), currency=self._currencies[money["c"]].currency)
        return None

    def _is_flow(self, lead: re.Match[str], value: float, start: int, lists: Lists) -> bool:
        """daily 15k, weekly 2,000: so many records come in that time."""
        return value >= BIG and lead[0][:1].isascii() and lists.sells_data(start)

    def _is_lot_price(self, text: str, end: int, left: str, *, closed: bool) -> bool:
        asked = closed and (TOTAL.search(left) or LET_GO.search(left))
        if asked and not (SUM.search(left) or _CARD_BIN.search(left)):
            return True
        behind = total_behind(text, end)
        if behind is None or left.endswith("满") or not is_han(behind[0].strip(" ,")[:1] or " "):
            return False
        second = NUMBER.search(text, behind.end(), behind.end() + _BESIDE)
        gap = text[behind.end() : second.start()] if second else "\n"
        if second is None or "\n" in gap:
            return True
        if text[second.start() - 1] in _SIGNS or self._beside.after.match(text, second.end()):
            return False
        return bool(gap.strip(" :=,")) or self._beside.unit.match(text, second.end()) is not None


def _is_broken(value: float) -> bool:
    """A small broken number counts no goods."""
    return value < _MOST_SHARE and not float(value).is_integer()


def _plain(value: Decimal) -> float:
    return int(value) if value == value.to_integral_value() else float(value)
