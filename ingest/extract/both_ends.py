"""The values of both ends of a range: 0.5-0.8元一条, 每天八千到一万条."""

import re
from decimal import Decimal

from ingest.extract.amounts import period_before
from ingest.extract.figure import Figure
from ingest.extract.numbers_of import number
from ingest.extract.ranges import lower


def both_ends(
    text: str,
    found: Figure,
    first: tuple[float, Figure | None],
    last: tuple[re.Match[str], Figure | None],
    reach: int,
) -> Figure:
    """A range with the values of both ends, or the range as found where no word says what it is.

    `first`: the lower number and the price that it is; `last`: the upper number and what it is;
    `reach`: characters in front of the range that belong to it.
    """
    (value, low), (second, high) = first, last
    if high is None:
        return _flow(text, found, value, number(second[0]), reach)
    if high.words or high.high:
        return found
    if high.kind == "price":
        return _prices(found, value, low, second, high) or found
    begin, period = period_before(text, found.start, found.start - reach)
    period = high.period or period
    if high.kind != "quantity" or not (high.unit or period):
        return found
    value = lower(value, number(second[0]), second) or value
    if found.kind == "span" and not period:
        return found._replace(unit=high.unit, high=high.value)
    return high._replace(start=begin, value=value, period=period, high=high.value)


def _flow(text: str, found: Figure, value: float, last: float | None, reach: int) -> Figure:
    """单日新增400~600: bare numbers behind a period count what comes in."""
    begin, period = period_before(text, found.start, found.start - reach)
    if period is None or last is None or found.kind == "span":
        return found
    return Figure(begin, found.end, "quantity", value, period=period, high=last)


def _prices(
    found: Figure, value: float, low: Figure | None, second: re.Match[str], high: Figure
) -> Figure | None:
    money = high.currency or (low.currency if low else None)
    if not (money or high.per):
        return None
    if low is None:
        last = number(second[0]) or 1
        scale = Decimal(str(high.value)) / Decimal(str(last))
        exact = Decimal(str(lower(value, last, second) or value)) * scale
        value = int(exact) if exact == exact.to_integral_value() else float(exact)
        return high._replace(start=found.start, value=value, currency=money, high=high.value)
    if low.per and not high.per:
        high = high._replace(per=low.per, unit=low.unit)
    return high._replace(start=low.start, value=low.value, currency=money, high=high.value)
