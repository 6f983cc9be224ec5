"""The archive file itself: its pages and its references."""

import sqlite3
from itertools import islice

from evidence.archive.archive import Archive
from evidence.archive.damage import damages
from evidence.verify.found import Checked

_MOST_TOLD = 100


def check_database(archive: Archive) -> Checked:
    """SQLite's own checks of the file and of every reference in it."""
    checked = Checked(check="database", of=2, looked_at=2)
    connection, place = archive.connection, archive.path.name
    try:
        for line in islice(damages(connection), _MOST_TOLD):
            checked.differs(place, "", line)
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            checked.differs(place, f"{table}, row {row}", f"refers to a {parent} that is not there")
    except sqlite3.DatabaseError as error:
        checked.differs(place, "", str(error))
    return checked
