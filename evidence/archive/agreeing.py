"""What several exports tell of one post is settled alike, whichever of them came first."""

import sqlite3
from collections.abc import Iterable
from typing import Final

from evidence.archive.cleaning import clean_id, clean_name, clean_native, clean_time
from ingest.posts import ReadPost

Told = tuple[ReadPost, int | None, int, int]
"""A capture: the post as read, its time in seconds since 1970 UTC, its row and its version's."""

# An exact time is never before the same time cut to minutes.
_TIME: Final = """
UPDATE post SET utc = nullif(:utc, -1), wall = :wall, raw_time = nullif(:raw, '')
WHERE n = :n AND wall IS NOT NULL
  AND (coalesce(utc, -1), wall, coalesce(raw_time, '')) < (:utc, :wall, :raw)
"""
_SMALLEST: Final = "UPDATE post SET {0} = :{0} WHERE n = :n AND ({0} IS NULL OR {0} > :{0})"
_FIELDS: Final = ("sender", "reply_to", "forwarded_account", "forwarded_name")
# Heads are kept as one export shows them; the longer one says more.
_HEADING: Final = """
UPDATE post SET heading = :heading WHERE n = :n AND version_n = :version
  AND (length(heading), heading) < (length(:heading), :heading)
"""


def agree(connection: sqlite3.Connection, told: Iterable[Told]) -> None:
    """Names, times, headings and ties of posts that another capture told before."""
    rows = [_row(*one) for one in told]
    connection.executemany(_TIME, [row for row in rows if row["wall"]])
    for field in _FIELDS:
        connection.executemany(_SMALLEST.format(field), [row for row in rows if row[field]])
    connection.executemany(_HEADING, [row for row in rows if row["heading"]])


def _row(read: ReadPost, utc: int | None, n: int, version: int) -> dict[str, str | int]:
    return {
        "n": n,
        "version": version,
        "utc": -1 if utc is None else utc,
        "wall": read.wall or "",
        "raw": clean_time(read.raw_time or ""),
        "heading": clean_name(read.heading),
        "sender": clean_name(read.sender or ""),
        "reply_to": (clean_native(read.reply_to) or "") if read.reply_to else "",
        "forwarded_account": clean_id(read.forwarded_account) if read.forwarded_account else "",
        "forwarded_name": clean_name(read.forwarded_name or ""),
    }
