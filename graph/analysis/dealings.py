"""From dated pieces of evidence to dealings: who passed which goods to whom, and when."""

import json
import math
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from evidence.archive.archive import Archive

DAY = 86_400
SAME_DEALING = 14 * DAY
"""Pieces between two parties about the same goods this close in time (s) are one dealing."""


class Piece(msgspec.Struct, frozen=True):
    """One piece of evidence that `giver` passed goods to `taker`; `utc` None where undated."""

    giver: str
    taker: str
    product: str | None
    utc: int | None
    confidence: float
    evidence: str
    posts: tuple[str, ...]
    listings: tuple[str, ...]


class Dealing(msgspec.Struct, frozen=True):
    """Pieces taken together; `confidence` is their noisy-or. Times in UTC seconds, or None."""

    giver: str
    taker: str
    product: str | None
    first: int | None
    last: int | None
    confidence: float
    pieces: tuple[Piece, ...]

    @property
    def posts(self) -> list[str]:
        """Ids of all posts behind it, each once."""
        return list(dict.fromkeys(post for piece in self.pieces for post in piece.posts))

    @property
    def listings(self) -> list[str]:
        """Ids of all listings behind it, each once."""
        return list(dict.fromkeys(name for piece in self.pieces for name in piece.listings))


def read_pieces(
    archive: Archive,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    product: str | None = None,
) -> list[Piece]:
    """The pieces with a direction of goods, by id of the parties and time."""
    rows = archive.connection.execute(
        "SELECT giver, taker, product, utc, confidence, evidence, posts, listings FROM tie_piece "
        "WHERE giver IS NOT NULL AND taker IS NOT NULL AND giver <> taker "
        "AND (:since IS NULL OR utc >= :since) AND (:until IS NULL OR utc < :until) "
        "AND (:product IS NULL OR product IS NULL OR product = :product) "
        "ORDER BY giver, taker, product, utc, posts",
        {
            "since": None if since is None else int(since.timestamp()),
            "until": None if until is None else int(until.timestamp()),
            "product": product,
        },
    )
    return [
        Piece(giver, taker, goods, utc, sure, kind, _ids(posts), _ids(listings))
        for giver, taker, goods, utc, sure, kind, posts, listings in rows
    ]


def dealings(pieces: Iterable[Piece]) -> list[Dealing]:
    """Dealings by parties, goods and time; a piece without goods joins a near one that has some."""
    pairs: dict[tuple[str, str], list[Piece]] = {}
    for piece in pieces:
        pairs.setdefault((piece.giver, piece.taker), []).append(piece)
    return [dealing for pair in sorted(pairs) for dealing in _of_pair(pairs[pair])]


def _ids(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _of_pair(pieces: Sequence[Piece]) -> list[Dealing]:
    named = sorted((p for p in pieces if p.product is not None), key=_by_goods)
    groups: list[list[Piece]] = []
    for piece in named:
        if groups and groups[-1][-1].product == piece.product and _near(groups[-1][-1], piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    goods_known = len(groups)
    for piece in sorted((p for p in pieces if p.product is None), key=_by_time):
        near = [group for group in groups if any(_near(other, piece) for other in group)]
        # Two goods near by leave open which one was meant: then it stays a dealing of its own.
        host = near[0] if len(near) == 1 else _last_unknown(groups[goods_known:], piece)
        if host is None:
            groups.append([piece])
        else:
            host.append(piece)
    return [_dealing(group) for group in groups]


def _last_unknown(groups: list[list[Piece]], piece: Piece) -> list[Piece] | None:
    return groups[-1] if groups and _near(groups[-1][-1], piece) else None


def _near(first: Piece, second: Piece) -> bool:
    if first.utc is None or second.utc is None:
        return first.utc is second.utc
    return abs(first.utc - second.utc) <= SAME_DEALING


def _by_goods(piece: Piece) -> tuple[str, int, tuple[str, ...]]:
    return piece.product or "", *_by_time(piece)


def _by_time(piece: Piece) -> tuple[int, tuple[str, ...]]:
    return -1 if piece.utc is None else piece.utc, piece.posts


def _dealing(pieces: Sequence[Piece]) -> Dealing:
    times = [piece.utc for piece in pieces if piece.utc is not None]
    product = next((piece.product for piece in pieces if piece.product is not None), None)
    return Dealing(
        giver=pieces[0].giver,
        taker=pieces[0].taker,
        product=product,
        first=min(times, default=None),
        last=max(times, default=None),
        confidence=1 - math.prod(1 - piece.confidence for piece in pieces),
        pieces=tuple(pieces),
    )
