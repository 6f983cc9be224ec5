"""An analyst's decisions: appended, undone by another decision, never changed."""

import sqlite3
import time
from collections.abc import Sequence

import msgspec

from evidence.errors import NotFoundError, UsageError
from graph import ids

UNDO = "undo"


class Decision(msgspec.Struct, frozen=True):
    """What somebody decided about a target, why and when (seconds UTC)."""

    id: str
    kind: str
    target: str
    value: str
    author: str
    reason: str
    at: int
    undoes: str | None = None


def decide(
    connection: sqlite3.Connection,
    kind: str,
    target: str,
    value: str,
    *,
    author: str,
    reason: str,
    at: int | None = None,
    masked: bool = False,
) -> Decision:
    """Appends a decision inside the caller's transaction; UsageError without a reason.

    `masked`: every text in `value` comes from the archive or has passed the masking already.
    """
    if kind == UNDO:
        raise UsageError("a decision is undone by its id", hint="resolve undo ID")
    value = value if masked else _clean(value)
    return _append(connection, kind, target, value, author, reason, at, None)


def undo(
    connection: sqlite3.Connection,
    decision_id: str,
    *,
    author: str,
    reason: str,
    at: int | None = None,
) -> Decision:
    """Takes back a decision in force; undoing an undo puts the first one in force again."""
    known = connection.execute("SELECT 1 FROM decision WHERE id = ?", (decision_id,)).fetchone()
    if known is None:
        raise NotFoundError(f"no decision {decision_id}", hint="list them: heichan resolve log")
    if decision_id not in {decision.id for decision in standing(_all(connection))}:
        raise UsageError(f"{decision_id} is undone already", hint="see: heichan resolve log")
    return _append(connection, UNDO, decision_id, "", author, reason, at, decision_id)


def adopt(connection: sqlite3.Connection, decision: Decision) -> None:
    """Keeps a decision that was made in another case with its id, author and time, text masked.

    What it undoes comes before it. The caller has masked `value`.
    """
    fixed = msgspec.structs.replace(
        decision, author=_clean(decision.author), reason=_clean(decision.reason)
    )
    _insert(connection, fixed)


def decisions_in_force(connection: sqlite3.Connection, kind: str | None = None) -> list[Decision]:
    """Decisions that nobody took back, in the order in which they were made."""
    found = [decision for decision in standing(_all(connection)) if decision.kind != UNDO]
    return [decision for decision in found if kind is None or decision.kind == kind]


def decision_log(connection: sqlite3.Connection) -> list[Decision]:
    """All decisions and undoings, in the order in which they were made."""
    return _all(connection)


def _append(
    connection: sqlite3.Connection,
    kind: str,
    target: str,
    value: str,
    author: str,
    reason: str,
    at: int | None,
    undoes: str | None,
) -> Decision:
    if not author.strip() or not reason.strip():
        raise UsageError("a decision needs an author and a reason", hint="add --reason TEXT")
    reason = _clean(reason)
    moment = int(time.time()) if at is None else at
    number = connection.execute("SELECT count(*) FROM decision").fetchone()[0]
    identity = ids.digest("decision", number, kind, target, value, author, reason, moment)
    decision = Decision(identity, kind, target, value, author, reason, moment, undoes)
    _insert(connection, decision)
    return decision


def _insert(connection: sqlite3.Connection, decision: Decision) -> None:
    connection.execute(
        "INSERT INTO decision (id, kind, target, value, author, reason, at, undoes)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        msgspec.structs.astuple(decision),
    )


def _clean(text: str) -> str:
    # The masker's tables take longer to load than a command that only reads decisions.
    from evidence.archive.cleaning import clean_name

    return clean_name(text)


def _all(connection: sqlite3.Connection) -> list[Decision]:
    rows = connection.execute(
        "SELECT id, kind, target, value, author, reason, at, undoes FROM decision ORDER BY n"
    )
    return [Decision(*row) for row in rows]


def standing(decisions: Sequence[Decision]) -> list[Decision]:
    """Those that nobody took back, undoings too, of decisions in the order they were made in."""
    # An undoing comes after what it undoes, so the last are judged first.
    undone: set[str] = set()
    for decision in reversed(decisions):
        if decision.undoes and decision.id not in undone:
            undone.add(decision.undoes)
    return [decision for decision in decisions if decision.id not in undone]
