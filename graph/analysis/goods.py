"""What goods are called where they are traded: the words of the listings behind a triple."""

import json
from collections import Counter
from collections.abc import Sequence

import msgspec

from evidence.archive.archive import Archive
from graph import ids
from graph.build.vocabulary import words

SHOWN = 3


class _Product(msgspec.Struct, frozen=True):
    id: str
    quote: str


class _Body(msgspec.Struct, frozen=True):
    products: tuple[_Product, ...] = ()


_body = msgspec.json.Decoder(_Body).decode


def goods_names(archive: Archive, listings: Sequence[str]) -> dict[str, str]:
    """Product id -> its name with the words that these listings use, the most usual first.

    `product:stock_leads` -> `stock leads (股民料, 股民)`; goods that no listing names are not in.
    """
    said = trade_words(archive, listings)
    return {goods: f"{plain_name(goods)} ({words})" for goods, words in said.items()}


def trade_words(archive: Archive, listings: Sequence[str]) -> dict[str, str]:
    """Product id -> the words that these listings use for it, the most usual first.

    `product:stock_leads` -> `股民料, 股民`; goods that no listing names are not in.
    """
    rows = archive.connection.execute(
        "SELECT body FROM record WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(list(dict.fromkeys(listings))),),
    )
    said: dict[str, Counter[str]] = {}
    for (body,) in rows:
        for product in _body(body).products:
            goods, quote = ids.vocabulary(product.id), " ".join(product.quote.split())
            said.setdefault(goods, Counter())[quote] += 1
    return {goods: _usual(quotes) for goods, quotes in said.items()}


def plain_name(goods: str) -> str:
    """`product:stock_leads` as words."""
    return words(goods.partition(":")[2])


def _usual(quotes: Counter[str]) -> str:
    first = sorted(quotes.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(quote for quote, _ in first[:SHOWN])
