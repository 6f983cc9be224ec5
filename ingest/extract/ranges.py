"""Ranges: two numbers of one kind (0.5-0.8一条, 5毛到8毛, $30 - $50)."""

import re
from typing import Final

from ingest.extract.figure import Figure, range_problem
from ingest.extract.money_words import (
    NUMBER,
    PERCENT,
    PERIOD_AFTER,
    PERIOD_BEFORE,
    PERIOD_GAP,
    RANGE,
    RANGE_NEAR,
    SHARE,
)
from ingest.extract.numbers_of import number

_BACK: Final = 12
_AHEAD: Final = 2
"""How far into the number a period looks (日300)."""
_SCALES: Final = {"k": 1000, "千": 1000, "w": 10_000, "万": 10_000, "m": 1_000_000}
_FEWEST: Final = 100
_FEW: Final = 10
_HOURS: Final = 24
"""Up to here a range behind a day may say when, not how many."""
_YEARS: Final = range(1950, 2051)
_SMALL: Final = 100
_CLOCK: Final = frozenset("点:时")
_SIGNS: Final = frozenset("¥￥$€£")
_PRICE_NEXT: Final = re.compile(
    r"[ :=,→-]{0,3}[$€£¥]?(?:\d|[一二两三四五六七八九]{1,3}[毛块分角元])"
)


class Ranges:
    """Reads what follows the first number of a range.

    `money`, `unit`, `term`: what may stand behind a number.
    """

    def __init__(
        self, money: re.Pattern[str], unit: re.Pattern[str], term: re.Pattern[str]
    ) -> None:
        self._money, self._unit, self._term = money, unit, term

    def read(self, text: str, start: int, end: int, first: float) -> Figure | None:
        """A problem; kind `none` where it is no range of goods or money, None where it is none."""
        second = RANGE.match(text, end)
        if second and not text[second.end() :].startswith(("年", "月")):
            return self._of_numbers(text, start, second.end(), first)
        return self._of_words(text, start, end, first) if RANGE_NEAR.match(text, end) else None

    def _of_numbers(self, text: str, start: int, second: int, first: float) -> Figure | None:
        match = NUMBER.match(text, second)
        if match is None:
            return Figure(start, second, "none", 0)
        last = number(match[0])
        if last is not None and last < first:
            return None  # 22k - 0.09 usd: a quantity and its price
        money = self._money.match(text, match.end())
        end = money.end() if money else match.end()
        term, unit = self._term.match(text, end), self._unit.match(text, end)
        percent = PERCENT.match(text, match.end()) or _points(text, start, match.end())
        signed = text[second - 1] in _SIGNS or text[start - 1 : start] in _SIGNS
        opens = first == 1 and last and last >= _FEWEST and not match["m"]
        if opens and unit and _PRICE_NEXT.match(text, unit.end()):
            return Figure(start, unit.end(), "none", 0)  # 1-999条 1.2
        if not (money or term or percent or signed) and (low := lower(first, last, match)):
            exact = bool(unit or match["m"] or match[0][-1] in "百千")
            return self._span(text, start, unit.end() if unit else end, low, exact=exact)
        exact = signed or match[0][-1] in "百千" or "." in match[0]
        many = first >= _FEWEST or (first >= _FEW and last is not None and last > _HOURS)
        flows = many and text[end : end + 1] not in _CLOCK and _flows(text, start)
        if not (money or term or unit or match["m"] or exact or percent or flows):
            return Figure(start, end, "none", 0)
        return range_problem(text, start, term.end() if term else end)

    def _span(self, text: str, start: int, end: int, low: float, *, exact: bool) -> Figure:
        """A range of goods: the lower end is the least order of a price beside it."""
        words = range_problem(text, start, end).words if exact else ""
        if _flows(text, start):
            return range_problem(text, start, end)
        if PERIOD_AFTER.match(text, end):
            return Figure(start, end, "problem" if words else "none", low, words=words)
        return Figure(start, end, "span", low, words=words)

    def _of_words(self, text: str, start: int, end: int, first: float) -> Figure | None:
        """5毛到8毛, 3000条到5000条: both numbers have the same kind of word."""
        money = self._money.match(text, end)
        word = money or self._unit.match(text, end)
        second = RANGE.match(text, word.end()) if word else None
        match = NUMBER.match(text, second.end()) if second else None
        last = number(match[0]) if match else None
        if match is None or last is None or last < first:
            return None
        behind = (self._money if money else self._unit).match(text, match.end())
        if behind is None:
            return None
        term = self._term.match(text, behind.end())
        return range_problem(text, start, term.end() if term else behind.end())


def _points(text: str, start: int, end: int) -> bool:
    """8-10个点, 佣金3-5点: shares of a sum."""
    if text.startswith("个点", end):
        return True
    return text.startswith("点", end) and bool(SHARE.search(text, max(0, start - _BACK), start))


def _flows(text: str, start: int) -> bool:
    """Whether a period stands in front: so many come in that time."""
    return any(
        PERIOD_GAP.fullmatch(text, match.end(), start)
        for match in PERIOD_BEFORE.finditer(text, max(0, start - _BACK), start + _AHEAD)
        if match.end() <= start
    )


def lower(first: float, last: float | None, match: re.Match[str]) -> float:
    """The lower end of a range of goods (1-5k条, 5000-2w, 1k-10k); 0 where it is none."""
    scale = _SCALES.get(match[0].rstrip("+")[-1:], 1)
    if last is None or (match["m"] is None and (last < _FEWEST or last in _YEARS)):
        return 0
    low = first * scale if first < last / scale and first < _SMALL else first
    return low if low > 1 else 0
