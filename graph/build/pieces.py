"""Dated pieces of evidence for ties between accounts, one a row of the archive's table."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from graph.build.rows import Account, ListingRecord, Post

TieType = Literal["SUPPLIES", "BUYS_FROM", "BROKERS_FOR", "RECRUITS", "INTERACTS_WITH"]
Side = Literal["supply", "demand"]

# Shares of pieces that told who gave to whom rightly, over the development worlds of
# `benchmarks/worlds` (seed 5); agents, recruitment and vouches are too few there and keep the
# proposals of the table "from evidence to tie".
CONFIDENCE = {
    "escrow_notice": 0.9,
    "agent_of": 0.7,
    "received": 0.8,
    "dealt": 0.8,
    "receipt": 0.8,
    "taken_up": 0.5,
    "answered": 0.45,
    "recruited": 0.5,
    "forward": 0.2,
    "vouch": 0.3,
    "one_way_reply": 0.1,
}
_BASIS = {
    "escrow_notice": "escrow_notice",
    "agent_of": "explicit_text",
    "received": "explicit_text",
    "forward": "forward",
}


LIKELY_TABLE = """
CREATE TABLE IF NOT EXISTS tie_goods (
  n INTEGER PRIMARY KEY REFERENCES tie_piece(n) ON DELETE CASCADE,
  likely TEXT NOT NULL
) STRICT
"""


class Likely(msgspec.Struct, frozen=True, array_like=True):
    """Goods (node id -> share, the largest first) and what speaks for the likeliest.

    `signs`: `words`, `listing` (among the posts), `offers` of the giver, `requests` of the taker,
    `between` (other dealings of the two), the strongest first; `listings`: nearest such adverts.
    """

    shares: dict[str, float]
    signs: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()

    def sure(self, share: float) -> str | None:
        """The likeliest goods where they have at least so large a share."""
        best = next(iter(self.shares), None)
        return best if best is not None and self.shares[best] >= share else None


class Piece(msgspec.Struct, frozen=True):
    """One piece: who to whom, about which goods (node id), by which posts in order of time."""

    evidence: str
    type: TieType
    start: Account
    end: Account
    product: str | None
    posts: tuple[Post, ...]
    listings: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    side: Side | None = None
    commission: float | None = None
    beside: str = ""
    """For a vouch: the evidence of the tie that it strengthens."""
    likely: Likely | None = None
    """What the goods are where all signs are weighed; `product` is what is told."""

    @property
    def confidence(self) -> float:
        return CONFIDENCE[self.evidence]

    @property
    def modality(self) -> str:
        claimed = ("escrow_notice", "agent_of", "received")
        return "claimed" if (self.beside or self.evidence) in claimed else "derived"

    @property
    def basis(self) -> str:
        return _BASIS.get(self.beside or self.evidence, "conversation")

    @property
    def utc(self) -> int | None:
        """Time of the last post."""
        return max((post.utc for post in self.posts if post.utc is not None), default=None)

    @property
    def goods(self) -> tuple[str, str] | None:
        """Account ids of giver and taker, None where the tie has no direction of goods."""
        ends = (self.start.id, self.end.id)
        if self.type == "RECRUITS":
            return None
        if self.type == "SUPPLIES" or (self.type == "BROKERS_FOR" and self.side == "demand"):
            return ends
        return ends[1], ends[0]

    @property
    def order(self) -> tuple[str, ...]:
        posts = ",".join(post.id for post in self.posts)
        ends = (self.type, self.start.id, self.end.id, self.product or "", self.side or "")
        return (f"{self.utc or 0:020d}", self.evidence, *ends, posts)


def listing_products(listings: Iterable[ListingRecord]) -> list[str]:
    """Lexicon ids of the goods in listings, in their order, each once."""
    return list(dict.fromkeys(p.id for listing in listings for p in listing.body.products))


def store_pieces(connection: sqlite3.Connection, pieces: Sequence[Piece]) -> None:
    """Replaces the archive's tables of pieces and of their likely goods."""
    connection.execute(LIKELY_TABLE)
    connection.execute("DELETE FROM tie_goods")
    connection.execute("DELETE FROM tie_piece")
    connection.executemany(
        "INSERT INTO tie_piece (n, evidence, type, from_id, to_id, giver, taker, product, side,"
        " commission, modality, basis, confidence, utc, posts, listings)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((n, *_row(piece)) for n, piece in enumerate(pieces, 1)),
    )
    connection.executemany(
        "INSERT INTO tie_goods VALUES (?, ?)",
        (
            (n, msgspec.json.encode(piece.likely).decode())
            for n, piece in enumerate(pieces, 1)
            if piece.likely is not None
        ),
    )


def _row(piece: Piece) -> tuple[object, ...]:
    giver, taker = piece.goods or (None, None)
    return (
        piece.evidence,
        piece.type,
        piece.start.id,
        piece.end.id,
        giver,
        taker,
        piece.product,
        piece.side,
        piece.commission,
        piece.modality,
        piece.basis,
        piece.confidence,
        piece.utc,
        msgspec.json.encode([post.id for post in piece.posts]).decode(),
        msgspec.json.encode(piece.listings).decode(),
    )
