"""Figures of a post: prices, quantities, least orders and commissions, read around each number."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Final

from ingest.extract.amounts import AmountGrammar
from ingest.extract.bare_prices import BarePrices
from ingest.extract.beside import Beside
from ingest.extract.both_ends import both_ends
from ingest.extract.bounds import above, upper
from ingest.extract.coins import small_change
from ingest.extract.columns import column_figures
from ingest.extract.figure import Figure
from ingest.extract.headings import Headings
from ingest.extract.held_counts import counts_goods
from ingest.extract.least_counts import closing_least, first_least, round_least
from ingest.extract.left_counts import counted_left
from ingest.extract.left_over import lot_of, lot_price, only_price, tier_of
from ingest.extract.list_currency import ListCurrency
from ingest.extract.listed import Lists
from ingest.extract.lots import settle
from ingest.extract.money_words import (
    ABOUT,
    BIG,
    DIGITS_ONLY,
    NO_NUMBER,
    NO_PRICE,
    NUMBER,
    ONE_OF,
    PRETEST,
    PRICE_WORD,
    RATIO,
    SMALL_CHANGE,
    STOCK_BEFORE,
    SUBJECT_SUM,
    TAIL,
    TURNOVER,
    WITH_ONE,
)
from ingest.extract.numbers_of import number, numbers
from ingest.extract.price_terms import COIN_NAMES
from ingest.extract.pricing import SPANS_OF_TIME, Pricing
from ingest.extract.ranges import Ranges
from ingest.extract.shared_coins import coin_of
from ingest.extract.shares import halves, share
from ingest.extract.spans import SpanIndex
from ingest.extract.spelled import spelled
from ingest.extract.spoken import spoken
from ingest.lexicon import Lexicon
from ingest.text.late import late

__all__ = ["Figure", "MoneyGrammar"]

_OF_NEXT: Final = late(r"(?<=[a-z]) ?\d{0,2}\.\d")
"""Behind a currency that is written in front of the price behind a count (600k php 0.8)."""
_PENNY_LETTERS: Final = frozenset({"p", "c"})
_DAILY: Final = re.compile(r"每[天日] ?\Z")
_MOST_A_DAY: Final = 10_000
"""Less than so much is what one pays for a day, and no sum that passes through."""
_REACH: Final = 28
"""How far before a number its words may stand."""
_STRENGTH: Final = re.compile(r"\s?(?:[gt]b?(?:ps|it)?|m(?:bps|pps|bit)|w?qps|rps)(?![a-z])")
"""Behind how strong a flood is (300G 一天300)."""
_CENTS: Final = frozenset({"cent", "cents", "c", "¢"})
"""Coins of whatever currency is named behind (half a cent eur)."""
_CHANGE: Final = frozenset({"毛", "角", "分"})
_NAMED_COINS: Final = SMALL_CHANGE | {"cent", "cents", "c", "¢", "蚊", "毫", "毫子"}
"""Coins of whatever currency is named behind them (half a cent AUD)."""
_SMALLEST: Final = frozenset({"分", "厘"})
_SIGN_REACH: Final = 16
_ROUNDLY: Final = "上过近好成数"
"""上百万, 过千: no value."""
_TIMES: Final = frozenset("天日晚周月年")
"""Behind a last 一 that is no part of the number (5k一天)."""
_ROUND_SUMS: Final = {"百": 100, "千": 1000}
_MONTH: Final = re.compile(r"20[12]\d\.(?:0?[1-9]|1[0-2])(?!\d|[wk万千])")
"""A month of a year (2024.6), which is no sum."""
_MONTH_NAME: Final = re.compile(r"(?<![一二三四五六七八九])十[一二](?= ?月)(?! ?月[付费租卡])")
"""November and December, which are no ten for one month."""
_WEEKDAY: Final = re.compile(
    r"(?:(?<=周)|(?<=星期)|(?<=礼拜))[一二三四五六](?=[出更上到补供推进放固都就能会前后晚早和到至、])"
)
"""A day of the week, in front of what is done on it (每周二上新)."""
_GROUP: Final = re.compile(r"(?:公群|群号)[ :#]{0,2}\Z")
_DISTANCE: Final = re.compile(r"\s?(?:公里|千米|km(?![a-z]))")
_DELTA: Final = re.compile(r"[长珠金大]\Z")
"""In front of 三角 where it names a region."""
_RANGE_END: Final = re.compile(r"[\d一二两三四五六七八九十百千万]' ")
"""A range of which nothing but the numbers was read."""
_PER: Final = re.compile(r"(?:per|each|every|每|/)\s?$")
_ROUND: Final = frozenset({1, 1000, 10_000})
_PACKED: Final = re.compile(
    r" ?[条个]? ?(?:为?一|每|/)[份包组批件袋箱] ?[:=,]? ?[$€£¥]?[\d一二两三四五六七八九]"
)
"""Behind a round number of records that are packed to be sold (1万一份 500u)."""
_BOUND: Final = late(r"[-~–—+到至]\Z")
_BOUND_BEHIND: Final = late(r"\s?[-~–—到至]\s?[$€£¥]?[\d一二两三四五六七八九十]")
"""Between the two numbers of a range, and in front of the code of a country."""
_SMALL: Final = 1000
_GREAT: Final = 100
"""Nobody counts tenths of such a sum."""
_MOST_SHARE: Final = 50
_PRICED_BEHIND: Final = late(
    r"\s?[,;]?\s?(?:[一每单][条个位名人户家份张套组]价?|单价|均价?|都是?)?\s?"
    r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十]+)\s?(?:[块毛元角]|分(?!钟)|刀|u(?![a-z]))"
)
"""A price behind a count."""
_NUMERAL: Final = re.compile(r"[\d一二两三四五六七八九十]\Z")
_FOR_SUM: Final = re.compile(r" (?:[a-z]{2,9} )?for [$€£]?\d")
"""Behind so many that are sold together (10 for $45)."""
_LONG_TIMES: Final = frozenset({"week", "month", "year"})
_BY_ONE: Final = frozenset({"record", "unit", "query", "each"})


class MoneyGrammar:
    """Currency and unit tables compiled; a number is found first and read by what is beside it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._currencies = {row.written: row for row in lexicon.currencies}
        self._units = {row.written: row for row in lexicon.units}
        self._beside = Beside(self._currencies, self._units)
        self._pricing = Pricing(self._beside)
        self._bare = BarePrices(self._beside, self._pricing, self._currencies)
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
        cells = [f for f in column_figures(text) if not blocked.overlaps(f.start, f.end)]
        tabled = SpanIndex([(f.start, f.end) for f in cells])
        done = 0
        bound: Figure | None = None
        paid: Figure | None = None
        bare: list[re.Match[str]] = []
        for match in numbers(text):
            if match.start() < done < match.end():
                match = NUMBER.search(text, done, match.end()) or match  # 2块8,200条起
            start, end = match.span()
            if start < done or (blocked.overlaps(start, end) and not counts_goods(text, match)):
                continue
            if cells and tabled.overlaps(start, end):
                continue
            figure = self._read(text, match, done, lists)
            if figure is None:
                figure = lot_price(text, match, lists.each)
                bare.append(match)
            if figure is not None:
                if within := upper(text, figure, paid):
                    bound = figure = within
                if figure.kind == "price":
                    least = tier_of(text, figure, lists.each) or above(text, bound, paid, figure)
                    figures += [least] if least else []
                    figure = paid = lot_of(text, figure, lists.each)
                done = figure.end
                lists.last = figure
                lists.counted = lists.counted or figure.kind == "quantity"
                if figure.kind == "price" and figure.per in _BY_ONE:
                    lists.dearer, lists.each = lists.each, figure.value
                if figure.kind == "price":
                    lists.cost = lists.each or figure.value
                if figure.kind != "none":
                    figures.append(figure)
        said = [self._with_term(text, figure) for figure in spoken(text, blocked, figures)]
        figures = self._heads.over(text, sorted([*figures, *said]))
        figures = settle(text, figures)
        if cells:
            figures = sorted([*figures, *self._heads.over(text, cells)])
        left = (
            only_price(text, figures, bare)
            if lists.counted and lists.sells_data(len(text))
            else None
        )
        if left:
            figures = sorted([*figures, left])
        figures = counted_left(text, figures, bare, lists)
        return self._named.named_once(text, figures)

    def reread(self, text: str, start: int, end: int, kind: str, first: int) -> Figure | None:
        """A number that no rule read, as the price or the quantity that it is.

        `first`: where its words may begin. None where they say something else.
        """
        value = number(text[start:end])
        left = text[max(first, start - _REACH) : start]
        bound = _BOUND.search(left) or _BOUND_BEHIND.match(text, end)
        if not value or bound or text[start:end] in ONE_OF or _is_round(text, start):
            return None
        if self._is_no_amount(text, start, end):
            return None
        if kind == "quantity" and _FOR_SUM.match(text, end):
            return None
        if kind == "quantity":
            other = self._amounts.read(text, start, end, value, left)
            return None if other else self._amounts.counted(text, start, end, value, left)
        found = share(text, start, end, value, left, alone=True)
        found = found or self._money(text, start, end, value, left)
        if found is None:
            if self._beside.unit.match(text, end) and not self._beside.term.match(text, end):
                return None
            found = self._pricing.priced(text, start, end, value, None, left)
        return found if found.kind == kind else None

    def with_currency(self, text: str, figures: list[Figure]) -> list[Figure]:
        """Prices without a currency get that of the list."""
        return self._named.named_once(text, figures)

    def _with_term(self, text: str, figure: Figure) -> Figure:
        if figure.kind != "price":
            return figure
        left = text[max(0, figure.start - _REACH) : figure.start]
        return self._pricing.priced(
            text, figure.start, figure.end, figure.value, figure.currency, left
        )

    def _read(self, text: str, match: re.Match[str], done: int, lists: Lists) -> Figure | None:
        start, end = match.span()
        if half := halves(text, start, end):
            return half
        in_words = not text[start].isascii()
        plain = in_words and (
            DIGITS_ONLY.fullmatch(text, start, end) or ABOUT.match(text, start, end)
        )
        if plain or self._is_no_amount(text, start, end):
            return Figure(start, end, "none", 0)
        end = self._without_unit(text, start, end)
        value = number(text[start:end])
        if value is None:
            value = self._round_sum(text, start, end)
        if in_words and text[start] in "千万百十一" and NO_NUMBER.match(text, start):
            return Figure(start, end, "none", 0)
        if least := round_least(text, start, end, self._beside, self._units):
            return least
        if text[start:end] == "半":
            value = 0.5
        elif _is_round(text, start):
            return Figure(start, end, "none", 0)
        if not value:
            return None
        left = text[max(done, start - _REACH) : start]
        if left[:1] == "年" and _NUMERAL.search(text, max(0, start - len(left) - 1), done):
            left = left[1:]  # 账龄3-5年 8000
        if found := self._ranges.read(text, start, end, value):
            if SUBJECT_SUM.near(left, text):
                return Figure(found.start, found.end, "none", value)  # 借款3000-8000
            if found.words:
                found = self._both_ends(text, found, end, value, left, lists)
            return found
        signed = self._is_signed(left)
        if not signed and (found := lists.headed(start, end, value)):
            return found
        if lists.floods() and (strength := _STRENGTH.match(text, end)):
            return Figure(start, strength.end(), "none", value)
        if value in _ROUND and _PER.search(left) and not self._is_coin(text, end, value):
            return None
        if value in _ROUND and value > 1 and _PACKED.match(text, end):
            return None
        if least := first_least(text, start, end, value, self._beside):
            return least
        if least := closing_least(text, start, end, value, lists, self._beside):
            return least
        if text[start:end] in ONE_OF:
            return (
                share(text, start, end, value, left)
                or self._money(text, start, end, value, left)
                or lists.one(start, end)
            )
        return (
            share(text, start, end, value, left, alone=_by_share(lists, start))
            or self._money(text, start, end, value, left)
            or self._bare.read(text, start, end, value, left, lists)
            or (lists.price(start, end, value) if _is_broken(value) else None)
            or self._amounts.read(text, start, end, value, left)
            or self._of_time(lists.price(start, end, value), left)
            or lists.count(start, end, value)
        )

    def _is_signed(self, left: str) -> bool:
        """Whether a currency stands right in front of a number (price per row: EUR 0.5)."""
        last = left.rstrip(" \t")[-1:]
        if last in self._beside.coins:
            return True
        return last in self._beside.sign_ends and self._beside.before.search(left) is not None

    def _of_time(self, price: Figure | None, left: str) -> Figure | None:
        """会员 一个月300: what only the list makes a price is for the time in front of it."""
        lead = self._beside.leads(left) if price else None
        if price is None or lead is None or price.kind != "price" or price.per:
            return price
        per = self._beside.per(lead)
        return price._replace(per=per) if per in _LONG_TIMES else price

    def _is_coin(self, text: str, end: int, value: float) -> bool:
        """医美/1块: behind a stroke one yuan is a price and no unit of one."""
        money = self._beside.after.match(text, end) if value == 1 else None
        return money is not None and money["c"] in SMALL_CHANGE

    def _without_unit(self, text: str, start: int, end: int) -> int:
        """三千二一套: where a number ends whose last numeral counts the unit."""
        if text[end - 1] != "一" or end - start == 1:
            return end
        unit = self._beside.unit.match(text, end)
        if unit and text[end - 2] == "十" and _is_counted(text, start, unit.end()):
            return end
        counts = (
            text[end : end + 1] in _TIMES
            or WITH_ONE.match(text, end)
            or unit
            or self._beside.term.match(text, end - 1)
        )
        return end - 1 if counts else end

    def _round_sum(self, text: str, start: int, end: int) -> float | None:
        """百元一条: one hundred or thousand said without a number, where it is a price."""
        if text[start:end] not in _ROUND_SUMS:
            return None
        money = self._beside.after.match(text, end)
        paid = money and self._beside.term.match(text, money.end())
        return _ROUND_SUMS[text[start:end]] if paid else 0

    def _is_no_amount(self, text: str, start: int, end: int) -> bool:
        """1.5公里, 2024.6, 公群 4471: a distance, a month without a currency, a group's name."""
        if _DISTANCE.match(text, end) or _MONTH_NAME.match(text, start):
            return True
        if end - start == 1 and _WEEKDAY.match(text, start):
            return True
        if _GROUP.search(text, max(0, start - 4), start):
            return True
        return bool(_MONTH.match(text, start)) and not self._beside.after.match(text, end)

    def _both_ends(
        self, text: str, found: Figure, end: int, value: float, left: str, lists: Lists
    ) -> Figure:
        second = NUMBER.search(text, end, found.end)
        if second is None:
            return found
        high = self._read(text, second, end, lists)
        high = high or share(text, *second.span(), number(second[0]) or 0, left)
        low = self._money(text, found.start, end, value, left)
        both = both_ends(text, found, (value, low), (second, high), len(left))
        last = number(second[0])
        dear = both.kind == "span" and not both.unit and lists.sells_dear(found.start)
        dear = dear and value >= _SMALL and not NO_PRICE.stands_in(left, text)
        said = both.kind == "problem" and PRICE_WORD.near(left, text)
        if last and (dear or said):
            both = Figure(found.start, found.end, "price", value, high=last)  # 价格1.2-1.5
        return self._led(both, value, last, left)

    def _led(self, both: Figure, value: float, last: float | None, left: str) -> Figure:
        """每条8-10元, 一单三百到五百: a range is for what the term in front of it says."""
        lead = self._beside.leads(left)
        if lead is None or both.per or both.unit or not last or both.kind == "quantity":
            return both
        start = both.start - (len(left) - lead.start())
        if both.kind == "price":
            term = self._pricing.of_term(start, both.end, both.value, both.currency, lead)
            return term._replace(high=both.high)
        if _RANGE_END.search(both.words) is None or self._beside.per(lead) in SPANS_OF_TIME:
            return both
        term = self._pricing.of_term(start, both.end, value, None, lead)
        return term._replace(high=last)

    def _money(self, text: str, start: int, end: int, value: float, left: str) -> Figure | None:
        sign = None
        if left.rstrip(" \t")[-1:] in self._beside.sign_ends:
            sign = self._beside.before.search(left, max(0, len(left) - _SIGN_REACH))
        after = self._beside.after.match(text, end)
        if after and value >= _SMALL and _OF_NEXT.match(text, after.end()):
            after = None
        if not (sign or after) and self._beside.term.match(text, end):
            sign = self._beside.coin.search(left)
        found = after or sign
        if sign and after and after["c"] in _PENNY_LETTERS:
            found, after = sign, None  # $250 p/m
        if found is None:
            return None
        row = self._currencies[found["c"]]
        currency: str | None = self._signed(text, start, row.written)
        if after:
            end = after.end()
            if after["c"] in _CENTS and (code := self._beside.behind_term.match(text, end)):
                currency, end = self._currencies[code["c"]].currency, code.end()
        named = self._signed(text, start, sign["c"]) if sign else currency
        if sign and (after is None or named == currency or row.written in COIN_NAMES):
            start -= len(left) - sign.start("c")
            left, currency = left[: sign.start("c")], named
        place = self._beside.unpaid(text, end, value, left)
        if place is not None or _is_no_sum(text, row.written, value, left):
            return Figure(start, place or end, "none", value)
        if value >= _SMALL and row.written in _CHANGE:
            return None  # 1.4亿 分省卖
        amount = _times(value, row.factor)
        parts = self._change(text, end, row.written, value)
        if parts:
            amount += parts[0] * Decimal(str(row.factor))
            currency, end = self._named_behind(text, parts[1], currency)
            return self._pricing.priced(text, start, end, _plain(amount), currency, left)
        tail = TAIL.match(text, end) if row.written in SMALL_CHANGE else None
        digit = (tail["d"] or tail["e"]) if tail else ""
        if tail is None or (digit in "1一" and self._beside.term.match(text, end)):
            if row.written in _NAMED_COINS:
                currency, end = self._named_behind(text, end, currency)
            return self._pricing.priced(text, start, end, _plain(amount), currency, left)
        if row.written in RATIO or row.written in _SMALLEST:
            unit = self._beside.unit.match(text, tail.end())
            if unit:
                words = f"{text[start : unit.end()]!r} has two readings"
                return Figure(start, unit.end(), "problem", 0, words=words)
            amount += Decimal(int(number(digit) or 0)) * Decimal(str(row.factor)) / 10
            end = tail.end()
        currency, end = self._named_behind(text, end, currency)
        return self._pricing.priced(text, start, end, _plain(amount), currency, left)

    def _signed(self, text: str, start: int, written: str) -> str:
        """The currency of a coin, which several countries may call alike."""
        return coin_of(text, start, written, self._currencies[written].currency)

    def _change(
        self, text: str, end: int, written: str, value: float
    ) -> tuple[Decimal, int] | None:
        """The coins behind a sum; behind a great one a space parts another price."""
        if value >= _GREAT and text.startswith(" ", end):
            return None  # 低消1万元 3毛一条
        return small_change(text, end, written, lambda at: bool(self._beside.term.match(text, at)))

    def _named_behind(self, text: str, end: int, currency: str | None) -> tuple[str | None, int]:
        """一分二美金: the currency that coins behind a number are named with."""
        match = self._beside.foreign.match(text, end)
        if match is None:
            return currency, end
        return self._currencies[match["c"]].currency, match.end()


def _is_no_sum(text: str, written: str, value: float, left: str) -> bool:
    """长三角, 日量30万卢布: a region, or money that only passes through."""
    passes = value >= BIG and TURNOVER.near(left, text)
    daily = value < _MOST_A_DAY and _DAILY.search(left)
    return bool((written == "角" and _DELTA.search(left)) or (passes and not daily))


def _is_counted(text: str, start: int, after: int) -> bool:
    """还剩十一个, 七百三十一位,一位四块五: so many in stock, or with a price behind them."""
    left = text[max(0, start - _REACH) : start]
    return STOCK_BEFORE.near(left, text) is not None or bool(_PRICED_BEHIND.match(text, after))


def _by_share(lists: Lists, place: int) -> bool:
    """Whether a bare percentage is what is paid: the goods are, or what was read last is."""
    if lists.sells_shares() or lists.moves_money(place):
        return True
    return lists.last is not None and lists.last.per == "percent"


def _is_round(text: str, start: int) -> bool:
    """上百万条: more than a million, which is no value."""
    if start == 0 or text[start] not in "百千万" or text[start - 1] not in _ROUNDLY:
        return False
    return not text.startswith("分之", start + 1)


def _is_broken(value: float) -> bool:
    """A small broken number counts no goods."""
    return value < _MOST_SHARE and not float(value).is_integer()


@lru_cache(4096)
def _times(value: float, factor: float) -> Decimal:
    """So many coins of a worth; the same sums come again and again."""
    return Decimal(str(value)) * Decimal(str(factor))


def _plain(value: Decimal) -> float:
    return int(value) if value == value.to_integral_value() else float(value)
