"""Posts that hold a text: blocks are proposed by the index, a substring test decides."""

import heapq
import json
import sqlite3
from collections import Counter
from collections.abc import Container, Iterable, Iterator

import msgspec

from evidence.archive.search_blocks import (
    UNDATED,
    may_hold,
    posts_of,
    runs_of,
    standing,
    texts_of,
)
from evidence.pace import Progress

_CHUNK = 20_000
_IDS = "SELECT n, id FROM post WHERE n IN (SELECT value FROM json_each(?))"
_MOST_COPIES = """
SELECT coalesce(max(n), 0) FROM
  (SELECT count(*) AS n FROM joined WHERE kept_n IS NOT NULL GROUP BY kept_n)
"""
_STAND_FOR = """
SELECT post_n, kept_n FROM joined
WHERE kept_n IS NOT NULL AND post_n IN (SELECT value FROM json_each(?))
"""


class Finding(msgspec.Struct, frozen=True):
    """Row numbers of posts, newest first; `cut`: there are more; `unindexed`: blocks read whole."""

    posts: list[int]
    cut: bool
    unindexed: int


def find_posts(
    connection: sqlite3.Connection,
    wanted: str,
    limit: int,
    progress: Progress | None = None,
    only: Container[int] | None = None,
) -> Finding:
    """The newest posts whose sender, heading or text holds a folded text; no empty one.

    The same posts in the same order as a scan of all: by time, the latest first, then by id.
    `only`: row numbers of the posts that may be found.
    """
    blocks, missing = standing(connection)
    copies = connection.execute(_MOST_COPIES).fetchone()[0]
    # Of a post in several exports each copy may be found, and one is told.
    newest = _Newest((limit + 1) * (copies + 1) - 1, only)
    for done, number in enumerate(missing):
        if progress:
            progress("searching what is not indexed", done, len(missing))
        rows = posts_of(connection, number)
        newest.add((time, post) for post, time, text in rows if wanted in text)
    asked, runs = wanted.encode("utf-8", "surrogatepass"), runs_of(wanted)
    for block in blocks:
        if newest.full and newest.least > block.newest:
            # What is left is older than all that is shown, and there is more than is shown.
            break
        if may_hold(connection, block.number, runs):
            newest.add(texts_of(connection, block.number).holding(asked))
    found = _ordered(connection, newest.best())
    if copies:
        found = _told_once(connection, found)
    return Finding(found[:limit], len(found) > limit, len(missing))


def _told_once(connection: sqlite3.Connection, found: list[int]) -> list[int]:
    """Each post once, by the one that stands for it."""
    kept: dict[int, int] = {}
    for chunk in _chunks(found):
        kept.update(connection.execute(_STAND_FOR, (json.dumps(chunk),)).fetchall())
    return list(dict.fromkeys(kept.get(post, post) for post in found))


class _Newest:
    """Keeps what may be among the newest `limit` and one more."""

    def __init__(self, limit: int, only: Container[int] | None) -> None:
        self._size = limit + 1
        self._only = only
        self._times: list[int] = []
        self._found: list[tuple[int, int]] = []

    @property
    def full(self) -> bool:
        return len(self._times) == self._size

    @property
    def least(self) -> int:
        return self._times[0]

    def add(self, found: Iterable[tuple[int, int]]) -> None:
        for time, post in found:
            if self._only is not None and post not in self._only:
                continue
            if not self.full:
                heapq.heappush(self._times, time)
            elif time < self.least:
                continue
            else:
                heapq.heappushpop(self._times, time)
            self._found.append((time, post))

    def best(self) -> list[tuple[int, int]]:
        """All with a time that is shown: equal times are told apart by id."""
        least = self.least if self.full else UNDATED
        return [each for each in self._found if each[0] >= least]


def _ordered(connection: sqlite3.Connection, found: list[tuple[int, int]]) -> list[int]:
    """Row numbers by time, the latest first, then by id: looked up where times are equal."""
    often = Counter(time for time, _ in found)
    names: dict[int, str] = {}
    for chunk in _chunks([post for time, post in found if often[time] > 1]):
        names.update(connection.execute(_IDS, (json.dumps(chunk),)).fetchall())
    return [
        post for _, _, post in sorted((-time, names.get(post, ""), post) for time, post in found)
    ]


def _chunks(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), _CHUNK):
        yield numbers[start : start + _CHUNK]
