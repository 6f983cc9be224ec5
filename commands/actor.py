"""`actor new|rename|list|undo`: people and groups without an account in the material."""

from typing import TYPE_CHECKING, Annotated, Any, Final, cast

import msgspec
import typer

from commands.answers import FailEmpty, Raw, end_if_empty
from commands.application import command
from commands.clock import from_unix
from commands.decided import CONFIDENCES, Basis, Reason, Source, Sure, word
from commands.session import Session

if TYPE_CHECKING:
    from graph.knowledge.actors import Category, Founded, Kind
    from graph.knowledge.assertion import Confidence

app = typer.Typer(
    no_args_is_help=True, help="People and groups that have no account in the material."
)
COLUMNS: Final = (
    "actor",
    "name",
    "names",
    "kind",
    "category",
    "accounts",
    "basis",
    "confidence",
    "author",
    "at",
    "reason",
    "source",
    "decision",
)
SHORT: Final = ("actor", "name", "kind", "category", "accounts", "basis", "author", "reason")
NEXT: Final = "Next: heichan assert ACCOUNT RESOLVED_TO {actor}, heichan build"

Which = Annotated[
    str, typer.Argument(metavar="ACTOR", help="Its id, the beginning of it, or its name.")
]
Name = Annotated[str, typer.Argument(metavar="NAME", help="What it is called.")]


def new(
    session: Session,
    name: Name,
    basis: Basis = None,
    reason: Reason = None,
    source: Source = None,
    kind: Annotated[str, typer.Option(help="person, crew or unknown.")] = "unknown",
    category: Annotated[
        str, typer.Option(help="suspect, victim, witness, other or unknown.")
    ] = "unknown",
    confidence: Sure = "medium",
) -> None:
    """Put down a person or group that is known to you; its id stays, whatever its name becomes.

    Accounts are tied to it by assert ACCOUNT RESOLVED_TO ACTOR, and those that resolve makes one
    with such an account come under it too.

    Example: heichan actor new 'the importer' --basis interview --reason 'named by two buyers'
    --source 'interview of 3 May'
    """
    from evidence.audit import user
    from graph.knowledge.actors import CATEGORIES, KINDS, Founding, found_actor

    said = Founding(
        name=name,
        basis=basis or "",
        source=source or "",
        kind=cast("Kind", word("--kind", kind, KINDS)),
        category=cast("Category", word("--category", category, CATEGORIES)),
        confidence=cast("Confidence", word("--confidence", confidence, CONFIDENCES)),
    )
    with session.case.archive() as archive, archive.transaction() as connection:
        made = found_actor(connection, said, author=user(), reason=reason or "")
    _show(session, made)


def rename(
    session: Session,
    actor: Which,
    name: Name,
    reason: Reason = None,
    source: Source = None,
) -> None:
    """Give an actor another name; it supersedes the one before, which the log keeps.

    Example: heichan actor rename actor:1f6a 'Old Wang' --reason 'so called in the second interview'
    """
    from evidence.audit import user
    from graph.knowledge.actors import rename_actor

    with session.case.archive() as archive, archive.transaction() as connection:
        made = rename_actor(
            connection, actor, name, source=source, author=user(), reason=reason or ""
        )
    _show(session, made)


def list_actors(session: Session, raw: Raw = False, fail_empty: FailEmpty = False) -> None:
    """List the actors that were put down, with the accounts under each.

    Example: heichan actor list
    """
    from graph.knowledge.shown import actor_rows

    found = actor_rows(session.archive.connection, session.case.settings.resolve.reviewers)
    rows = [{**msgspec.structs.asdict(each), "at": from_unix(each.at)} for each in found]
    session.out.rows(rows, SHORT if session.out.human else COLUMNS)
    end_if_empty(rows, fail_empty=fail_empty)


def undo(session: Session, actor: Which, reason: Reason = None) -> None:
    """Take the latest word on an actor back: its new name, or the actor as a whole.

    Assertions about it stay in the log and no longer attach.

    Example: heichan actor undo actor:1f6a --reason 'no such person'
    """
    from evidence.audit import user
    from graph.knowledge.actors import undo_actor

    with session.case.archive() as archive, archive.transaction() as connection:
        known, done = undo_actor(connection, actor, author=user(), reason=reason or "")
    session.out.document(
        {
            "actor": known.id,
            "decision": done.id,
            "undoes": done.undoes,
            "author": done.author,
            "at": from_unix(done.at),
            "reason": done.reason,
        }
    )
    session.out.note("Next: heichan build")


def _show(session: Session, made: "Founded") -> None:
    from graph.knowledge.shown import actor_row

    with session.case.reader() as archive:
        row = actor_row(archive.connection, made, {})
    document: dict[str, Any] = {**msgspec.structs.asdict(row), "at": from_unix(row.at)}
    session.out.document({name: document[name] for name in COLUMNS if name != "accounts"})
    session.out.note(NEXT.format(actor=made.id))


def register(parent: typer.Typer) -> None:
    command(app, "new")(new)
    command(app, "rename")(rename)
    command(app, "list")(list_actors)
    command(app, "undo")(undo)
    parent.add_typer(app, name="actor")
