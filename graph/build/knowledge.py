"""What analysts put down themselves: actors, relationships, and who said so as assessed claims."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from graph.build import vocabulary
from graph.build.draft import Given, Ref, Support, moment, short
from graph.build.rows import Post, read_posts
from graph.build.world import World
from graph.explore.labels import label_of
from graph.knowledge.actors import Founded, actors
from graph.knowledge.allowed import form_of
from graph.knowledge.assertion import (
    MODALITY,
    NUMBERS,
    RESOLVED,
    Asserted,
    assertions,
)
from graph.knowledge.identity import actors_of, resolving, state_of
from graph.schema import RELATIONSHIP_KINDS, ROLES

_LINKABLE = {end for _, end in RELATIONSHIP_KINDS["ABOUT"].ends}
_MADE = ("Role", "Organisation", "Product", "EscrowService", "Syndicate")


def add_founded(world: World) -> None:
    """The actors that a person founded; and the posts that a person cites become nodes."""
    for each in actors(world.connection):
        said = each.said
        node = world.draft.node(
            "Actor",
            each.id,
            said.name,
            kind=said.kind,
            confidence=NUMBERS[said.confidence],
            basis=said.basis,
            status="accepted",
            shared=False,
        )
        world.draft.rel("ABOUT", _founding_claim(world, each), node)
    world.need(*_cited(world).values())


def assigned(world: World) -> dict[str, str]:
    """Account -> the actor that it is put under, whether that is there or not."""
    reviewers = world.settings.resolve.reviewers
    return actors_of(world.connection, assertions(world.connection), reviewers)


def resolved(world: World) -> dict[str, str]:
    """The same of those actors that are in the graph already."""
    return {one: actor for one, actor in assigned(world).items() if world.draft.has(actor)}


def add_assertions(world: World) -> None:
    """Each asserted relationship, however many say it, with a claim for each of them.

    One whose ends are not in the graph stays a decision and changes nothing.
    """
    found = assertions(world.connection)
    reviewers = world.settings.resolve.reviewers
    enough, named = resolving(found, reviewers), actors_of(world.connection, found, reviewers)
    held = world.draft.ends(RESOLVED)
    grouped: dict[str, list[Asserted]] = defaultdict(list)
    for each in found:
        elsewhere = each.said.type == RESOLVED and held.get(each.said.start, each.said.end)
        if (
            attaches(world, each)
            and state_of(each, enough, named) == "stands"
            and elsewhere in (False, each.said.end)
        ):
            grouped[each.said.rel].append(each)
    posts = _cited(world)
    for group in grouped.values():
        _add_relationship(world, group, posts)


def attaches(world: World, each: Asserted) -> bool:
    """Whether both ends are in the graph, or are words of the vocabulary."""
    said = each.said
    return all(_there(world, end) for end in (said.start, said.end))


def _there(world: World, identifier: str) -> bool:
    label = label_of(identifier)
    if label == "Role":
        return identifier.removeprefix("role:") in ROLES
    known = identifier in world.account_by_id or world.draft.has(identifier)
    return known or label in _MADE


def _end(world: World, identifier: str, basis: str) -> Ref:
    label, canonical = label_of(identifier), identifier.replace(":", "/", 1)
    if (account := world.account_by_id.get(identifier)) is not None:
        return account.ref
    if world.draft.has(identifier):
        return Ref(identifier, label)
    if label == "Role":
        return vocabulary.role(world.draft, canonical.removeprefix("role/"))
    if label == "Organisation":
        return vocabulary.organisation(world.draft, canonical, None)
    if label == "Product":
        return vocabulary.product(world.draft, canonical)
    if label == "EscrowService":
        return vocabulary.escrow(world.draft, canonical)
    return world.draft.node("Syndicate", identifier, vocabulary.words(canonical), basis=basis)


def _add_relationship(world: World, group: Sequence[Asserted], posts: dict[str, Post]) -> None:
    said = group[0].said
    start, end = (_end(world, each, said.basis) for each in (said.start, said.end))
    form = form_of(said.type, start.label, end.label)
    support = Support()
    for each in group:
        _add_claim(world, each, start, end, posts)
        cited = [posts[each.said.post].dated] if each.said.post in posts else []
        support.add(cited, NUMBERS[each.said.confidence], [each.claim])
    if isinstance(product := said.props.get("product"), str):
        vocabulary.product(world.draft, product.replace(":", "/", 1))
    given: dict[str, Given] = {**said.props, **_own(group), **_period(world, group)}
    props = {name: value for name, value in given.items() if name in form.properties}
    if form.evidence == "full":
        world.draft.supported(said.type, start, end, support, MODALITY, *said.key, **props)
    else:
        world.draft.rel(said.type, start, end, *said.key, **props)


def _own(group: Sequence[Asserted]) -> dict[str, Given]:
    """Who decided, where the type has a place for it."""
    last = group[-1]
    return {
        "basis": last.said.basis,
        "decided_by": ", ".join(dict.fromkeys(each.decision.author for each in group)),
        "decided_at": moment(last.decision.at),
        "reason": "; ".join(dict.fromkeys(each.decision.reason for each in group)),
    }


def _period(world: World, group: Sequence[Asserted]) -> dict[str, Given]:
    """The stretch of time that is stated, by days and by moments in the case's zone."""
    first = min((each.said.since for each in group if each.said.since), default=None)
    last = max((each.said.until for each in group if each.said.until), default=None)
    return {
        "valid_from": first,
        "valid_to": last,
        "changed_on": first,
        **({"first_seen": _moment(world, first)} if first else {}),
        **({"last_seen": _moment(world, last, end=True)} if last else {}),
    }


def _moment(world: World, day: date, *, end: bool = False) -> datetime:
    begins = datetime.combine(day, time.min, ZoneInfo(world.settings.zone))
    if not end:
        return begins.astimezone(UTC)
    after = datetime.combine(day + timedelta(days=1), time.min, begins.tzinfo)
    return after.astimezone(UTC) - timedelta(seconds=1)


def _add_claim(world: World, each: Asserted, start: Ref, end: Ref, posts: dict[str, Post]) -> None:
    said = each.said
    node = world.draft.node(
        "Claim",
        each.claim,
        short(f"assessment: {said.type} {each.decision.reason}"),
        kind="assessment",
        layer="assessed",
        text=f"{each.decision.reason} (source: {said.source})",
        made_by=each.decision.author,
        method=said.basis,
        confidence=NUMBERS[said.confidence],
        status="active",
        post_id=said.post,
        valid_from=said.since,
        valid_to=said.until,
        created_at=moment(each.decision.at),
    )
    for part, ref in (("from", start), ("to", end)):
        if ref.label in _LINKABLE:
            world.draft.rel("ABOUT", node, ref, part=part)
    if said.post in posts:
        world.draft.rel("SUPPORTED_BY", node, posts[said.post].ref)


def _founding_claim(world: World, each: Founded) -> Ref:
    said = each.said
    return world.draft.node(
        "Claim",
        each.claim,
        short(f"assessment: {said.name}"),
        kind="assessment",
        layer="assessed",
        text=f"{each.latest.reason} (source: {said.source})",
        made_by=each.latest.author,
        method=said.basis,
        confidence=NUMBERS[said.confidence],
        status="active",
        created_at=moment(each.founding.at),
    )


def _cited(world: World) -> dict[str, Post]:
    """The posts that assertions name as their source and that are there."""
    named = sorted({each.said.post for each in assertions(world.connection) if each.said.post})
    rows = [
        world.connection.execute("SELECT n FROM post WHERE id = ?", (post,)).fetchone()
        for post in named
    ]
    found = read_posts(world.connection, [n for (n,) in filter(None, rows)])
    return {post.id: post for post in found.values()}
