"""Whole copies of an archive, and whether one is whole."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from evidence.archive.damage import damages
from evidence.errors import DataError


def copy_archive(connection: sqlite3.Connection, target: Path) -> None:
    """Writes the archive as it is at one moment into a new private file, beside a writer too.

    Raises DataError where there is no room for it.
    """
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            connection.backup(copy)
            # One file, which can be moved by itself.
            copy.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        raise DataError(
            f"the archive cannot be copied: {error}",
            hint="make room for a second archive",
            where={"file": str(target)},
        ) from error


def refuse_damaged(connection: sqlite3.Connection, path: Path) -> None:
    """Raises DataError where SQLite does not find the whole file in order."""
    wrong = next(damages(connection), None)
    if wrong is not None:
        raise DataError(
            f"the archive is damaged: {wrong}",
            hint="use a backup: heichan case restore FILE DIR",
            where={"file": str(path)},
        )
