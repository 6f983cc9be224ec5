"""Listings with their goods, sellers and texts, as the market is counted by.

Sellers are actors where a person put accounts together. A text is a cluster of near-duplicate
posts, so that copies are no supply.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec

from evidence.archive.archive import Archive
from graph.analysis.days import local_day
from graph.analysis.group_days import bot_ids
from graph.analysis.metrics import MetricsOptions, Segments, chosen_venues
from graph.analysis.periods import Period, period_of
from graph.store.base import GraphStore

_GOODS: Final = """
MATCH (a:Account|Actor)-[:LISTED]->(l:Listing)-[x:OFFERS|SEEKS]->(p:Product)
WHERE l.posted_at IS NOT NULL
  AND ($since IS NULL OR l.posted_at >= $since) AND ($until IS NULL OR l.posted_at < $until)
MATCH (l)-[:EXPRESSED_IN]->(po:Post)
OPTIONAL MATCH (po)-[:IN_VENUE]->(v:Venue)
OPTIONAL MATCH (po)-[:IN_CLUSTER]->(t:TextCluster)
OPTIONAL MATCH (a)-[:RESOLVED_TO]->(x2:Actor)
RETURN l.id AS listing, type(x) AS act, p.id AS product, a.id AS account,
       coalesce(x2.id, a.id) AS seller,
       coalesce(t.id, po.id) AS text, po.id AS post, v.id AS venue, l.posted_at AS at
ORDER BY at, listing, product, act, seller
"""
_COLUMNS: Final = (
    "listing", "act", "product", "account", "seller", "text", "post", "venue", "at",
)  # fmt: skip
_ESCROW: Final = """
MATCH (l:Listing)-[c:ACCEPTS_ESCROW]->(e:EscrowService)
RETURN l.id AS listing, e.id AS escrow, e.name AS name, c.named AS named
ORDER BY listing, escrow
"""
_PRICES: Final = """
MATCH (l:Listing)-[:QUOTES]->(q:PriceQuote {kind: 'unit_price'})
WHERE q.value IS NOT NULL
RETURN l.id AS listing, q.value AS value, q.currency AS currency, q.per AS per, q.raw AS raw,
       l.confidence AS confidence
ORDER BY listing, value, currency, per, raw
"""


class Offer(msgspec.Struct, frozen=True):
    """One product of one listing; `offers`: sold or provided, else wanted. `day`: by number."""

    listing: str
    offers: bool
    product: str
    seller: str
    text: str
    post: str
    venue: str | None
    at: datetime
    day: int


class Escrow(msgspec.Struct, frozen=True):
    """A guarantee that a listing accepts; `named`: by its own name, not any."""

    listing: str
    escrow: str
    name: str
    named: bool


class Price(msgspec.Struct, frozen=True):
    """A unit price that a listing asks."""

    listing: str
    value: float
    currency: str | None
    per: str | None
    raw: str | None
    confidence: float


def read_offers(
    store: GraphStore, archive: Archive, segments: Segments, options: MetricsOptions
) -> list[Offer]:
    """Without a segment and a platform everything, passages of reports too.

    Listings without a time are in no period.
    """
    chosen = chosen_venues(archive, segments, options)
    every = options.segment is None and options.platform is None
    out = bot_ids(archive) if options.exclude_bots else frozenset[str]()
    given = {"since": options.since, "until": options.until}
    return [
        _offer(row, ZoneInfo(options.zone))
        for row in store.run(_GOODS, given, columns=_COLUMNS).rows
        if (every or row["venue"] in chosen) and row["account"] not in out
    ]


def _offer(row: Mapping[str, Any], zone: ZoneInfo) -> Offer:
    return Offer(
        row["listing"],
        row["act"] == "OFFERS",
        row["product"],
        row["seller"],
        row["text"],
        row["post"],
        row["venue"],
        row["at"],
        local_day(row["at"], zone),
    )


def read_escrow(store: GraphStore) -> list[Escrow]:
    """Guarantees of all listings."""
    columns = Escrow.__struct_fields__
    rows = store.run(_ESCROW, columns=columns).rows
    return [Escrow(*(row[name] for name in columns)) for row in rows]


def read_prices(store: GraphStore) -> list[Price]:
    """Unit prices of all listings."""
    columns = Price.__struct_fields__
    rows = store.run(_PRICES, columns=columns).rows
    return [Price(*(row[name] for name in columns)) for row in rows]


def by_period(
    offers: Iterable[Offer], options: MetricsOptions
) -> Iterator[tuple[Period, list[Offer]]]:
    """Offers of each period that has any, in order of time."""
    listed = sorted(offers, key=lambda one: one.day)
    if not listed:
        return
    whole = listed[0].day, listed[-1].day
    period, found = period_of(whole[0], options.by, whole), list[Offer]()
    for one in listed:
        if one.day > period.last:
            yield period, found
            period, found = period_of(one.day, options.by, whole), []
        found.append(one)
    yield period, found
