"""Queries on the archive: one SELECT, nothing but reading, stopped when its time is over."""

import json
import re
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from evidence.errors import DataError, UsageError
from queries import judging

_FIRST = re.compile(r"(?:\s|--[^\n]*(?:\n|$))*(select|with)\b", re.I)
_PARAMETER = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|:(\w+)")
_ALLOWED = {
    sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE,
}  # fmt: skip
_STEPS_BETWEEN_LOOKS = 20_000


def names(body: str) -> set[str]:
    """Names of the parameters, written `:name`."""
    return {found[1] for found in _PARAMETER.finditer(body) if found[1]}


def describe(body: str) -> tuple[list[str], set[str]]:
    """Columns and parameters of a text, found on an empty archive. Raises UsageError."""
    with closing(sqlite3.connect(":memory:")) as connection:
        schema = files("evidence.archive").joinpath("schema.sql")
        connection.executescript(schema.read_text(encoding="utf-8"))
        used = names(body)
        # Numbers fit everywhere, NULL does not stand behind LIMIT.
        columns, _ = select(connection, body, dict.fromkeys(used, 0), timeout=5.0)
    return columns, used


def select(
    connection: sqlite3.Connection, body: str, parameters: Mapping[str, Any], timeout: float
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Columns and rows. Raises UsageError for a wrong text, DataError when the time is over."""
    if not _FIRST.match(body):
        raise UsageError("a query on the archive begins with SELECT or WITH")
    _register(connection, body)
    end = time.monotonic() + timeout
    connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS_BETWEEN_LOOKS)
    connection.set_authorizer(_authorize)
    cursor = connection.cursor()
    # Rows as tuples, whatever the connection is set to.
    cursor.row_factory = None
    try:
        cursor.execute(body, {name: _bound(value) for name, value in parameters.items()})
        return [column[0] for column in cursor.description], cursor.fetchall()
    except sqlite3.OperationalError as error:
        # A function that is interrupted is told as one that failed.
        if "interrupted" in str(error) or time.monotonic() > end:
            if time.monotonic() < end:
                # Ctrl-C came while SQLite asked for the time, and was swallowed there.
                raise KeyboardInterrupt from None
            hint = "narrow the query or raise --timeout"
            raise DataError(f"stopped after {timeout:g} s", hint=hint) from None
        raise UsageError(f"the archive refuses the query: {error}") from None
    except (sqlite3.DatabaseError, sqlite3.Warning) as error:
        raise UsageError(f"the archive refuses the query: {error}") from None
    finally:
        cursor.close()
        connection.set_authorizer(None)
        connection.set_progress_handler(None, 0)


def _authorize(action: int, *_: str | None) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _bound(value: Any) -> Any:
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _register(connection: sqlite3.Connection, body: str) -> None:
    # Made ready before the authorizer is set, which would refuse the table behind it.
    connection.execute("SELECT 1 FROM json_each('[]')").fetchall()
    if "leaks(" in body:
        contacts = judging.decided_contacts(connection)
        connection.create_function("leaks", 2, lambda text, how: leaks(text, how, contacts))
    judging.register(connection, body)
    connection.create_function("utc_text", 1, _utc_text, deterministic=True)
    connection.create_function("watch_hits", 1, lambda listed: _watch_hits(connection, listed))


def leaks(text: str | None, profile: str = "strict", contacts: frozenset[str] = frozenset()) -> str:
    """Kinds of identifiers that stand unmasked in a text: a JSON list, one entry a place.

    `profile`: `strict` finds numbers wherever they stand, `table` also what the masking of today
    would take out. `contacts`: what analysts decided to be contacts of the deal, which stay.
    """
    # Few queries look for leaks, and none should wait for the patterns of the masking.
    from evidence import masking

    found = list(masking.leaks(text)) if text else []
    if text and profile == "table":
        starts = {identifier.start for identifier in found}
        found += (one for one in masking.mask(text).identifiers if one.start not in starts)
    kept = (one for one in found if judging.plain(one.value) not in contacts)
    return json.dumps([identifier.kind for identifier in kept])


def _utc_text(seconds: int | None) -> str | None:
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def _watch_hits(connection: sqlite3.Connection, listed: str) -> str:
    # Few queries watch, and none should wait for the normaliser's tables.
    from graph.explore.watch import as_json

    return as_json(connection, listed)
