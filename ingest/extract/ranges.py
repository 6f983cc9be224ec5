"""Ranges: two numbers of one kind, which give no value (0.5-0.8一条, 5毛到8毛, $30 - $50)."""

import re
from typing import Final

from ingest.extract.figure import Figure, range_problem
from ingest.extract.money_words import NUMBER, PERCENT, RANGE, RANGE_NEAR
from ingest.extract.numbers_of import number

_SIGNS: Final = "¥￥$€£"


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
        exact = text[second - 1] in _SIGNS or match[0][-1] in "百千" or "." in match[0]
        percent = PERCENT.match(text, match.end())
        if not (money or term or unit or match["m"] or exact or percent):
            return Figure(start, end, "none", 0)
        return range_problem(text, start, term.end() if term else end)

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
