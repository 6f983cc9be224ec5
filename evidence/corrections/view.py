"""Decisions about readings as rows, with where each stands today."""

import sqlite3
from collections.abc import Iterable

import msgspec

from evidence.corrections.attach import Attached, Overlay, overlay
from evidence.corrections.record import KINDS, read
from evidence.corrections.slots import written
from evidence.corrections.which import quote_of
from evidence.decisions import Decision, decision_log
from evidence.errors import NotFoundError, UsageError

ANY = "decision:"


class Row(msgspec.Struct, frozen=True):
    """One decision. `listing` is today's, else the one that was judged; `at` in seconds UTC.

    `state`: applied; agreed (the reading says the same by itself now); detached (it no longer
    attaches and changes nothing; `why` says why); undone.
    """

    decision: str
    listing: str
    action: str
    slot: str | None
    old: str | None
    new: str | None
    quote: str | None
    state: str
    why: str | None
    author: str
    at: int
    reason: str


def rows(
    connection: sqlite3.Connection, listing: str | None = None, over: Overlay | None = None
) -> list[Row]:
    """All decisions about readings, or those about a listing, in the order they were made."""
    standing = {each.judged.decision.id: each for each in (over or overlay(connection)).attached}
    ours = [each for each in decision_log(connection) if each.kind in KINDS]
    found = [(each.target, _row(each, standing.get(each.id))) for each in ours]
    return [row for target, row in found if listing is None or listing in (row.listing, target)]


def _row(decision: Decision, standing: Attached | None) -> Row:
    correction = standing.judged.correction if standing else read(decision)
    value = None if correction is None else correction.value()
    old = None if correction is None else correction.old
    quote = quote_of(value) if value is not None else (old.quote if old else None)
    return Row(
        decision.id,
        (standing.listing if standing else None) or decision.target,
        decision.kind if correction is None else correction.action,
        None if correction is None else correction.slot,
        None if old is None else old.code,
        None if value is None else written(value),
        quote or None,
        standing.state if standing else "undone",
        standing.why if standing else None,
        decision.author,
        decision.at,
        decision.reason,
    )


def listing_id(connection: sqlite3.Connection, typed: str) -> str:
    """The listing whose id begins so, read now or judged once. NotFoundError, UsageError."""
    _refuse_other(typed, "listing:")
    read_now = connection.execute(
        "SELECT id FROM record WHERE id >= ? AND id < ? AND kind = 'listing' ORDER BY id LIMIT 2",
        (typed, typed + "g"),
    )
    judged = (each.target for each in decision_log(connection) if each.kind in KINDS)
    once = (target for target in judged if target.startswith(typed))
    return _only(typed, {*(id_ for (id_,) in read_now), *once})


def decision_id(connection: sqlite3.Connection, typed: str) -> str:
    """The decision about a reading whose id begins so. NotFoundError, UsageError."""
    _refuse_other(typed, ANY)
    found = _ours(decision_log(connection))
    return _only(typed, {id_ for id_ in found if id_.startswith(typed)})


def _ours(log: Iterable[Decision]) -> set[str]:
    """Decisions about readings, and what took them back."""
    found: set[str] = set()
    for decision in log:
        if decision.kind in KINDS or decision.undoes in found:
            found.add(decision.id)
    return found


def _refuse_other(typed: str, prefix: str) -> None:
    if not typed.startswith(prefix) or len(typed) < len(prefix) + 4:
        raise UsageError(
            f"{typed[:60]!r} is no id of a {prefix[:-1]}", hint=f"It begins with {prefix}"
        )


def _only(typed: str, found: set[str]) -> str:
    if typed in found:
        return typed
    if not found:
        raise NotFoundError(f"{typed[:60]} is not in this case", hint="heichan correct --list")
    if len(found) > 1:
        raise UsageError(f"{typed} begins more than one id", hint="Give more of its characters.")
    return next(iter(found))
