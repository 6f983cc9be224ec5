"""A sum with a currency beside a count of records: too dear for one of them, it is for all."""

from collections.abc import Iterator, Sequence
from typing import Final

from ingest.extract.figure import Figure
from ingest.extract.money_words import HAN
from ingest.extract.natural import is_records
from ingest.extract.tokens import Token
from ingest.records import Price

_FEWEST: Final = 500
_LEAST: Final = 50
_RECORDS: Final = frozenset({"record", "other", None})
_EACH: Final = 2
_FOR: Final = {"record": 1, "each": 1, "unit": 1, "thousand": 1000, "ten_thousand": 10_000}
_PIECES: Final = frozenset({None, "record", "unit", "query", "each"})
_FAR_MORE: Final = 500
_SEVERAL: Final = 5
_LEAST_PART: Final = 0.5
_LOWEST: Final = 0.1
"""A sum for all is no lower than this part of what they cost one by one."""
_MANY_TIMES: Final = 50
"""So many times the price of one is no other price of one."""
_UNSAID: Final = frozenset({None, "USD", "USDT", "forum_coin"})
"""Sums without a currency, and dollars, stand as often for what nobody says."""


def is_for_all(price: Price, figures: Sequence[Figure], products: Sequence[Token]) -> bool:
    """84万家 三百五十块: whether a price that says nothing of it is for the records counted."""
    if price.per or price.min_quantity or price.currency in _UNSAID or price.value < _LEAST:
        return False
    if price.quote[0] not in HAN and not price.quote[0].isdecimal():
        return False  # ¥700, 台幣八萬
    if not products or not all(is_records(goods.id) for goods in products):
        return False
    counts = [f for f in figures if f.kind == "quantity" and f.unit in _RECORDS]
    if len(counts) != 1 or counts[0].period or counts[0].high:
        return False
    return counts[0].value >= max(_FEWEST, price.value / _EACH)


def buys_all(price: Figure | Price, figures: Sequence[Figure]) -> bool:
    """2万条 五毛一条 ... 3000块: whether a sum is about what all that is counted would cost.

    With a price for each of so many, the words in front of such a sum need not be known.
    """
    if price.per not in _PIECES or price.value < _LEAST:
        return False
    times = _MANY_TIMES if price.per is None else _FAR_MORE
    return any(
        lowest * each * count <= price.value <= each * count
        and price.value >= min(times, count * _LEAST_PART) * each
        for each, count, lowest in _counted(price, figures)
    )


def _counted(
    price: Figure | Price, figures: Sequence[Figure]
) -> Iterator[tuple[float, float, float]]:
    """What one of the goods costs, how many there are, and how little is paid for all."""
    counts = [f for f in figures if f.kind == "quantity" and not f.period and not f.high]
    for one in figures:
        parts = _FOR.get(one.per or "")
        if one.kind != "price" or parts is None or not _alike(one, price):
            continue
        for count in counts:
            if count.unit in _RECORDS and one.per != "unit":
                yield one.value / parts, count.value, _LOWEST
            elif one.per == "unit" == price.per or count.unit != one.unit:
                continue
            elif price.per is None and count.value >= _SEVERAL:
                yield one.value, count.value, _LEAST_PART


def _alike(one: Figure, other: Figure | Price) -> bool:
    """Whether two sums may be in one currency."""
    return None in {one.currency, other.currency} or one.currency == other.currency
