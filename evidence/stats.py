"""What a case holds: the counts that `status` shows."""

import sqlite3

import msgspec

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
    "posts": "SELECT count(*) FROM post WHERE kind NOT IN ('service', 'joined')",
    "service_posts": "SELECT count(*) FROM post WHERE kind = 'service'",
    "versions": "SELECT count(*) FROM post_version",
    "listings": "SELECT count(*) FROM record WHERE kind = 'listing' AND version_n NOT IN"
    " (SELECT version_n FROM joined WHERE kept_n IS NOT NULL)",
    "accounts": "SELECT count(DISTINCT account_n) FROM post",
    "venues": "SELECT count(*) FROM venue WHERE id NOT IN"
    " (SELECT id FROM joined_name WHERE kept IS NOT NULL)",
    "joined_posts": "SELECT count(*) FROM joined WHERE kept_n IS NOT NULL",
    "joined_names": "SELECT count(*) FROM joined_name WHERE kept IS NOT NULL",
    "ambiguous_names": "SELECT count(*) FROM joined_name WHERE kept IS NULL",
    "masked": "SELECT coalesce(sum(masked), 0) FROM post_version",
    "decisions": "SELECT count(*) FROM decision",
    "runs": "SELECT count(*) FROM run",
    "watched_days": "WITH RECURSIVE watched(venue, day, last) AS (SELECT venue_id, from_day, to_day"
    " FROM coverage UNION SELECT venue, date(day, '+1 day'), last FROM watched WHERE day < last)"
    " SELECT count(*) FROM (SELECT DISTINCT venue, day FROM watched)",
    "unread": "SELECT count(*) FROM post p LEFT JOIN reading r ON r.version_n = p.version_n"
    f" WHERE r.version_n IS NULL AND p.{_EXTRACTED}",
}

_ZONES = """
SELECT CASE zone_basis WHEN 'file' THEN '' ELSE zone END, zone_basis, count(*) FROM file
WHERE zone IS NOT NULL AND posts + service > 0 GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
"""


def messages(connection: sqlite3.Connection) -> int:
    """How many messages an archive holds, each once."""
    return int(connection.execute(_COUNTS["posts"]).fetchone()[0])


def contents(connection: sqlite3.Connection) -> Contents:
    """The counts of an archive, all from one state of it."""
    connection.execute("BEGIN")
    try:
        counts = {
            name: connection.execute(statement).fetchone()[0] for name, statement in _COUNTS.items()
        }
        first, last = connection.execute("SELECT min(utc), max(utc) FROM post").fetchone()
        readings = connection.execute(
            "SELECT r.extractor, r.lexicon, count(*) FROM post p JOIN reading r"
            " ON r.version_n = p.version_n GROUP BY 1, 2 ORDER BY 1, 2"
        ).fetchall()
        zones = connection.execute(_ZONES).fetchall()
        snapshot = connection.execute(
            "SELECT value FROM setting WHERE name = 'snapshot'"
        ).fetchone()
    finally:
        connection.execute("ROLLBACK")
    return Contents(
        **counts,
        first=first,
        last=last,
        zones=[ZoneUsed(*row) for row in zones],
        readings=[ReadBy(*row) for row in readings],
        snapshot=snapshot[0] if snapshot else None,
    )
