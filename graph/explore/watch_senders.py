"""Posts that touch a watched entry by who wrote them, or by what the export or a reading marks."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Final, Literal

from graph import ids
from graph.explore.watch_list import Entry

Who = Literal["sender", "worn_handle", "contact", "mention"]
_BY_ACCOUNT: Final = "SELECT p.n FROM post p JOIN account a ON a.n = p.account_n WHERE a.id = ?"
_OF_ACCOUNT: Final = """
SELECT post_n FROM mention WHERE kind = 'account' AND value = :account
UNION SELECT n FROM post WHERE forwarded_account = :account
"""
_NAMES: Final = "SELECT DISTINCT sender FROM post WHERE sender IS NOT NULL"
_NAMED: Final = "SELECT n, account_n FROM post WHERE sender IN (SELECT value FROM json_each(?))"
_BY_NUMBER: Final = "SELECT n FROM post WHERE account_n IN (SELECT value FROM json_each(?))"
_OF_HANDLE: Final = "SELECT post_n FROM mention WHERE kind = 'handle' AND lower(value) = ?"
_READ: Final = """
SELECT v.post_n FROM claim c
JOIN record r ON r.n = c.record_n AND r.kind <> 'superseded'
JOIN post_version v ON v.n = r.version_n
WHERE c.kind = 'contact' AND
"""


def senders_of(connection: sqlite3.Connection, entry: Entry) -> Iterator[tuple[int, Who]]:
    """Row numbers of posts, with how each touches the entry; a post may come more than once."""
    if entry.kind == "account":
        yield from _rows(connection, "sender", _BY_ACCOUNT, entry.value)
        rows = connection.execute(_OF_ACCOUNT, {"account": entry.value})
        yield from ((post, "mention") for (post,) in rows)
    elif entry.kind == "handle":
        yield from _wearers(connection, entry.value)
        yield from _rows(connection, "mention", _OF_HANDLE, entry.value)
        of_any_kind = f"{_READ} lower(substr(c.code, instr(c.code, ':') + 1)) = ?"
        yield from _rows(connection, "contact", of_any_kind, entry.value)
    elif entry.kind == "contact":
        kind, value = entry.value.split(":", 1)
        yield from _rows(connection, "sender", _BY_ACCOUNT, ids.account(kind, value))
        yield from _rows(connection, "contact", f"{_READ} c.code = ?", entry.value)
        if kind == "telegram":
            yield from _rows(connection, "mention", _OF_HANDLE, value)


def worn(name: str) -> str:
    """The handle that a sender's name is."""
    return ids.normal_name(name).removeprefix("@").strip()


def _wearers(connection: sqlite3.Connection, handle: str) -> Iterator[tuple[int, Who]]:
    """Posts under the name, and all others of each account that wore it at any time."""
    names = [name for (name,) in connection.execute(_NAMES) if worn(name) == handle]
    posts = connection.execute(_NAMED, (json.dumps(names),)).fetchall()
    yield from ((post, "sender") for post, _ in posts)
    accounts = sorted({account for _, account in posts if account is not None})
    yield from _rows(connection, "worn_handle", _BY_NUMBER, json.dumps(accounts))


def _rows(
    connection: sqlite3.Connection, how: Who, statement: str, value: str
) -> Iterator[tuple[int, Who]]:
    yield from ((post, how) for (post,) in connection.execute(statement, (value,)))
