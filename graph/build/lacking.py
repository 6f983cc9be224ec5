"""What a statement leaves open, from what else is known of its two: goods, and who sold to whom."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final

import msgspec

from graph import ids
from graph.build.goods import NO_GOODS
from graph.build.parties import Parties
from graph.build.pieces import Piece, listing_products
from graph.build.rows import Account, ActRecord, ListingRecord
from graph.build.statements import stated_goods
from graph.build.world import World

_DAY: Final = 86_400
# So far apart a piece and a statement may speak of one dealing.
NEAR: Final = 10 * _DAY
# So long a listing tells what its author deals in.
LISTED: Final = 4 * _DAY
_CLEARLY: Final = 2.0
# What a listing of such goods says of its author's side, beside the confidence of pieces.
_LISTS: Final = 0.3
_STATED: Final = frozenset({"escrow_notice", "received", "dealt", "receipt", "answered"})

_Key = tuple[str, str]


class Lacking:
    """The pieces by pair and the listings by account, to fill what a statement lacks."""

    def __init__(self, world: World, pieces: Sequence[Piece]) -> None:
        self._by_goods: dict[_Key, list[Piece]] = defaultdict(list)
        for piece in pieces:
            if piece.goods is not None and piece.type != "INTERACTS_WITH":
                self._by_goods[piece.goods].append(piece)
        self._world = world

    @cached_property
    def _listings(self) -> dict[_Key, list[ListingRecord]]:
        found: dict[_Key, list[ListingRecord]] = defaultdict(list)
        for listing in self._world.listings:
            author = self._world.author(listing.post)
            if author is not None and not listing.post.forwarded:
                found[author.id, listing.body.polarity].append(listing)
        return found

    def product(self, giver: str, taker: str, utc: int) -> str | None:
        """Goods of the nearest piece between the two, else of what one offers and one wants."""
        near = [
            (abs((piece.utc or 0) - utc), piece.product)
            for piece in self._by_goods.get((giver, taker), ())
            if piece.product is not None and abs((piece.utc or 0) - utc) <= NEAR
        ]
        if near:
            return min(near)[1]
        offered = self._listed(giver, "offer", utc)
        wanted = self._listed(taker, "request", utc)
        goods = offered & wanted if offered and wanted else offered or wanted
        return ids.vocabulary(min(goods)) if len(goods) == 1 else None

    def giver(self, one: str, two: str, utc: int, named: set[str]) -> str | None:
        """Who of two gave goods at a time; None where nothing tells clearly."""
        sums = dict.fromkeys((one, two), 0.0)
        for giver, taker in ((one, two), (two, one)):
            for piece in self._by_goods.get((giver, taker), ()):
                if abs((piece.utc or 0) - utc) <= NEAR:
                    sums[giver] += piece.confidence
            sums[giver] += _LISTS * self._lists(giver, "offer", utc, named)
            sums[giver] += _LISTS * self._lists(taker, "request", utc, named)
        first, last = (one, two) if sums[one] >= sums[two] else (two, one)
        return first if sums[first] > 0 and sums[first] >= _CLEARLY * sums[last] else None

    def _lists(self, who: str, polarity: str, utc: int, named: set[str]) -> bool:
        listed = self._listed(who, polarity, utc)
        return bool(listed & named if named else listed)

    def _listed(self, who: str, polarity: str, utc: int) -> set[str]:
        found = (
            each
            for each in self._listings.get((who, polarity), ())
            if each.post.utc is not None and 0 <= utc - each.post.utc <= LISTED
        )
        return set(listing_products(found)) - NO_GOODS


def completed(world: World, parties: Parties, pieces: Sequence[Piece]) -> list[Piece]:
    """All pieces: those without goods get theirs where it is clear, and open notices a side."""
    known = Lacking(world, pieces)
    found = [*pieces, *_directed(world, parties, known)]
    return [_with_goods(piece, known) for piece in found]


def _with_goods(piece: Piece, known: Lacking) -> Piece:
    if piece.product is not None or piece.evidence not in _STATED or piece.goods is None:
        return piece
    return msgspec.structs.replace(piece, product=known.product(*piece.goods, piece.utc or 0))


def _directed(world: World, parties: Parties, known: Lacking) -> Iterable[Piece]:
    """Notices that name two sides without saying who buys, where other evidence tells."""
    for record in world.acts:
        sides = [party for party in record.act.parties if party.side == "other"]
        author = world.author(record.post)
        notice = record.act.kind in ("escrow_notice", "delivery_notice")
        if not notice or len(sides) != 2 or author is None or record.post.forwarded:
            continue
        ends = [parties.account(party, record.post) for party in sides]
        people = [each for each in ends if each is not None and each.id != author.id]
        if len({each.id for each in people}) == 2:
            yield from _notice(world, known, record, people)


def _notice(
    world: World, known: Lacking, record: ActRecord, people: list[Account]
) -> Iterable[Piece]:
    one, two = people
    utc, product = record.post.utc or 0, stated_goods(world, record)
    named = {each for each in record.act.products if each not in NO_GOODS}
    giver = known.giver(one.id, two.id, utc, named)
    if giver is not None:
        seller, buyer = (one, two) if giver == one.id else (two, one)
        yield Piece(
            "escrow_notice",
            "BUYS_FROM",
            buyer,
            seller,
            product,
            (record.post,),
            claims=(record.id,),
        )
