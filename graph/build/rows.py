"""What the build reads from the archive, as typed rows."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from evidence.corrections.slots import SlotValue
from evidence.grading.marks import Mark
from graph import ids
from graph.build.draft import Ref
from ingest.records import Act, Listing

TALK_SQL = "('message', 'thread_post', 'table_row')"
_CHUNK = 5_000


class Venue(msgspec.Struct, frozen=True, array_like=True):
    n: int
    id: str
    platform: str
    kind: str
    name: str
    private: bool

    @property
    def ref(self) -> Ref:
        return Ref(self.id, "Venue")


class Account(msgspec.Struct, frozen=True, array_like=True):
    n: int
    id: str
    platform: str
    native_id: str
    native: bool
    bot: bool
    own: bool
    category: str

    @property
    def ref(self) -> Ref:
        return Ref(self.id, "Account")


class Post(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A post without its text; `utc` in seconds since 1970."""

    n: int
    id: str
    venue_n: int | None
    account_n: int | None
    utc: int | None
    kind: str
    sender: str | None
    forwarded: bool
    forwarded_account: str | None
    forwarded_name: str | None
    native_id: str | None

    @property
    def ref(self) -> Ref:
        return Ref(self.id, "Post")

    @property
    def order(self) -> tuple[int, int, str]:
        """For sorting by time; posts of one second by their number, where they have one."""
        native = self.native_id or ""
        number = int(native) if native.isascii() and native.isdigit() else 0
        return (self.utc if self.utc is not None else -1, number, self.id)

    @property
    def dated(self) -> tuple[str, int | None]:
        return self.id, self.utc


class ListingRecord(msgspec.Struct, frozen=True, gc=False):
    """A listing as it counts: with what a person put right, and which values those are."""

    id: str
    post: Post
    body: Listing
    extractor: str
    lexicon: str
    assessed: frozenset[tuple[str, SlotValue]] = frozenset()
    status: str | None = None
    """`corrected` or `confirmed` by a person."""

    @property
    def ref(self) -> Ref:
        return Ref(self.id, "Listing")


class ActRecord(msgspec.Struct, frozen=True, gc=False):
    id: str
    post: Post
    act: Act
    lexicon: str


class FindingRecord(msgspec.Struct, frozen=True):
    """A finding of a report; `body` is its JSON."""

    id: str
    kind: str
    post: Post
    body: str
    span: tuple[int, int] | None
    lexicon: str


# CROSS JOIN and the named index keep SQLite from scanning a venue for each reply: without
# statistics it prefers the index by venue and time.
REPLY_JOIN = (
    "CROSS JOIN post q INDEXED BY post_native"
    " ON q.venue_n = p.venue_n AND q.native_id = p.reply_to AND q.native_id IS NOT NULL"
)
POST_COLUMNS = (
    "p.n, p.id, p.venue_n, p.account_n, p.utc, p.kind, p.sender, p.forwarded,"
    " p.forwarded_account, p.forwarded_name, p.native_id"
)
_VENUES = """
SELECT v.n, v.id, v.platform, v.kind, coalesce(
  (SELECT name FROM venue_name WHERE venue_n = v.n ORDER BY utc DESC NULLS LAST, name LIMIT 1),
  v.name), v.private
FROM venue v WHERE v.id NOT IN (SELECT id FROM joined_name WHERE kept IS NOT NULL) ORDER BY v.id
"""
_ACCOUNTS = """
SELECT n, id, platform, native_id, native, max(bot, coalesce(o.its_bot, 0)),
  max(own, coalesce(o.its_own, 0)), category FROM account LEFT JOIN (
    SELECT j.kept, max(a.bot) AS its_bot, max(a.own) AS its_own FROM joined_name j
    JOIN account a ON a.id = j.id WHERE j.kept IS NOT NULL GROUP BY j.kept
  ) o ON o.kept = account.id
WHERE id NOT IN (SELECT id FROM joined_name WHERE kept IS NOT NULL)
  AND (:only IS NULL OR id IN (SELECT value FROM json_each(:only))) ORDER BY id
"""


def post_of(row: Sequence[Any]) -> Post:
    """The post from a row of POST_COLUMNS."""
    n, id_, venue, account, utc, kind, sender, forwarded, *origin = row
    return Post(n, id_, venue, account, utc, kind, sender, bool(forwarded), *origin)


def read_venues(connection: sqlite3.Connection) -> list[Venue]:
    """All venues by id, each with the latest of its names."""
    rows = connection.execute(_VENUES).fetchall()
    return msgspec.convert(rows, type=list[Venue], strict=False)


def read_accounts(
    connection: sqlite3.Connection, put: Mapping[str, Mark], only: Iterable[str] | None = None
) -> list[Account]:
    """All accounts by id, or `only` these, with what a person marked."""
    given = None if only is None else msgspec.json.encode(list(only)).decode()
    rows = connection.execute(_ACCOUNTS, {"only": given}).fetchall()
    accounts = msgspec.convert(rows, type=list[Account], strict=False)
    return [_marked(each, put[each.id]) if each.id in put else each for each in accounts]


def _marked(account: Account, put: Mark) -> Account:
    said = {name: getattr(put, name) for name in ("bot", "own", "category") if name in put.fields}
    return msgspec.structs.replace(account, **said)


def read_posts(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Post]:
    """Posts by row number."""
    found: dict[int, Post] = {}
    for chunk in chunks(sorted(set(numbers))):
        rows = connection.execute(
            f"SELECT {POST_COLUMNS} FROM post p WHERE p.n IN (SELECT value FROM json_each(?))",
            (msgspec.json.encode(chunk).decode(),),
        )
        found.update((row[0], post_of(row)) for row in rows)
    return found


def chunks(values: list[int]) -> Iterator[list[int]]:
    """Parts of a list, small enough to pass to SQLite as one value."""
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]


def platform_node(code: str) -> str:
    """Node id of a platform."""
    return ids.vocabulary(f"platform/{code}")
