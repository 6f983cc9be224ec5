"""The archive file: made, checked, and opened for one writer or for any number of readers."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from evidence.errors import DataError

VERSION = 2
_APPLICATION = 0x48656943  # "HeiC", shown by file(1)
_BUSY_MS = 10_000
_SURROUNDINGS = ("SQLITE_READONLY", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_BUSY")
_CACHE_KIB = 128 * 1024
_SCAN_KIB = 2 * 1024
# Large pages: fewer of them are split and written over and over as ids fall all over the indexes.
_PAGE_BYTES = 16_384
_CHECKPOINT_PAGES = 4096


@dataclass(frozen=True)
class Archive:
    """An open archive. `connection` is in autocommit: a writer begins and commits by itself."""

    connection: sqlite3.Connection
    kept_secret: bytes | None = field(repr=False)
    """None where the case came without it."""
    path: Path

    @property
    def secret(self) -> bytes:
        """The case's secret. Raises DataError where the case came without it."""
        return needed(self.kept_secret, self.path.parent)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One transaction: committed at the end, rolled back on any exception."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield self.connection
        except BaseException:
            # Where the disk is full SQLite has rolled back by itself.
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    @contextmanager
    def bulk(self) -> Iterator[sqlite3.Connection]:
        """A transaction in which SQLite does not look up what each row refers to.

        That takes a third of the time of storing posts, whose rows refer to each other by numbers
        that their writer gave out itself. Nothing may be deleted in it that others refer to.
        """
        self.connection.execute("PRAGMA foreign_keys = OFF")
        try:
            with self.transaction() as connection:
                yield connection
        finally:
            self.connection.execute("PRAGMA foreign_keys = ON")


@contextmanager
def scan(connection: sqlite3.Connection) -> Iterator[None]:
    """One state of the archive, for statements that read whole tables once.

    Keeping pages that nobody asks for again takes a third of such a statement's time.
    """
    (kept,) = connection.execute("PRAGMA cache_size").fetchone()
    inside = connection.in_transaction
    if not inside:
        connection.execute("BEGIN")
    connection.execute(f"PRAGMA cache_size = -{_SCAN_KIB}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size = {kept}")
        if not inside:
            connection.execute("ROLLBACK")


def newest(connection: sqlite3.Connection) -> int:
    """The number of the post that was stored last; 0 where there is none."""
    return int(connection.execute("SELECT coalesce(max(n), 0) FROM post").fetchone()[0])


def needed(secret: bytes | None, case: Path) -> bytes:
    """The secret; DataError where a case, restored without it, has none."""
    if secret is None:
        raise DataError(
            "this case is without its secret: nothing can be read into it",
            hint="put the file `secret` of the case's first folder back into this one",
            where={"file": str(case)},
        )
    return secret


def create_archive(path: Path) -> None:
    """Makes an empty archive file, readable by its owner only."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        connection.execute("PRAGMA journal_mode = WAL")
        folder = files("evidence.archive")
        parts = (folder.joinpath(name).read_text("utf-8") for name in ("schema.sql", "search.sql"))
        connection.executescript(
            f"BEGIN; {';'.join(parts)}; PRAGMA application_id = {_APPLICATION};"
            f"PRAGMA user_version = {VERSION}; COMMIT;"
        )
    except sqlite3.OperationalError as error:
        raise unusable(path, error) from error
    finally:
        connection.close()


@contextmanager
def open_writer(path: Path, secret: bytes | None) -> Iterator[Archive]:
    """The archive for writing; the caller holds the lock. DataError where it is unusable."""
    connection = connect(path, "rw")
    try:
        _check(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        # In WAL mode NORMAL loses no committed page on a crash of the process.
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
        connection.execute("PRAGMA secure_delete = FAST")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
        yield Archive(connection, secret, path)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith(_SURROUNDINGS):
            raise unusable(path, error) from error
        raise
    finally:
        connection.close()


@contextmanager
def open_reader(path: Path, secret: bytes | None) -> Iterator[Archive]:
    """The archive for reading only, beside a writer too. DataError where it is unusable."""
    connection = connect(path, "ro")
    try:
        _check(connection, path)
        connection.execute("PRAGMA query_only = ON")
        yield Archive(connection, secret, path)
    finally:
        connection.close()


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection in autocommit, `mode` rw or ro; DataError where there is none to be had."""
    address = f"{path.absolute().as_uri()}?mode={mode}"
    wal = path.with_name(f"{path.name}-wal")
    if mode == "ro" and not os.access(path.parent, os.W_OK) and not wal.exists():
        # WAL needs a file beside the archive; on a read-only folder nobody writes either.
        address += "&immutable=1"
    try:
        connection = sqlite3.connect(address, uri=True, isolation_level=None)
    except sqlite3.Error as error:
        raise unusable(path, error) from error
    try:
        connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error as error:
        connection.close()
        raise unusable(path, error) from error
    return connection


def _check(connection: sqlite3.Connection, path: Path) -> None:
    version = known_version(connection, path)
    if version < VERSION:
        raise DataError(
            f"{path} has schema version {version}; this program uses {VERSION}",
            hint=f"bring it up to date, a copy is kept: heichan --case {path.parent} case upgrade",
            where={"file": str(path)},
        )


def known_version(connection: sqlite3.Connection, path: Path) -> int:
    """The archive's version; DataError where it is none, or of a version beyond this program's."""
    try:
        (made_by,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'post_version'")
        whole = made_by == _APPLICATION and version > 0 and known.fetchone() is not None
    except sqlite3.DatabaseError as error:
        raise unusable(path, error) from error
    if whole and version > VERSION:
        raise DataError(
            f"{path} has schema version {version}; this program knows {VERSION}",
            hint="install a newer heichan",
            where={"file": str(path)},
        )
    if not whole:
        raise DataError(f"{path} is not an archive of a case", where={"file": str(path)})
    return int(version)


def unusable(path: Path, error: sqlite3.Error) -> DataError:
    """What to raise where SQLite cannot use the file: its surroundings, or the file itself."""
    return DataError(
        f"the archive cannot be used: {error}",
        hint="check the permissions and the free space of the case's folder",
        where={"file": str(path)},
    )
