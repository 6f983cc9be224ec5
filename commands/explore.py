"""`show`, `timeline`, `evidence`, `neighbors`, `path`: following a thread."""

from typing import TYPE_CHECKING, Annotated

import typer

from commands.answers import FailEmpty, Raw, end_if_empty
from commands.application import command
from commands.completion import complete_id, complete_label, complete_type, complete_venue
from commands.output import cut_off
from commands.session import Session
from commands.which import which
from evidence.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evidence.translations import Translation
    from graph.explore.copies import Copies, Version
    from graph.explore.timeline import Entry
    from graph.explore.walk import Walk, Walked

Identifier = Annotated[
    str,
    typer.Argument(
        metavar="ID|@handle",
        help="An id, its beginning, or @handle.",
        autocompletion=complete_id,
    ),
]
Hops = Annotated[int, typer.Option(min=1, max=8, help="How far.")]
Rel = Annotated[
    list[str] | None,
    typer.Option("--rel", help="Only these relationship types.", autocompletion=complete_type),
]
Via = Annotated[
    list[str] | None,
    typer.Option(
        "--via",
        metavar="LABEL",
        help="Also pass through nodes of this label.",
        autocompletion=complete_label,
    ),
]
Shared = Annotated[bool, typer.Option("--include-shared", help="Pass through shared services too.")]
Sure = Annotated[float, typer.Option("--min-confidence", min=0, max=1, help="Least confidence.")]
ENTRY = ("time", "venue", "sender", "post", "listing", "text")
MORE_OF_ENTRY = ("account", "kind", "state")
SEEN_ENTRY = ("time", "venue", "sender", "kind", "post", "listing", "state", "text")
QUOTE = ("time", "sender", "quote", "post", "file", "place", "offset", "sha256")
MORE_OF_QUOTE = (
    "account",
    "venue",
    "span",
    "layer",
    "run",
    "reader",
    "zone",
    "integrity",
)
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
    "modality",
)
SEEN_STEP = (
    "hop",
    "direction",
    "relation",
    "name",
    "there",
    "product",
    "confidence",
    "modality",
    "rel",
)


def show(
    session: Session,
    identifier: Identifier,
    context: Annotated[int, typer.Option(min=0, help="For a post: how many before and after.")] = 0,
    raw: Raw = False,
) -> None:
    """Show one node, a post in its conversation, or everybody who wore a handle.

    Example: heichan show @demo_name
    """
    from commands.judged import judged
    from commands.profile import decisions, show_profile
    from evidence.translations import translations
    from graph.explore.copies import copies
    from graph.explore.resolve import wearers
    from graph.explore.show import show as profile
    from graph.explore.timeline import conversation

    if identifier.startswith("@"):
        found = wearers(session.store, identifier)
        if len({wearer.account for wearer in found}) > 1:
            columns = ("account", "name", "how", "worn", "since", "until")
            session.out.rows([plain_row(wearer, columns) for wearer in found], columns)
            session.out.note("Several accounts: give the id of one.")
            return
    known = which(session, identifier)
    if known.startswith("post:"):
        found_posts = conversation(session.archive, known, context)
        said = translations(session.archive.connection)
        held = copies(session.archive, known)
        told = judged(session, known).lines
        _entries(session, found_posts, translated=said, post=known, held=held, judged=told)
        session.out.note(f"Next: heichan evidence {known}, heichan show {known} --context 20")
        return
    decided = decisions(session, known)
    try:
        found_node = profile(session.store, session.archive, known)
    except NotFoundError as error:
        if not decided:
            raise
        raise NotFoundError(
            error.message, hint=f"Decisions about it: heichan correct {known}"
        ) from error
    show_profile(session, found_node, decided)


def timeline(
    session: Session,
    identifier: Identifier,
    venue: Annotated[
        str | None, typer.Option(help="Only in this venue.", autocompletion=complete_venue)
    ] = None,
    since: Annotated[str | None, typer.Option(help="From this day or time.")] = None,
    until: Annotated[str | None, typer.Option(help="Until this day or time, included.")] = None,
    grep: Annotated[str | None, typer.Option(help="Only posts that hold this text.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Posts at the most.")] = 200,
    raw: Raw = False,
    fail_empty: FailEmpty = False,
) -> None:
    """Show posts, listings and events of an account, a venue or another node in order.

    Example: heichan timeline @demo_name --since 2021-03-01
    """
    from commands import clock
    from graph.explore.timeline import Span
    from graph.explore.timeline import timeline as entries

    zone = session.out.zone
    place = None if venue is None else which(session, venue)
    span = Span(clock.since(since, zone), clock.until(until, zone), place, grep, limit)
    known = which(session, identifier)
    found, cut = entries(session.store, session.archive, known, span, zone)
    _entries(session, found, limit, cut_off(cut, limit, "posts"))
    end_if_empty(found, fail_empty=fail_empty)


def evidence(
    session: Session,
    identifier: Identifier,
    unmasked: Annotated[
        bool, typer.Option("--unmasked", help="The words as written, out of the vault; logged.")
    ] = False,
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help="Why they are unmasked; goes into the audit log.")
    ] = "",
    posts: Annotated[
        bool, typer.Option("--posts", help="The posts behind it, with what was read from each.")
    ] = False,
    chain: Annotated[
        bool, typer.Option("--chain", help="Each link: run, file, post, record, claim, tie.")
    ] = False,
    raw: Raw = False,
    fail_empty: FailEmpty = False,
) -> None:
    """Show every span of text behind a node, a relationship, a listing or a claim.

    What an analyst put down has the analyst's words: layer is assessed, else observed.

    Example: heichan evidence listing:c042d2787f69
    What was read from a file, by its id, hash or path: heichan evidence result.json --posts
    """
    from commands.chain import meant, show_chain, show_posts
    from graph.explore.evidence import evidence as quotes

    if posts and chain:
        raise UsageError("--posts and --chain are two answers", hint="Choose one of them.")
    known = meant(session, identifier)
    if posts or chain:
        shown = show_posts(session, known) if posts else show_chain(session, known)
        end_if_empty(range(shown), fail_empty=fail_empty)
        return
    found = quotes(session.store, session.archive, known)
    if unmasked:
        from graph.explore.unmask import unmask

        found = unmask(session.case, known, found, reason)
    more = () if all(quote.layer == "observed" for quote in found) else ("layer",)
    columns = (*QUOTE[:-1], "run", *more) if session.out.human else (*QUOTE, *MORE_OF_QUOTE)
    session.out.rows([plain_row(quote, columns) for quote in found], columns)
    end_if_empty(found, fail_empty=fail_empty)
    for line in sorted({f"{quote.file}: {quote.integrity}" for quote in found if quote.integrity}):
        session.out.note(line)
    session.out.note("Next: heichan show POST --context 5, heichan evidence ID --chain")


def neighbors(
    session: Session,
    identifier: Identifier,
    hops: Hops = 1,
    rel: Rel = None,
    via: Via = None,
    include_shared: Shared = False,
    min_confidence: Sure = 0.0,
    raw: Raw = False,
    fail_empty: FailEmpty = False,
) -> None:
    """Show what a node is tied to: accounts, actors, contacts, listings.

    Example: heichan neighbors @demo_name --hops 2
    """
    from graph.explore.walk import neighbors as around

    known = which(session, identifier)
    walk = _walk(hops, rel, via, include_shared, min_confidence)
    walked = around(session.store, known, walk)
    _walked(session, walked, root=known)
    end_if_empty(walked.steps, fail_empty=fail_empty)


def path(
    session: Session,
    start: Annotated[
        str,
        typer.Argument(metavar="A", help="An id or @handle.", autocompletion=complete_id),
    ],
    end: Annotated[
        str,
        typer.Argument(metavar="B", help="An id or @handle.", autocompletion=complete_id),
    ],
    hops: Hops = 6,
    rel: Rel = None,
    via: Via = None,
    include_shared: Shared = False,
    min_confidence: Sure = 0.0,
    raw: Raw = False,
    fail_empty: FailEmpty = False,
) -> None:
    """Show a shortest path between two nodes.

    Example: heichan path @demo_seller @demo_buyer --rel FLOWS_TO
    """
    from graph.explore.walk import path as shortest

    walk = _walk(hops, rel, via, include_shared, min_confidence)
    ends = which(session, start), which(session, end)
    walked = shortest(session.store, ends, walk)
    _walked(session, walked)
    if walked.steps:
        session.out.note(
            f"composed of {len(walked.steps)} separate statements; nobody stated the whole"
        )
    elif not walked.cut:
        session.out.note(f"no path within {hops} hops")
    end_if_empty(walked.steps, fail_empty=fail_empty)


def plain_row(struct: object, columns: tuple[str, ...]) -> dict[str, object]:
    """The named fields of a struct."""
    return {name: getattr(struct, name) for name in columns}


def _walk(
    hops: int, rel: list[str] | None, via: list[str] | None, shared: bool, sure: float
) -> "Walk":
    from graph.explore.labels import label_named, type_named
    from graph.explore.walk import Walk

    types, labels = map(type_named, rel or ()), map(label_named, via or ())
    return Walk(hops, frozenset(types), frozenset(labels), shared, sure)


def _walked(session: Session, walked: "Walked", root: str | None = None) -> None:
    """The steps as rows; for people, around a node, as a tree."""
    columns = SEEN_STEP if session.out.human else STEP
    told = "the search was cut at its bound; give --rel, fewer --hops or --via"
    cut = told if walked.cut else ""
    if root is not None and session.out.human:
        from commands.tree import show_tree

        show_tree(session.out, root, walked.steps)
        if cut:
            session.out.warn(cut)
    else:
        session.out.rows([plain_row(step, columns) for step in walked.steps], columns, cut=cut)
    if own := sum(step.assessed for step in walked.steps):
        session.out.note(f"{own} put down by an analyst: assessed, not stated in the material")
    for hub in walked.hubs:
        session.out.note(f"not passed: {hub}; --include-shared passes it")
    if walked.steps and not walked.cut:
        session.out.note("Next: heichan evidence REL shows the words behind a tie")


def _entries(
    session: Session,
    entries: list["Entry"],
    limit: int | None = None,
    cut: str = "",
    translated: "Mapping[str, list[Translation]] | None" = None,
    post: str = "",
    held: "Copies | None" = None,
    judged: "Sequence[str]" = (),
) -> None:
    columns = SEEN_ENTRY if session.out.human else (*ENTRY, *MORE_OF_ENTRY)
    rows = [plain_row(entry, columns) for entry in entries]
    if translated and any(entry.post in translated for entry in entries):
        columns = (*columns, "translations")
        for row in rows:
            told = translated.get(str(row["post"]), ())
            row["translations"] = [
                f"{one.language} ({one.how}, {one.by}): {one.text}" for one in told
            ]
    if judged:
        columns = (*columns, "judged")
        for row in rows:
            row["judged"] = list(judged) if row["post"] == post else []
    if held is not None and (len(held.versions) > 1 or held.absent):
        columns = (*columns, "versions", "absent_from")
        for row in rows:
            is_it = row["post"] == post
            row["versions"] = [_version(each) for each in held.versions] if is_it else []
            row["absent_from"] = held.absent if is_it else []
    session.out.rows(rows, columns, limit=limit, cut=cut)


def _version(version: "Version") -> str:
    when = f", edited {version.edited:%Y-%m-%dT%H:%M:%SZ}" if version.edited else ""
    return f"{', '.join(version.files)}{when}: {version.text}"


def register(app: typer.Typer) -> None:
    for function in (show, timeline, evidence, neighbors, path):
        command(app, function.__name__)(function)
