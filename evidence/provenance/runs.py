"""The files of a collection run, and one hash over them."""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

import msgspec

from graph import ids

_FILES = (
    "SELECT substr(f.id, 6), r.times, f.state LIKE 'unpacked%' FROM run_file r"
    " JOIN file f ON f.n = r.file_n"
    " WHERE r.run_n = ? ORDER BY f.id"
)


class RunFile(msgspec.Struct, frozen=True):
    """A file of a run. `times`: places it lay at; `packed`: an archive, read by its members."""

    sha256: str
    times: int
    packed: int


def keep_files(connection: sqlite3.Connection, run_n: int, hashes: Iterable[str]) -> str | None:
    """Notes the files of a run that the archive holds; the root over them, None without any."""
    for one, times in Counter(hashes).items():
        connection.execute(
            "INSERT OR REPLACE INTO run_file SELECT ?, n, ? FROM file WHERE id = ?",
            (run_n, times, ids.file(one)),
        )
    root = root_of(one.sha256 for one in files_of(connection, run_n))
    connection.execute("UPDATE run SET root = ? WHERE n = ?", (root, run_n))
    return root


def files_of(connection: sqlite3.Connection, run_n: int) -> list[RunFile]:
    """The files of a run by their hashes."""
    return [RunFile(*row) for row in connection.execute(_FILES, (run_n,))]


def root_of(hashes: Iterable[str]) -> str | None:
    """SHA-256 over the hashes in hex, sorted, a line each: as `sort | sha256sum` gives it."""
    lines = sorted(set(hashes))
    if not lines:
        return None
    return sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
