"""`assert`: a relationship that an analyst knows of, beside what was read."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final, cast

import msgspec
import typer

from commands.answers import FailEmpty, Raw, end_if_empty
from commands.application import command
from commands.clock import from_unix
from commands.completion import complete_id, complete_type
from commands.decided import (
    CONFIDENCES,
    Basis,
    Listed,
    Reason,
    Source,
    Sure,
    Undo,
    day,
    vocabulary,
    word,
)
from commands.session import Session
from commands.which import which
from evidence.errors import UsageError

if TYPE_CHECKING:
    from graph.knowledge.assertion import Confidence
    from graph.knowledge.shown import Row

COLUMNS: Final = (
    "decision",
    "start",
    "type",
    "end",
    "said",
    "basis",
    "confidence",
    "since",
    "until",
    "state",
    "why",
    "author",
    "at",
    "reason",
    "source",
    "rel",
    "claim",
)
SHORT: Final = ("decision", "start", "type", "end", "said", "basis", "state", "author", "reason")
NEXT: Final = "Next: heichan build"

A = Annotated[
    str | None,
    typer.Argument(metavar="A", help="An id or @handle.", autocompletion=complete_id),
]
Rel = Annotated[
    str | None,
    typer.Argument(
        metavar="REL", help="A relationship type, as SUPPLIES.", autocompletion=complete_type
    ),
]
B = Annotated[
    str | None,
    typer.Argument(metavar="B", help="An id or @handle.", autocompletion=complete_id),
]
With = Annotated[
    list[str] | None,
    typer.Option(
        "--with",
        metavar="NAME=VALUE",
        help="A property of the type: product, side, commission, measure, persons, kind.",
    ),
]


def assert_(
    session: Session,
    a: A = None,
    rel: Rel = None,
    b: B = None,
    basis: Basis = None,
    reason: Reason = None,
    source: Source = None,
    confidence: Sure = "medium",
    since: Annotated[str | None, typer.Option(metavar="DAY", help="It held from this day.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Until this day.")] = None,
    given: With = None,
    listed: Listed = False,
    undo: Undo = None,
    raw: Raw = False,
    fail_empty: FailEmpty = False,
) -> None:
    """Put down a relationship that the material does not state, as an assessment of your own.

    It is in the graph from the next build on, with modality analyst, and never counts in the
    ranking of brokers. --list shows all, with A those about one node; --undo takes one back. The
    keys are decision, start, type, end, said, basis, confidence, since, until, state (in force,
    waits for a second reviewer, contradicted, detached, undone), why, author, at, reason, source,
    rel, claim.

    Example: heichan assert @demo_a SUPPLIES @demo_b --basis interview --reason 'he said so'
    --source 'interview of 3 May' --with product=product:stock_leads
    """
    if undo is not None:
        _refuse_beside("--undo", a, rel, b)
        _undo(session, undo, reason)
        return
    if listed:
        _refuse_beside("--list A", rel, b)
        end_if_empty(_list(session, a), fail_empty=fail_empty)
        return
    if a is None or rel is None or b is None:
        raise UsageError("A, REL and B are needed", hint="heichan assert A REL B, or --list.")
    _put_down(
        session,
        (a, rel, b),
        {"basis": basis, "source": source, "reason": reason, "since": since, "until": until},
        word("--confidence", confidence, CONFIDENCES),
        given or (),
    )


def _refuse_beside(what: str, *given: str | None) -> None:
    if any(each is not None for each in given):
        raise UsageError(f"{what} goes without them", hint="heichan assert --help")


def _put_down(
    session: Session,
    triple: tuple[str, str, str],
    texts: dict[str, str | None],
    confidence: str,
    given: Sequence[str],
) -> None:
    from commands.parameters import read_parameters
    from evidence.audit import user
    from graph.knowledge.asserting import Request, put_down
    from graph.knowledge.known import Known
    from graph.knowledge.shown import rows

    start, type_, end = triple
    request = Request(
        start=_end(session, start),
        type=type_,
        end=_end(session, end),
        basis=texts["basis"],
        source=_source(session, texts["source"]),
        confidence=cast("Confidence", confidence),
        since=day("--since", texts["since"]),
        until=day("--until", texts["until"]),
        props=read_parameters(given, "--with"),
    )
    words, reviewers = vocabulary(session), session.case.settings.resolve.reviewers
    with session.case.archive() as archive, archive.transaction() as connection:
        made = put_down(
            connection,
            request,
            Known(connection, words),
            author=user(),
            reason=texts["reason"] or "",
            reviewers=reviewers,
        )
        all_rows = rows(connection, reviewers, made.claim)
    session.out.document(shown(all_rows[-1]))
    session.out.note(NEXT)


def _source(session: Session, text: str | None) -> str | None:
    """The words themselves; of a post or a file the whole id."""
    return which(session, text) if text and text.startswith(("post:", "file:")) else text


def _end(session: Session, text: str) -> str:
    """The node meant; a founded actor that no build has seen yet may be named by its beginning."""
    known = which(session, text)
    if not known.startswith("actor:"):
        return known
    from graph.knowledge.actors import actors

    begun = [each.id for each in actors(session.archive.connection) if each.id.startswith(known)]
    return begun[0] if len(begun) == 1 else known


def _undo(session: Session, typed: str, reason: str | None) -> None:
    from evidence.audit import user
    from evidence.grading.appended import take_back
    from graph.knowledge.assertion import ASSERT

    with session.case.archive() as archive, archive.transaction() as connection:
        done = take_back(connection, ASSERT, typed, author=user(), reason=reason or "")
    session.out.document(
        {
            "decision": done.id,
            "undoes": done.undoes,
            "author": done.author,
            "at": from_unix(done.at),
            "reason": done.reason,
        }
    )
    session.out.note(NEXT)


def _list(session: Session, typed: str | None) -> "list[Row]":
    from graph.knowledge.shown import rows

    about = None if typed is None else _end(session, typed)
    found = rows(session.archive.connection, session.case.settings.resolve.reviewers, about)
    columns = SHORT if session.out.human else COLUMNS
    session.out.rows([shown(each) for each in found], columns)
    return found


def shown(row: "Row") -> dict[str, Any]:
    """An assertion with the keys of COLUMNS."""
    document: dict[str, Any] = {**msgspec.structs.asdict(row), "at": from_unix(row.at)}
    for name in ("since", "until"):
        document[name] = None if document[name] is None else document[name].isoformat()
    return document


def register(app: typer.Typer) -> None:
    command(app, "assert")(assert_)
