"""Rows of runs and files: what was read, how, and what could not be."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from evidence.archive.cleaning import clean_message, clean_name
from evidence.joining.settle import unsettle
from graph import ids
from ingest.posts import Problem

State = Literal["reading", "read", "broken_off", "failed", "unpacked", "unpacked_in_part"]
UNPACKED: tuple[State, State] = ("unpacked", "unpacked_in_part")
"""States of an archive, whose members are files of their own."""


class RunFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What the user stated about a collection run, and the options that change what is read."""

    id: str
    options: Mapping[str, str]
    tz: str
    tool_version: str
    operator: str | None = None
    received_from: str | None = None
    legal_basis: str | None = None
    purpose: str | None = None


class FileFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A file before it is read. `options`: those that change what is read of it."""

    sha256: str
    path: str
    size: int
    media_kind: str
    reader: str
    options: Mapping[str, str]
    zone: str
    zone_basis: Literal["option", "case"]
    encoding: str | None = None
    """None where the format has no single one."""
    encoding_basis: str | None = None
    origin: str | None = None
    tlp: str | None = None
    parent: str | None = None
    """SHA-256 of the archive that it stands in."""


class FileRow(msgspec.Struct, frozen=True, kw_only=True):
    """A file as the archive knows it."""

    n: int
    run_n: int
    state: State
    options: dict[str, str]
    zone: str
    zone_basis: str
    encoding: str | None
    encoding_basis: str | None
    posts: int
    service: int
    skipped: int
    set_aside: int


class Counts(msgspec.Struct):
    """What was met in a file."""

    posts: int = 0
    service: int = 0
    skipped: int = 0
    set_aside: int = 0


def add_run(connection: sqlite3.Connection, facts: RunFacts, now: int) -> int:
    """Row number of the run, made when it is new; a finished run stays finished."""
    fields = (facts.operator, facts.received_from, facts.legal_basis, facts.purpose)
    connection.execute(
        "INSERT INTO run (id, tool_version, options, operator, received_from, legal_basis,"
        " purpose, tz, started_at) VALUES (?,?,?,?,?,?,?,?,?) ON CONFLICT (id) DO NOTHING",
        (
            facts.id,
            facts.tool_version,
            _json({name: clean_name(value) for name, value in facts.options.items()}),
            *(value if value is None else clean_name(value) for value in fields),
            facts.tz,
            now,
        ),
    )
    row = connection.execute("SELECT n FROM run WHERE id = ?", (facts.id,)).fetchone()
    return int(row[0])


def end_run(connection: sqlite3.Connection, run_id: str, now: int) -> bool:
    """Notes the end of a run; False where it is noted already or there is no such run."""
    return (
        connection.execute(
            "UPDATE run SET ended_at = ? WHERE id = ? AND ended_at IS NULL", (now, run_id)
        ).rowcount
        > 0
    )


def find_file(connection: sqlite3.Connection, sha256: str) -> FileRow | None:
    """The file with this hash, in hex."""
    row = connection.execute(
        "SELECT n, run_n, state, options, zone, zone_basis, encoding, encoding_basis, posts,"
        " service, skipped, set_aside FROM file WHERE id = ?",
        (ids.file(sha256),),
    ).fetchone()
    if row is None:
        return None
    fields = dict(zip(FileRow.__struct_fields__, row, strict=True))
    return msgspec.convert(fields | {"options": json.loads(fields["options"])}, FileRow)


def begin_file(connection: sqlite3.Connection, facts: FileFacts, run_n: int, now: int) -> int:
    """Row number of a file that is about to be read, or read again from its start."""
    connection.execute(
        "INSERT INTO file (id, run_n, path, size, media_kind, reader, zone, zone_basis, options,"
        " origin, tlp, captured_at, encoding, encoding_basis, parent_id, state)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,'reading')"
        " ON CONFLICT (id) DO UPDATE SET run_n = excluded.run_n, path = excluded.path,"
        " reader = excluded.reader, zone = excluded.zone, zone_basis = excluded.zone_basis,"
        " options = excluded.options, encoding = excluded.encoding,"
        " encoding_basis = excluded.encoding_basis, parent_id = excluded.parent_id,"
        " state = 'reading'",
        (
            ids.file(facts.sha256),
            run_n,
            clean_name(facts.path),
            facts.size,
            facts.media_kind,
            facts.reader,
            facts.zone,
            facts.zone_basis,
            _json(facts.options),
            facts.origin and clean_name(facts.origin),
            facts.tlp,
            now,
            facts.encoding,
            facts.encoding_basis,
            facts.parent and ids.file(facts.parent),
        ),
    )
    found = find_file(connection, facts.sha256)
    assert found is not None
    connection.execute("DELETE FROM problem WHERE file_n = ?", (found.n,))
    return found.n


def mark_files(connection: sqlite3.Connection, hashes: Iterable[str], tlp: str) -> None:
    """Gives files that are known already the TLP mark that is stated for them now."""
    rows = ((tlp, ids.file(sha256)) for sha256 in hashes)
    connection.executemany("UPDATE file SET tlp = ?1 WHERE id = ?2 AND tlp IS NOT ?1", rows)


def end_file(
    connection: sqlite3.Connection, file_n: int, state: State, counts: Counts, timed_by_file: bool
) -> None:
    """Notes what a file held, and whether it states its times itself."""
    connection.execute(
        "UPDATE file SET state = ?, posts = ?, service = ?, skipped = ?, set_aside = ?,"
        " zone_basis = CASE WHEN ? THEN 'file' ELSE zone_basis END WHERE n = ?",
        (
            state,
            counts.posts,
            counts.service,
            counts.skipped,
            counts.set_aside,
            timed_by_file,
            file_n,
        ),
    )


def add_problems(connection: sqlite3.Connection, file_n: int, problems: Iterable[Problem]) -> None:
    """Lists records that could not be read."""
    connection.executemany(
        "INSERT INTO problem (file_n, place, reason) VALUES (?, ?, ?)",
        [(file_n, clean_name(p.where), clean_message(p.reason)) for p in problems],
    )


def problems_of(connection: sqlite3.Connection, file_n: int) -> list[Problem]:
    """The listed problems of a file, in file order."""
    rows = connection.execute(
        "SELECT place, reason FROM problem WHERE file_n = ? ORDER BY n", (file_n,)
    )
    return [Problem(*row) for row in rows]


def add_aside(
    connection: sqlite3.Connection,
    run_n: int,
    name: str,
    reason: str,
    sha256: str | None = None,
    size: int | None = None,
) -> None:
    """Notes something that is no text, once."""
    # UNIQUE does not hold rows with a NULL hash apart.
    connection.execute(
        "INSERT INTO aside (run_n, name, reason, sha256, size) SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT"
        " EXISTS (SELECT 1 FROM aside WHERE name = ?2 AND reason = ?3 AND sha256 IS ?4)",
        (run_n, clean_name(name), clean_name(reason), sha256, size),
    )


def has_aside(connection: sqlite3.Connection, name: str, reason: str, sha256: str | None) -> bool:
    """Whether this was set aside before."""
    found = connection.execute(
        "SELECT 1 FROM aside WHERE name = ? AND reason = ? AND sha256 IS ?",
        (clean_name(name), clean_name(reason), sha256),
    )
    return found.fetchone() is not None


def forget_reading(connection: sqlite3.Connection, file_n: int) -> None:
    """Takes back what was read from a file, before it is read with other options.

    What other files hold too stays; what only this file held goes.
    """
    unsettle(connection)
    connection.execute("DELETE FROM capture WHERE file_n = ?", (file_n,))
    connection.execute("DELETE FROM named WHERE file_n = ?", (file_n,))
    connection.execute(
        "DELETE FROM post WHERE NOT EXISTS (SELECT 1 FROM post_version v JOIN capture c"
        " ON c.version_n = v.n WHERE v.post_n = post.n)"
    )
    connection.execute("DELETE FROM post_version WHERE n NOT IN (SELECT version_n FROM capture)")
    _show_what_is_left(connection)
    forget_unused(connection)


def forget_unused(connection: sqlite3.Connection) -> None:
    """Drops the accounts and venues of which no post is left."""
    connection.execute(
        "DELETE FROM account WHERE own = 0 AND n NOT IN"
        " (SELECT account_n FROM post WHERE account_n IS NOT NULL)"
    )
    used = "(SELECT venue_n FROM post WHERE venue_n IS NOT NULL)"
    connection.execute(f"DELETE FROM venue_name WHERE venue_n NOT IN {used}")
    connection.execute(f"DELETE FROM venue WHERE n NOT IN {used}")


def _show_what_is_left(connection: sqlite3.Connection) -> None:
    connection.execute(
        "UPDATE post SET version_n = (SELECT v.n FROM post_version v WHERE v.post_n = post.n"
        " ORDER BY coalesce(v.edited_at, -1) DESC, length(v.text) DESC, v.text DESC LIMIT 1)"
        " WHERE version_n NOT IN (SELECT n FROM post_version)"
    )


def _json(options: Mapping[str, str]) -> str:
    return json.dumps(dict(sorted(options.items())), ensure_ascii=False)
