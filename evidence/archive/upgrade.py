"""An archive of an older version brought up to date: a copy first, then one transaction."""

import sqlite3
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import msgspec

from evidence.archive.archive import VERSION, connect, known_version, unusable
from evidence.archive.copying import copy_archive, refuse_damaged
from evidence.audit import append_audit
from evidence.errors import DataError


class Upgraded(msgspec.Struct, frozen=True):
    """Versions before and after; `copy` holds the archive as it was, None where it was current."""

    before: int
    after: int
    copy: Path | None


def upgrade_archive(path: Path) -> Upgraded:
    """Brings the archive to this program's version; the caller holds the case's lock.

    DataError where it is no archive, of a newer version, or damaged; it is then as it was.
    """
    connection = connect(path, "rw")
    try:
        before = known_version(connection, path)
        if before == VERSION:
            return Upgraded(before, VERSION, None)
        refuse_damaged(connection, path)
        copy = _copy(connection, path, before)
        _run(connection, path, before, copy.name)
        return Upgraded(before, VERSION, copy)
    except sqlite3.Error as error:
        raise unusable(path, error) from error
    finally:
        connection.close()


def _copy(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    copy = path.with_name(f"{path.stem}.v{version}.{moment}{path.suffix}")
    try:
        copy_archive(connection, copy)
    except FileExistsError as error:
        raise DataError(f"{copy} is there already", hint="run it again in a second") from error
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    return copy


def _run(connection: sqlite3.Connection, path: Path, before: int, copy: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in _statements(before):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        append_audit(connection, "case upgrade", {"from": before, "to": VERSION, "copy": copy})
        refuse_damaged(connection, path)
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _statements(before: int) -> Iterator[str]:
    """What leads from a version to this program's, a statement at a time."""
    folder = files("evidence.archive")
    scripts = [f"upgrades/{version}.sql" for version in range(before + 1, VERSION + 1)]
    for name in (*scripts, "search.sql"):
        statement = ""
        for line in folder.joinpath(name).read_text("utf-8").splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                yield statement
                statement = ""
