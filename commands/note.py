"""`note`: words of a person about a node, appended and superseded."""

import sys
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from commands.answers import Raw
from commands.application import command
from commands.judging import WHO, Listed, Reason, Target, Undo, refuse_mixed, take_back, target_of
from commands.judging import who as told
from commands.session import Session
from evidence.errors import UsageError

if TYPE_CHECKING:
    from evidence.grading.notes import Entry

COLUMNS: Final = ("decision", "target", "text", "state", "supersedes", *WHO)
SHORT: Final = ("decision", "text", "state", "author", "at")


def note(
    session: Session,
    identifier: Target = None,
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT|-]", help="The note; - reads standard input.")
    ] = None,
    supersedes: Annotated[
        str | None, typer.Option(metavar="DECISION", help="The note that this one replaces.")
    ] = None,
    reason: Reason = None,
    undo: Undo = None,
    listed: Listed = False,
    raw: Raw = False,
) -> None:
    """Keep a note about any node or relationship, or list its notes.

    Notes are appended: one supersedes another, --undo takes one back, none is overwritten. What
    looks like a victim's data is masked. A note changes nothing in the graph and is in no export.

    Example: heichan note @demo_name 'writes like the seller of last spring'
    """
    refuse_mixed(undo, identifier, text is not None or supersedes is not None or listed)
    if undo is not None:
        from evidence.grading.notes import NOTE

        take_back(session, NOTE, undo, reason)
    elif identifier is not None and text is not None:
        _note(session, identifier, text, supersedes, reason)
    else:
        _list(session, identifier, listed=listed, supersedes=supersedes)


def _note(
    session: Session, identifier: str, text: str, supersedes: str | None, reason: str | None
) -> None:
    from evidence.audit import user
    from evidence.grading.notes import note as keep
    from evidence.grading.notes import notes

    target = target_of(session, identifier)
    words = sys.stdin.read() if text == "-" else text
    with session.case.archive() as archive, archive.transaction() as connection:
        made = keep(connection, target, words, author=user(), reason=reason, supersedes=supersedes)
        entry = next(each for each in notes(connection, target) if each.decision == made)
    session.out.document(_row(entry))
    session.out.note(f"Next: heichan note {target}")


def _list(
    session: Session, identifier: str | None, *, listed: bool, supersedes: str | None
) -> None:
    from evidence.grading.notes import notes

    if supersedes is not None or (identifier is None and not listed):
        raise UsageError("nothing to do", hint="Give ID and TEXT, ID alone, or --list.")
    target = None if identifier is None else target_of(session, identifier)
    found = notes(session.archive.connection, target)
    columns = COLUMNS if not session.out.human or target is None else SHORT
    session.out.rows([_row(entry) for entry in found], columns)


def _row(entry: "Entry") -> dict[str, Any]:
    """A note with the keys of COLUMNS."""
    made, said = entry.decision, entry.note
    row = {"decision": made.id, "target": made.target, "text": said.text, "state": entry.state}
    return {**row, "supersedes": said.supersedes, **told(made)}


def register(app: typer.Typer) -> None:
    command(app, "note")(note)
