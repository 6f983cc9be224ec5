"""Sums of money and names of escrow services inside an act."""

import re
from functools import cached_property
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick

from ingest.extract.acts.phrases import AMOUNT, alternatives, sum_pattern
from ingest.lexicon.tables import Lexicon
from ingest.text.late import late
from ingest.text.scan import encodable

_MULTIPLIERS: Final = {"w": 10_000, "万": 10_000, "k": 1_000, "千": 1_000, "亿": 100_000_000}
_NUMBER: Final = re.compile(AMOUNT)
_DIGIT: Final = re.compile("[0-9]")
_UNNAMED: Final = frozenset({"generic", "group_types", "dispute", "finalise"})


class Sum(NamedTuple):
    value: float
    currency: str | None


class Money:
    """Reads sums and short prices, and finds the services that the lexicon names."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._currencies = {each.written: each for each in lexicon.currencies}
        counted = (each.written for each in lexicon.units)
        self._words = AhoCorasick(sorted({"$", *self._currencies, *counted}))
        services = {
            term: sense.canonical
            for term, senses in lexicon.terms_of("escrow")
            for sense in senses
            if sense.category == "escrow" and sense.canonical.rsplit("/", 1)[-1] not in _UNNAMED
        }
        self._services = services
        self._service = late(alternatives(list(services)) or "(?!)")

    @cached_property
    def _sum(self) -> re.Pattern[str]:
        return re.compile(sum_pattern(self._lexicon))

    @cached_property
    def _price(self) -> re.Pattern[str]:
        units = alternatives(each.written for each in self._lexicon.units)
        written = sum_pattern(self._lexicon)
        per = rf"(?:一|每|/|per\s|a\s|1)\s?(?:{units})"
        return re.compile(
            rf"(?:约|大概)?(?:{written}(?:\s?{per})?|{AMOUNT}\s?{per}|(?:一|每|1)(?:{units})\s?{written})"
            rf"(?:\s*[,，]?\s*{AMOUNT}\s?(?:{units})?\s?起?)?"
        )

    def sum_in(self, text: str, start: int, end: int) -> Sum | None:
        """The first sum inside a span."""
        found = self._sum.search(text, start, end)
        return self._value(found[0]) if found else None

    def may_price(self, text: str) -> bool:
        """Whether a text holds a unit or a currency, as every price does."""
        return bool(self._words.find_matches_as_indexes(encodable(text)))

    def may_be_price(self, text: str) -> bool:
        """Whether a text holds a digit, as every price does."""
        return _DIGIT.search(text) is not None

    def is_price(self, text: str) -> bool:
        """Whether a text is a price and nothing else."""
        return (
            self.may_be_price(text)
            and self.may_price(text)
            and self._price.fullmatch(text) is not None
        )

    def service_in(self, text: str, start: int, end: int) -> str | None:
        """The one escrow service named inside a span; None for none or several."""
        found = {self._services[match[0]] for match in self._service.finditer(text, start, end)}
        return found.pop() if len(found) == 1 else None

    def _value(self, written: str) -> Sum | None:
        number = _NUMBER.search(written)
        if number is None:
            return None
        digits = number[0].replace(",", "").strip()
        factor = _MULTIPLIERS.get(digits[-1], 1)
        value = float(digits.rstrip("wk万千亿 ")) * factor
        word = (written[: number.start()] + written[number.end() :]).strip()
        currency = self._currencies.get(word) or self._currencies.get("$" if "$" in word else "")
        if currency is None:
            return Sum(value, None)
        return Sum(value * currency.factor, currency.currency)
