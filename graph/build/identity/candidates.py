"""Pairs of accounts that may be one actor's, and the actors that a person decided on."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final

from graph import ids
from graph.build.contacts import Uses
from graph.build.draft import Ref, Support, short
from graph.build.families import Families
from graph.build.identity.adverts import add_adverts
from graph.build.identity.against import Against
from graph.build.identity.contacts import add_contacts, add_given_accounts
from graph.build.identity.gathered import Gathered
from graph.build.identity.in_step import add_in_step
from graph.build.identity.look_alikes import add_look_alikes
from graph.build.identity.moved import add_moved
from graph.build.identity.names import active, add_names
from graph.build.identity.pictures import add_pictures
from graph.build.identity.slips import add_slips
from graph.build.identity.texts import add_texts
from graph.build.identity.timing import add_timing
from graph.build.identity.words import Words
from graph.build.knowledge import assigned, resolved
from graph.build.parties import Parties
from graph.build.pieces import Piece
from graph.build.rows import Post
from graph.build.world import World
from graph.knowledge.known import Known
from graph.resolve.groups import Group, Judged, groups, judged
from graph.resolve.signs import Candidate, Pair

LONGEST: Final = 200
"""Characters of the words of a sign, which hold names and contacts as people wrote them."""


def add_identity(
    world: World,
    parties: Parties,
    uses: Uses,
    families: Families,
    pieces: Sequence[Piece],
    issuers: Iterable[str],
    words: Words,
) -> None:
    """MAYBE_SAME, MAYBE_IMPERSONATES, and RESOLVED_TO where a person decided."""
    serving = {account.id for account in world.accounts.values() if account.bot or account.own}
    serving.update(id_ for id_ in world.account_by_id if world.serves(id_))
    serving.update(issuers)
    gathered = Gathered(serving)
    add_contacts(world, gathered, uses)
    add_given_accounts(world, gathered, uses)
    add_adverts(world, gathered, uses)
    spans = active(world)
    add_names(world, gathered, spans)
    add_texts(world, gathered, families)
    add_moved(world, parties, gathered, spans, words.announced)
    add_slips(world, parties, gathered, words.voices)
    add_pictures(world, gathered)
    against = Against(uses, pieces)
    add_timing(world, gathered, against)
    add_in_step(world, gathered, pieces, frozenset(serving))
    known = Known(world.connection)
    decided = [
        each
        for each in judged(world.connection, world.settings.resolve.reviewers)
        # A colleague's decision may be on accounts that this material does not hold.
        if all(one in world.account_by_id or one in known for one in each.pair)
    ]
    _add_candidates(world, gathered, against, decided)
    add_look_alikes(world)
    _add_actors(world, groups(decided))


def _add_candidates(
    world: World, gathered: Gathered, against: Against, decided: Sequence[Judged]
) -> None:
    verdicts: dict[Pair, str] = {each.pair: each.verdict for each in decided}
    shown: set[Pair] = set()
    for both, signs in gathered:
        candidate = Candidate(both, signs, against.of(both, signs))
        if candidate.kept or both in verdicts:
            shown.add(both)
            _add_candidate(world, candidate, gathered.posts, verdicts.get(both, "open"))
    for both in sorted(verdicts.keys() - shown):
        _add_candidate(world, Candidate(both, ()), {}, verdicts[both])


def _add_candidate(world: World, candidate: Candidate, posts: dict[str, Post], status: str) -> None:
    one, two = (world.account_ref(account) for account in candidate.pair)
    support = Support(confidence=candidate.score)
    shown = dict(dated for sign in candidate.signs for dated in sign.posts)
    for dated in shown.items():
        support.add([dated], candidate.score)
    world.need(*(posts[id_] for id_ in shown))
    world.draft.supported(
        "MAYBE_SAME",
        one,
        two,
        support,
        "derived",
        score=candidate.score,
        features=sorted({short(sign.words, LONGEST) for sign in candidate.signs}),
        counter=list(candidate.counter),
        status=status,
    )


def _add_actors(world: World, found: Sequence[Group]) -> None:
    """The actor of each group of accounts: the one that it is put under, else a new one.

    New ones first, as an account may be put under one of them.
    """
    named = assigned(world)
    actors = {each: _found(world, each) for each in found if each.accounts[0] not in named}
    put_under = resolved(world)
    for group in found:
        under = put_under.get(group.accounts[0])
        actor = actors.get(group) or (Ref(under, "Actor") if under else _found(world, group))
        _add_members(world, group, actor)


def _found(world: World, group: Group) -> Ref:
    """A new actor, named by the first account."""
    founding = world.account_ref(group.accounts[0])
    known = world.account_by_id.get(group.accounts[0])
    name = world.names.latest(known) if known is not None else founding.id
    return world.draft.node(
        "Actor",
        ids.actor(min(group.decisions, key=lambda each: each.at).id),
        name,
        kind="unknown",
        confidence=1.0,
        basis="decision",
        status="accepted",
        shared=False,
    )


def _add_members(world: World, group: Group, actor: Ref) -> None:
    for account in group.accounts:
        last = [each for each in group.decisions if account in each.target.split()][-1]
        agreed = [each for each in group.decisions if each.target == last.target]
        world.draft.supported(
            "RESOLVED_TO",
            world.account_ref(account),
            actor,
            Support(),
            "analyst",
            decided_by=", ".join(dict.fromkeys(each.author for each in agreed)),
            decided_at=datetime.fromtimestamp(last.at, UTC),
            reason="; ".join(dict.fromkeys(each.reason for each in agreed)),
        )
