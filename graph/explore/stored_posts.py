"""Posts behind what the graph only counts: files, runs, venues, accounts, and their ties."""

import json
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from evidence.archive.archive import Archive
from graph import ids

_IN_FILE: Final = """
SELECT DISTINCT p.id FROM capture c JOIN post_version pv ON pv.n = c.version_n
JOIN post p ON p.n = coalesce((SELECT kept_n FROM joined WHERE post_n = pv.post_n), pv.post_n)
JOIN file f ON f.n = c.file_n
"""
_SQL: Final = {
    "file": f"{_IN_FILE} WHERE f.id = ? ORDER BY c.byte_offset, p.n",
    "venue": "SELECT p.id FROM post p JOIN venue v ON v.n = p.venue_n WHERE v.id = ?"
    " ORDER BY p.utc, p.n",
    "account": "SELECT p.id FROM post p JOIN account a ON a.n = p.account_n WHERE a.id = ?"
    " ORDER BY p.utc, p.n",
}
_RUN_FILES: Final = """
SELECT f.id FROM run r JOIN file f
  ON f.run_n = r.n OR f.n IN (SELECT file_n FROM run_file WHERE run_n = r.n)
WHERE r.id = ? GROUP BY f.id ORDER BY f.id
"""
_ACTIVE: Final = """
SELECT p.id, p.sender FROM post p LEFT JOIN account a ON a.n = p.account_n
LEFT JOIN venue v ON v.n = p.venue_n
WHERE (:account IS NULL OR a.id = :account) AND (:venue IS NULL OR v.id = :venue)
AND (:first IS NULL OR (p.utc >= :first AND p.utc < :last)) ORDER BY p.utc, p.n
"""
_INTERACTING: Final = """
SELECT DISTINCT p.id FROM post p JOIN account a ON a.n = p.account_n
LEFT JOIN post q ON q.venue_n = p.venue_n AND q.native_id = p.reply_to
LEFT JOIN account b ON b.n = q.account_n
WHERE a.id = :start AND (b.id = :end OR p.forwarded_account = :end OR EXISTS (
  SELECT 1 FROM mention m WHERE m.post_n = p.n AND (m.value = :end OR m.value IN (
    SELECT substr(c.code, instr(c.code, ':') + 1) FROM claim c
    JOIN record r ON r.n = c.record_n JOIN post o ON o.version_n = r.version_n
    JOIN account d ON d.n = o.account_n WHERE c.kind = 'contact' AND d.id = :end))))
ORDER BY p.utc, p.n
"""
_HELD: Final = (
    f"{_IN_FILE} JOIN venue v ON v.n = p.venue_n WHERE f.id = ? AND v.id = ? ORDER BY p.n"
)
_OF_RECORD: Final = """
SELECT DISTINCT p.id FROM record r JOIN post_version v ON v.n = r.version_n
JOIN post p ON p.n = v.post_n LEFT JOIN claim c ON c.record_n = r.n
WHERE r.id IN (SELECT value FROM json_each(?1)) OR c.id IN (SELECT value FROM json_each(?1))
"""


def stored_posts(archive: Archive, identifier: str) -> list[str]:
    """All posts of a file, a run, a venue or an account, in order; none of any other kind."""
    kind = identifier.partition(":")[0]
    if kind == "run":
        files = archive.connection.execute(_RUN_FILES, (identifier,)).fetchall()
        return list(
            dict.fromkeys(post for (file,) in files for post in stored_posts(archive, file))
        )
    statement = _SQL.get(kind)
    if statement is None:
        return []
    return [id_ for (id_,) in archive.connection.execute(statement, (identifier,))]


def posts_of_tie(
    archive: Archive, kind: str, ends: tuple[str, str], day: date | None, zone: ZoneInfo
) -> list[str]:
    """Posts behind a tie that names none itself, in order."""
    start, end = ends
    if kind == "ACTIVE_IN":
        return [id_ for id_, _ in _active(archive, start, end, day, zone)]
    if kind == "INTERACTS_WITH":
        found = archive.connection.execute(_INTERACTING, {"start": start, "end": end})
        return [id_ for (id_,) in found]
    if kind in ("MEMBER_OF_VENUE", "ADMINISTERS"):
        return [id_ for id_, _ in _active(archive, start, end, None, zone)]
    if kind == "WATCHED":
        return [id_ for id_, _ in _active(archive, None, end, day, zone)]
    if kind == "WEARS":
        platform = end.split(":")[1]
        rows = _active(archive, start, None, None, zone)
        return [id_ for id_, sender in rows if sender and ids.handle(platform, sender) == end]
    if kind == "HOLDS":
        return [id_ for (id_,) in archive.connection.execute(_HELD, ends)]
    records = [id_ for id_ in ends if id_.startswith(("listing:", "claim:"))]
    found = archive.connection.execute(_OF_RECORD, (json.dumps(records),))
    posts = [id_ for id_ in ends if id_.startswith("post:")]
    known = list(dict.fromkeys([*posts, *(id_ for (id_,) in found)]))
    # A structural tie has no evidence of its own: its ends have.
    return known or stored_posts(archive, start) or stored_posts(archive, end)


def _active(
    archive: Archive, account: str | None, venue: str | None, day: date | None, zone: ZoneInfo
) -> list[tuple[str, str | None]]:
    first = last = None
    if day is not None:
        first = int(datetime.combine(day, time.min, zone).timestamp())
        last = int(datetime.combine(day + timedelta(days=1), time.min, zone).timestamp())
    given = {"account": account, "venue": venue, "first": first, "last": last}
    return archive.connection.execute(_ACTIVE, given).fetchall()
