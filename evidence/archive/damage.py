"""What SQLite finds wrong in an archive file."""

import re
import sqlite3
from collections.abc import Iterator

_NULL = re.compile(r"NULL value in (\w+)\.(\w+)\Z")
_ALL = 2**31 - 1


def damages(connection: sqlite3.Connection) -> Iterator[str]:
    """Lines of the integrity check that hold; none where the file is whole.

    SQLite 3.40 takes a column that stands before a column of the key for NULL, in every row of a
    table without row numbers.
    """
    imagined: dict[str, bool] = {}
    for (line,) in connection.execute(f"PRAGMA integrity_check({_ALL})"):
        if line != "ok" and not _is_imagined(connection, line, imagined):
            yield line


def _is_imagined(connection: sqlite3.Connection, line: str, known: dict[str, bool]) -> bool:
    named = _NULL.match(line)
    if named is None:
        return False
    if line not in known:
        table, column = named.groups()
        row = connection.execute(f'SELECT 1 FROM "{table}" WHERE "{column}" IS NULL').fetchone()
        known[line] = row is None
    return known[line]
