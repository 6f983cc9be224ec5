"""From dated pieces of evidence to dealings: who passed which goods to whom, and when."""

import math
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

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


class Dated(Protocol):
    """What the grouping of pieces looks at."""

    @property
    def product(self) -> str | None: ...

    @property
    def utc(self) -> int | None: ...

    @property
    def evidence(self) -> str: ...

    @property
    def confidence(self) -> float: ...


_Dated = TypeVar("_Dated", bound=Dated)


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
    likely: str = ""
    """`graph.build.likely.Likely` as JSON, empty where the goods are taken as told."""


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
    return [dealing for pair in sorted(pairs) for dealing in of_pair(pairs[pair])]


def of_pair(pieces: Sequence[Piece]) -> list[Dealing]:
    """Dealings by goods and time, from all pieces of one giver and one taker."""
    if len(pieces) == 1:
        return [] if pieces[0].evidence == STRENGTHENING else [_single(pieces[0])]
    return [_dealing(group) for group in gathered(sorted(pieces, key=_order))]


def gathered(ordered: Sequence[_Dated]) -> list[list[_Dated]]:
    """Pieces of one giver and one taker, sorted by goods and time, as dealings."""
    making = [piece for piece in ordered if piece.evidence != STRENGTHENING]
    groups = _runs(piece for piece in making if piece.product is not None)
    spans = [span(group) for group in groups]
    alone: list[_Dated] = []
    for piece in making:
        if piece.product is None:
            near = [n for n, times in enumerate(spans) if _touches(times, piece.utc)]
            # Two goods near by leave open which one was meant: then it stays by itself.
            (groups[near[0]] if len(near) == 1 else alone).append(piece)
    groups += _runs(alone)
    spans = [span(group) for group in groups]
    for piece in ordered:
        if piece.evidence == STRENGTHENING:
            _strengthen(groups, spans, piece)
    return groups


def _runs(pieces: Iterable[_Dated]) -> list[list[_Dated]]:
    """Runs of the same goods, each no longer than one dealing from its first piece on."""
    groups: list[list[_Dated]] = []
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


def span(pieces: Iterable[Dated]) -> tuple[int, int] | None:
    """First and last time, None where none has any."""
    times = [piece.utc for piece in pieces if piece.utc is not None]
    return (min(times), max(times)) if times else None


def _touches(span: tuple[int, int] | None, utc: int | None) -> bool:
    if span is None or utc is None:
        return span is None and utc is None
    return span[0] - SAME_DEALING <= utc <= span[1] + SAME_DEALING


def _strengthen(
    groups: Sequence[list[_Dated]], spans: Sequence[tuple[int, int] | None], piece: _Dated
) -> None:
    for group, times in zip(groups, spans, strict=True):
        if piece.product in (None, group[0].product) and _touches(times, piece.utc):
            group.append(piece)
            return


def _order(piece: Piece) -> tuple[str, int, tuple[str, ...], str, float]:
    utc = -1 if piece.utc is None else piece.utc
    return piece.product or "", utc, piece.posts, piece.evidence, piece.confidence


def certainty(pieces: Iterable[Dated]) -> float:
    """Their noisy-or."""
    return 1 - math.prod(sorted(1 - piece.confidence for piece in pieces))


def _dealing(pieces: Sequence[Piece]) -> Dealing:
    times = span(pieces)
    return Dealing(
        giver=pieces[0].giver,
        taker=pieces[0].taker,
        product=pieces[0].product,
        first=times[0] if times else None,
        last=times[1] if times else None,
        confidence=certainty(pieces),
        pieces=tuple(sorted(pieces, key=_by_time)),
    )


def _single(piece: Piece) -> Dealing:
    """Most pairs have one piece only; what `_dealing` gives, sooner."""
    utc, sure = piece.utc, piece.confidence
    return Dealing(piece.giver, piece.taker, piece.product, utc, utc, 1 - (1 - sure), (piece,))


def _by_time(piece: Piece) -> tuple[int, tuple[str, ...], str]:
    return -1 if piece.utc is None else piece.utc, piece.posts, piece.evidence
