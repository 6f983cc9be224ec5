"""What the archive holds of an account: posts, listings, first and last, and how long silent."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from evidence.archive.archive import Archive

_POSTS = """
SELECT count(*), min(p.utc), max(p.utc),
  (SELECT count(*) FROM record r JOIN post q ON q.version_n = r.version_n
   WHERE r.kind = 'listing' AND q.account_n IN (SELECT n FROM account WHERE id IN ({ids})))
FROM post p WHERE p.account_n IN (SELECT n FROM account WHERE id IN ({ids}))
"""
_WATCHED = """
SELECT max(utc) FROM post WHERE venue_n IN
  (SELECT DISTINCT venue_n FROM post WHERE account_n IN (SELECT n FROM account WHERE id IN ({ids})))
"""
_ENDS = """
SELECT p.id FROM post p WHERE p.utc IS NOT NULL
AND p.account_n IN (SELECT n FROM account WHERE id IN ({ids})) ORDER BY p.utc {order}, p.id LIMIT 3
"""
_DAY = 86_400


class Traces(msgspec.Struct, frozen=True):
    """`silent_days`: from its last post to the last post of anybody in the venues it posted in."""

    posts: int
    listings: int
    first_seen: datetime | None
    last_seen: datetime | None
    seen_until: datetime | None
    silent_days: int | None
    evidence: list[str]
    """The three earliest posts and the three latest."""


def traces(archive: Archive, accounts: Sequence[str]) -> Traces | None:
    """What these accounts left; None for none, or where none of them posted."""
    listed = json.dumps(list(accounts))
    posts, first, last, listings = _one(archive, _POSTS, listed)
    if not posts:
        return None
    (until,) = _one(archive, _WATCHED, listed)
    silent = None if last is None or until is None else (until - last) // _DAY
    earliest, latest = (_ends(archive, order, listed) for order in ("ASC", "DESC"))
    return Traces(
        posts,
        listings,
        _time(first),
        _time(last),
        _time(until),
        silent,
        list(dict.fromkeys((*earliest, *reversed(latest)))),
    )


def _ends(archive: Archive, order: str, listed: str) -> list[str]:
    text = _ENDS.format(ids="SELECT value FROM json_each(:ids)", order=order)
    return [post for (post,) in archive.connection.execute(text, {"ids": listed})]


def _one(archive: Archive, query: str, listed: str) -> Sequence[int]:
    text = query.format(ids="SELECT value FROM json_each(:ids)")
    row: Sequence[int] = archive.connection.execute(text, {"ids": listed}).fetchone()
    return row


def _time(utc: int | None) -> datetime | None:
    return None if utc is None else datetime.fromtimestamp(utc, UTC)
