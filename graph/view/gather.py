"""Collects what a page shows beside the plan from the archive and the whole graph."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

import msgspec

from evidence.archive.archive import Archive
from graph.analysis.wording import Pair
from graph.elements import Graph, Relationship
from graph.explore.evidence import Quote as Spoken
from graph.explore.evidence import quotes_of
from graph.export.clean.words import plain
from graph.store.base import GraphStore
from graph.view.behind import Behind, behind
from graph.view.extras import LENGTH, Backing, Badge, Clock, Extras, Passed, Quote, RoleClaim

if TYPE_CHECKING:
    from graph.analysis.reasons import Reasons
    from graph.analysis.rows import BrokerRow

ROOM: Final = 2 * LENGTH
"""Code points that are cleaned of secrets before the page cuts: none is left by half."""
MOST: Final = 4_000
"""Quotes of a page."""
BROKERS: Final = 10
_TRIPLES = 3
_A_NODE = ((300, 6), (1_000, 4))
_A_NODE_ELSE = 2
_AN_EDGE = 2


class Wanted(msgspec.Struct, frozen=True):
    """What is shown: ids of nodes and of relationships, in order."""

    nodes: Sequence[str]
    edges: Sequence[str]

    @property
    def all(self) -> frozenset[str]:
        return frozenset(self.nodes) | frozenset(self.edges)


class Case(msgspec.Struct, frozen=True):
    """Where the words come from; `clock`: a time as the people of its zone read it."""

    archive: Archive
    store: GraphStore
    graph: Graph
    """The whole of it."""
    clock: Clock
    zone: str


def gather(case: Case, wanted: Wanted) -> Extras:
    """Quotes, roles and broker badges of what is shown, bounded so that a page stays small."""
    ties = _through_actors(list(case.graph.relationships), wanted.all)
    found = behind(case.graph.nodes, ties, wanted.all)
    a_node = next((most for size, most in _A_NODE if len(wanted.nodes) <= size), _A_NODE_ELSE)
    of_nodes = {name: found.chosen(name, a_node) for name in wanted.nodes}
    of_edges = {name: found.chosen(name, _AN_EDGE) for name in wanted.edges}
    quotes, numbers = _quoted(case, found, (of_nodes, of_edges))
    return Extras(
        zone=case.zone,
        clock=case.clock,
        quotes=quotes,
        of_nodes=_backing(of_nodes, numbers),
        of_edges=_backing(of_edges, numbers),
        roles=_roles(ties, frozenset(wanted.nodes)),
        brokers=_brokers(case, frozenset(wanted.nodes)),
    )


def _through_actors(ties: Sequence[Relationship], wanted: frozenset[str]) -> Sequence[Relationship]:
    """Ties of an account as those of the actor that is shown in its place."""
    actors = {
        tie.start: tie.end
        for tie in ties
        if tie.type == "RESOLVED_TO" and tie.end in wanted and tie.start not in wanted
    }
    if not actors:
        return ties
    return [
        msgspec.structs.replace(
            tie, start=actors.get(tie.start, tie.start), end=actors.get(tie.end, tie.end)
        )
        for tie in ties
    ]


def _quoted(
    case: Case, found: Behind, chosen: Iterable[Mapping[str, tuple[list[str], int]]]
) -> tuple[list[Quote], dict[str, int]]:
    """The quotes, and where in them each post stands; each post once, nodes before edges."""
    nodes = case.graph.nodes
    names = {n.id: str(n.props.get("name") or n.id) for n in nodes if n.label == "Venue"}
    own = {node.id for node in nodes if node.props.get("own")}
    posts = [post for part in chosen for picked, _ in part.values() for post in picked]
    posts = list(dict.fromkeys(posts))[:MOST]
    spoken = quotes_of(case.archive, posts, found.spans)
    # What the collector wrote never leaves.
    told = [post for post in posts if post in spoken and spoken[post].account not in own]
    quotes = [_quote(spoken[post], names, case.clock) for post in told]
    return quotes, {post: number for number, post in enumerate(told)}


def _quote(said: Spoken, venues: Mapping[str, str], clock: Clock) -> Quote:
    return Quote(
        post=said.post,
        time="" if said.time is None else clock(said.time),
        venue=venues.get(said.venue or "", ""),
        sender=said.sender or "",
        text=said.quote[:ROOM],
        cut=len(said.quote) > ROOM,
    )


def _backing(
    chosen: Mapping[str, tuple[list[str], int]], numbers: Mapping[str, int]
) -> dict[str, Backing]:
    return {
        name: Backing([numbers[post] for post in picked if post in numbers], total)
        for name, (picked, total) in chosen.items()
        if total
    }


def _roles(ties: Iterable[Relationship], wanted: frozenset[str]) -> dict[str, list[RoleClaim]]:
    roles: dict[str, list[RoleClaim]] = {}
    for tie in ties:
        claimed = tie.type == "HAS_ROLE" and tie.props.get("modality") != "analyst"
        if claimed and tie.start in wanted:
            roles.setdefault(tie.start, []).append(_role(tie))
    return {
        name: sorted(claims, key=lambda one: (-one.score, one.role, one.basis, one.since))
        for name, claims in roles.items()
    }


def _role(tie: Relationship) -> RoleClaim:
    props = tie.props
    score = props.get("score")
    return RoleClaim(
        role=tie.end.partition(":")[2],
        basis=str(props.get("basis", "unknown")),
        since=plain(props.get("valid_from", "")),
        until=plain(props.get("valid_to", "")),
        acts=_whole(props.get("acts")),
        days=_whole(props.get("days")),
        score=float(score) if isinstance(score, int | float) else 0.0,
    )


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _brokers(case: Case, wanted: frozenset[str]) -> dict[str, Badge]:
    """The first of the ranking, where they are shown."""
    from graph.analysis.brokers import BrokerOptions, rank_brokers
    from graph.analysis.goods import trade_words

    rows = rank_brokers(case.archive, case.store, BrokerOptions(top=BROKERS)).rows
    told = [
        msgspec.structs.replace(row, triples=row.triples[:_TRIPLES])
        for row in rows
        if row.rank is not None and row.id in wanted
    ]
    goods = trade_words(case.archive, [name for row in told for name in row.listings])
    return {row.id: _badge(row, goods, case.clock) for row in told}


def _badge(row: "BrokerRow", goods: Mapping[str, str], clock: Clock) -> Badge:
    """The reasons of a row in both languages, but the roles, which stand above a badge anyway."""
    from graph.analysis.reasons import Reasons, composed
    from graph.analysis.wording import LANGS, Wording

    def day(utc: str) -> str:
        return clock(datetime.fromisoformat(utc))

    each = [Reasons(Wording(lang), day=day, goods=goods) for lang in LANGS]
    en, zh = ([*one.standing(row), *_care(one, row)] for one in each)
    heads = _pairs(*([one.head(n, row, t) for n, t in enumerate(row.triples, 1)] for one in each))
    passed = [
        Passed(head, _pairs(*([line for line, _ in one.sides(triple)] for one in each)))
        for head, triple in zip(heads, row.triples, strict=True)
    ]
    last = (composed(each[0].words), composed(each[1].words))
    return Badge(row.rank or 0, _pairs(en, zh), passed, last)


def _care(one: "Reasons", row: "BrokerRow") -> list[str]:
    return [one.words.say("care", what=caution) for caution in one.cautions(row)]


def _pairs(en: Iterable[str], zh: Iterable[str]) -> list[Pair]:
    return list(zip(en, zh, strict=True))
