"""Accounts as they count: what the exports say of them, and a person's marks over it."""

import sqlite3
from typing import Final, Literal

from evidence.grading.marks import marks

Flag = Literal["own", "bot"]
_SAID: Final = {
    "own": "SELECT id, n FROM account WHERE own",
    "bot": "SELECT id, n FROM account WHERE bot",
}


def flagged(connection: sqlite3.Connection, flag: Flag) -> frozenset[int]:
    """Row numbers of the collector's own accounts, or of bots as exports and people say it."""
    put = {target: getattr(each, flag) for target, each in marks(connection).items()}
    found = {n for id_, n in connection.execute(_SAID[flag]) if put.get(id_) is not False}
    return frozenset(found | _numbers(connection, {id_ for id_, said in put.items() if said}))


def no_bots(connection: sqlite3.Connection) -> frozenset[int]:
    """Row numbers of accounts of which a person says that they are no bots."""
    put = {target for target, each in marks(connection).items() if each.bot is False}
    return frozenset(_numbers(connection, put))


def _numbers(connection: sqlite3.Connection, ids: set[str]) -> set[int]:
    rows = (connection.execute("SELECT n FROM account WHERE id = ?", (id_,)) for id_ in ids)
    return {n for found in rows for (n,) in found}
