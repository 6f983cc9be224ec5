"""What the last build was made from, so that an unchanged archive is not built again."""

import sqlite3
from hashlib import blake2b

import msgspec

from evidence.settings import Settings

# Whatever a part of the archive may change: rows added, taken away or replaced. Watch lists, tags
# and notes change nothing in the graph.
_MARKS = """
SELECT count(*), max(n), sum(version_n), sum(edited), sum(deleted), sum(utc) FROM post
UNION ALL SELECT count(*), max(n), sum(length(text)), NULL, NULL, NULL FROM post_version
UNION ALL SELECT count(*), sum(file_n), sum(byte_offset), NULL, NULL, NULL FROM capture
UNION ALL SELECT count(*), max(n), sum(length(body)), sum(version_n), sum(number), NULL FROM record
UNION ALL SELECT count(*), max(n), sum(posts), sum(length(path)), sum(length(state)),
  (SELECT group_concat(coalesce(tlp, '')) FROM (SELECT tlp FROM file ORDER BY n)) FROM file
UNION ALL SELECT count(*), max(n), sum(bot), sum(own), sum(length(category)), NULL FROM account
UNION ALL SELECT count(*), max(n), sum(private), sum(length(name)), NULL, NULL FROM venue
UNION ALL SELECT count(*), sum(utc), sum(length(name)), NULL, NULL, NULL FROM venue_name
UNION ALL SELECT count(*), sum(length(venue_id)), NULL, NULL, NULL, NULL FROM venue_alias
UNION ALL SELECT count(*), max(n), sum(length(from_day || to_day)), NULL, NULL, NULL FROM coverage
UNION ALL SELECT count(*), max(d.n), NULL, NULL, NULL, NULL FROM decision d
  WHERE NOT EXISTS (
    SELECT 1 FROM decision w
    WHERE w.id = coalesce(d.undoes, d.id) AND w.kind IN ('watch', 'translation', 'note', 'tag')
  )
"""
# Of those marks what is found without reading a table.
_ENDS = """
SELECT (SELECT max(n) FROM post), (SELECT max(n) FROM post_version), (SELECT max(n) FROM record),
  (SELECT max(n) FROM file), (SELECT max(n) FROM account)
"""
_READ_BY = "SELECT extractor, lexicon, count(*) FROM reading GROUP BY 1, 2 ORDER BY 1, 2"


def inputs(connection: sqlite3.Connection, settings: Settings, version: str) -> str:
    """A hash that changes when the graph may change: archive, zone, segments, program."""
    marks = connection.execute(_MARKS).fetchall()
    read_by = connection.execute(_READ_BY).fetchall()
    return _hash([marks, read_by], settings, version)


def ends(connection: sqlite3.Connection, settings: Settings, version: str) -> str:
    """A hash that changes only where `inputs` does, of what is known at once."""
    return _hash(connection.execute(_ENDS).fetchall(), settings, version)


def _hash(found: list[object], settings: Settings, version: str) -> str:
    venues = msgspec.to_builtins(settings.venues)
    text = msgspec.json.encode([*found, settings.zone, venues, version], order="sorted")
    return blake2b(text, digest_size=16).hexdigest()


def lexicon_version(connection: sqlite3.Connection) -> str:
    """Versions of the lexicon by which the posts were read; normally one."""
    rows = connection.execute("SELECT DISTINCT lexicon FROM reading ORDER BY lexicon")
    return ", ".join(lexicon for (lexicon,) in rows)


def stored(connection: sqlite3.Connection) -> dict[str, str]:
    """The state that the last build left."""
    return dict(connection.execute("SELECT name, value FROM setting").fetchall())


def store(connection: sqlite3.Connection, state: dict[str, str]) -> None:
    """Keeps the state of a build that is complete."""
    connection.executemany("INSERT OR REPLACE INTO setting VALUES (?, ?)", sorted(state.items()))
