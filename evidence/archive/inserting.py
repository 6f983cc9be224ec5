"""Rows inserted many at a time: to begin a statement costs as much as to store a short row."""

import sqlite3
from collections.abc import Sequence
from itertools import chain
from typing import Final

_MANY: Final = 50
"""Rows of a statement; times ten values that is less than any SQLite binds at most."""


class Insertion:
    """Inserts rows of one shape.

    `into` says what becomes of a conflict: ABORT, which it is if nothing is said, would have SQLite
    keep a copy of each page that a statement of many rows changes. FAIL keeps none, and whoever
    fails takes back the whole transaction anyway. `row` holds values alone: functions of them cost
    more in such a statement than one row at a time does.
    """

    def __init__(self, into: str, row: str) -> None:
        self._one = f"{into} VALUES {row}"
        self._many = f"{into} VALUES {', '.join([row] * _MANY)}"

    def run(self, connection: sqlite3.Connection, rows: Sequence[Sequence[object]]) -> None:
        """Inserts these rows in their order."""
        whole = len(rows) - len(rows) % _MANY
        if whole:
            cells = list(chain.from_iterable(rows[:whole]))
            step = len(cells) // whole * _MANY
            pieces = (cells[at : at + step] for at in range(0, len(cells), step))
            connection.executemany(self._many, pieces)
        if whole < len(rows):
            connection.executemany(self._one, rows[whole:])
