"""A sum with a currency beside a count of records: too dear for one of them, it is for all."""

from collections.abc import Sequence
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
