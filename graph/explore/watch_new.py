"""Hits among posts that were just read, found without a look at all the others."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from graph import ids
from graph.explore.watch import (
    How,
    Texts,
    Touched,
    first_ways,
    own_posts,
    texts_of,
    told_by,
    with_news,
)
from graph.explore.watch_list import Entry, Watched, watched
from graph.explore.watch_senders import worn

_CHUNK: Final = 10_000
_AMONG: Final = "IN (SELECT value FROM json_each(:posts))"
_LAST: Final = "SELECT coalesce(max(n), 0) FROM post_version"
_SINCE: Final = """
SELECT DISTINCT post_n FROM post_version WHERE n > ? ORDER BY post_n
"""
_SENDERS: Final = f"""
SELECT p.n, p.account_n, a.id FROM post p JOIN account a ON a.n = p.account_n WHERE p.n {_AMONG}
"""
_NAMES: Final = f"""
SELECT DISTINCT sender, account_n FROM post
WHERE sender IS NOT NULL AND account_n IN (SELECT account_n FROM post WHERE n {_AMONG})
"""
_OF_ACCOUNT: Final = f"""
SELECT post_n FROM mention WHERE post_n {_AMONG} AND kind = 'account' AND value = :value
UNION SELECT n FROM post WHERE n {_AMONG} AND forwarded_account = :value
"""
_OF_HANDLE: Final = f"""
SELECT post_n FROM mention WHERE post_n {_AMONG} AND kind = 'handle' AND lower(value) = :value
"""
_READ: Final = f"""
SELECT v.post_n FROM post_version v
JOIN record r ON r.version_n = v.n AND r.kind <> 'superseded'
JOIN claim c ON c.record_n = r.n AND c.kind = 'contact'
WHERE v.post_n {_AMONG} AND
"""


class _Among(msgspec.Struct, frozen=True):
    """Some of the posts, with their words, and who sent them: row number and id of the account."""

    posts: str
    texts: Sequence[Texts]
    senders: Mapping[int, tuple[int, str]]


def last_version(connection: sqlite3.Connection) -> int:
    """The row number behind which what is read next will stand."""
    return int(connection.execute(_LAST).fetchone()[0])


def newly_touched(connection: sqlite3.Connection, after: int) -> list[Touched]:
    """The hits, as of all posts, among those that got words behind this row number."""
    entries = watched(connection)
    own = own_posts(connection) if entries else frozenset[int]()
    fresh = connection.execute(_SINCE, (after,)) if entries else ()
    posts = [post for (post,) in fresh if post not in own]
    if not posts:
        return []
    wearers = _wearers(connection, posts)
    found: list[dict[int, How]] = [{} for _ in entries]
    for start in range(0, len(posts), _CHUNK):
        among = _among(connection, posts[start : start + _CHUNK])
        for each, hits in zip(entries, found, strict=True):
            told = (
                *_sent(connection, each.entry, among, wearers),
                *told_by(each.entry, among.texts),
            )
            hits.update(first_ways(told))
    return list(_all(connection, zip(entries, found, strict=True)))


def _all(
    connection: sqlite3.Connection, found: Iterable[tuple[Watched, dict[int, How]]]
) -> Iterator[Touched]:
    for each, hits in found:
        yield from with_news(connection, each, hits)


def _wearers(connection: sqlite3.Connection, posts: Sequence[int]) -> dict[str, set[int]]:
    """Handle -> accounts among the senders that wore it at any time."""
    found: dict[str, set[int]] = defaultdict(set)
    for name, account in connection.execute(_NAMES, {"posts": json.dumps(posts)}):
        found[worn(name)].add(account)
    return found


def _among(connection: sqlite3.Connection, posts: Sequence[int]) -> _Among:
    listed = json.dumps(posts)
    senders = {
        post: (number, account)
        for post, number, account in connection.execute(_SENDERS, {"posts": listed})
    }
    return _Among(listed, list(texts_of(connection, posts)), senders)


def _sent(
    connection: sqlite3.Connection, entry: Entry, among: _Among, wearers: Mapping[str, set[int]]
) -> Iterator[tuple[int, How]]:
    """Posts that touch an entry by who wrote them, or by what the export or a reading marks."""

    def marked(how: How, statement: str, value: str) -> Iterator[tuple[int, How]]:
        rows = connection.execute(statement, {"posts": among.posts, "value": value})
        yield from ((post, how) for (post,) in rows)

    def by(account: str) -> Iterator[tuple[int, How]]:
        yield from ((post, "sender") for post, (_, id_) in among.senders.items() if id_ == account)

    if entry.kind == "account":
        yield from by(entry.value)
        yield from marked("mention", _OF_ACCOUNT, entry.value)
    elif entry.kind == "handle":
        wore = wearers.get(entry.value, set())
        yield from ((e.post, "sender") for e in among.texts if worn(e.sender) == entry.value)
        yield from ((n, "worn_handle") for n, (at, _) in among.senders.items() if at in wore)
        yield from marked("mention", _OF_HANDLE, entry.value)
        code = "lower(substr(c.code, instr(c.code, ':') + 1)) = :value"
        yield from marked("contact", f"{_READ} {code}", entry.value)
    elif entry.kind == "contact":
        kind, value = entry.value.split(":", 1)
        yield from by(ids.account(kind, value))
        yield from marked("contact", f"{_READ} c.code = :value", entry.value)
        if kind == "telegram":
            yield from marked("mention", _OF_HANDLE, value)
