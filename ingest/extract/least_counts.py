"""Least orders that only the price beside them shows: 满百19, $13 if u grab 20+."""

import re
from collections.abc import Mapping
from typing import Final

from ingest.extract.beside import Beside
from ingest.extract.figure import Figure
from ingest.extract.listed import Lists
from ingest.extract.money_words import OPEN_END, SUBJECT_SUM, TIER_BEHIND
from ingest.extract.numbers_of import number
from ingest.lexicon.tables import UnitWord
from ingest.text.late import late

_ROUND: Final = frozenset("百千万")
_OVER: Final = late(r"[满过超够]\Z")
_UP: Final = late(r"[条个套张份组单]?(?:以上|起)(?= ?\d)")
"""Around one hundred or thousand that is said without a number (满百19, 百套以上18)."""
_NEXT_NUMBER: Final = re.compile(r" ?(?:\d|[一二两三四五六七八九]{1,2}[毛块分角元])")
_AT_ONCE: Final = late(r"(?:[一每单][次回]|散[拿批订买])\Z")
_FROM: Final = late(r"(?:以上)?起(?![诉初码飞])")
_MANY: Final = 100
_BY_ONE: Final = frozenset({"record", "unit", "query", "each"})
_FIRST: Final = late(r"(?:(?:for|on) the first|first|[前头]) ?\Z")
_THEN: Final = late(
    r" ?[,;.]? ?(?:and )?(?:then(?: on)?|after (?:that|which)|thereafter|beyond(?: that)?|past that"
    r"|above(?: that)?|the rest|之?后|以后|往后|超出的?|超过的?|再往上)(?: is| at| it is)?"
    r"(?=[ ,:]{0,2}[$€£¥\d一二两三四五六七八九])"
)
"""Around the first so many of the goods, in front of what those behind them cost."""
_NEAR: Final = 16
_LOWEST: Final = 4
"""A price for many is no lower than this part of the price for one."""


def round_least(
    text: str, start: int, end: int, beside: Beside, units: Mapping[str, UnitWord]
) -> Figure | None:
    """满百19, 百套以上18: one hundred that is said without a number, in front of a price."""
    if end - start != 1 or text[start] not in _ROUND:
        return None
    over = _OVER.search(text, max(0, start - 1), start)
    if over and SUBJECT_SUM.near(text[max(0, start - _NEAR) : start], text):
        return None  # 充值过万 2块
    unit = beside.unit.match(text, end)
    after = unit.end() if unit else end
    behind = _UP.match(text, end)
    if not behind and not (over and _NEXT_NUMBER.match(text, after)):
        return None
    value = number(f"一{text[start]}") or 0
    code = units[unit["u"]].unit if unit else None
    return Figure(start, behind.end() if behind else after, "least", value, unit=code)


def first_least(text: str, start: int, end: int, value: float, beside: Beside) -> Figure | None:
    """$1.10 per row for the first 3k, then $0.80: up to which count the price in front holds."""
    if value <= 1 or not _FIRST.search(text, max(0, start - _NEAR), start):
        return None
    unit = beside.unit.match(text, end)
    then = _THEN.match(text, unit.end() if unit else end)
    return Figure(start, then.end(), "least", value) if then else None


def closing_least(
    text: str, start: int, end: int, value: float, lists: Lists, beside: Beside
) -> Figure | None:
    """$18 a card, $13 if u grab 20+: a count right behind a lower price opens its tier."""
    if _AT_ONCE.search(text, max(0, start - 2), start) and lists.each is not None:
        up = _FROM.match(text, end)
        if up and value >= lists.each * _MANY and lists.sells_data(start):
            return Figure(start, up.end(), "least", value)  # 八毛一条 一次两千起
    price, each = lists.last, lists.each
    if price is None or each is None or price.kind != "price" or not float(value).is_integer():
        return None
    up = OPEN_END.match(text, end)
    opens = up is not None or text[end - 1] == "+" or text[start - 1] in "≥≧>"
    if price.per in _BY_ONE and lists.dearer:
        each = lists.dearer
    lower = price.per in {None, *_BY_ONE} and each / _LOWEST <= price.value < each
    if not (lower or (opens and price.per in _BY_ONE)) or value <= 1:
        return None
    if not TIER_BEHIND.fullmatch(text, price.end, start) or beside.after.match(text, end):
        return None
    return Figure(start, up.end() if up else end, "least", value)
