"""Which posts are one message: by their number, else by place, person, time and words."""

import sqlite3
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

import msgspec

from evidence.joining.pool import TABLE

# Pages of Telegram show the numbers that its other export has, but of a service line the day alone.
BY_NUMBER: Final = """
SELECT x.n AS one, y.n AS two FROM pool x JOIN pool y ON y.place = x.place
  AND y.native_id = x.native_id AND y.venue_n > x.venue_n
WHERE x.native_id IS NOT NULL AND (x.platform = 'telegram' OR x.words = y.words)
  AND (x.utc IS NULL OR y.utc IS NULL
    OR abs(x.utc - y.utc) < CASE WHEN x.service OR y.service THEN 172800 ELSE 60 END)
"""
# Two numbers of one series are two messages. Where no message of two sides bears the same number,
# the numbers are of two series and tell nothing.
_SERIES: Final = """
SELECT DISTINCT p.side, q.side FROM edge e JOIN pool p ON p.n = e.one JOIN pool q ON q.n = e.two
"""
_COUNTED: Final = """
CREATE TEMP TABLE counted AS
SELECT n, place, who, time, words, side, exact,
  count(*) OVER (PARTITION BY place, who, time, words, side) AS times,
  row_number() OVER (PARTITION BY place, who, time, words, side ORDER BY utc, native_id, id) AS turn
FROM (
  SELECT p.n, p.id, p.place, {who} AS who, {time} AS time, s.words, p.side, p.exact, p.utc,
    p.native_id FROM pool p JOIN said s ON s.n = p.n
  WHERE p.utc IS NOT NULL AND {who} IS NOT NULL AND {only}
    AND p.n NOT IN (SELECT n FROM finished)
)
"""
_SIDES: Final = "SELECT place, count(DISTINCT side) FROM pool GROUP BY place"
_MEETING: Final = """
SELECT x.n, y.n, x.times = y.times FROM counted x JOIN counted y ON y.place = x.place
  AND y.who = x.who AND y.time = x.time AND y.words = x.words AND y.side > x.side
  AND y.turn = x.turn {unless}
"""
_BY_PERSON: Final = "iif(p.service, NULL, p.person)"
_BY_NAME: Final = "iif(p.service, NULL, nullif(p.called, ''))"
_NOTICE: Final = "iif(p.service, 0, NULL)"
_IN_SECONDS: Final = ("p.utc", "p.exact", "")
_IN_MINUTES: Final = ("p.minute", "1", "AND NOT (x.exact AND y.exact)")
_PASSES: Final = [
    (who, time, f"{only} AND {said}", unless)
    for who, said in ((_BY_PERSON, "1"), (_BY_NAME, "s.words <> 0"), (_NOTICE, "s.words <> 0"))
    for time, only, unless in (_IN_SECONDS, _IN_MINUTES)
]


class Joined(msgspec.Struct, frozen=True):
    """Groups of posts that are one message, and how many posts could not be told apart."""

    groups: list[list[int]]
    by_number: frozenset[int]
    """Posts that met by their number."""
    ambiguous: int


class _Post(msgspec.Struct, frozen=True, gc=False):
    id: str
    place: int
    side: str
    person: int | None
    known: bool
    """The account is known by more than a name."""

    @property
    def sides(self) -> frozenset[str]:
        return _sides(self.side)


@lru_cache(maxsize=4096)
def _sides(side: str) -> frozenset[str]:
    """Where two posts are two messages: in one format of one venue.

    Tables may have numbers or lack them, and those are two formats.
    """
    families, venue, native = side.rsplit(" ", 2)
    return frozenset(
        f"{family} {venue} {native if family == TABLE else ''}" for family in families.split(",")
    )


def same_posts(connection: sqlite3.Connection) -> Joined:
    """All groups of two or more posts; the same whatever the order of the files."""
    connection.execute("DROP TABLE IF EXISTS temp.edge")
    connection.execute(f"CREATE TEMP TABLE edge AS {BY_NUMBER}")
    series = {frozenset(row) for row in connection.execute(_SERIES)}
    numbered = connection.execute("SELECT one, two FROM edge").fetchall()
    posts = _Posts(connection)
    meeting = _Meeting(posts)
    meeting.join(numbered)
    by_number = frozenset(n for pair in numbered for n in pair)
    uneven: set[int] = set()
    sides: dict[int, int] = dict(connection.execute(_SIDES))
    connection.execute("CREATE TEMP TABLE finished (n INTEGER PRIMARY KEY)")
    for who, time, only, unless in _PASSES:
        _finish(connection, meeting, posts, sides)
        pairs = []
        for one, two, even in _pairs(connection, who, time, only, unless):
            if not _may_be_one(posts[one], posts[two], series):
                continue
            if even:
                pairs.append((one, two))
            else:
                uneven.update((one, two))
        meeting.join(pairs)
    connection.execute("DROP TABLE temp.edge")
    connection.execute("DROP TABLE temp.finished")
    groups = meeting.groups()
    return Joined(groups, by_number, len(uneven - {n for group in groups for n in group}))


def _finish(
    connection: sqlite3.Connection, meeting: "_Meeting", posts: "_Posts", sides: dict[int, int]
) -> None:
    """Leaves out what has met on all sides of its place: nothing is left for it to meet."""
    whole = (
        (n,)
        for group in meeting.groups()
        if len(group) >= sides[posts[group[0]].place]
        for n in group
    )
    connection.executemany("INSERT OR IGNORE INTO finished VALUES (?)", whole)


def _pairs(
    connection: sqlite3.Connection, who: str, time: str, only: str, unless: str
) -> Iterator[tuple[int, int, int]]:
    connection.execute("DROP TABLE IF EXISTS temp.counted")
    connection.execute(_COUNTED.format(who=who, time=time, only=only))
    connection.execute("CREATE INDEX temp.counted_all ON counted(place, who, time, words, turn)")
    yield from connection.execute(_MEETING.format(unless=unless))
    connection.execute("DROP TABLE temp.counted")


def _may_be_one(one: _Post, two: _Post, series: set[frozenset[str]]) -> bool:
    # With numbers of one series the number alone says which is which.
    numbered = one.side.endswith("1") and two.side.endswith("1")
    if numbered and frozenset((one.side, two.side)) in series:
        return False
    return one.person == two.person or not (one.known and two.known)


class _Posts:
    """The posts of the pool by row number, looked up once each."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        rows = connection.execute("SELECT n, id, place, side, person, known FROM pool")
        self._posts = {
            n: _Post(id_, place, sys.intern(side), person, bool(known))
            for n, id_, place, side, person, known in rows
        }

    def __getitem__(self, n: int) -> _Post:
        return self._posts[n]


class _Meeting:
    """Posts that meet; no group holds two of one side, for those are two messages."""

    def __init__(self, posts: _Posts) -> None:
        self._posts = posts
        self._group: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}

    def join(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Joins pairs, in the order of the ids of their posts."""
        ordered = sorted(
            pairs, key=lambda pair: sorted((self._posts[pair[0]].id, self._posts[pair[1]].id))
        )
        for one, two in ordered:
            self._join(one, two)

    def _join(self, one: int, two: int) -> None:
        first, second = self._group.get(one, one), self._group.get(two, two)
        if first == second:
            return
        mine, others = self._members.get(first, [one]), self._members.get(second, [two])
        if any(self._posts[a].sides & self._posts[b].sides for a in mine for b in others):
            return
        whole = mine + others
        self._members.pop(second, None)
        self._members[first] = whole
        for n in whole:
            self._group[n] = first

    def groups(self) -> list[list[int]]:
        return list(self._members.values())


def by_kept(groups: Iterable[list[int]], order: dict[int, tuple[object, ...]]) -> dict[int, int]:
    """Each post that another stands for, with that one: the first in `order` of its group."""
    found: dict[int, int] = {}
    for group in groups:
        kept = min(group, key=order.__getitem__)
        found.update((n, kept) for n in group if n != kept)
    return found
