"""Numbers that count goods: quantities, least orders, tiers; samples and sums are none."""

import re
from typing import Final

from ingest.extract.figure import Figure
from ingest.extract.money_words import (
    BIG,
    GIVEN_AWAY,
    HELD,
    LEAST_AFTER,
    LEAST_BEFORE,
    LEAST_COUNTED,
    LEAST_ORDER,
    LEAST_SENT,
    MINUTES,
    NO_PRICE,
    OPEN_END,
    PERIOD_AFTER,
    PERIOD_BEFORE,
    PERIOD_GAP,
    SAMPLE_AFTER,
    SAMPLE_BEFORE,
    STOCK_AFTER,
    STOCK_BEFORE,
    WAGE,
)
from ingest.lexicon.tables import UnitWord

_FEW: Final = 10
_COLLOQUIAL: Final = re.compile(r"\d+|[一二两三四五六七八九十]+[百千万][一二三四五六七八九]")
"""A bare number, or one as prices are spoken (一千二): alone it counts nothing."""
_TIMED: Final = re.compile(
    r" (?:slots?|attacks?|tests?|sessions?|calls?|waits?|delivery|each|video|audio|long|max|"
    r"timers?|warranty|hold)(?![a-z])"
)
"""Behind `min` where it says minutes."""
_MANY: Final = 100
_CLOCK: Final = re.compile(
    r" ?(?:点(?![位数])(?:半|整|钟|\d{1,2}分?)?|[::]\d\d(?!\d)|(?:am|pm|o.clock|utc|gmt)(?![a-z]))"
)
"""Behind an hour of the day (每天十点更新)."""
_DAYS: Final = 31
_LARGE_KINDS: Final = frozenset({"set", "gigabyte", "file"})
"""Goods that are sold one by one, so that a small number of them is a quantity."""
_GIGABYTES: Final = {"tb": 1000, "t": 1000, "个t": 1000, "mb": 0.001}


class AmountGrammar:
    """Reads a number as a count of goods by the unit and the words beside it."""

    def __init__(self, units: dict[str, UnitWord], unit: re.Pattern[str]) -> None:
        self._units = units
        self._unit = unit

    def read(self, text: str, start: int, end: int, value: float, left: str) -> Figure | None:
        """The figure of a number whose place and value are known; `left`: the text before it."""
        unit = self._unit.match(text, end)
        after = unit.end() if unit else end
        if _is_least(text, after, value, left, counted=unit is not None):
            code = self._units[unit["u"]].unit if unit else None
            return Figure(start, after, "least", value, unit=code)
        if held := HELD.match(text, after):
            return Figure(start, held.end(), "none", value)
        if _is_other(text, after, left):
            return Figure(start, after, "none", value)
        begin, period, last = _period(text, start, after)
        written = text[start:end].replace(" ", "")
        large = value >= BIG and not _COLLOQUIAL.fullmatch(written)
        stock = value >= _FEW and _stock(text, start, after, left)
        if unit is None and not large and period is None and not stock:
            return None
        if stock:
            begin, last = min(begin, stock[0]), max(last, stock[1])
        row = self._units[unit["u"]] if unit else None
        if (row and _is_small(row, value)) or text.startswith("级", after):
            return None
        kind = "tier" if period is None and _is_tier(text, end, after, left) else "quantity"
        code = row.unit if row else None
        if row and row.written == "单":
            code = "order"
        value *= _GIGABYTES.get(row.written, 1) if row else 1
        return Figure(begin, last, kind, value, unit=code, period=period)


def _is_least(text: str, after: int, value: float, left: str, *, counted: bool) -> bool:
    if value < _FEW and not float(value).is_integer():
        return False
    if found := LEAST_AFTER.match(text, after):
        timed = MINUTES.search(left) or _TIMED.match(text, found.end())
        return not (found[0].strip() == "min" and timed)
    if LEAST_SENT.match(text, after) and LEAST_COUNTED.search(left):
        return True
    if value > 1 and LEAST_BEFORE.search(left):
        return True
    return (counted or value >= _MANY) and LEAST_ORDER.search(left) is not None


def _is_other(text: str, after: int, left: str) -> bool:
    return bool(
        _CLOCK.match(text, after)
        or WAGE.search(left)
        or NO_PRICE.search(left)
        or SAMPLE_BEFORE.search(left)
        or SAMPLE_AFTER.match(text, after)
        or GIVEN_AWAY.match(text, after)
    )


def _stock(text: str, start: int, after: int, left: str) -> tuple[int, int] | None:
    """Where a number with words for a stock begins and ends: 库存 300, 200 in stock."""
    if ahead := STOCK_BEFORE.search(left):
        return start - (len(left) - ahead.start()), after
    behind = STOCK_AFTER.match(text, after)
    return (start, behind.end()) if behind else None


def _is_small(row: UnitWord, value: float) -> bool:
    if row.written == "号" and value <= _DAYS:
        return True  # a day of the month
    if row.unit in _LARGE_KINDS and row.written != "g":
        return False
    return value < _FEW


def _is_tier(text: str, end: int, after: int, left: str) -> bool:
    return text[end - 1] == "+" or bool(OPEN_END.match(text, after) or LEAST_COUNTED.search(left))


def _period(text: str, start: int, after: int) -> tuple[int, str | None, int]:
    """Where the figure begins with its period, which it is, and where the figure ends."""
    begin, period = start, None
    for match in PERIOD_BEFORE.finditer(text, max(0, start - 24), start):
        if PERIOD_GAP.fullmatch(text, match.end(), start):
            begin, period = match.start(), match.lastgroup
    later = PERIOD_AFTER.match(text, after)
    if later is None:
        return begin, period, after
    return begin, period or later.lastgroup, later.end()
