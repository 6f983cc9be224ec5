"""What a picture of a product ranking shows: mentions, and asked prices a record by month."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from evidence.archive.archive import Archive
from graph.analysis.goods import plain_name
from graph.analysis.months import MonthColumn, months, watched_venues

PRODUCTS = 30
"""Longer rankings would not fit one picture."""
SERIES = 12
"""Small charts of prices in one picture."""
COUNTS = """
MATCH (l:Listing)-[:OFFERS]->(p:Product)
WHERE p.id IN $products AND l.posted_at IS NOT NULL
  AND ($since IS NULL OR l.posted_at >= $since) AND ($until IS NULL OR l.posted_at < $until)
MATCH (l)-[:QUOTES]->(q:PriceQuote {kind: 'unit_price'})
RETURN p.id AS product, q.currency AS currency, q.per AS per, count(DISTINCT l) AS listings
ORDER BY listings DESC, product, currency, per
"""
"""How many listings quote a price, by currency and unit."""
LISTINGS = """
MATCH (l:Listing)-[:OFFERS]->(p:Product {id: $product})
RETURN l.id AS listing ORDER BY listing LIMIT 200
"""
"""Some listings of a product: their words are its name in the trade."""
MENTIONS = (
    "Mentions in all collected posts, chatter and copies too: at most one a product and post. "
    "Text families count a copied text once. In brackets: the place by that count, where another."
)
PRICES = (
    "Prices: asked, not paid; one quote a text family, seller and month, the lowest. Nothing is "
    "converted. Each chart has its own scale, from zero."
)
_ZONE = ZoneInfo("UTC")


class Ranked(msgspec.Struct, frozen=True):
    """A product with its mentions, and its place by each count."""

    product: str
    name: str
    posts: int
    clusters: int
    sellers: int
    rank: int
    rank_clusters: int
    rank_sellers: int


class Quoted(msgspec.Struct, frozen=True):
    """Prices a record of one month."""

    month: str
    quotes: int
    sellers: int
    median: float
    p25: float
    p75: float


class PriceSeries(msgspec.Struct, frozen=True):
    """One product in one currency, months in order."""

    product: str
    name: str
    currency: str
    months: list[Quoted]

    @property
    def quotes(self) -> int:
        """Of all months."""
        return sum(one.quotes for one in self.months)


class PriceSketch(msgspec.Struct, frozen=True):
    """All that is drawn; `months`: those of all series, the unwatched between them too.

    `empty`: why there is nothing to draw, else "".
    """

    ranking: list[Ranked]
    series: list[PriceSeries]
    months: list[MonthColumn]
    selection: list[str]
    notes: list[str]
    empty: str


def ranked(rows: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> list[Ranked]:
    """Rows of the query `market.product_ranking`; `names`: product id -> name, where known."""
    return [
        msgspec.convert(
            {**row, "name": names.get(row["product"], plain_name(row["product"]))}, Ranked
        )
        for row in rows
    ]


def series(product: str, currency: str, rows: Iterable[Mapping[str, Any]]) -> PriceSeries:
    """Rows of the query `market.price_per_record`."""
    listed = [msgspec.convert(row, Quoted) for row in rows]
    return PriceSeries(product, plain_name(product), currency, listed)


def month_columns(archive: Archive, listed: Sequence[PriceSeries]) -> list[MonthColumn]:
    """From the first to the last month of the series; watched: any post collected in it."""
    names = sorted({one.month for line in listed for one in line.months})
    if not names:
        return []
    found = months(_first(names[0]), _first(names[-1]), _ZONE, cut=(None, None))
    watched = watched_venues(archive, found)
    return [
        MonthColumn(one.name, one.start, one.end, one.name in names or bool(watched[one.name]))
        for one in found
    ]


def _first(month: str) -> datetime:
    return datetime.fromisoformat(f"{month}-01").replace(tzinfo=UTC)


def left_out(counted: Sequence[Mapping[str, Any]], drawn: Sequence[PriceSeries]) -> list[str]:
    """What the charts of prices do not hold; `counted`: rows of `COUNTS`."""
    shown = {(one.product, one.currency) for one in drawn}
    record = [row for row in counted if row["per"] == "record"]
    known = [row for row in record if row["currency"] is not None]
    parts = {
        "for another unit than a record": sum(
            row["listings"] for row in counted if row["per"] not in (None, "record")
        ),
        "without a unit": sum(row["listings"] for row in counted if row["per"] is None),
        "without a currency": sum(row["listings"] for row in record if row["currency"] is None),
        f"in series beyond the {SERIES} drawn": sum(
            row["listings"] for row in known if (row["product"], row["currency"]) not in shown
        ),
    }
    told = [f"{n} {words}" for words, n in parts.items() if n]
    return [f"Listings with prices that are not drawn: {', '.join(told)}."] if told else []
