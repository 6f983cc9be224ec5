"""The posts that another export may hold too, in tables that go with the connection."""

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from evidence.joining.venues import judged
from evidence.joining.words import plain, words_key

TABLE: Final = "table"
FAMILY: Final = {
    "telegram-html": "pages",
    "qq-mht": "qq",
    "excel": TABLE,
    "parquet": TABLE,
}
"""Formats that give a post one and the same id count as one."""

_PLATFORM: Final = "substr(n.id, 7, instr(substr(n.id, 7), ':') - 1)"
_ITS_VENUES: Final = "JOIN named n ON n.file_n = f.n AND n.id > 'venue:' AND n.id < 'venue;'"
_WANTED: Final = """
CREATE TEMP TABLE wanted AS SELECT n FROM venue
WHERE platform IN (SELECT value FROM json_each(?)) OR n IN (SELECT value FROM json_each(?))
"""
_MET: Final = """
CREATE TEMP TABLE met AS
SELECT post_n, group_concat(family) AS families FROM (
  SELECT DISTINCT v.post_n, family(f.reader) AS family
  FROM wanted w JOIN post p ON p.venue_n = w.n JOIN post_version v ON v.post_n = p.n
  JOIN capture c ON c.version_n = v.n JOIN file f ON f.n = c.file_n
  ORDER BY 1, 2
) GROUP BY post_n
"""
_NAMED: Final = f"""
SELECT f.reader, {_PLATFORM}, count(DISTINCT f.n) FROM file f {_ITS_VENUES}
GROUP BY 1, 2
"""
_POOL: Final = """
CREATE TEMP TABLE pool AS
SELECT p.n, p.id, w.platform, p.venue_n, p.venue_n AS place, p.account_n, p.account_n AS person,
  coalesce(plain(p.sender), '') AS called, p.native_id, p.utc,
  CASE WHEN p.utc % 60 < 0 THEN p.utc / 60 - 1 ELSE p.utc / 60 END AS minute,
  length(coalesce(p.wall, '')) NOT IN (10, 16) AS exact, p.kind = 'service' AS service,
  m.families || ' ' || p.venue_n || ' ' || (p.native_id IS NOT NULL) AS side,
  coalesce(a.native, 0) AS known, words_key(v.text) AS words
FROM met m JOIN post p ON p.n = m.post_n JOIN venue w ON w.n = p.venue_n
JOIN post_version v ON v.n = p.version_n LEFT JOIN account a ON a.n = p.account_n
WHERE p.kind <> 'report_passage'
"""
_OTHERS: Final = """
CREATE TEMP TABLE said AS SELECT n, words FROM pool
UNION SELECT p.n, words_key(v.text) FROM post_version v JOIN pool p ON p.n = v.post_n
WHERE v.post_n IN (SELECT post_n FROM post_version GROUP BY post_n HAVING count(*) > 1)
"""
# A table whose times all end with a whole minute does not state seconds, however it writes them.
_MINUTES: Final = """
UPDATE pool SET exact = 0 WHERE side IN (
  SELECT side FROM pool WHERE utc IS NOT NULL GROUP BY side
  HAVING max(utc % 60) = 0 AND min(utc % 60) = 0)
"""
_INDEXES: Final = (
    "CREATE UNIQUE INDEX temp.pool_n ON pool(n)",
    "CREATE INDEX temp.pool_words ON pool(platform, minute, words)",
    "CREATE INDEX temp.pool_place ON pool(venue_n, native_id)",
    "CREATE INDEX temp.said_n ON said(n, words)",
)
_TABLES: Final = ("wanted", "met", "pool", "said")


def family(reader: str | None) -> str:
    """The format of a reader; formats with the same ids of posts are one."""
    return FAMILY.get(reader or "", reader or "")


def platforms(connection: sqlite3.Connection) -> set[str]:
    """Platforms of which formats were read that name one message in two ways; mostly none.

    Told by the venues that each file names, so that a case of one format a platform costs nothing.
    """
    files: dict[tuple[str, str], int] = {}
    for reader, platform, n in connection.execute(_NAMED):
        key = (platform, family(reader))
        files[key] = files.get(key, 0) + n
    families = Counter(platform for platform, _ in files)
    # Two tables of one place may have other columns: one with numbers of posts, one without.
    tables = {platform for (platform, name), n in files.items() if name == TABLE and n > 1}
    # What a person says is one is looked at though one format alone names it.
    said = {one.split(":", 2)[1] for one, _, _ in judged(connection)}
    return {platform for platform, n in families.items() if n > 1} | tables | said


def fill(connection: sqlite3.Connection, among: set[str], venues: Sequence[int]) -> None:
    """Makes the tables of the posts of some platforms and of some venues besides."""
    connection.create_function("family", 1, family, deterministic=True)
    connection.create_function("plain", 1, _plain, deterministic=True)
    connection.create_function("words_key", 1, words_key, deterministic=True)
    connection.execute(_WANTED, (json.dumps(sorted(among)), json.dumps(venues)))
    connection.execute(_MET)
    connection.execute(_POOL)
    connection.execute(_MINUTES)
    connection.execute(_OTHERS)
    for index in _INDEXES:
        connection.execute(index)


def empty(connection: sqlite3.Connection) -> None:
    """Drops the tables."""
    for table in _TABLES:
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")


@lru_cache(maxsize=65_536)
def _plain(name: str | None) -> str | None:
    return None if name is None else plain(name)
