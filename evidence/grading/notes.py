"""Notes: words of a person about any node, appended, superseded, never changed."""

import sqlite3
from typing import Final

import msgspec

from evidence.decisions import Decision, decide
from evidence.errors import NotFoundError, UsageError
from evidence.grading.appended import State, audited, entries, in_force

NOTE: Final = "note"
"""The kind of the decision."""
REASON: Final = "a note"
"""The reason that is kept where none is given."""


class Note(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a decision says; `supersedes` is the note about the same target that it replaces."""

    text: str = ""
    supersedes: str | None = None


class Entry(msgspec.Struct, frozen=True):
    """A note with its state."""

    decision: Decision
    note: Note
    state: State


def note(
    connection: sqlite3.Connection,
    target: str,
    text: str,
    *,
    author: str,
    reason: str | None = None,
    supersedes: str | None = None,
) -> Decision:
    """Appends a note inside the caller's transaction; victims' identifiers in it are masked."""
    words = _clean(text.strip())
    if not words:
        raise UsageError("the note has no words", hint="heichan note ID TEXT")
    replaced = None if supersedes is None else _replaced(connection, target, supersedes)
    value = msgspec.json.encode(Note(words, replaced), order="sorted").decode()
    why = REASON if reason is None else reason
    made = decide(connection, NOTE, target, value, author=author, reason=why, masked=True)
    audited(connection, NOTE, {"decision": made.id, "target": target})
    return made


def notes(connection: sqlite3.Connection, target: str | None = None) -> list[Entry]:
    """All notes about a target, or all, superseded and undone ones too, the oldest first."""
    stand = [each for found in in_force(connection, NOTE).values() for each in found]
    gone = {read(each).supersedes for each in stand}
    held: dict[str, State] = {
        each.id: "superseded" if each.id in gone else "in force" for each in stand
    }
    return [
        Entry(each, read(each), held.get(each.id, "undone"))
        for each in entries(connection, NOTE, target)
    ]


def read(decision: Decision) -> Note:
    """What a decision says; nothing where it cannot be read."""
    try:
        return msgspec.json.decode(decision.value, type=Note)
    except msgspec.MsgspecError:
        return Note()


def _replaced(connection: sqlite3.Connection, target: str, typed: str) -> str:
    """The one note in force about the target whose id begins so. Raises NotFoundError."""
    found = [each for each in notes(connection, target) if each.state == "in force"]
    ids = [each.decision.id for each in found if each.decision.id.startswith(typed)]
    if len(ids) != 1 or not typed.startswith("decision:"):
        raise NotFoundError(
            f"{typed[:60]} is no one note in force about {target}", hint=f"heichan note {target}"
        )
    return ids[0]


def _clean(text: str) -> str:
    # The masker's tables take longer to load than a command that only reads notes.
    from evidence.archive.cleaning import clean_message

    return clean_message(text)
