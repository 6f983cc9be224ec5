"""Prices without a currency: 0.5一条, 5/条, 价格3200, 打包800."""

import re
from collections.abc import Mapping
from typing import Final

from ingest.extract.amounts import rupiah
from ingest.extract.beside import Beside, in_rounds, opens_tier
from ingest.extract.figure import Figure
from ingest.extract.listed import Lists
from ingest.extract.money_words import (
    ASKED,
    BIG,
    BY_PERIOD,
    ENDS,
    HAGGLED,
    LASTS,
    LEAST_BEFORE,
    LEAST_COUNTED,
    LEAST_ORDER,
    LET_GO,
    LOT,
    NO_PRICE,
    NUMBER,
    PRICE_FOLLOWS,
    PRICE_WORD,
    RENT_BEHIND,
    ROUND,
    ROUND_LEAST,
    SUM,
    TAKEN,
    TOTAL,
    WAGE,
    is_han,
)
from ingest.extract.numbers_of import number
from ingest.extract.price_terms import is_order, total_behind
from ingest.extract.pricing import SPANS_OF_TIME, Pricing
from ingest.extract.repriced import takes_place
from ingest.lexicon.frames import frame
from ingest.lexicon.tables import Currency

_BESIDE: Final = 16
"""How far behind the words for a whole lot its price may stand."""
_ASKS: Final = frozenset({"价", "价格", "只要", "卖", "给", "收", "出", "仅", "共"})
"""Between the words for a whole lot and the number that is its price (12万 打包价3300)."""
_OPEN_TERM: Final = frozenset("/／=*每一1包单条按日天周月年")
"""How a term begins that makes a number in front of it a price."""
_BRACKETS: Final = ("(", "[", "/")
"""In front of a counter that stands alone behind a price (60(次))."""
_CARD_BIN: Final = re.compile(r"(?<![a-z])bins?[ :=#]{0,3}$")
_SIGNS: Final = "¥￥$€£"
_SMALL: Final = 1000
_MOST: Final = 10_000_000
_MOST_LOT: Final = 500_000
"""A greater number without a currency counts what is sold as a whole (180万整库)."""
_MOST_AN_HOUR: Final = 20_000
_EACH: Final = frozenset({"record", "unit", "query"})
_BY_ONE: Final = frozenset({"record", "unit", "query", "each"})
_LONG: Final = ("day", "week", "month", "year")
_PERIODS: Final = frozenset({"hour", "day", "week"})
_COUNTS: Final = frozenset({"least", "tier", "quantity"})
_RIGHT_BEHIND: Final = re.compile(r" ?(?:以上|起|只要|就|按|算)? ?")
_MAY: Final = re.compile(r"[也就](?:行|可以?|出|卖|给)")
_EVERY: Final = re.compile(r"[每一][天日周月]\s?")
_AT_ONCE: Final = re.compile(
    r"一次(?:性?全[买拿吃收](?:下|走|完|光|断)?|性?[买拿吃收](?:下|走|完|光|断))"
    r"[只要给收价:= ]{0,3}\Z"
)
"""In front of the sum for all that somebody takes at once."""
_ONCE: Final = re.compile(r"[一每单][次回]")
_ROUNDED: Final = re.compile(r" ?整(?![包份库批套个体盘数组拿卖出走打收要买理形])")
_GIVES: Final = frame("gives_before")
_SEEKS_PEOPLE: Final = frame("hires")
_SUBSCRIBED: Final = re.compile(
    r"(?<![a-z])(?:subscriptions?|rent(?:al|ed|s)?|access|licen[cs]es?|plans?|updates|lease|support"
    r"|membership|panel|hosting)(?: (?:from|at|is|for|only|costs?))?[ :=-]{1,3}\Z"
)
"""In front of what one pays for a time (subscription: 80 a week)."""
_PAID_APART: Final = re.compile(r"(?:元|块钱?)? ?另[付算收计]")
"""Behind a fee that is paid beside the price of the goods (软件月租700另付)."""
_BARE_PERIOD: Final = re.compile(r"[天日周月]\s?")
"""A period and nothing else in front of a number."""


class BarePrices:
    """Reads a number that only its terms make a price."""

    def __init__(
        self, beside: Beside, pricing: Pricing, currencies: Mapping[str, Currency]
    ) -> None:
        self._beside, self._pricing, self._currencies = beside, pricing, currencies

    def read(
        self, text: str, start: int, end: int, value: float, left: str, lists: Lists
    ) -> Figure | None:
        """A price without a currency: 0.5一条, 5/条, 价格3200."""
        if _PAID_APART.match(text, end):
            return Figure(start, end, "none", value)
        term = self._beside.behind(text, end)
        if term and value >= LOT and term[0].startswith(" per ") and LEAST_BEFORE.near(left, text):
            return None  # minimum 100 per order
        if term and self._is_set_aside(text, end, term, left):
            return Figure(start, end, "none", value)
        if term and not (text[end] == " " and in_rounds(term) and lists.follows_count(start)):
            return self._with_term(text, start, end, value, term, lists, left)
        if value >= _MOST or self._beside.unit.match(text, end) or _is_of_lot(text, end, value):
            return None
        if _undercuts(text, start, end, value, lists) or _of_a_round(
            text, start, end, value, lists
        ):
            return self._pricing.priced(text, start, end, value, None, "")
        if takes_place(text[max(0, start - _BESIDE) : start], value):
            return self._pricing.priced(text, start, end, value, None, "")
        if LASTS.match(text, end) or _is_rounded(text, end, value, lists):
            return None
        if value >= BIG and _GIVES.search(left) and ENDS.match(text, end):
            return self._pricing.priced(text, start, end, value, None, left)
        said = NO_PRICE.stands_in(left, text) or LEAST_BEFORE.near(left, text)
        if rupiah(text[start:end]) and not (said or LEAST_COUNTED.near(left, text)):
            return self._pricing.priced(text, start, end, value, None, left)
        if ROUND_LEAST.search(left) and ENDS.match(text, end):
            return self._pricing.priced(text, start, end, value, None, left)
        asked = HAGGLED.match(text, end) or lists.dear(text[start:end], value, end)
        asked = asked or lists.costs_from(value, end)
        if value >= LOT and asked and not NO_PRICE.stands_in(left, text):
            return self._pricing.priced(text, start, end, value, None, left)
        if PRICE_WORD.near(left, text) and not is_order(text, end):
            return self._pricing.priced(text, start, end, value, None, left)
        return self._led(text, start, end, value, left, lists)

    def _is_set_aside(self, text: str, end: int, term: re.Match[str], left: str) -> bool:
        """押一千 每台月租600, limit 250/day: a sum that is put down, a bound on what may pass."""
        if not NO_PRICE.stands_in(left, text):
            return False
        return text[end] == " " or self._beside.per(term) in SPANS_OF_TIME

    def _led(
        self, text: str, start: int, end: int, value: float, left: str, lists: Lists
    ) -> Figure | None:
        """A price behind what it is for, or behind words for a whole lot."""
        lead = self._beside.leads(left)
        if lead and BY_PERIOD.match(lead[0]) and not _is_flow(lead, value, start, lists):
            return self._pricing.priced(text, start, end, value, None, left)
        if left.endswith(("天封顶", "日封顶")) and lists.sells_data(start):
            return None  # 一天封顶两千
        closed = ENDS.match(text, end) or TAKEN.match(text, end)
        rent = RENT_BEHIND.match(text, end)
        if lead and rent and self._beside.per(lead) in SPANS_OF_TIME:
            return self._pricing.of_term(start - (len(left) - lead.start()), end, value, None, lead)
        if LOT <= value < _MOST_LOT and self._is_lot_price(
            text, end, left, closed=closed is not None, counted=lists.sums_up(left)
        ):
            once = _AT_ONCE.search(left)
            if (
                lead
                and not once
                and self._beside.per(lead) in _BY_ONE
                and not opens_tier(lead, value, None)
            ):
                return self._pricing.of_term(
                    start - (len(left) - lead.start()), end, value, None, lead
                )
            total = TOTAL.near(left, text) or total_behind(text, end)
            return Figure(start, end, "price", value, None, "total" if total else None)
        if ASKED.match(text, end):
            return self._pricing.priced(text, start, end, value, None, left)
        if lead is None or (value >= _MOST_LOT // 10 and lists.sells_data(start)):
            return None  # 一次10万, 全套60万: so many records
        if closed and _is_other_time(lists.last, self._beside.per(lead), value):
            return self._pricing.priced(text, start, end, value, None, left)
        if value >= BIG and _ONCE.match(lead[0]) and lists.sells_data(start):
            return None  # 每次五千 8毛
        if self._beside.per(lead) in SPANS_OF_TIME and (
            lists.sells_data(start) or (value >= _SMALL and not (lists.sells_by_one(start) or rent))
        ):
            return None
        if (
            closed
            or rent
            or any(s in lead[0] for s in "=:只才卖仅")
            or opens_tier(lead, value, None)
        ):
            return self._pricing.priced(text, start, end, value, None, left)
        return None

    def _with_term(
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
        flows = per in SPANS_OF_TIME and value >= BIG and not text[start:end].isdigit()
        if per == "hour" and value >= _MOST_AN_HOUR:
            return Figure(start, term.end(), "none", value)  # 检测速度100万/小时
        if flows and not (PRICE_WORD.near(left, text) or WAGE.search(left)):
            return None
        last = lists.last
        rents = last is not None and last.kind == "price" and last.per in SPANS_OF_TIME
        rents = rents or (per in SPANS_OF_TIME and _SUBSCRIBED.search(left) is not None)
        if rents and value < BIG:
            return self._pricing.of_term(
                start, term.end(), value, None, term
            )  # 22 bucks a day or 110 weekly
        if per in _PERIODS and float(value).is_integer() and lists.sells_data_only():
            return None
        if text[end - 1] == "m" and per in _EACH and is_han(term[0][-1]):
            coins = number(text[start : end - 1])
            return self._pricing.of_term(start, term.end(), coins or 0, "CNY", term)  # 6m一条: 米
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
            term[0].lstrip()[:1] in _OPEN_TERM
            or text[end : term.start()].strip()[-1:] in _BRACKETS
            or "per " in term[0]
            or term["each"]
            or term["look"]
            or _is_part(value)
            or (term[0].endswith("ly") and value < BIG and lists.sells_service(start))
        ):
            money = self._beside.behind_term.match(text, term.end())
            term = self._pricing.longest(text, term)
            priced = self._pricing.of_term(start, term.end(), value, None, term)
            if money is None:
                return priced
            return priced._replace(end=money.end(), currency=self._currencies[money["c"]].currency)
        return None

    def _is_lot_price(self, text: str, end: int, left: str, *, closed: bool, counted: bool) -> bool:
        if left.endswith("单笔"):
            return False  # 单笔5万封顶
        asked = closed and (TOTAL.near(left, text) or LET_GO.near(left, text))
        if asked and not ((SUM.near(left, text) and not counted) or _CARD_BIN.search(left)):
            return True
        behind = total_behind(text, end)
        if (
            behind is None
            or left.endswith("满")
            or LEAST_BEFORE.near(left, text)
            or LEAST_ORDER.near(left, text)
            or not is_han(behind[0].strip(" ,")[:1] or " ")
        ):
            return False
        second = NUMBER.search(text, behind.end(), behind.end() + _BESIDE)
        gap = text[behind.end() : second.start()] if second else "\n"
        if second is None or "\n" in gap:
            return True
        if text[second.start() - 1] in _SIGNS or self._beside.after.match(text, second.end()):
            return False
        said = gap.strip(" :=,")
        if said:
            return said not in _ASKS
        counts = self._beside.unit.match(text, second.end()) or LASTS.match(text, second.end())
        return counts is not None or ENDS.match(text, second.end()) is None


def _is_part(value: float) -> bool:
    """0.008 a message: a part of a coin is paid for whatever is counted behind it."""
    return 0 < value < 1


def _is_of_lot(text: str, end: int, value: float) -> bool:
    """12万 整份2500: words for a whole lot between so many and their price."""
    words = (total_behind(text, end) or HAGGLED.match(text, end)) if value >= BIG else None
    place = words.end() if words else end
    price = NUMBER.match(text, place + text.startswith(" ", place)) if words else None
    return price is not None and (number(price[0]) or 0) < value


def _is_rounded(text: str, end: int, value: float, lists: Lists) -> bool:
    """0.12一条 三万整: behind a price for each stands a round count."""
    if value < BIG or lists.each is None or lists.counted:
        return False
    return value >= lists.each * BIG and _ROUNDED.match(text, end) is not None


def _undercuts(text: str, start: int, end: int, value: float, lists: Lists) -> bool:
    """35一个,10个起30: a lower number right behind a count is the price for each of as many."""
    last, each = lists.last, lists.each or lists.cost
    if last is None or each is None or last.kind not in _COUNTS or last.period:
        return False
    if not each / 2 <= value < each:
        return False
    beside = _RIGHT_BEHIND.fullmatch(text, last.end, start)
    return beside is not None and (ENDS.match(text, end) or _MAY.match(text, end)) is not None


def _of_a_round(text: str, start: int, end: int, value: float, lists: Lists) -> bool:
    """一万个号70: right behind one thousand or ten thousand stands the price of so many."""
    last = lists.last
    if last is None or last.kind != "quantity" or last.period or last.unit is None:
        return False
    one = last.value in ROUND and text[last.start] in "一1"
    if not one or not LOT <= value < last.value:
        return False
    return _RIGHT_BEHIND.fullmatch(text, last.end, start) is not None and bool(
        ENDS.match(text, end)
    )


def _is_other_time(last: Figure | None, per: str, value: float) -> bool:
    """包年八千八,单月一千: behind the rent for one time stands that for another."""
    if last is None or last.kind != "price" or last.per not in _LONG or per not in _LONG:
        return False
    longer = _LONG.index(per) - _LONG.index(last.per)
    return longer * (value - last.value) > 0


def _is_flow(lead: re.Match[str], value: float, start: int, lists: Lists) -> bool:
    """daily 15k, daily 50 behind a price for each, 日200: so many records come in that time."""
    bare = _BARE_PERIOD.fullmatch(lead[0])
    data = lists.sells_data(start) or (lead[0][0] == "日" and not lists.sells_by_one(start))
    if bare and data:
        rents = lists.counted and bare[0][0] in "周月"
        return not rents and not _SEEKS_PEOPLE.search(lists.text)
    many = value >= BIG or lists.each is not None
    said = lead[0][:1].isascii() or (lists.each is not None and _EVERY.fullmatch(lead[0]))
    return bool(many and said and lists.sells_data(start))
