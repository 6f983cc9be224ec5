"""Which files of a case an argument names: an id, the path as ingested, or a folder of those."""

import sqlite3
from collections.abc import Sequence
from pathlib import PurePath
from typing import Final

_FILES: Final = "SELECT n, id, path FROM file WHERE posts + service > 0 ORDER BY n"
_SHORTEST: Final = len("file:") + 6


def files_of(connection: sqlite3.Connection, named: str) -> list[int]:
    """Row numbers of the files meant; empty where the case holds none."""
    rows: Sequence[tuple[int, str, str]] = connection.execute(_FILES).fetchall()
    if named.startswith("file:"):
        found = [n for n, id_, _ in rows if id_.startswith(named) and len(named) >= _SHORTEST]
        return found if len(found) == 1 else []
    asked = PurePath(named)
    return [n for n, _, path in rows if asked == PurePath(path) or asked in PurePath(path).parents]
