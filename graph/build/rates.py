"""Dated exchange rates: yuan for one unit of a currency, over stretches of days.

The rates that ship are yearly averages of the official rate and of no other currency than the
US dollar (`rates.tsv` names their source). A day without a rate is not converted.
"""

import csv
import math
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import msgspec

from evidence.errors import InputError

YUAN: Final = "CNY"
DOLLAR: Final = "USD"
COLUMNS: Final = ("currency", "from", "to", "cny", "source")
_HINT: Final = "Columns: currency,from,to,cny,source with days as 2021-03-04, one row a stretch."


class Rate(msgspec.Struct, frozen=True):
    """What one unit cost in yuan from day to day, both included; `source` says who states it."""

    currency: str
    first: date
    last: date
    cny: float
    source: str

    @property
    def words(self) -> str:
        """The rate with its days, as a row shows it."""
        days = f"{self.first}" if self.first == self.last else f"{self.first}/{self.last}"
        return f"1 {self.currency} = {self.cny:g} CNY, {days}"


class Converted(msgspec.Struct, frozen=True):
    """A price in yuan and dollars; `rates`: those that were needed."""

    cny: float | None
    usd: float | None
    rates: tuple[Rate, ...] = ()

    @property
    def day(self) -> date | None:
        """The last day of the rates; None where nothing was converted."""
        return max([rate.last for rate in self.rates], default=None)


class Rates:
    """Rates by currency; where stretches overlap the later in the list holds."""

    def __init__(self, rates: Iterable[Rate]) -> None:
        self.listed = tuple(rates)
        self._by: dict[str, list[Rate]] = {}
        for rate in self.listed:
            self._by.setdefault(rate.currency, []).insert(0, rate)
        self._known: dict[tuple[str, date], Rate | None] = {}

    def at(self, currency: str, day: date) -> Rate | None:
        """The rate of a day, if there is one; asked for many prices of few days."""
        asked = (currency, day)
        if asked in self._known:
            return self._known[asked]
        found = self._by.get(currency, ())
        held = next((rate for rate in found if rate.first <= day <= rate.last), None)
        self._known[asked] = held
        return held

    def convert(self, value: float, currency: str | None, day: date | None) -> Converted:
        """The value in both currencies as far as rates of the day are known."""
        if currency is None:
            return Converted(None, None)
        own = None if currency == YUAN or day is None else self.at(currency, day)
        cny = value if currency == YUAN else None if own is None else value * own.cny
        if currency == DOLLAR:
            return Converted(cny, value, _used(own))
        dollar = None if day is None else self.at(DOLLAR, day)
        usd = None if cny is None or dollar is None else cny / dollar.cny
        return Converted(cny, usd, _used(own, dollar if usd is not None else None))


def _used(*rates: Rate | None) -> tuple[Rate, ...]:
    return tuple(rate for rate in rates if rate is not None)


@cache
def shipped() -> Rates:
    """The rates that come with the program."""
    return Rates(_shipped())


def with_file(path: Path) -> Rates:
    """The shipped rates with those of a user's CSV file over them. Raises InputError."""
    return Rates([*_shipped(), *read_rates(path)])


def read_rates(path: Path) -> list[Rate]:
    """Rates of a CSV file with the columns of `COLUMNS`. Raises InputError with the line."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path.name} cannot be read: {error}", hint=_HINT, where={"file": str(path)}
        ) from error
    reader = csv.DictReader(text.splitlines())
    if missing := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
        told = f"{path.name} has no column {', '.join(missing)}"
        raise InputError(told, hint=_HINT, where={"file": str(path), "line": 1})
    return [_read(row, path, reader.line_num) for row in reader]


def _read(row: Mapping[str, str | None], path: Path, line: int) -> Rate:
    try:
        return _rate(row)
    except (TypeError, ValueError) as error:
        where: dict[str, str | int] = {"file": str(path), "line": line}
        raise InputError(f"no rate: {error}", hint=_HINT, where=where) from error


def _rate(row: Mapping[str, str | None]) -> Rate:
    currency, first, last, cny, source = ((row[name] or "").strip() for name in COLUMNS)
    if not currency or not source:
        raise ValueError("the currency or the source is empty")
    rate = Rate(
        currency.upper(), date.fromisoformat(first), date.fromisoformat(last), float(cny), source
    )
    if not (rate.first <= rate.last and rate.cny > 0 and math.isfinite(rate.cny)):
        raise ValueError("days in the wrong order, or a rate that is not above 0")
    return rate


@cache
def _shipped() -> tuple[Rate, ...]:
    text = files("graph.build").joinpath("rates.tsv").read_text("utf-8")
    return tuple(_rate(row) for row in csv.DictReader(text.splitlines(), delimiter="\t"))
