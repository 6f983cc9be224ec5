"""The rows of a store, by its query language."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from graph.offers.columns import Tables, table_of
from graph.offers.rows import Escrow, Good, Price
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


class Asked:
    """Each reading asks the store, which may read a whole graph for it."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store

    def goods(self, since: datetime | None = None, until: datetime | None = None) -> Iterator[Good]:
        """Products of listings."""
        given = {"since": since, "until": until}
        for row in self._store.run(_GOODS, given, columns=_COLUMNS).rows:
            yield Good(
                int(row["at"].timestamp()),
                row["listing"],
                row["product"],
                row["act"] == "OFFERS",
                row["account"],
                row["seller"],
                row["text"],
                row["post"],
                row["venue"],
            )

    def escrow(self) -> Iterator[Escrow]:
        """Guarantees of all listings."""
        columns = Escrow.__struct_fields__
        for row in self._store.run(_ESCROW, columns=columns).rows:
            yield Escrow(*(row[name] for name in columns))

    def prices(self) -> Iterator[Price]:
        """Unit prices of all listings."""
        columns = Price.__struct_fields__
        for row in self._store.run(_PRICES, columns=columns).rows:
            yield Price(*(row[name] for name in columns))


def tables_of(store: GraphStore) -> Tables:
    """All rows of a store."""
    asked = Asked(store)
    return Tables(
        table_of(Good, [*asked.goods()]),
        table_of(Escrow, [*asked.escrow()]),
        table_of(Price, [*asked.prices()]),
    )
