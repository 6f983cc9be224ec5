"""What a list of hashes from the time of collection says of the files of a run."""

import sqlite3
from collections.abc import Iterable
from typing import Literal

import msgspec

from evidence.archive.cleaning import clean_name
from graph import ids

State = Literal["matches", "differs", "missing", "unlisted"]


class ListedFile(msgspec.Struct, frozen=True):
    """One file: `listed` is its hash in the list, `found` that of the file itself."""

    path: str
    state: State
    listed: str | None = None
    found: str | None = None


def keep_manifest(
    connection: sqlite3.Connection,
    run_n: int,
    digest: str,
    name: str,
    files: Iterable[ListedFile],
    now: int,
) -> None:
    """Stores a list and what came of it; the same list for the same run again replaces it."""
    known = (run_n, digest)
    connection.execute("DELETE FROM manifest WHERE run_n = ? AND sha256 = ?", known)
    connection.execute(
        "INSERT INTO manifest (run_n, sha256, name, at) VALUES (?, ?, ?, ?)",
        (*known, clean_name(name), now),
    )
    number = connection.execute("SELECT last_insert_rowid()").fetchone()[0]
    connection.executemany(
        "INSERT INTO manifest_line (manifest_n, path, state, listed, found, file_n)"
        " VALUES (?, ?, ?, ?, ?, (SELECT n FROM file WHERE id = ?))",
        [
            (number, clean_name(one.path), one.state, one.listed, one.found, _file(one))
            for one in files
        ],
    )


def _file(one: ListedFile) -> str | None:
    return None if one.found is None else ids.file(one.found)
