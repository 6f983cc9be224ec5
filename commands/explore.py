"""`show`, `timeline`, `evidence`, `neighbors`, `path`: following a thread."""

from typing import TYPE_CHECKING, Annotated

import typer

from commands.application import command
from commands.correct import SHORT as CORRECTION
from commands.correct import shown as correction
from commands.output import plain
from commands.role_sums import role_sums, show_sums, sum_documents
from commands.session import Session
from evidence.errors import NotFoundError

if TYPE_CHECKING:
    from graph.explore.show import Profile
    from graph.explore.timeline import Entry
    from graph.explore.walk import Walk, Walked

Identifier = Annotated[
    str, typer.Argument(metavar="ID|@handle", help="An id, its beginning, or @handle.")
]
Hops = Annotated[int, typer.Option(min=1, max=8, help="How far.")]
Rel = Annotated[list[str] | None, typer.Option("--rel", help="Only these relationship types.")]
Via = Annotated[
    list[str] | None,
    typer.Option("--via", metavar="LABEL", help="Also pass through nodes of this label."),
]
Shared = Annotated[bool, typer.Option("--include-shared", help="Pass through shared services too.")]
Sure = Annotated[float, typer.Option("--min-confidence", min=0, max=1, help="Least confidence.")]
Raw = Annotated[bool, typer.Option("--raw", help="CSV cells as they are.")]
ENTRY = ("time", "venue", "sender", "post", "listing", "text")
QUOTE = ("time", "sender", "quote", "post", "file", "place", "offset", "sha256")
ROLE = ("role", "zh", "basis", "since", "until", "acts", "score")
NEIGHBOURS = ("relation", "direction", "label", "n", "examples")
STEP = (
    "hop",
    "here",
    "relation",
    "direction",
    "there",
    "name",
    "product",
    "n",
    "confidence",
    "rel",
)
SEEN_STEP = ("hop", "direction", "relation", "name", "there", "product", "confidence", "rel")


def show(
    session: Session,
    identifier: Identifier,
    context: Annotated[int, typer.Option(min=0, help="For a post: how many before and after.")] = 0,
) -> None:
    """Show one node, a post in its conversation, or everybody who wore a handle.

    Example: heichan show @demo_name
    """
    from graph.explore.resolve import resolve, wearers
    from graph.explore.show import show as profile
    from graph.explore.timeline import conversation

    if identifier.startswith("@"):
        found = wearers(session.store, identifier)
        if len({wearer.account for wearer in found}) > 1:
            columns = ("account", "name", "how", "worn", "since", "until")
            session.out.rows([plain_row(wearer, columns) for wearer in found], columns)
            session.out.note("Several accounts: give the id of one.")
            return
    known = resolve(session.store, session.archive, identifier)
    if known.startswith("post:"):
        _entries(session, conversation(session.archive, known, context))
        return
    decided = _decided(session, known)
    try:
        found_node = profile(session.store, known)
    except NotFoundError as error:
        if not decided:
            raise
        raise NotFoundError(
            error.message, hint=f"Decisions about it: heichan correct {known}"
        ) from error
    _profile(session, found_node, decided)


def timeline(
    session: Session,
    identifier: Identifier,
    venue: Annotated[str | None, typer.Option(help="Only in this venue.")] = None,
    since: Annotated[str | None, typer.Option(help="From this day or time.")] = None,
    until: Annotated[str | None, typer.Option(help="Until this day or time, included.")] = None,
    grep: Annotated[str | None, typer.Option(help="Only posts that hold this text.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Posts at the most.")] = 200,
    raw: Raw = False,
) -> None:
    """Show posts and listings of an account or a venue in order.

    Example: heichan timeline @demo_name --since 2021-03-01
    """
    from commands import clock
    from graph.explore.resolve import resolve
    from graph.explore.timeline import Span
    from graph.explore.timeline import timeline as entries

    zone = session.out.zone
    span = Span(clock.since(since, zone), clock.until(until, zone), venue, grep, limit)
    known = resolve(session.store, session.archive, identifier)
    found, cut = entries(session.archive, known, span)
    _entries(session, found)
    if cut:
        session.out.warn(f"cut off at {limit} posts; raise --limit to see more")


def evidence(session: Session, identifier: Identifier, raw: Raw = False) -> None:
    """Show every span of text behind a node, a relationship, a listing or a claim.

    Example: heichan evidence listing:c042d2787f69
    """
    from graph.explore.evidence import evidence as quotes
    from graph.explore.resolve import resolve

    known = resolve(session.store, session.archive, identifier)
    found = quotes(session.store, session.archive, known)
    columns = QUOTE[:-1] if session.out.human else (*QUOTE, "account", "venue", "span")
    session.out.rows([plain_row(quote, columns) for quote in found], columns)
    session.out.note("Next: heichan show POST --context 5")


def neighbors(
    session: Session,
    identifier: Identifier,
    hops: Hops = 1,
    rel: Rel = None,
    via: Via = None,
    include_shared: Shared = False,
    min_confidence: Sure = 0.0,
    raw: Raw = False,
) -> None:
    """Show what a node is tied to: accounts, actors, contacts, listings.

    Example: heichan neighbors @demo_name --hops 2
    """
    from graph.explore.resolve import resolve
    from graph.explore.walk import neighbors as around

    known = resolve(session.store, session.archive, identifier)
    walk = _walk(hops, rel, via, include_shared, min_confidence)
    _walked(session, around(session.store, known, walk))


def path(
    session: Session,
    start: Annotated[str, typer.Argument(metavar="A", help="An id or @handle.")],
    end: Annotated[str, typer.Argument(metavar="B", help="An id or @handle.")],
    hops: Hops = 6,
    rel: Rel = None,
    via: Via = None,
    include_shared: Shared = False,
    min_confidence: Sure = 0.0,
    raw: Raw = False,
) -> None:
    """Show a shortest path between two nodes.

    Example: heichan path @demo_seller @demo_buyer --rel FLOWS_TO
    """
    from graph.explore.resolve import resolve
    from graph.explore.walk import path as shortest

    walk = _walk(hops, rel, via, include_shared, min_confidence)
    ends = (
        resolve(session.store, session.archive, start),
        resolve(session.store, session.archive, end),
    )
    walked = shortest(session.store, ends, walk)
    _walked(session, walked)
    if walked.steps:
        session.out.note(
            f"composed of {len(walked.steps)} separate statements; nobody stated the whole"
        )
    elif not walked.cut:
        session.out.note(f"no path within {hops} hops")


def plain_row(struct: object, columns: tuple[str, ...]) -> dict[str, object]:
    """The named fields of a struct."""
    return {name: getattr(struct, name) for name in columns}


def _walk(
    hops: int, rel: list[str] | None, via: list[str] | None, shared: bool, sure: float
) -> "Walk":
    from graph.explore.walk import Walk

    return Walk(hops, frozenset(rel or ()), frozenset(via or ()), shared, sure)


def _walked(session: Session, walked: "Walked") -> None:
    columns = SEEN_STEP if session.out.human else STEP
    session.out.rows([plain_row(step, columns) for step in walked.steps], columns)
    for hub in walked.hubs:
        session.out.note(f"not passed: {hub}; --include-shared passes it")
    if walked.cut:
        session.out.warn("the search was cut at its bound; give --rel, fewer --hops or --via")
    elif walked.steps:
        session.out.note("Next: heichan evidence REL shows the words behind a tie")


def _entries(session: Session, entries: list["Entry"]) -> None:
    columns = ENTRY if session.out.human else (*ENTRY, "account", "kind")
    session.out.rows([plain_row(entry, columns) for entry in entries], columns)


def _decided(session: Session, identifier: str) -> list[dict[str, object]] | None:
    """What a person decided about the reading of a listing; None for any other node."""
    if not identifier.startswith("listing:"):
        return None
    from evidence.corrections.view import rows

    return [correction(row) for row in rows(session.archive.connection, identifier)]


def _profile(session: Session, profile: "Profile", decided: list[dict[str, object]] | None) -> None:
    out, sums = session.out, role_sums(session, profile)
    if not out.human:
        roles, neighbours = plain(profile.roles), plain(profile.neighbours)
        shown = {**plain(profile.node), "claimed_roles": roles, "neighbours": neighbours}
        shown["role_sums"] = sum_documents(sums)
        out.document(shown if decided is None else {**shown, "corrections": plain(decided)})
        return
    node = profile.node
    out.text(f"{node.props.get('name', '')}  {node.label}", style="bold")
    out.document({"id": node.id, **node.props})
    if profile.roles:
        out.text("\nclaimed roles (an order among readings, not a probability)", style="bold")
        out.rows([plain_row(role, ROLE) for role in profile.roles], ROLE)
    show_sums(out, sums)
    out.text("\nneighbours", style="bold")
    out.rows([plain_row(group, NEIGHBOURS) for group in profile.neighbours], NEIGHBOURS)
    if decided:
        out.text("\ncorrections of a person", style="bold")
        out.rows(decided, [name for name in CORRECTION if name != "listing"])
    out.note(f"Next: heichan evidence {node.id}")


def register(app: typer.Typer) -> None:
    for function in (show, timeline, evidence, neighbors, path):
        command(app, function.__name__)(function)
