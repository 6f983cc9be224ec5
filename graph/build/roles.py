"""Roles of accounts over a period: at least three acts on at least two days."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from graph import ids
from graph.build import vocabulary
from graph.build.clock import Clock
from graph.build.draft import Support
from graph.build.families import Families
from graph.build.pieces import Piece
from graph.build.role_features import Features, weights
from graph.build.rows import Account, ActRecord, ListingRecord, Post
from graph.build.world import World

WINDOW_DAYS = 90
LEAST_ACTS = 3
LEAST_DAYS = 2
_DAY = 86_400
# Weight of having done a thing, where no words of one's own are read.
_DEED = 1.0
_MOST_FACTOR = 3.0


class Cue(msgspec.Struct, frozen=True):
    """Words, or a deed, that count for a role. `text` tells equal ones together."""

    text: str
    weight: float


class Summand(msgspec.Struct, frozen=True):
    """One row of a role's sum. `cue`: words, a deed, or a feature of the graph without posts."""

    cue: str
    weight: float
    factor: float = 1.0
    context: float = 1.0
    posts: tuple[str, ...] = ()

    @property
    def value(self) -> float:
        """What the row adds."""
        return self.weight * self.factor * self.context


class Deed(msgspec.Struct, frozen=True):
    """One act that counts for a role of its holder."""

    holder: Account
    role: str
    basis: str
    post: Post
    cues: tuple[Cue, ...]
    confidence: float
    claims: tuple[str, ...] = ()


def add_roles(
    world: World,
    deeds: Iterable[Deed],
    features: Features,
    families: Families,
) -> None:
    """HAS_ROLE for each holder, role, basis and period that has enough acts."""
    grouped: dict[tuple[str, str, str], list[Deed]] = defaultdict(list)
    for deed in deeds:
        if deed.post.utc is not None:
            grouped[deed.holder.id, deed.role, deed.basis].append(deed)
    # Most are too few, whenever they were.
    enough = {key: found for key, found in grouped.items() if len(found) >= LEAST_ACTS}
    family = families.family_of(deed.post for found in enough.values() for deed in found)
    for key in sorted(enough):
        found = sorted(enough[key], key=lambda deed: (deed.post.order, deed.claims))
        for period in periods(world.clock, found):
            _add(world, period, features, family)


def periods(clock: Clock, deeds: Sequence[Deed]) -> Iterable[list[Deed]]:
    """Stretches of at most 90 days with enough acts, none shared, the earliest first."""
    start = 0
    while start < len(deeds):
        end = start
        limit = (deeds[start].post.utc or 0) + WINDOW_DAYS * _DAY
        while end < len(deeds) and (deeds[end].post.utc or 0) < limit:
            end += 1
        if _are_enough(clock, period := list(deeds[start:end])):
            yield period
            start = end
        else:
            start += 1


def _are_enough(clock: Clock, period: Sequence[Deed]) -> bool:
    if len({deed.post.id for deed in period}) < LEAST_ACTS:
        return False
    return len({clock.day(deed.post.utc or 0) for deed in period}) >= LEAST_DAYS


def _add(
    world: World, period: Sequence[Deed], features: Features, family: Mapping[str, str]
) -> None:
    first = period[0]
    days = sorted({world.clock.day(deed.post.utc or 0) for deed in period})
    support = Support()
    for deed in period:
        support.add([deed.post.dated], deed.confidence, deed.claims)
        world.need(deed.post)
    acts = len({deed.post.id for deed in period})
    world.draft.supported(
        "HAS_ROLE",
        first.holder.ref,
        vocabulary.role(world.draft, first.role),
        support,
        "derived",
        days[0],
        first.basis,
        basis=first.basis,
        valid_from=days[0],
        valid_to=days[-1],
        acts=acts,
        days=len(days),
        score=score(first.role, period, features.of(first.holder.id), family),
    )


def score(
    role: str, deeds: Sequence[Deed], features: Iterable[str], family: Mapping[str, str]
) -> float:
    """Logistic of the summed cues and features: an order among readings, no probability."""
    return logistic(summands(role, deeds, features, family))


def logistic(rows: Iterable[Summand]) -> float:
    """The score of a sum."""
    return round(1 / (1 + math.exp(-math.fsum(row.value for row in rows))), 6)


def summands(
    role: str, deeds: Sequence[Deed], features: Iterable[str], family: Mapping[str, str]
) -> list[Summand]:
    """The rows of a role's sum: cues by text, then features. `family`: post -> its text family."""
    weighed = ((name, weights().get((name, role), 0.0)) for name in sorted(features))
    return [
        *(_summand(cue, posts, family) for cue, posts in _posts_by_cue(deeds)),
        *(Summand(name, weight) for name, weight in weighed if weight),
    ]


def _posts_by_cue(deeds: Sequence[Deed]) -> Iterable[tuple[Cue, set[str]]]:
    posts: dict[str, set[str]] = defaultdict(set)
    best: dict[str, Cue] = {}
    for deed in deeds:
        for cue in deed.cues:
            posts[cue.text].add(deed.post.id)
            best[cue.text] = max(best.get(cue.text, cue), cue, key=lambda each: each.weight)
    return [(best[text], posts[text]) for text in sorted(best)]


def _summand(cue: Cue, posts: set[str], family: Mapping[str, str]) -> Summand:
    texts = {family.get(post, post) for post in posts}
    repeated = len(posts) > 1 and len(texts) == 1
    factor = min(1 + math.log2(len(posts)), _MOST_FACTOR)
    return Summand(cue.text, cue.weight, factor, 0.5 if repeated else 1.0, tuple(sorted(posts)))


def own_words(world: World) -> Iterable[Deed]:
    """What authors say of themselves in listings of their own."""
    for listing in world.listings:
        author = world.author(listing.post)
        if author is not None and listing.body.voice == "own":
            yield from of_listing(author, listing)


def of_listing(author: Account, listing: ListingRecord) -> Iterable[Deed]:
    """The roles that one listing gives its author."""
    for role in listing.body.roles:
        if role.role == "cheat":
            continue
        claims = {
            ids.claim("role", listing.post.id, listing.id, cue.span[0], role.role)
            for cue in role.cues
        }
        cues = tuple(_cue(cue.quote, cue.weight) for cue in role.cues)
        yield Deed(
            author,
            role.role,
            "self_described",
            listing.post,
            cues,
            float(listing.body.confidence),
            tuple(sorted(claims)),
        )


@lru_cache(10_000)
def _cue(quote: str, weight: float) -> Cue:
    # A market's words for its roles are few.
    return Cue(ids.normal_name(quote), weight)


def done(pieces: Sequence[Piece]) -> Iterable[Deed]:
    """What accounts are seen to do: give, take, stand between."""
    for piece in pieces:
        if piece.type == "BROKERS_FOR":
            yield _deed(piece.start, "middleman", "acts for another", piece)
        elif piece.type in ("SUPPLIES", "BUYS_FROM") and piece.goods is not None:
            by_id = {piece.start.id: piece.start, piece.end.id: piece.end}
            giver, taker = (by_id[id_] for id_ in piece.goods)
            yield _deed(giver, "supplier", "gave goods", piece)
            yield _deed(taker, "buyer", "took goods", piece)
    yield from _between(pieces)


def _between(pieces: Sequence[Piece]) -> Iterable[Deed]:
    """Those who took goods and gave goods of the same kind: every such piece is an act."""
    gave: dict[tuple[str, str], list[Piece]] = defaultdict(list)
    took: dict[tuple[str, str], list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.goods is not None and piece.product and piece.type in ("SUPPLIES", "BUYS_FROM"):
            gave[piece.goods[0], piece.product].append(piece)
            took[piece.goods[1], piece.product].append(piece)
    for key in sorted(gave.keys() & took.keys()):
        for piece in [*gave[key], *took[key]]:
            holder = piece.start if piece.start.id == key[0] else piece.end
            yield _deed(holder, "middleman", "took and gave the same goods", piece)


def _deed(holder: Account, role: str, what: str, piece: Piece) -> Deed:
    last = piece.posts[-1]
    cues = (Cue(what, _DEED),)
    return Deed(holder, role, "act_derived", last, cues, piece.confidence, piece.claims)


def issued(world: World, issuers: set[str]) -> Iterable[Deed]:
    """Notices of accounts that issue them for several unrelated pairs."""
    for record in world.acts:
        author = world.author(record.post)
        notice = record.act.kind in ("escrow_notice", "delivery_notice")
        if notice and author is not None and author.id in issuers and not record.post.forwarded:
            cues = (Cue("issued a notice", _DEED),)
            yield Deed(author, "escrow_agent", "act_derived", record.post, cues, 0.8, (record.id,))


def accused_of(world: World, accused: Iterable[tuple[str, ActRecord]]) -> Iterable[Deed]:
    """Accusations of cheating by others; they belong to the accused."""
    for account, record in accused:
        holder = world.account_by_id.get(account)
        if holder is not None:
            cues = (Cue("accused by another", _DEED),)
            yield Deed(holder, "cheat", "accused", record.post, cues, 0.8, (record.id,))
