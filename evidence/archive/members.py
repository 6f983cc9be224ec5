"""Rows of what stood in an archive: files of their own, and what was set aside."""

import sqlite3
from collections.abc import Iterable

import msgspec

from evidence.archive.cleaning import clean_name
from graph import ids


class MemberRow(msgspec.Struct, frozen=True):
    """A member. One that was read has a `reader`, one that was set aside a `reason`."""

    name: str
    """Path of the archive and of the member in it."""
    sha256: str | None
    size: int | None
    reader: str | None = None
    reason: str | None = None


def store_members(
    connection: sqlite3.Connection, archive_n: int, members: Iterable[MemberRow]
) -> None:
    """Stores what stood in an archive, in the place of what was kept of it, in a transaction."""
    connection.execute("DELETE FROM member WHERE archive_n = ?", (archive_n,))
    for number, member in enumerate(members):
        aside = member.reason is not None
        connection.execute(
            "INSERT INTO member (archive_n, number, name, file_n, reason, sha256, size)"
            " VALUES (?, ?, ?, (SELECT n FROM file WHERE id = ?), ?, ?, ?)",
            (
                archive_n,
                number,
                clean_name(member.name),
                None if aside or member.sha256 is None else ids.file(member.sha256),
                member.reason and clean_name(member.reason),
                member.sha256 if aside else None,
                member.size if aside else None,
            ),
        )


def members_of(connection: sqlite3.Connection, archive_n: int) -> list[MemberRow]:
    """What stood in an archive, in its order."""
    rows = connection.execute(
        "SELECT m.name, coalesce(substr(f.id, 6), m.sha256), coalesce(f.size, m.size), f.reader,"
        " m.reason FROM member m LEFT JOIN file f ON f.n = m.file_n WHERE m.archive_n = ?"
        " ORDER BY m.number",
        (archive_n,),
    )
    return [MemberRow(*row) for row in rows]
