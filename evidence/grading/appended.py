"""What was appended about a target: each entry with its state, and how one is taken back."""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Final, Literal

from evidence.decisions import Decision, decision_log, decisions_in_force, standing, undo
from evidence.errors import NotFoundError, UsageError

State = Literal["in force", "superseded", "undone"]
Fields = Callable[[Decision], Collection[str]]
PREFIX: Final = "decision:"
_LEAST: Final = len(PREFIX) + 4


def entries(connection: sqlite3.Connection, kind: str, target: str | None) -> list[Decision]:
    """All decisions of a kind, or those about one target, undone ones too, the oldest first."""
    log = decision_log(connection)
    return [each for each in log if each.kind == kind and target in (None, each.target)]


def in_force(connection: sqlite3.Connection, kind: str) -> dict[str, list[Decision]]:
    """The decisions of a kind that nobody took back, by target, the oldest first."""
    found: dict[str, list[Decision]] = {}
    for each in decisions_in_force(connection, kind):
        found.setdefault(each.target, []).append(each)
    return found


def states(stand: Mapping[str, Iterable[Decision]], fields: Fields) -> dict[str, State]:
    """Of those that nobody took back: in force while one of its fields has no later word."""
    found: dict[str, State] = {}
    for decisions in stand.values():
        later: set[str] = set()
        for each in reversed(list(decisions)):
            said = set(fields(each))
            found[each.id] = "superseded" if said <= later else "in force"
            later |= said
    return found


def take_back(
    connection: sqlite3.Connection, kind: str, typed: str, *, author: str, reason: str
) -> Decision:
    """Undoes the decision of a kind whose id begins so, inside the caller's transaction.

    Undoing an undoing puts the first one in force again. UsageError, NotFoundError.
    """
    known = _named(connection, kind, typed)
    if known not in {each.id for each in standing(decision_log(connection))}:
        raise UsageError(f"{known} is undone already", hint=f"heichan {kind} --list")
    done = undo(connection, known, author=author, reason=reason)
    audited(connection, f"{kind} undo", {"decision": done.id, "undoes": known})
    return done


def audited(connection: sqlite3.Connection, what: str, detail: Mapping[str, str | None]) -> None:
    """Notes in the audit log, inside the caller's transaction, what was appended."""
    # The log loads the masker's tables, which a command that only reads does without.
    from evidence.audit import append_audit

    append_audit(connection, what, detail)


def _named(connection: sqlite3.Connection, kind: str, typed: str) -> str:
    if not typed.startswith(PREFIX) or len(typed) < _LEAST:
        raise UsageError(f"{typed[:60]!r} is no id of a decision", hint=f"It begins with {PREFIX}")
    ours = {each for each in _of_kind(connection, kind) if each.startswith(typed)}
    if typed in ours:
        return typed
    if not ours:
        shown = typed[:60]
        raise NotFoundError(f"{shown} is no {kind} of this case", hint=f"heichan {kind} --list")
    if len(ours) > 1:
        raise UsageError(f"{typed} begins more than one id", hint="Give more of its characters.")
    return ours.pop()


def _of_kind(connection: sqlite3.Connection, kind: str) -> set[str]:
    """The decisions of a kind, and what took them back."""
    found: set[str] = set()
    for each in decision_log(connection):
        if each.kind == kind or each.undoes in found:
            found.add(each.id)
    return found
