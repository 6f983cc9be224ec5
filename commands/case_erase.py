"""`case erase`: takes a post, a file or an account out of a case for good."""

import sys
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from commands.answers import Raw
from commands.application import command
from commands.clock import from_unix
from commands.session import Session
from evidence.errors import UsageError

if TYPE_CHECKING:
    from evidence.care.going import Asked

COLUMNS = ("part", "reached", "count", "note")
LISTED = ("kind", "posts", "reason", "who", "at")

Posts = Annotated[
    list[str] | None, typer.Option("--post", metavar="ID", help="This post; again for more.")
]
Files = Annotated[
    list[str] | None,
    typer.Option("--file", metavar="ID", help="All that only this file holds, and the file."),
]
Accounts = Annotated[
    list[str] | None,
    typer.Option("--account", metavar="ID", help="All that this account wrote, and the account."),
]


def erase(
    session: Session,
    posts: Posts = None,
    files: Files = None,
    accounts: Accounts = None,
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help="Why; kept with the date and your name.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    listed: Annotated[
        bool, typer.Option("--list", help="List what was erased: kind, posts, reason, who, at.")
    ] = False,
    raw: Raw = False,
) -> None:
    """Erase a post, a file or an account for good, and say what that did not reach.

    Words, readings, claims, and what people decided about them go; reason, date and your name
    stay. What was erased stays out when the same is read again. There is no way back.

    Example: heichan case erase --post post:5f2c8a31 --reason "court order 12" --yes
    """
    from graph.build.erased import erase_from

    given = {"post": posts, "file": files, "account": accounts}
    if listed:
        _list(session, given)
        return
    if not reason.strip():
        raise UsageError("an erasure needs a reason", hint="add --reason TEXT")
    asked = _asked(session, given)
    _confirm(yes=yes)
    reached = erase_from(session.case, asked, reason=reason, progress=session.progress)
    session.progress.close()
    session.out.rows([msgspec.structs.asdict(one) for one in reached], COLUMNS)
    session.out.note("What was not reached is yours to look after.")


def _list(session: Session, given: dict[str, list[str] | None]) -> None:
    from evidence.care.erase import tombstones

    if any(given.values()):
        raise UsageError("--list erases nothing", hint="Leave the ids out.")
    found = tombstones(session.archive.connection)
    rows = [{**msgspec.structs.asdict(one), "at": from_unix(one.at)} for one in found]
    session.out.rows(rows, LISTED)


def _asked(session: Session, given: dict[str, list[str] | None]) -> "list[Asked]":
    """What is meant by the ids, or their beginnings; says how much it is."""
    from evidence.care.erase import preview
    from evidence.care.going import Asked
    from graph.explore.directory import ids_from

    # Closed at once: a reader keeps the old pages in the journal.
    with session.case.reader() as archive:
        asked = []
        for kind, texts in given.items():
            for text in texts or ():
                found = ids_from(archive.connection, text, 2)
                whole = found[0] if len(found) == 1 else text
                asked.append(msgspec.convert({"kind": kind, "id": whole}, Asked))
        going = preview(archive, asked)
    for one in asked:
        session.out.note(f"to erase: {one.kind} {one.id}")
    session.out.note(f"that is {len(going.posts)} posts and {len(going.files)} files")
    return asked


def _confirm(*, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError("case erase asks, and there is no terminal", hint="add --yes")
    typer.confirm("Erase it for good?", abort=True, err=True)


def register(app: typer.Typer) -> None:
    command(app, "erase")(erase)
