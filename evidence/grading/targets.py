"""What a judgement may be about: kinds of ids, and whether the archive knows one."""

import sqlite3
from typing import Final

from graph.ids import normal_name

SOURCES: Final = frozenset({"account", "actor", "venue", "file", "collector"})
ITEMS: Final = frozenset({"post", "listing", "claim", "file"})
_TABLES: Final = {
    "file": ("file", "id"),
    "post": ("post", "id"),
    "account": ("account", "id"),
    "venue": ("venue", "id"),
    "run": ("run", "id"),
    "listing": ("record", "id"),
}
_CLAIM: Final = "SELECT 1 FROM record WHERE id = ?1 UNION ALL SELECT 1 FROM claim WHERE id = ?1"
_OPERATORS: Final = "SELECT DISTINCT operator FROM run WHERE operator IS NOT NULL"


def kind_of(identifier: str) -> str:
    """The kind that an id begins with."""
    return identifier.partition(":")[0]


def collector_id(operator: str) -> str:
    """The id of a collector in grades: who is named by `ingest --operator`."""
    return f"collector:{normal_name(operator)}"


def in_archive(connection: sqlite3.Connection, identifier: str) -> bool:
    """Whether the archive holds what has this id; other kinds are the graph's to know."""
    kind = kind_of(identifier)
    if kind == "claim":
        return connection.execute(_CLAIM, (identifier,)).fetchone() is not None
    if kind == "collector":
        named = connection.execute(_OPERATORS)
        return identifier in {collector_id(operator) for (operator,) in named}
    if kind not in _TABLES:
        return False
    table, column = _TABLES[kind]
    row = connection.execute(f"SELECT 1 FROM {table} WHERE {column} = ?", (identifier,))
    return row.fetchone() is not None
