"""Takes a colleague's decisions in, and hands one's own out."""

import sqlite3
from collections.abc import Sequence

import msgspec

from evidence.audit import append_audit
from evidence.decisions import (
    Decision,
    adopt,
    decide,
    decision_log,
    decisions_in_force,
    standing,
    undo,
)
from graph.knowledge.exchange.fitting import KINDS, nodes_of
from graph.knowledge.exchange.lines import Header
from graph.knowledge.exchange.merging import IMPORT, Imported, Merge, imported
from graph.knowledge.exchange.saying import ADDED
from graph.knowledge.known import Known
from graph.knowledge.words import masked


class Row(msgspec.Struct, frozen=True):
    """A decision of any kind. `state`: in force, undone, or waiting for its target.

    `came`: the case that it was made in, None for this one.
    """

    decision: str
    kind: str
    target: str
    value: str
    state: str
    author: str
    at: int
    reason: str
    undoes: str | None
    came: str | None


def travelling(connection: sqlite3.Connection) -> list[Decision]:
    """All decisions and undoings that a colleague may have, in the order they were made in."""
    found: list[Decision] = []
    ids: set[str] = set()
    for each in decision_log(connection):
        if each.kind in KINDS and (each.undoes is None or each.undoes in ids):
            found.append(each)
            ids.add(each.id)
    return found


def take_in(
    connection: sqlite3.Connection,
    merged: Merge,
    header: Header,
    sha256: str,
    *,
    author: str,
) -> None:
    """Keeps what a merge says, inside the caller's transaction; nothing where nothing is new."""
    for each in merged.adopt:
        adopt(connection, each)
    _give_way(connection, merged, author)
    if not merged.adopt:
        return
    came = Imported(
        case=masked(header.case),
        by=masked(header.by),
        decisions=tuple(each.id for each in merged.adopt),
    )
    decide(
        connection,
        IMPORT,
        f"file:{sha256}",
        msgspec.json.encode(came).decode(),
        author=author,
        reason=f"{len(merged.adopt)} decisions of case {header.case}",
        masked=True,
    )
    number = len(merged.adopt)
    append_audit(
        connection,
        "decisions import",
        {"file": sha256, "case": header.case, "decisions": number},
    )


def _give_way(connection: sqlite3.Connection, merged: Merge, author: str) -> None:
    """Takes back one's own decisions that count beside those taken over, not before them."""
    taken = {each.id for each in merged.adopt}
    stand = {each.id for each in decisions_in_force(connection)}
    for each in merged.conflicts:
        mine = each.mine
        if each.theirs.id in taken and mine.kind in ADDED and mine.id in stand:
            reason = f"{each.theirs.id} of {each.theirs.author} taken over"
            undo(connection, mine.id, author=author, reason=reason)
            stand.discard(mine.id)


def rows(connection: sqlite3.Connection, known: Known) -> list[Row]:
    """All decisions that travel, with where each stands, in the order they were made in."""
    found = travelling(connection)
    stand = {each.id for each in standing(decision_log(connection))}
    came = imported(connection)
    return [_row(each, stand, came, known) for each in found]


def _row(each: Decision, stand: set[str], came: dict[str, Imported], known: Known) -> Row:
    state = "in force" if each.id in stand else "undone"
    if state == "in force" and any(node not in known for node in nodes_of(each)):
        state = "waiting"
    origin = came.get(each.id)
    return Row(
        each.id,
        each.kind,
        each.target,
        each.value,
        state,
        each.author,
        each.at,
        each.reason,
        each.undoes,
        None if origin is None else origin.case,
    )


def waiting(found: Sequence[Row]) -> list[Row]:
    """Those whose target is not in this case."""
    return [each for each in found if each.state == "waiting"]
