"""Posts that touch what is watched: an index proposes, a test of the folded text decides."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Final, Literal

import msgspec

from evidence.archive.search_posts import find_posts
from evidence.grading.senders import flagged
from evidence.pace import Progress
from graph.explore.watch_list import Entry, Watched, watched
from graph.explore.watch_senders import senders_of
from ingest.text.fold import fold

How = Literal["sender", "worn_handle", "contact", "mention", "word"]
"""How a post touches an entry; where it does in several ways, the first of these."""

_RANK: Final[tuple[How, ...]] = ("sender", "worn_handle", "contact", "mention", "word")
_EVERYTHING: Final = 2**31
_CHUNK: Final = 10_000
_KEPT: Final = """
CREATE TABLE IF NOT EXISTS watch_kept (-- the answer that was last shown: entries and their posts
  entry TEXT NOT NULL, post TEXT NOT NULL,
  PRIMARY KEY (entry, post)
) STRICT, WITHOUT ROWID
"""
_IS_KEPT: Final = "SELECT 1 FROM sqlite_master WHERE name = 'watch_kept'"
_TEXTS: Final = """
SELECT p.n, coalesce(p.sender, ''), p.heading, coalesce(p.forwarded_name, ''),
  coalesce(p.members, ''), group_concat(v.text, char(10))
FROM post p JOIN post_version v ON v.post_n = p.n
WHERE p.n IN (SELECT value FROM json_each(?)) GROUP BY p.n
"""
# The index holds senders, headings and latest texts; the rest is little.
_BESIDE: Final = """
SELECT p.n, v.text FROM post_version v JOIN post p ON p.n = v.post_n WHERE v.n <> p.version_n
UNION ALL SELECT n, coalesce(forwarded_name, '') || char(10) || coalesce(members, '') FROM post
WHERE forwarded_name IS NOT NULL OR members IS NOT NULL
"""
_ROWS: Final = """
SELECT p.n, p.id, p.utc, v.id, a.id, p.sender, t.text
FROM post p JOIN post_version t ON t.n = p.version_n
LEFT JOIN venue v ON v.n = p.venue_n LEFT JOIN account a ON a.n = p.account_n
WHERE p.n IN (SELECT value FROM json_each(?))
"""
_OF_ACCOUNTS: Final = "SELECT n FROM post WHERE account_n IN (SELECT value FROM json_each(?))"


class Touched(msgspec.Struct, frozen=True):
    """A post by row number and id that touches an entry; `new`: not in the answer kept last."""

    watched: Watched
    post_n: int
    post: str
    how: How
    new: bool


class Texts(msgspec.Struct, frozen=True):
    """The words of a post: its sender as written and folded, heading and all versions, the rest."""

    post: int
    sender: str
    folded_sender: str
    said: str
    beside: str


class WatchHit(msgspec.Struct, frozen=True):
    """A hit with what a reader wants to see of the post."""

    list: str
    hit: str
    kind: How
    post: str
    time: datetime | None
    venue: str | None
    account: str | None
    sender: str | None
    new: bool
    text: str


def touched(
    connection: sqlite3.Connection, listed: str | None = None, progress: Progress | None = None
) -> list[Touched]:
    """All posts, chatter too, that touch a list or any; none by the collector's own account."""
    own = own_posts(connection)
    entries = watched(connection, listed)
    beside = _beside(connection) if entries else []
    found: list[Touched] = []
    for at, each in enumerate(entries):
        if progress:
            progress("watching", at, len(entries))
        posts = _of(connection, each.entry, beside)
        found += with_news(connection, each, {n: h for n, h in posts.items() if n not in own})
    return found


def own_posts(connection: sqlite3.Connection) -> frozenset[int]:
    """Row numbers of the posts of the collector's own accounts."""
    given = msgspec.json.encode(sorted(flagged(connection, "own"))).decode()
    return frozenset(number for (number,) in connection.execute(_OF_ACCOUNTS, (given,)))


def answer(
    connection: sqlite3.Connection, found: Iterable[Touched], *, only_new: bool, limit: int
) -> tuple[list[Touched], list[WatchHit], bool]:
    """What is shown of the hits, newest first, and whether there are more than `limit`."""
    wanted = [each for each in found if each.new or not only_new]
    posts = {each.post_n for each in wanted}
    rows = {row[0]: row[1:] for row in _chunked(connection, _ROWS, posts)}
    wanted.sort(key=lambda each: _order(each, rows[each.post_n][1]))
    shown = wanted[:limit]
    return shown, [_hit(each, rows[each.post_n]) for each in shown], len(wanted) > limit


def keep(connection: sqlite3.Connection, shown: Iterable[Touched]) -> None:
    """Keeps what was shown, inside the caller's transaction."""
    connection.execute(_KEPT)
    rows = ((each.watched.key, each.post) for each in shown)
    connection.executemany("INSERT OR IGNORE INTO watch_kept VALUES (?, ?)", rows)


def forget(connection: sqlite3.Connection, entry: str) -> None:
    """Drops the answer kept for the entry of this key."""
    connection.execute(_KEPT)
    connection.execute("DELETE FROM watch_kept WHERE entry = ?", (entry,))


def as_json(connection: sqlite3.Connection, listed: str) -> str:
    """The hits of a list as `[[hit, row number of the post, kind, new], ...]`, for a query."""
    found = touched(connection, listed)
    rows = [[each.watched.entry.shown, each.post_n, each.how, each.new] for each in found]
    return json.dumps(rows, ensure_ascii=False)


def _of(
    connection: sqlite3.Connection, entry: Entry, beside: list[tuple[int, str]]
) -> dict[int, How]:
    """Row number of a post -> how it touches the entry."""
    return first_ways((*senders_of(connection, entry), *_texts(connection, entry, beside)))


def first_ways(told: Iterable[tuple[int, How]]) -> dict[int, How]:
    """Row number of a post -> the first of the ways in which it touches an entry."""
    found: dict[int, How] = {}
    for post, how in told:
        if post not in found or _RANK.index(how) < _RANK.index(found[post]):
            found[post] = how
    return found


def _texts(
    connection: sqlite3.Connection, entry: Entry, beside: list[tuple[int, str]]
) -> Iterator[tuple[int, How]]:
    if entry.kind == "account":
        return
    wanted, test = _wanted(entry)
    posts = set(find_posts(connection, wanted, _EVERYTHING).posts)
    posts |= {post for post, text in beside if test(text)}
    yield from told_by(entry, texts_of(connection, posts))


def texts_of(connection: sqlite3.Connection, posts: Iterable[int]) -> Iterator[Texts]:
    """Folded texts of posts."""
    for post, sender, heading, forwarded, members, text in _chunked(connection, _TEXTS, posts):
        said, beside = fold(f"{heading}\n{text}"), fold(f"{forwarded}\n{members}")
        yield Texts(post, sender, fold(sender), said, beside)


def told_by(entry: Entry, texts: Iterable[Texts]) -> Iterator[tuple[int, How]]:
    """Posts that touch an entry by their words."""
    if entry.kind == "account":
        return
    _, test = _wanted(entry)
    for each in texts:
        if test(each.said):
            yield each.post, _said(entry)
        elif test(each.beside):
            yield each.post, "mention"
        elif entry.kind in ("name", "word") and test(each.folded_sender):
            yield each.post, "sender"


def _wanted(entry: Entry) -> tuple[str, Callable[[str], bool]]:
    """The folded words, and the test of a folded text."""
    written = entry.value.split(":", 1)[1] if entry.kind == "contact" else entry.value
    wanted = fold(written)
    return wanted, _test(wanted, whole=entry.kind in ("handle", "contact"))


def _said(entry: Entry) -> How:
    if entry.kind in ("contact", "word"):
        return "contact" if entry.kind == "contact" else "word"
    return "mention"


def _test(wanted: str, *, whole: bool) -> Callable[[str], bool]:
    """Whether a folded text holds the words; `whole`: not inside a longer name or number."""
    if not whole:
        return lambda text: wanted in text
    # A number stands right behind the letters that say what it is: qq12345.
    inside = "0-9" if wanted.isdecimal() else "0-9a-z_"
    before = rf"(?<![{inside}])" if re.match(r"[0-9a-z_]", wanted) else ""
    after = rf"(?![{inside}])" if re.search(r"[0-9a-z_]\Z", wanted) else ""
    pattern = re.compile(f"{before}{re.escape(wanted)}{after}")
    return lambda text: wanted in text and pattern.search(text) is not None


def _beside(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    return [(post, fold(text)) for post, text in connection.execute(_BESIDE)]


def with_news(
    connection: sqlite3.Connection, each: Watched, posts: dict[int, How]
) -> Iterator[Touched]:
    """The hits of an entry, and whether each is new."""
    kept: set[str] = set()
    if connection.execute(_IS_KEPT).fetchone() is not None:
        rows = connection.execute("SELECT post FROM watch_kept WHERE entry = ?", (each.key,))
        kept = {post for (post,) in rows}
    ids = "SELECT n, id FROM post WHERE n IN (SELECT value FROM json_each(?))"
    for number, post in _chunked(connection, ids, posts):
        yield Touched(each, number, post, posts[number], post not in kept)


def _chunked(
    connection: sqlite3.Connection, statement: str, numbers: Iterable[int]
) -> Iterator[tuple[Any, ...]]:
    ordered = sorted(numbers)
    for start in range(0, len(ordered), _CHUNK):
        yield from connection.execute(statement, (json.dumps(ordered[start : start + _CHUNK]),))


def _order(each: Touched, utc: int | None) -> tuple[bool, int, str, str, str]:
    shown = each.watched.entry.shown
    return utc is None, -(utc or 0), shown, each.post, each.watched.list


def _hit(each: Touched, row: tuple[Any, ...]) -> WatchHit:
    post, utc, venue, account, sender, text = row
    return WatchHit(
        list=each.watched.list,
        hit=each.watched.entry.shown,
        kind=each.how,
        post=post,
        time=None if utc is None else datetime.fromtimestamp(utc, UTC),
        venue=venue,
        account=account,
        sender=sender,
        new=each.new,
        text=text,
    )
