"""Ties that a post states in words: notices, agents, purchases; and praise of a known partner."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from graph.build.goods import settled
from graph.build.parties import Parties
from graph.build.pieces import Piece, Side
from graph.build.rows import Account, ActRecord
from graph.build.world import World
from ingest.records import Party

# A release follows its notice within this time.
SAME_DEALING_S = 14 * 86_400


def stated(world: World, parties: Parties) -> list[Piece]:
    """The pieces of all acts that name the other party. Words of a forward are not its sender's."""
    pieces: list[Piece] = []
    for record in world.acts:
        author = world.author(record.post)
        if author is not None and not record.post.forwarded:
            pieces += _of_act(world, parties, record, author)
    return _with_carried_goods(pieces)


def _of_act(world: World, parties: Parties, record: ActRecord, author: Account) -> Iterable[Piece]:
    kind = record.act.kind
    if kind in ("escrow_notice", "delivery_notice"):
        return _notice(world, parties, record, author)
    if kind == "agent_of":
        return _agent(world, parties, record, author)
    if kind == "received":
        return _received(world, parties, record, author)
    if kind == "vouch":
        return _sold(world, parties, record, author)
    return ()


def sides(parties: Parties, record: ActRecord) -> dict[str, Account]:
    """The accounts that an act names, by their side; a side with two readings is left out."""
    found: dict[str, set[str]] = defaultdict(set)
    accounts: dict[str, Account] = {}
    for party in record.act.parties:
        account = parties.account(party, record.post)
        if account is not None:
            accounts[account.id] = account
            found[party.side].add(account.id)
    return {side: accounts[min(named)] for side, named in found.items() if len(named) == 1}


def _notice(world: World, parties: Parties, record: ActRecord, author: Account) -> Iterable[Piece]:
    named = sides(parties, record)
    buyer, seller = named.get("buyer"), named.get("seller")
    if buyer is None or seller is None or len({buyer.id, seller.id, author.id}) < 3:
        return
    delivered = record.act.kind == "delivery_notice"
    yield Piece(
        "escrow_notice",
        "SUPPLIES" if delivered else "BUYS_FROM",
        seller if delivered else buyer,
        buyer if delivered else seller,
        stated_goods(world, record),
        (record.post,),
        claims=(record.id,),
    )


def _agent(world: World, parties: Parties, record: ActRecord, author: Account) -> Iterable[Piece]:
    principal = sides(parties, record).get("principal")
    if principal is None or principal.id == author.id:
        return
    listings = world.listings_of.get(record.post.n, [])
    side: Side = "supply"
    if any(each.body.polarity == "request" for each in listings):
        side = "demand"
    percents = [p.value for each in listings for p in each.body.prices if p.per == "percent"]
    yield Piece(
        "agent_of",
        "BROKERS_FOR",
        author,
        principal,
        settled(listings, record.act.products),
        (record.post,),
        tuple(each.id for each in listings),
        (record.id,),
        side,
        float(percents[0]) if percents else None,
    )


def _received(
    world: World, parties: Parties, record: ActRecord, author: Account
) -> Iterable[Piece]:
    named = sides(parties, record)
    seller = named.get("praised") or named.get("seller")
    if seller is not None and seller.id != author.id:
        yield Piece(
            "received",
            "BUYS_FROM",
            author,
            seller,
            stated_goods(world, record),
            (record.post,),
            claims=(record.id,),
        )


def _sold(world: World, parties: Parties, record: ActRecord, author: Account) -> Iterable[Piece]:
    """Praise of a buyer by the one who supplies it."""
    buyer = sides(parties, record).get("buyer")
    if buyer is not None and buyer.id != author.id:
        yield Piece(
            "received",
            "SUPPLIES",
            author,
            buyer,
            stated_goods(world, record),
            (record.post,),
            claims=(record.id,),
        )


def stated_goods(world: World, record: ActRecord) -> str | None:
    """The goods that the act names, else the only ones in the post."""
    return settled((), record.act.products) or settled((), world.goods_of[record.post.n])


def _with_carried_goods(pieces: list[Piece]) -> list[Piece]:
    """A notice that names no goods speaks of those in the issuer's last one on the same pair."""
    last: dict[tuple[int | None, tuple[str, str] | None], Piece] = {}
    found = []
    for piece in sorted(pieces, key=lambda each: each.order):
        if piece.evidence == "escrow_notice":
            key = (piece.posts[0].account_n, piece.goods)
            before = last.get(key)
            if piece.product is None and before is not None and _soon(before, piece):
                piece = msgspec.structs.replace(piece, product=before.product)
            last[key] = piece
        found.append(piece)
    return found


def _soon(before: Piece, after: Piece) -> bool:
    return 0 <= (after.utc or 0) - (before.utc or 0) <= SAME_DEALING_S


def praised(party: Party) -> bool:
    """Whether a party is the one that a vouch speaks of."""
    return party.side in ("praised", "seller", "buyer")


def strengthened(world: World, parties: Parties, pieces: Iterable[Piece]) -> list[Piece]:
    """A vouch beside a tie that exists between the two: another piece of the strongest one."""
    ties: dict[frozenset[str], list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.goods is not None and piece.type != "INTERACTS_WITH":
            ties[frozenset((piece.start.id, piece.end.id))].append(piece)
    found = []
    for record in world.acts:
        author = world.author(record.post)
        if record.act.kind != "vouch" or author is None or record.post.forwarded:
            continue
        for party in record.act.parties:
            # A vouch for a buyer is a piece of its own.
            if party.side == "buyer" or not praised(party):
                continue
            account = parties.account(party, record.post)
            known = ties.get(frozenset((author.id, account.id))) if account else None
            if known:
                found.append(_beside(max(known, key=_strength), record))
    return found


def _strength(piece: Piece) -> tuple[float, tuple[str, ...]]:
    return piece.confidence, piece.order


def _beside(piece: Piece, record: ActRecord) -> Piece:
    return Piece(
        "vouch",
        piece.type,
        piece.start,
        piece.end,
        piece.product,
        (record.post,),
        claims=(record.id,),
        side=piece.side,
        commission=piece.commission,
        beside=piece.evidence,
    )
