"""Ties between accounts from their pieces, and the flow of goods that follows from the ties."""

from collections import defaultdict
from collections.abc import Sequence, Set

import msgspec

from graph.build import vocabulary
from graph.build.contacts import Uses
from graph.build.draft import Ref, Support, ends_of, short
from graph.build.exchanges import exchanged, merged
from graph.build.forwards import forwarded
from graph.build.lacking import completed
from graph.build.likely import weighed
from graph.build.parties import Parties
from graph.build.pieces import Piece, store_pieces
from graph.build.rows import Account
from graph.build.statements import stated, strengthened
from graph.build.threads import conversations
from graph.build.turns import read_turns
from graph.build.world import World

_Group = dict[tuple[str, ...], list[Piece]]


class Flow(msgspec.Struct):
    """Goods of one kind from one account to another."""

    giver: Account
    taker: Account
    product: str | None
    support: Support = msgspec.field(default_factory=Support)
    via: set[str] = set()
    listings: set[str] = set()


def find_pieces(world: World, parties: Parties, uses: Uses, calling: Set[int]) -> list[Piece]:
    """All pieces in order of time; the archive's tables are filled with them."""
    pieces = stated(world, parties)
    turns = read_turns(world, parties, calling)
    pieces += merged(conversations(turns), exchanged(turns))
    pieces += forwarded(world, parties, uses)
    pieces = completed(world, parties, pieces)
    pieces += strengthened(world, parties, pieces)
    pieces = [piece for piece in pieces if piece.start.id != piece.end.id]
    pieces.sort(key=lambda piece: piece.order)
    pieces = weighed(world, pieces)
    store_pieces(world.connection, pieces)
    return pieces


def add_ties(world: World, pieces: Sequence[Piece]) -> None:
    """One relationship for each pair, product, modality and basis; then FLOWS_TO."""
    ties = [piece for piece in pieces if piece.type != "INTERACTS_WITH"]
    grouped: _Group = defaultdict(list)
    for piece in ties:
        world.need(*piece.posts)
        grouped[piece.type, piece.start.id, piece.end.id, *_key(piece)].append(piece)
    for group in grouped.values():
        _add_tie(world, group)
    _add_flows(world, ties)
    _add_claims(world, ties)


def _key(piece: Piece) -> tuple[str, ...]:
    last = (piece.modality, piece.basis)
    if piece.type == "RECRUITS":
        return last
    if piece.type == "BROKERS_FOR":
        return piece.side or "", piece.product or "", *last
    return piece.product or "", *last


def _support(pieces: Sequence[Piece]) -> Support:
    support = Support()
    for piece in pieces:
        support.add((post.dated for post in piece.posts), piece.confidence, piece.claims)
    return support


def _add_tie(world: World, group: Sequence[Piece]) -> None:
    first = group[0]
    product = first.product
    if product is not None:
        vocabulary.product(world.draft, product.replace(":", "/", 1))
    commissions = [piece.commission for piece in group if piece.commission is not None]
    world.draft.supported(
        first.type,
        first.start.ref,
        first.end.ref,
        _support(group),
        first.modality,
        *_key(first),
        basis=first.basis,
        product=product,
        side=first.side,
        commission=commissions[0] if commissions else None,
    )


def _add_flows(world: World, ties: Sequence[Piece]) -> None:
    flows: dict[tuple[str, str, str], Flow] = {}
    for piece in ties:
        if piece.goods is None:
            continue
        by_id = {piece.start.id: piece.start, piece.end.id: piece.end}
        giver, taker = (by_id[id_] for id_ in piece.goods)
        flow = flows.setdefault(
            (giver.id, taker.id, piece.product or ""), Flow(giver, taker, piece.product)
        )
        flow.support.add((post.dated for post in piece.posts), piece.confidence, piece.claims)
        flow.via.add(piece.type)
        flow.listings.update(piece.listings)
    for key, flow in flows.items():
        world.draft.supported(
            "FLOWS_TO",
            flow.giver.ref,
            flow.taker.ref,
            flow.support,
            "derived",
            key[2],
            product=flow.product,
            via=sorted(flow.via),
            listings=ends_of(sorted(flow.listings)),
        )


def _add_claims(world: World, ties: Sequence[Piece]) -> None:
    """A claim node for each statement in words that ties two accounts."""
    acts = {record.id: record for record in world.acts}
    for piece in ties:
        if piece.modality != "claimed" or piece.evidence == "vouch":
            continue
        for claim in piece.claims:
            record = acts[claim]
            author = world.author(record.post)
            node = world.draft.node(
                "Claim",
                claim,
                f"{record.act.kind.replace('_', ' ')}: {short(record.act.quote)}",
                kind="tie",
                layer="claimed",
                text=record.act.quote,
                made_by=None if author is None else author.id,
                method="acts",
                version=record.lexicon,
                confidence=piece.confidence,
                status="active",
                post_id=record.post.id,
                span_start=record.act.span[0],
                span_end=record.act.span[1],
            )
            about_pair(world, node, piece)
            world.draft.rel("SUPPORTED_BY", node, record.post.ref)


def about_pair(world: World, claim: Ref, piece: Piece) -> None:
    """What a statement is about: both accounts, each with its part."""
    world.draft.rel("ABOUT", claim, piece.start.ref, part="from")
    world.draft.rel("ABOUT", claim, piece.end.ref, part="to")
