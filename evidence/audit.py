"""The audit log: who did what when, each entry chained to the one before by a hash."""

import getpass
import json
import re
import sqlite3
import time
from collections.abc import Mapping
from hashlib import sha256

import msgspec

FIRST = bytes(32)
"""What stands for the entry before the first."""
_HASH = re.compile(r"(?:[a-z]+:)?(?:[0-9a-f]{32}|[0-9a-f]{64})\Z")
Detail = Mapping[str, str | int | None]


class AuditState(msgspec.Struct, frozen=True):
    """Result of a check. `broken`: number of the first entry that does not fit, None if all do."""

    entries: int
    head: str
    broken: int | None


def append_audit(
    connection: sqlite3.Connection,
    what: str,
    detail: Detail,
    *,
    who: str | None = None,
    at: int | None = None,
) -> str:
    """Appends an entry inside the caller's transaction; its hash in hex. Text is masked."""
    # Loads all that finds victims' data, which reading alone does not need.
    from evidence.archive.cleaning import clean_name

    masked = {
        name: clean_name(value) if isinstance(value, str) and not _HASH.match(value) else value
        for name, value in detail.items()
    }
    row = connection.execute("SELECT hash FROM audit ORDER BY n DESC LIMIT 1").fetchone()
    previous = row[0] if row else FIRST
    fields = (
        int(time.time()) if at is None else at,
        who or user(),
        what,
        json.dumps(masked, ensure_ascii=False, sort_keys=True),
    )
    digest = entry_hash(previous, *fields)
    connection.execute(
        "INSERT INTO audit (at, who, what, detail, previous, hash) VALUES (?, ?, ?, ?, ?, ?)",
        (*fields, previous, digest),
    )
    return digest.hex()


def verify_audit(connection: sqlite3.Connection) -> AuditState:
    """Recomputes the whole chain. The folder's owner can rewrite it: compare `head` elsewhere."""
    previous, entries, broken = FIRST, 0, None
    for n, *fields, before, digest in connection.execute(
        "SELECT n, at, who, what, detail, previous, hash FROM audit ORDER BY n"
    ):
        entries += 1
        if broken is None and (before != previous or entry_hash(previous, *fields) != digest):
            broken = int(n)
        previous = digest
    return AuditState(entries, previous.hex() if entries else "", broken)


def entry_hash(previous: bytes, at: int, who: str, what: str, detail: str) -> bytes:
    """Hash of an entry and, through `previous`, of all before it."""
    entry = json.dumps([at, who, what, detail], ensure_ascii=False).encode()
    return sha256(previous + entry).digest()


def user() -> str:
    """Name of the operating system's user, `unknown` where it has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
