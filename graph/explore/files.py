"""Which file of the case is meant: its id, the beginning of its hash, or its path."""

import re
import sqlite3

from evidence.errors import UsageError

_HASH = re.compile(r"[0-9a-f]{4,64}\Z")
_BY_HASH = "SELECT id FROM file WHERE id >= ?1 AND id < ?1 || 'g' ORDER BY id LIMIT 11"
_BY_PATH = """
SELECT id FROM file WHERE path = ?1 OR substr(path, -length(?1) - 1) = '/' || ?1
ORDER BY path <> ?1, captured_at DESC, id LIMIT 11
"""


def file_meant(connection: sqlite3.Connection, text: str) -> str | None:
    """Id of the one file; None where no file is called so. UsageError where several are."""
    found = _found(connection, _BY_PATH, text)
    if not found and _HASH.match(text.lower()):
        found = _found(connection, _BY_HASH, f"file:{text.lower()}")
    if len(found) > 1:
        raise UsageError(
            f"{text} is {len(found)} files: {', '.join(found)}",
            hint="Give the id of one, or more of its path.",
        )
    return found[0] if found else None


def _found(connection: sqlite3.Connection, statement: str, text: str) -> list[str]:
    return [id_ for (id_,) in connection.execute(statement, (text,))]
