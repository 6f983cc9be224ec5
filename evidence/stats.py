"""What a case holds: the counts that `status` shows."""

import sqlite3

import msgspec

_EXTRACTED = "kind NOT IN ('service', 'unsupported')"


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
    masked: int
    decisions: int
    runs: int
    first: int | None
    last: int | None
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


class ReadBy(msgspec.Struct, frozen=True):
    """How many posts were read by which versions."""

    extractor: str
    lexicon: str
    posts: int


_COUNTS = {
    "files": "SELECT count(*) FROM file",
    "files_broken_off": "SELECT count(*) FROM file WHERE state = 'broken_off'",
    "files_interrupted": "SELECT count(*) FROM file WHERE state IN ('reading', 'failed')",
    "skipped": "SELECT coalesce(sum(skipped), 0) FROM file",
    "set_aside": "SELECT (SELECT count(*) FROM aside WHERE sha256 IS NOT NULL)"
    " + (SELECT coalesce(sum(set_aside), 0) FROM file)",
    "posts": "SELECT count(*) FROM post WHERE kind <> 'service'",
    "service_posts": "SELECT count(*) FROM post WHERE kind = 'service'",
    "versions": "SELECT count(*) FROM post_version",
    "listings": "SELECT count(*) FROM record WHERE kind = 'listing'",
    "accounts": "SELECT count(DISTINCT account_n) FROM post",
    "venues": "SELECT count(*) FROM venue",
    "masked": "SELECT coalesce(sum(masked), 0) FROM post_version",
    "decisions": "SELECT count(*) FROM decision",
    "runs": "SELECT count(*) FROM run",
    "unread": "SELECT count(*) FROM post p LEFT JOIN reading r ON r.version_n = p.version_n"
    f" WHERE r.version_n IS NULL AND p.{_EXTRACTED}",
}


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
        snapshot = connection.execute(
            "SELECT value FROM setting WHERE name = 'snapshot'"
        ).fetchone()
    finally:
        connection.execute("ROLLBACK")
    return Contents(
        **counts,
        first=first,
        last=last,
        readings=[ReadBy(*row) for row in readings],
        snapshot=snapshot[0] if snapshot else None,
    )
