"""Ids of the case by their beginning, without opening a store."""

import sqlite3
from collections.abc import Iterator
from typing import Final

from graph.schema import NODE_KINDS

NAMES: Final = "node_name"
_TABLES: Final = {
    "post": ("post",),
    "listing": ("record",),
    "claim": ("record", "claim"),
    "file": ("file",),
    "run": ("run",),
    "account": ("account",),
    "venue": ("venue",),
}
"""Tables of the archive that hold all ids of a kind, whether a build has seen them or not."""


def has_names(connection: sqlite3.Connection) -> bool:
    """Whether a build has left the directory of names."""
    return connection.execute(f"SELECT 1 FROM {NAMES} LIMIT 1").fetchone() is not None


def ids_from(connection: sqlite3.Connection, beginning: str, limit: int) -> list[str]:
    """Ids that begin so, sorted, at most `limit`; none for a beginning without its kind."""
    kind, colon, _ = beginning.partition(":")
    if not colon:
        return []
    tables = list(_TABLES.get(kind, ()))
    if has_names(connection):
        tables.append(NAMES)
    found = {each for table in tables for each in _range(connection, table, beginning, limit)}
    return sorted(found)[:limit]


def kinds() -> list[str]:
    """What an id may begin with, the colon included."""
    return sorted(f"{prefix}:" for kind in NODE_KINDS.values() for prefix in kind.prefixes)


def names_worn(connection: sqlite3.Connection, beginning: str, limit: int) -> Iterator[str]:
    """Handles and given contacts that begin so, without the `@`; `beginning` is folded."""
    if has_names(connection):
        rows = connection.execute(
            f"SELECT DISTINCT substr(id, instr(substr(id, instr(id, ':') + 1), ':')"
            f" + instr(id, ':') + 1) AS worn FROM {NAMES} WHERE label IN ('Handle', 'Contact')"
            " AND instr(folded, char(10) || ?) ORDER BY worn LIMIT ?",
            (beginning, limit),
        )
        yield from (worn for (worn,) in rows)


def _range(connection: sqlite3.Connection, table: str, beginning: str, limit: int) -> Iterator[str]:
    # A range on the unique index; LIKE would scan. Nothing in an id sorts behind U+10FFFF.
    rows = connection.execute(
        f"SELECT id FROM {table} WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
        (beginning, f"{beginning}\U0010ffff", limit),
    )
    return (each for (each,) in rows)
