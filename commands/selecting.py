"""A chosen part of the graph, fit to leave: for `export`, `view` and `report`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from commands.selecting_options import Choice as Choice
from commands.selecting_options import with_selection as with_selection
from commands.session import Session
from evidence.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from evidence.settings import Tlp
    from graph.elements import Graph
    from graph.export.choice.drawn import Drawn
    from graph.export.choice.selection import Selected, Selection
    from graph.export.clean.guard import Guard
    from graph.export.clean.plan import Plan
    from graph.export.stamp import Stamp
    from queries.run import QueryResult

QUERY_ROWS = 10_000
"""Rows of a query that are drawn at the most."""
DEFAULT_RECIPIENT = "anybody"
"""Whose key redacts where no recipient is named."""


@dataclass(frozen=True)
class Chosen:
    """A part of the graph and all that is needed to write it without its secrets.

    `guard.text` must go over any text from elsewhere (quotes of the archive) that is written too.
    """

    session: Session
    """On the part of the case up to the mark; its archive holds nothing stricter."""
    selected: "Selected"
    selection: "Selection"
    guard: "Guard"
    stamp: "Stamp"
    left_out: tuple[str, ...] = ()
    """What the mark left out, and what the selection could not place."""
    told: tuple[str, ...] = ()
    """Those of them that were shown already."""

    @property
    def graph(self) -> "Graph":
        """As it stands in the store; only `guard` makes it fit to leave."""
        return self.selected.graph

    @property
    def empty(self) -> bool:
        """Whether nothing was chosen."""
        return self.selected.empty

    @cached_property
    def plan(self) -> "Plan":
        """What leaves."""
        from graph.export.clean.plan import plan

        planned = plan(self.graph, guard=self.guard, roles=self.selected.roles)
        return msgspec.structs.replace(planned, losses=[*self.left_out, *planned.losses])


def chosen(session: Session, choice: Choice) -> Chosen:
    """The part of the graph that the options choose.

    Raises UsageError for an unknown label, type or parameter, NotFoundError for an unknown node
    or query; both name the nearest.
    """
    from evidence.settings import tlp_mark
    from graph.export.choice.selection import select

    mark = None if choice.tlp_max is None else tlp_mark(choice.tlp_max)
    key = _key(session, choice)
    part = session.below(mark)
    whole, above = _up_to(part, mark)
    told = () if mark is None or part is session else (_left_out(session, mark),)
    selection = _selection(part, whole, choice)
    answers = _answers(part, choice, mark)
    guard = _guard(whole, choice, key)
    selected = select(whole, selection, _drawn(session, answers))
    return Chosen(
        part,
        selected,
        selection,
        guard,
        _stamp(part, whole, selection.renamed(guard.identifier), answers, guard),
        (*told, *above, *(f"{n} {what}" for what, n in sorted(selected.losses.items()) if n)),
        told,
    )


def _key(session: Session, choice: Choice) -> bytes | None:
    from evidence.recipients import recipient_key

    if choice.redact == "none":
        if choice.recipient is not None:
            raise UsageError("--recipient goes with --redact", hint="Add --redact contacts.")
        return None
    if choice.recipient is None:
        session.out.note("no --recipient named: files made so can be compared with each other")
    return recipient_key(DEFAULT_RECIPIENT if choice.recipient is None else choice.recipient)


def _up_to(part: Session, mark: "Tlp | None") -> "tuple[Graph, tuple[str, ...]]":
    """The graph up to the mark, and how many nodes have a stricter one of their own."""
    from graph.elements import Graph
    from graph.store.marks import up_to

    graph = Graph(list(part.store.nodes()), list(part.store.relationships()))
    if mark is None:
        return graph, ()
    # What has no mark of its own rests on nothing stricter here.
    less = up_to(graph, mark, mark)
    gone = len(graph.nodes) - len(less.nodes)
    return less, (f"{gone} nodes marked above {mark} left out",) if gone else ()


def _left_out(session: Session, mark: "Tlp") -> str:
    """How much of the archive lies above the mark, in the words of `Session.below`."""
    from graph.build.below import below

    return below(session.case, mark).left_out.words(mark)


def _guard(whole: "Graph", choice: Choice, key: bytes | None) -> "Guard":
    from graph.export.clean.guard import guard_of

    return guard_of(whole, choice.redact, include_accused=choice.include_accused, key=key)


def _selection(part: Session, whole: "Graph", choice: Choice) -> "Selection":
    from commands import clock
    from commands.which import which
    from graph.explore.labels import label_named, type_named
    from graph.export.choice.named import carrying, nodes_named
    from graph.export.choice.scope import Scope
    from graph.export.choice.selection import Selection
    from graph.knowledge.tags import nodes_by_tag

    def named(label: str, texts: Iterable[str] | None) -> frozenset[str] | None:
        if not texts:
            return None
        return nodes_named(whole, label, [which(part, text) for text in texts])

    zone = part.out.zone
    given = nodes_by_tag(part.archive.connection)
    venues, tagged = named("Venue", choice.venue), carrying(whole, choice.tag or (), given)
    if tagged is not None and all(node.startswith("venue:") for node in tagged):
        # Venues alone: a tie with another venue falls outside, as with --venue.
        venues, tagged = tagged if venues is None else venues & tagged, None
    scope = Scope(
        venues=venues,
        tagged=tagged,
        products=named("Product", choice.product),
        accounts=named("Account", choice.account),
        since=clock.since(choice.since, zone),
        until=clock.until(choice.until, zone),
    )
    _refuse_turned(scope.since, scope.until)
    return Selection(
        queries=tuple(choice.query or ()),
        ego=None if choice.ego is None else which(part, choice.ego),
        hops=choice.hops,
        labels=frozenset(map(label_named, choice.label or ())),
        types=frozenset(map(type_named, choice.rel or ())),
        scope=scope,
        tags=tuple(choice.tag or ()),
        min_confidence=choice.min_confidence,
        min_degree=choice.min_degree,
        include_shared=choice.include_shared,
        people=choice.people,
        projection=choice.projection,
    )


def _refuse_turned(since: "datetime | None", until: "datetime | None") -> None:
    if since is not None and until is not None and since >= until:
        raise UsageError("--until lies before --since", hint="Give the earlier one as --since.")


def _answers(part: Session, choice: Choice, mark: "Tlp | None") -> "list[QueryResult]":
    """Each query run on the part, with those of the parameters that it takes."""
    from commands.parameters import read_parameters
    from commands.query_packs import own_packs
    from queries.run import run_query

    given = read_parameters(choice.param or [])
    if given and not choice.query:
        raise UsageError("--param goes with --query", hint="Add --query NAME.")
    if not choice.query:
        return []
    packs = own_packs(part)
    queries = [packs.get(name) for name in choice.query]
    for query in queries:
        if query.header.graph is None:
            raise UsageError(
                f"{query.id} has no column to draw",
                hint=f"Choose {', '.join(sorted(_drawing(packs.queries)))}.",
            )
    known = {name for query in queries for name in query.header.params}
    if unknown := sorted(given.keys() - known):
        raise UsageError(
            f"no query takes {unknown[0]!r}",
            hint=f"Parameters: {', '.join(sorted(known)) or 'none'}.",
        )
    return [
        run_query(
            query,
            part.store,
            part.archive,
            {name: value for name, value in given.items() if name in query.header.params},
            limit=QUERY_ROWS,
            below=mark,
        )
        for query in queries
    ]


def _drawing(queries: "Mapping[str, Any]") -> list[str]:
    return [name for name, query in queries.items() if query.header.graph is not None]


def _drawn(session: Session, answers: "Iterable[QueryResult]") -> "list[Drawn]":
    from graph.export.choice.drawn import drawn_of

    found = []
    for answer in answers:
        for warning in answer.warnings:
            session.out.warn(warning)
        if answer.truncated:
            session.out.warn(f"{answer.query} was cut at {answer.limit} rows")
        found.append(drawn_of(answer.drawn))
    return found


def _stamp(
    part: Session,
    whole: "Graph",
    selection: "Selection",
    answers: "list[QueryResult]",
    guard: "Guard",
) -> "Stamp":
    from graph.export.stamp import stamp_of

    parameters = {
        name: guard.text(str(value))
        for answer in answers
        for name, value in answer.parameters.items()
        if value is not None
    }
    return stamp_of(
        part.store.build_info(),
        selection=guard.text(selection.describe()),
        query=", ".join(answer.query for answer in answers) or None,
        query_version=", ".join(answer.version for answer in answers) or None,
        parameters=parameters,
        tlp=_strictest(part, whole),
    )


def _strictest(part: Session, whole: "Graph") -> "Tlp":
    """The strictest mark of all files, posts and nodes: a tie or a count may rest on any."""
    from evidence.grading.handling import in_use, strictest

    marks = [str(node.props["tlp"]) for node in whole.nodes if "tlp" in node.props]
    default = part.case.settings.tlp
    return strictest([*marks, *in_use(part.archive.connection), default]) or default
