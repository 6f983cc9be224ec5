"""From dated pieces of evidence to dealings: who passed which goods to whom, and when."""

import math
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from evidence.archive.archive import Archive

DAY = 86_400
SAME_DEALING = 14 * DAY
"""Pieces between two parties about the same goods within so long (s) are one dealing."""
STRENGTHENING = "vouch"
"""Evidence that makes a dealing surer and makes none alone: sellers praise buyers too."""
WEAK = "one_way_reply"
"""Evidence that is no tie: buying words that nobody answered."""
FEW_TIES = 3
"""A place in the network that rests on fewer ties is told as unsure."""
_ids = msgspec.json.Decoder(tuple[str, ...]).decode


class Piece(msgspec.Struct, frozen=True, gc=False):
    """One piece of evidence that `giver` passed goods to `taker`; `utc` None where undated."""

    giver: str
    taker: str
    product: str | None
    utc: int | None
    confidence: float
    evidence: str
    posts: tuple[str, ...]
    listings: tuple[str, ...]


class Dealing(msgspec.Struct, frozen=True, gc=False):
    """Pieces taken together; `confidence` is their noisy-or. Times in UTC seconds, or None."""

    giver: str
    taker: str
    product: str | None
    first: int | None
    last: int | None
    confidence: float
    pieces: tuple[Piece, ...]

    @property
    def solid(self) -> bool:
        """Whether more than unanswered words stands behind it."""
        return any(piece.evidence != WEAK for piece in self.pieces)

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
    """The pieces with a direction of goods; with `product` those of unknown goods too."""
    rows = archive.connection.execute(
        "SELECT giver, taker, product, utc, confidence, evidence, posts, listings FROM tie_piece "
        "WHERE giver IS NOT NULL AND taker IS NOT NULL AND giver <> taker "
        "AND (:since IS NULL OR utc >= :since) AND (:until IS NULL OR utc < :until) "
        "AND (:product IS NULL OR product IS NULL OR product = :product)",
        {
            "since": None if since is None else math.ceil(since.timestamp()),
            "until": None if until is None else math.ceil(until.timestamp()),
            "product": product,
        },
    )
    known: dict[str, str] = {}
    once = known.setdefault
    # Each row has strings of its own; a name that comes up often is kept once.
    return [
        Piece(
            once(giver, giver),
            once(taker, taker),
            None if goods is None else once(goods, goods),
            utc,
            sure,
            once(kind, kind),
            _ids(posts),
            _ids(listings),
        )
        for giver, taker, goods, utc, sure, kind, posts, listings in rows
    ]


def known_products(archive: Archive) -> list[str]:
    """Ids of the goods that ties speak of, by name."""
    rows = archive.connection.execute(
        "SELECT DISTINCT product FROM tie_piece WHERE product IS NOT NULL AND giver IS NOT NULL "
        "ORDER BY product"
    )
    return [product for (product,) in rows]


def dealings(pieces: Iterable[Piece]) -> list[Dealing]:
    """Dealings by parties, goods and time; a piece without goods joins a near one that has some."""
    pairs: dict[tuple[str, str], list[Piece]] = {}
    for piece in pieces:
        pairs.setdefault((piece.giver, piece.taker), []).append(piece)
    return [dealing for pair in sorted(pairs) for dealing in _of_pair(pairs[pair])]


def _of_pair(pieces: Sequence[Piece]) -> list[Dealing]:
    if len(pieces) == 1:
        return [] if pieces[0].evidence == STRENGTHENING else [_single(pieces[0])]
    ordered = sorted(pieces, key=_order)
    making = [piece for piece in ordered if piece.evidence != STRENGTHENING]
    groups = _gathered(piece for piece in making if piece.product is not None)
    spans = [_span(group) for group in groups]
    alone: list[Piece] = []
    for piece in making:
        if piece.product is None:
            near = [n for n, span in enumerate(spans) if _touches(span, piece.utc)]
            # Two goods near by leave open which one was meant: then it stays by itself.
            (groups[near[0]] if len(near) == 1 else alone).append(piece)
    groups += _gathered(alone)
    spans = [_span(group) for group in groups]
    for piece in ordered:
        if piece.evidence == STRENGTHENING:
            _strengthen(groups, spans, piece)
    return [_dealing(group) for group in groups]


def _gathered(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Runs of the same goods, each no longer than one dealing from its first piece on."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        first = groups[-1][0] if groups else None
        if first and first.product == piece.product and _together(first.utc, piece.utc):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _together(first: int | None, utc: int | None) -> bool:
    if first is None or utc is None:
        return first is utc
    return utc - first <= SAME_DEALING


def _span(pieces: Iterable[Piece]) -> tuple[int, int] | None:
    times = [piece.utc for piece in pieces if piece.utc is not None]
    return (min(times), max(times)) if times else None


def _touches(span: tuple[int, int] | None, utc: int | None) -> bool:
    if span is None or utc is None:
        return span is None and utc is None
    return span[0] - SAME_DEALING <= utc <= span[1] + SAME_DEALING


def _strengthen(
    groups: Sequence[list[Piece]], spans: Sequence[tuple[int, int] | None], piece: Piece
) -> None:
    for group, span in zip(groups, spans, strict=True):
        if piece.product in (None, group[0].product) and _touches(span, piece.utc):
            group.append(piece)
            return


def _order(piece: Piece) -> tuple[str, int, tuple[str, ...], str, float]:
    utc = -1 if piece.utc is None else piece.utc
    return piece.product or "", utc, piece.posts, piece.evidence, piece.confidence


def _dealing(pieces: Sequence[Piece]) -> Dealing:
    span = _span(pieces)
    return Dealing(
        giver=pieces[0].giver,
        taker=pieces[0].taker,
        product=pieces[0].product,
        first=span[0] if span else None,
        last=span[1] if span else None,
        confidence=1 - math.prod(sorted(1 - piece.confidence for piece in pieces)),
        pieces=tuple(sorted(pieces, key=_by_time)),
    )


def _single(piece: Piece) -> Dealing:
    """Most pairs have one piece only; what `_dealing` gives, sooner."""
    utc, sure = piece.utc, piece.confidence
    return Dealing(piece.giver, piece.taker, piece.product, utc, utc, 1 - (1 - sure), (piece,))


def _by_time(piece: Piece) -> tuple[int, tuple[str, ...], str]:
    return -1 if piece.utc is None else piece.utc, piece.posts, piece.evidence
