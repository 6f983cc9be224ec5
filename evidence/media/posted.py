"""What pictures and files were posted by whom, a row a file."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from mimetypes import guess_type
from pathlib import PurePosixPath
from typing import Final

import msgspec

MOST: Final = 20
"""Ids that a row names of one kind: the first by time of posts, by id of others."""
_SORTS: Final = {"image": "picture", "audio": "sound", "video": "video"}
_ROWS: Final = """
WITH posted AS (
  SELECT DISTINCT coalesce(m.sha256, m.state || ' ' || CASE m.state WHEN 'unnamed' THEN m.name
      ELSE k.id || ' ' || m.name END) AS what, m.sha256, m.name, m.size, m.state, k.id, k.utc,
    a.id AS account, v.id AS venue, k.forwarded
  FROM media m LEFT JOIN joined j ON j.post_n = m.post_n
  JOIN post k ON k.n = coalesce(j.kept_n, m.post_n)
  LEFT JOIN account a ON a.n = k.account_n LEFT JOIN venue v ON v.n = k.venue_n
  WHERE m.state IS NOT NULL AND k.kind <> 'service'
    AND (:state IS NULL OR m.state = :state)
    AND NOT (m.sha256 IS NULL AND instr(m.name, '/') = 0 AND EXISTS (SELECT 1 FROM media o
      WHERE o.post_n = m.post_n AND (o.sha256 IS NOT NULL OR instr(o.name, '/'))))
)
SELECT sha256, min(name), max(size), state, count(DISTINCT id), count(DISTINCT account),
  json_group_array(DISTINCT account), count(DISTINCT venue), json_group_array(DISTINCT venue),
  count(DISTINCT CASE WHEN forwarded THEN id END), min(utc), max(utc),
  json_group_array(DISTINCT printf('%020d %s', coalesce(utc, 0), id))
FROM posted GROUP BY what
HAVING count(DISTINCT account) >= :posters
  AND (:account IS NULL OR max(account = :account) = 1)
  AND (:venue IS NULL OR max(venue = :venue) = 1)
ORDER BY sha256 IS NULL, count(DISTINCT account) DESC, count(DISTINCT id) DESC, what
LIMIT :limit
"""
_REASONS: Final = "SELECT sha256, min(reason) FROM aside WHERE sha256 IS NOT NULL GROUP BY sha256"


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows to give; `posters`: at least so many accounts."""

    state: str | None = None
    account: str | None = None
    venue: str | None = None
    posters: int = 0
    limit: int = -1


class Posted(msgspec.Struct, frozen=True):
    """A file by its hash, or a name for which no file lies beside the export."""

    sha256: str | None
    kind: str
    name: str
    size: int | None
    state: str
    posts: int
    accounts: int
    who: list[str]
    venues: int
    where: list[str]
    forwarded: int
    """Posts of these that were forwarded."""
    first: datetime | None
    last: datetime | None
    evidence: list[str]


def posted(connection: sqlite3.Connection, wanted: Wanted) -> list[Posted]:
    """Files with the most posters first; nothing of them is opened."""
    told: dict[str, str] = dict(connection.execute(_REASONS))
    rows = connection.execute(_ROWS, msgspec.structs.asdict(wanted))
    return [_posted(row, told) for row in rows]


def _posted(row: Sequence[object], told: dict[str, str]) -> Posted:
    sha256, name, size, state, posts, accounts, who, venues, where, forwarded, *more = row
    first, last, ids = more
    return msgspec.convert(
        {
            "sha256": sha256,
            "kind": told.get(str(sha256)) or kind_of(str(name)),
            "name": name,
            "size": size,
            "state": state,
            "posts": posts,
            "accounts": accounts,
            "who": _some(who),
            "venues": venues,
            "where": _some(where),
            "forwarded": forwarded,
            "first": _when(first),
            "last": _when(last),
            "evidence": [each.partition(" ")[2] for each in sorted(json.loads(str(ids)))[:MOST]],
        },
        Posted,
    )


def kind_of(name: str) -> str:
    """What a name says that its file is; a word for a sort of media stays as it is."""
    if not PurePosixPath(name).suffix:
        return name
    sort = (guess_type(name)[0] or "").partition("/")[0]
    return _SORTS.get(sort, "file")


def _some(ids: object) -> list[str]:
    return sorted(each for each in json.loads(str(ids)) if each is not None)[:MOST]


def _when(utc: object) -> datetime | None:
    return datetime.fromtimestamp(utc, UTC) if isinstance(utc, int) else None
