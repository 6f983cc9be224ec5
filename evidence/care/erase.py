"""Takes a post, a file or an account out of a case, and says what that reached."""

import json
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from evidence.archive.archive import Archive
from evidence.archive.cleaning import clean_name
from evidence.archive.filing import forget_reading, forget_unused
from evidence.archive.suppression import suppress
from evidence.audit import append_audit, user
from evidence.care.erasing import Unfinished, note_unfinished
from evidence.care.going import KINDS, Asked, Going, going
from evidence.care.layout import COPIES, FILES
from evidence.care.traces import decisions_about, results_about
from evidence.errors import UsageError
from evidence.joining.settle import unsettle
from evidence.vault.kept import kept

_AMONG = "IN (SELECT value FROM json_each(:n))"
_COUNTED = {
    "versions": f"SELECT count(*) FROM post_version WHERE post_n {_AMONG}",
    "captures": "SELECT count(*) FROM capture c JOIN post_version v ON v.n = c.version_n"
    f" WHERE v.post_n {_AMONG}",
    "records": "SELECT count(*) FROM record r JOIN post_version v ON v.n = r.version_n"
    f" WHERE v.post_n {_AMONG}",
    "claims": "SELECT count(*) FROM claim c JOIN record r ON r.n = c.record_n"
    f" JOIN post_version v ON v.n = r.version_n WHERE v.post_n {_AMONG}",
}
# What a build derives from all posts is made anew by the next one.
_DERIVED = ("tie_goods", "tie_piece", "text_cluster", "node_name", "search_block")
_STATE = "DELETE FROM setting WHERE name IN ('build_inputs', 'snapshot', 'names')"
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"


class Reach(msgspec.Struct, frozen=True):
    """A part of the case or beside it: whether the erasure reached it, and how much of it."""

    part: str
    reached: bool
    count: int | None
    note: str = ""


class Tombstone(msgspec.Struct, frozen=True):
    """What stays of an erasure; `at` in seconds UTC."""

    kind: str
    posts: int
    reason: str
    who: str
    at: int


def tombstones(connection: sqlite3.Connection) -> list[Tombstone]:
    """What was erased from the case, in order."""
    rows = connection.execute("SELECT kind, posts, reason, who, at FROM tombstone ORDER BY n")
    return [Tombstone(*row) for row in rows]


def preview(archive: Archive, asked: Sequence[Asked]) -> Going:
    """What would go. Raises UsageError for nothing, NotFoundError for what is not there."""
    if not asked:
        raise UsageError("nothing to erase", hint="give --post, --file or --account ID")
    return going(archive.connection, asked)


def erase(
    archive: Archive, asked: Sequence[Asked], *, reason: str, who: str | None = None
) -> list[Reach]:
    """Deletes it in one transaction and keeps it out from now on; `finish_erasing` does the rest.

    The archive is open for writing. Raises UsageError without a reason, NotFoundError.
    """
    if not reason.strip():
        raise UsageError("an erasure needs a reason", hint="add --reason TEXT")
    secret, root = archive.secret, archive.path.parent
    archive.connection.execute("PRAGMA secure_delete = ON")
    with archive.transaction() as connection:
        found = preview(archive, asked)
        results = results_about(root, found)
        counts = _counts(connection, found)
        unsettle(connection)
        counts["decisions"] = _delete_decisions(connection, found)
        _delete(connection, found)
        files = _alone(connection, found)
        vault = [name for name in files if kept(root, name)]
        note_unfinished(archive, Unfinished(results, vault))
        suppress(connection, found.stays_out, secret)
        _bury(connection, asked, found, reason, who or user())
        return [
            *(Reach(part, True, count) for part, count in counts.items()),
            *_reached(results, vault),
            *_not_reached(connection, found, root),
        ]


def _counts(connection: sqlite3.Connection, found: Going) -> dict[str, int]:
    values = {"n": json.dumps(found.posts)}
    counts = {"posts": len(found.posts), "files": len(found.files)}
    for part, statement in _COUNTED.items():
        counts[part] = connection.execute(statement, values).fetchone()[0]
    counts["versions"] += len(found.versions)
    return counts


def _delete_decisions(connection: sqlite3.Connection, found: Going) -> int:
    decisions = json.dumps(decisions_about(connection, found))
    return connection.execute(
        "DELETE FROM decision WHERE id IN (SELECT value FROM json_each(?))", (decisions,)
    ).rowcount


def _delete(connection: sqlite3.Connection, found: Going) -> None:
    tables = {name for (name,) in connection.execute(_TABLES)}
    posts = {"n": json.dumps(found.posts), "names": json.dumps(sorted(found.names))}
    if "watch_kept" in tables:
        connection.execute(
            "DELETE FROM watch_kept WHERE post IN (SELECT value FROM json_each(:names))", posts
        )
    connection.execute(f"DELETE FROM post WHERE n {_AMONG}", posts)
    for file_n, file in found.files.items():
        _delete_file(connection, file_n, file)
    for account in found.accounts:
        _delete_account(connection, account)
    forget_unused(connection)
    connection.execute(
        "DELETE FROM named WHERE id NOT IN (SELECT id FROM account UNION SELECT id FROM venue)"
    )
    connection.execute("DELETE FROM venue_alias WHERE venue_id NOT IN (SELECT id FROM venue)")
    for table in tables.intersection(_DERIVED):
        connection.execute(f"DELETE FROM {table}")
    connection.execute(_STATE)


def _delete_file(connection: sqlite3.Connection, file_n: int, file: str) -> None:
    forget_reading(connection, file_n)
    sha256 = file.partition(":")[2]
    # A run's hash over the hashes of its files would still tell of one that was erased.
    connection.execute(
        "UPDATE run SET root = NULL WHERE n IN (SELECT run_n FROM run_file WHERE file_n = ?)",
        (file_n,),
    )
    connection.execute("DELETE FROM manifest_line WHERE ? IN (listed, found)", (sha256,))
    connection.execute("DELETE FROM file WHERE n = ?", (file_n,))
    connection.execute("UPDATE file SET parent_id = NULL WHERE parent_id = ?", (file,))
    connection.execute("DELETE FROM aside WHERE sha256 = ?", (sha256,))
    connection.execute(
        "UPDATE media SET sha256 = NULL, size = NULL, state = NULL WHERE sha256 = ?", (sha256,)
    )
    connection.execute("UPDATE member SET sha256 = NULL WHERE sha256 = ?", (sha256,))
    connection.execute(
        "DELETE FROM run WHERE n NOT IN (SELECT run_n FROM file UNION SELECT run_n FROM run_file"
        " UNION SELECT run_n FROM coverage UNION SELECT run_n FROM aside"
        " UNION SELECT run_n FROM manifest)"
    )


def _delete_account(connection: sqlite3.Connection, account: str) -> None:
    connection.execute("UPDATE account SET own = 0 WHERE id = ?", (account,))
    connection.execute("DELETE FROM named WHERE id = ?", (account,))
    connection.execute("DELETE FROM mention WHERE kind = 'account' AND value = ?", (account,))
    connection.execute(
        "UPDATE post SET forwarded_account = NULL, forwarded_name = NULL"
        " WHERE forwarded_account = ?",
        (account,),
    )


def _alone(connection: sqlite3.Connection, found: Going) -> list[str]:
    """Hashes of the files of which nothing is left."""
    left = connection.execute(
        f"SELECT id FROM file WHERE n {_AMONG} AND n NOT IN (SELECT file_n FROM capture)",
        {"n": json.dumps(found.touched)},
    )
    gone = {*found.files.values(), *(file for (file,) in left)}
    return sorted(file.partition(":")[2] for file in gone)


def _bury(
    connection: sqlite3.Connection, asked: Sequence[Asked], found: Going, reason: str, who: str
) -> None:
    """Leaves the tombstones, one for each kind that was asked for, and the entry of the log."""
    now = int(time.time())
    counts = {kind: sum(one.kind == kind for one in asked) for kind in KINDS}
    kinds = [kind for kind, count in counts.items() if count]
    connection.executemany(
        "INSERT INTO tombstone (kind, posts, reason, who, at) VALUES (?, ?, ?, ?, ?)",
        [(kind, len(found.posts), clean_name(reason), who, now) for kind in kinds],
    )
    detail: dict[str, str | int | None] = {kind: counts[kind] for kind in kinds}
    detail["posts in all"] = len(found.posts)
    append_audit(connection, "case erase", detail, who=who, at=now)


def _reached(results: Sequence[str], vault: Sequence[str]) -> list[Reach]:
    return [
        Reach("saved results", True, len(results), "those that name it or hold its words"),
        Reach("text index", True, None, "made anew"),
        Reach("embedded graph", True, None, "built again"),
        Reach("vault files that hold nothing else", True, len(vault)),
        Reach("copies that an upgrade left in the folder", True, None, "removed"),
        Reach("free pages and journal of the archive", True, None, "written anew"),
    ]


def _not_reached(connection: sqlite3.Connection, found: Going, root: Path) -> list[Reach]:
    shared = connection.execute(
        f"SELECT id FROM file WHERE n {_AMONG} AND n IN (SELECT file_n FROM capture)",
        {"n": json.dumps(found.touched)},
    ).fetchall()
    vault = sum(kept(root, file.partition(":")[2]) is not None for (file,) in shared)
    return [
        Reach("other posts with the same text", False, _same(connection, found), "erase them too"),
        Reach("vault files that hold other posts too", False, vault),
        Reach("exports, pages, reports, exhibits", False, _loose(root), "count: in this folder"),
        Reach("another store", False, None, "until the next build or store push"),
        Reach("backups and copies of the folder", False, None),
        Reach("your own input files", False, None, "what is read again stays out of this case"),
        Reach("audit log", False, None, "its entries may name an id or a handle that was typed"),
    ]


def _loose(root: Path) -> int:
    """Files in the case's folder that are the user's: exported there, or put there."""
    beside = [path for path in root.iterdir() if path.is_file() and path.name not in FILES]
    copies = set(root.glob(COPIES))
    exported = [path for path in (root / "exports").rglob("*") if path.is_file()]
    return len(exported) + sum(path not in copies for path in beside)


def _same(connection: sqlite3.Connection, found: Going) -> int:
    """Other posts whose text is the same, letter for letter."""
    keys = set(found.keys)
    if not keys:
        return 0
    rows = connection.execute("SELECT post_n, text_key FROM post_version")
    return len({post for post, key in rows if key in keys})
