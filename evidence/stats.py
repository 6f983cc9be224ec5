"""What a case holds: the counts that `status` shows."""

import sqlite3

import msgspec

from evidence.archive.archive import scan

_EXTRACTED = "kind NOT IN ('service', 'unsupported', 'joined')"


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of an archive. `first`, `last`: seconds UTC of the earliest and latest post."""

    files: int
    files_broken_off: int
    files_interrupted: int
    """Files whose reading did not come to its end; the next ingest of them completes it."""
    skipped: int
    set_aside: int
    posts: int
    service_posts: int
    versions: int
    listings: int
    accounts: int
    venues: int
    joined_posts: int
    """Posts that another export holds too; another post stands for them."""
    joined_names: int
    """Ids of venues and accounts for which another id is known."""
    ambiguous_names: int
    """The same where two come into question: they stay apart."""
    masked: int
    decisions: int
    runs: int
    watched_days: int
    """Days on which a venue was watched, summed over the venues that a coverage file names."""
    first: int | None
    last: int | None
    zones: list["ZoneUsed"]
    readings: list["ReadBy"]
    unread: int
    """Posts whose latest version nothing has read."""
    snapshot: str | None
    """Snapshot of the last build."""

    def outdated(self, extractor: str, lexicon: str) -> int:
        """Posts read by another extractor or lexicon than this, or not at all."""
        now = (extractor, lexicon)
        older = [one.posts for one in self.readings if (one.extractor, one.lexicon) != now]
        return sum(older) + self.unread


class ZoneUsed(msgspec.Struct, frozen=True):
    """In which zone times were read, and by whose word: `file`, `option` or `case`."""

    zone: str
    basis: str
    files: int

    @property
    def words(self) -> str:
        stated = self.basis == "file"
        said = "stated in the file" if stated else f"{self.zone}, by the {self.basis}"
        return f"{said}: {self.files} {'file' if self.files == 1 else 'files'}"


class ReadBy(msgspec.Struct, frozen=True):
    """How many posts were read by which versions."""

    extractor: str
    lexicon: str
    posts: int


_COUNTS = {
    "files": "SELECT count(*) FROM file",
    "files_broken_off": "SELECT count(*) FROM file WHERE state IN ('broken_off',"
    " 'unpacked_in_part')",
    "files_interrupted": "SELECT count(*) FROM file WHERE state IN ('reading', 'failed')",
    "skipped": "SELECT coalesce(sum(skipped), 0) FROM file",
    "set_aside": "SELECT (SELECT count(*) FROM aside WHERE sha256 IS NOT NULL)"
    " + (SELECT coalesce(sum(set_aside), 0) FROM file)",
    "listings": "SELECT (SELECT count(*) FROM record WHERE kind = 'listing')"
    " - (SELECT count(*) FROM (SELECT DISTINCT version_n FROM joined WHERE kept_n IS NOT NULL) j"
    " CROSS JOIN record r ON r.version_n = j.version_n WHERE r.kind = 'listing')",
    "accounts": "SELECT count(*) FROM account a"
    " WHERE EXISTS (SELECT 1 FROM post WHERE account_n = a.n)",
    "venues": "SELECT count(*) FROM venue WHERE id NOT IN"
    " (SELECT id FROM joined_name WHERE kept IS NOT NULL)",
    "joined_posts": "SELECT count(*) FROM joined WHERE kept_n IS NOT NULL",
    "joined_names": "SELECT count(*) FROM joined_name WHERE kept IS NOT NULL",
    "ambiguous_names": "SELECT count(*) FROM joined_name WHERE kept IS NULL",
    "decisions": "SELECT count(*) FROM decision",
    "runs": "SELECT count(*) FROM run",
    "watched_days": "SELECT cast(coalesce(sum(max(0, last + 1 - max(first, coalesce(before + 1,"
    " first)))), 0) AS INTEGER) FROM (SELECT first, last, max(last) OVER (PARTITION BY venue_id"
    " ORDER BY first, last ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before"
    " FROM (SELECT venue_id, julianday(from_day) AS first,"
    " max(julianday(from_day), julianday(to_day)) AS last FROM coverage))",
}
_MESSAGES = "kind NOT IN ('service', 'joined')"
_READ = "version_n IN (SELECT version_n FROM reading)"
_POSTS = f"""
SELECT count(*) FILTER (WHERE {_MESSAGES}), count(*) FILTER (WHERE kind = 'service'),
  count(*) FILTER (WHERE {_READ}),
  count(*) FILTER (WHERE {_EXTRACTED} AND ({_READ}) IS NOT TRUE) FROM post
"""
"""All that the rows of posts tell, in one pass over them."""
# By venue, so that the index on venue and time finds them.
_ENDS = """
SELECT min((SELECT min(utc) FROM post WHERE venue_n IS v.n)),
  max((SELECT max(utc) FROM post WHERE venue_n IS v.n))
FROM (SELECT n FROM venue UNION ALL SELECT NULL) v
"""
_READINGS = """
SELECT r.extractor, r.lexicon, count(*) FROM post p JOIN reading r ON r.version_n = p.version_n
GROUP BY 1, 2 ORDER BY 1, 2
"""
_ZONES = """
SELECT CASE zone_basis WHEN 'file' THEN '' ELSE zone END, zone_basis, count(*) FROM file
WHERE zone IS NOT NULL AND posts + service > 0 GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
"""


def messages(connection: sqlite3.Connection, *, behind: int = 0) -> int:
    """How many messages an archive holds, each once, behind the post of a number."""
    statement = f"SELECT count(*) FROM post WHERE n > ? AND {_MESSAGES}"
    return int(connection.execute(statement, (behind,)).fetchone()[0])


def contents(connection: sqlite3.Connection) -> Contents:
    """The counts of an archive, all from one state of it."""
    with scan(connection):
        counts = {
            name: connection.execute(statement).fetchone()[0] for name, statement in _COUNTS.items()
        }
        posts, service, read, unread = connection.execute(_POSTS).fetchone()
        versions, masked = connection.execute(
            "SELECT count(*), coalesce(sum(masked), 0) FROM post_version"
        ).fetchone()
        first, last = connection.execute(_ENDS).fetchone()
        readings = _readings(connection, read)
        zones = connection.execute(_ZONES).fetchall()
        snapshot = connection.execute(
            "SELECT value FROM setting WHERE name = 'snapshot'"
        ).fetchone()
    return Contents(
        **counts,
        posts=posts,
        service_posts=service,
        unread=unread,
        versions=versions,
        masked=masked,
        first=first,
        last=last,
        zones=[ZoneUsed(*row) for row in zones],
        readings=readings,
        snapshot=snapshot[0] if snapshot else None,
    )


def _readings(connection: sqlite3.Connection, read: int) -> list[ReadBy]:
    """`read`: posts whose latest version was read. Most often one lexicon read them all."""
    known = connection.execute("SELECT DISTINCT extractor, lexicon FROM reading").fetchall()
    if len(known) > 1:
        return [ReadBy(*row) for row in connection.execute(_READINGS)]
    return [ReadBy(extractor, lexicon, read) for extractor, lexicon in known if read]
