"""Praise, accusations, deposits and notices: the speech is observed, its content is not."""

from collections import defaultdict
from collections.abc import Callable

from graph import ids
from graph.build import vocabulary
from graph.build.draft import Ref, Support, short
from graph.build.parties import Parties
from graph.build.rows import ActRecord
from graph.build.shared import NOTICES
from graph.build.statements import praised
from graph.build.world import World
from ingest.records import Party

# How sure it is that the words say so: they were found by phrase.
READING = 0.8
_EVENTS = {"escrow_notice": "deal", "delivery_notice": "deal", "deposit": "escrow_deposit"}
PartyTest = Callable[[Party], bool]
_Said = dict[tuple[str, str, str], tuple[Ref, Ref, Support]]


def add_speech(world: World, parties: Parties) -> list[tuple[str, ActRecord]]:
    """VOUCHES_FOR, ACCUSES, DEPOSITED_WITH and events; returns who is accused by which act."""
    said: _Said = {}
    accused: list[tuple[str, ActRecord]] = []
    for record in world.acts:
        if record.post.forwarded:
            continue
        kind = record.act.kind
        if kind in ("vouch", "received"):
            _say(world, parties, said, "VOUCHES_FOR", record, praised)
        elif kind == "accusation":
            ends = _say(world, parties, said, "ACCUSES", record, _is_accused)
            _add_accusation(world, record, ends)
            accused += [(end.id, record) for end in ends if end.label == "Account"]
        elif kind == "deposit":
            _deposit(world, record)
        if kind in _EVENTS:
            _event(world, record, _EVENTS[kind])
    for (type_, _, _), (start, end, support) in said.items():
        world.draft.supported(type_, start, end, support, "observed", outcome="unknown")
    return accused


def _is_accused(party: Party) -> bool:
    return party.side == "accused"


def _say(
    world: World,
    parties: Parties,
    said: _Said,
    type_: str,
    record: ActRecord,
    meant: PartyTest,
) -> list[Ref]:
    author = world.author(record.post)
    if author is None:
        return []
    ends = []
    for party in filter(meant, record.act.parties):
        end = named_node(world, parties, party, record)
        if end is None or end.id == author.id:
            continue
        ends.append(end)
        key = (type_, author.id, end.id)
        _, _, support = said.setdefault(key, (author.ref, end, Support()))
        support.add([record.post.dated], READING, [record.id])
        world.need(record.post)
    return ends


def named_node(world: World, parties: Parties, party: Party, record: ActRecord) -> Ref | None:
    """The account that is named; where it cannot be told, the handle or contact as written."""
    account = parties.account(party, record.post)
    if account is not None:
        return account.ref
    if record.post.venue_n is None:
        return None
    platform = world.venues[record.post.venue_n].platform
    if party.kind == "qq":
        return world.draft.node(
            "Contact",
            ids.contact("qq", party.value),
            f"qq {party.value}",
            kind="qq",
            value=party.value,
        )
    norm = ids.normal_name(party.value)
    return world.draft.node(
        "Handle", ids.handle(platform, party.value), party.value, text=party.value, norm=norm
    )


def _add_accusation(world: World, record: ActRecord, ends: list[Ref]) -> None:
    if not ends:
        return
    author = world.author(record.post)
    node = world.draft.node(
        "Claim",
        record.id,
        f"accusation: {short(record.act.quote)}",
        kind="accusation",
        layer="claimed",
        text=record.act.quote,
        made_by=None if author is None else author.id,
        method="acts",
        version=record.lexicon,
        confidence=READING,
        status="active",
        post_id=record.post.id,
        span_start=record.act.span[0],
        span_end=record.act.span[1],
    )
    world.draft.rel("SUPPORTED_BY", node, record.post.ref)
    for end in ends:
        if end.label == "Account":
            world.draft.rel("ABOUT", node, end, part="accused")


def _deposit(world: World, record: ActRecord) -> None:
    author, act, post = world.author(record.post), record.act, record.post
    if author is None or post.venue_n is None:
        return
    service = act.escrow is not None and act.escrow != "escrow/generic"
    end = (
        vocabulary.escrow(world.draft, act.escrow or "")
        if service
        else world.venues[post.venue_n].ref
    )
    support = Support()
    support.add([post.dated], READING, [record.id])
    world.need(post)
    world.draft.supported(
        "DEPOSITED_WITH",
        author.ref,
        end,
        support,
        "claimed",
        "claimed",
        amount=None if act.amount is None else float(act.amount),
        currency=act.currency,
    )


def _event(world: World, record: ActRecord, kind: str) -> None:
    post = record.post
    if post.utc is None:
        return
    day = world.clock.day(post.utc)
    start, end = record.act.span
    event = world.draft.node(
        "Event",
        ids.event(post.id, start, kind, day),
        f"{kind.replace('_', ' ')} {day.isoformat()}",
        kind=kind,
        date=day,
        precision="day",
        source_class="post",
    )
    world.need(post)
    world.draft.rel("REPORTED_IN", event, post.ref, span_start=start, span_end=end)


def pairs_noticed(world: World, parties: Parties) -> dict[str, set[frozenset[str]]]:
    """For each account that issues notices, the pairs that they name."""
    pairs: dict[str, set[frozenset[str]]] = defaultdict(set)
    for record in world.acts:
        author = world.author(record.post)
        if author is None or record.act.kind not in NOTICES or record.post.forwarded:
            continue
        named = {
            _party_key(parties, party, record)
            for party in record.act.parties
            if party.side in ("buyer", "seller")
        }
        if len(named) == 2 and author.id not in named:
            pairs[author.id].add(frozenset(named))
    return pairs


def _party_key(parties: Parties, party: Party, record: ActRecord) -> str:
    account = parties.account(party, record.post)
    return account.id if account is not None else f"{party.kind}:{ids.normal_name(party.value)}"
