"""`media`: what pictures and files were posted by whom."""

from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from commands.answers import FailEmpty, Raw, end_if_empty
from commands.application import command
from commands.completion import complete_account, complete_venue
from commands.output import cut_off
from commands.session import Session
from commands.which import which
from evidence.errors import UsageError

if TYPE_CHECKING:
    from evidence.media.posted import Posted

COLUMNS = (
    "sha256",
    "kind",
    "name",
    "size",
    "state",
    "posts",
    "accounts",
    "who",
    "venues",
    "where",
    "forwarded",
    "first",
    "last",
    "evidence",
)
SHORT = ("sha256", "kind", "name", "size", "posts", "accounts", "who", "first", "last")
STATES = ("hashed", "missing", "unnamed")
TWO = 2


def media(
    session: Session,
    state: Annotated[
        str | None,
        typer.Option(
            help="hashed, missing (no file beside the export) or unnamed (its sort alone)."
        ),
    ] = None,
    account: Annotated[
        str | None,
        typer.Option(help="Posted by this account too.", autocompletion=complete_account),
    ] = None,
    venue: Annotated[
        str | None, typer.Option(help="Posted here too.", autocompletion=complete_venue)
    ] = None,
    several: Annotated[
        bool, typer.Option("--several", help="Only what at least two accounts posted.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="Rows at the most.")] = 200,
    raw: Raw = False,
    fail_empty: FailEmpty = False,
) -> None:
    """List pictures and files by hash: who posted them, where, from when to when.

    They are hashed and counted, never opened. One file of two accounts is a lead: it may also have
    been passed on.

    Example: heichan media --several
    """
    from evidence.media.posted import Wanted, posted

    if state is not None and state not in STATES:
        raise UsageError(f"--state {state!r} is unknown", hint=f"Choose {', '.join(STATES)}.")
    wanted = Wanted(
        state=state,
        account=None if account is None else which(session, account),
        venue=None if venue is None else which(session, venue),
        posters=TWO if several else 0,
        limit=limit + 1,
    )
    found = posted(session.archive.connection, wanted)
    rows = [_row(each) for each in found[:limit]]
    cut = cut_off(len(found) > limit, limit, "files")
    session.out.rows(rows, SHORT if session.out.human else COLUMNS, limit=limit, cut=cut)
    if rows:
        session.out.note("Next: heichan show POST --context 5, heichan media --several")
    end_if_empty(rows, fail_empty=fail_empty)


def _row(each: "Posted") -> dict[str, Any]:
    return msgspec.structs.asdict(each)


def register(app: typer.Typer) -> None:
    command(app, "media")(media)
