"""`mark`: how a thing is to be handled, appended field by field."""

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from commands.answers import Raw
from commands.application import command
from commands.judging import WHO, Listed, Reason, Target, Undo, refuse_mixed, take_back, target_of
from commands.judging import who as told
from commands.session import Session
from evidence.errors import UsageError

if TYPE_CHECKING:
    from evidence.grading.marks import Entry, Mark

MARKS: Final = ("tlp", "pap", "shared", "bot", "own", "category")
COLUMNS: Final = ("decision", "target", *MARKS, "state", *WHO)
SHORT: Final = ("decision", *MARKS, "state", *WHO)
NEXT: Final = "It counts after: heichan build"

Tlp = Annotated[
    str | None,
    typer.Option(
        "--tlp",
        metavar="MARK",
        help="RED, AMBER+STRICT, AMBER, GREEN or CLEAR; for a file, post, listing, account, venue.",
    ),
]
Pap = Annotated[
    str | None,
    typer.Option("--pap", metavar="MARK", help="RED, AMBER, GREEN or CLEAR: shown, not enforced."),
]
Shared = Annotated[
    bool | None,
    typer.Option("--shared/--not-shared", help="Serves many: paths and rankings pass by it."),
]
Bot = Annotated[
    bool | None, typer.Option("--bot/--not-bot", help="A program; --exclude-bots leaves it out.")
]
Own = Annotated[
    bool | None,
    typer.Option("--own/--not-own", help="The collector's own: never ranked, never exported."),
]
Category = Annotated[
    str | None,
    typer.Option(metavar="WORD", help="suspect, victim, witness, other or unknown."),
]


def mark(
    session: Session,
    identifier: Target = None,
    tlp: Tlp = None,
    pap: Pap = None,
    shared: Shared = None,
    bot: Bot = None,
    own: Own = None,
    category: Category = None,
    reason: Reason = None,
    undo: Undo = None,
    listed: Listed = False,
    raw: Raw = False,
) -> None:
    """Mark how a node is to be handled, or show its marks.

    A mark overrides what the data and the program say, in both directions, and stands until a
    later one or --undo. Of TLP the strictest mark counts of all that an answer rests on, so a
    post's mark can tighten that of its file and not loosen it.

    Example: heichan mark @demo_bot --bot --shared --reason 'answers every command'
    """
    put = _read(tlp, pap, (shared, bot, own), category)
    refuse_mixed(undo, identifier, bool(put.fields) or listed)
    if undo is not None:
        from evidence.grading.marks import MARK

        take_back(session, MARK, undo, reason)
        session.out.note(NEXT)
    elif put.fields:
        _mark(session, identifier, put, reason)
    else:
        _list(session, identifier, listed=listed)


def _read(
    tlp: str | None,
    pap: str | None,
    flags: tuple[bool | None, bool | None, bool | None],
    category: str | None,
) -> "Mark":
    from evidence.grading.marks import Mark, category_named, pap_named
    from evidence.settings import tlp_mark

    shared, bot, own = flags
    return Mark(
        tlp=None if tlp is None else tlp_mark(tlp),
        pap=None if pap is None else pap_named(pap),
        shared=shared,
        bot=bot,
        own=own,
        category=None if category is None else category_named(category),
    )


def _mark(session: Session, identifier: str | None, given: "Mark", reason: str | None) -> None:
    from evidence.audit import user
    from evidence.grading.marks import history
    from evidence.grading.marks import mark as keep

    if identifier is None:
        raise UsageError("what is marked?", hint="heichan mark ID --tlp RED --reason TEXT")
    target = target_of(session, identifier)
    with session.case.archive() as archive, archive.transaction() as connection:
        made = keep(connection, target, given, author=user(), reason=reason or "")
        entry = next(each for each in history(connection, target) if each.decision == made)
    session.out.document(_row(entry))
    session.out.note(NEXT)


def _list(session: Session, identifier: str | None, *, listed: bool) -> None:
    from evidence.grading.marks import history

    if identifier is None and not listed:
        raise UsageError("nothing to do", hint="Give ID with a mark, ID alone, or --list.")
    target = None if identifier is None else target_of(session, identifier)
    found = history(session.archive.connection, target)
    columns = COLUMNS if not session.out.human or target is None else SHORT
    session.out.rows([_row(entry) for entry in found], columns)


def _row(entry: "Entry") -> dict[str, Any]:
    """Marks with the keys of COLUMNS."""
    made, said = entry.decision, entry.mark
    row = {"decision": made.id, "target": made.target, "state": entry.state, **told(made)}
    return {name: getattr(said, name) if name in MARKS else row[name] for name in COLUMNS}


def register(app: typer.Typer) -> None:
    command(app, "mark")(mark)
