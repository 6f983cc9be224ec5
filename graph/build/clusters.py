"""Families of near-duplicate posts over the whole archive, chatter included."""

import sqlite3
from functools import lru_cache
from itertools import compress, islice
from typing import Final

import numpy as np

from graph.build.draft import Ref, short
from graph.build.families import (
    Families,
    Family,
    Member,
    Numbers,
    Posts,
    columns_of,
    joined,
    posts_of,
)
from graph.build.rows import TALK_SQL
from graph.build.similarity import THRESHOLD, families, reduced
from graph.build.world import World
from ingest.text.normalise import normalise

SHORTEST: Final = 8
"""Shorter texts are answers that everybody gives."""
_CHUNK: Final = 10_000
_REMEMBERED: Final = 50_000
_TEXTS: Final = f"""
SELECT p.n, p.id, p.utc, p.account_n, p.venue_n, v.text
FROM post p JOIN post_version v ON v.n = p.version_n
WHERE p.kind IN {TALK_SQL} AND length(v.text) >= {SHORTEST}
"""
_OF_ACCOUNT: Final = """
SELECT c.cluster, c.similarity, p.n, p.id, p.utc, p.account_n, p.venue_n
FROM text_cluster c JOIN post p ON p.n = c.post_n WHERE c.cluster IN (
  SELECT d.cluster FROM text_cluster d JOIN post q ON q.n = d.post_n WHERE q.account_n = ?
  UNION SELECT d.cluster FROM text_cluster d JOIN post q ON q.n = d.post_n
  WHERE q.id IN (SELECT value FROM json_each(?)))
"""


def families_in(connection: sqlite3.Connection) -> Families:
    """All families of two or more posts of an archive."""
    posts, numbers, texts = _read(connection)
    order = np.lexsort((posts.id, posts.utc))
    posts, numbers = posts.at(order), numbers[order]
    _, firsts = np.unique(numbers, return_index=True)
    by_time = np.argsort(firsts)
    places = families([texts[number] for number in by_time.tolist()])
    ranks = np.empty(len(by_time), dtype=np.int64)
    ranks[by_time] = np.arange(len(by_time))
    leaders = places.leaders[ranks[numbers]]
    kept = np.flatnonzero(np.bincount(leaders, minlength=len(texts))[leaders] > 1)
    similarity = places.similarities[ranks[numbers[kept]]]
    return Families(posts.at(kept), leaders[kept], similarity)


def stored_families(connection: sqlite3.Connection, account_n: int, posts: str = "[]") -> Families:
    """The families that the last build found of an account, and of posts, a JSON list of ids."""
    rows = connection.execute(_OF_ACCOUNT, (account_n, posts)).fetchall()
    _, groups = np.unique([row[0] for row in rows], return_inverse=True)
    similarity = np.array([row[1] for row in rows], dtype=np.float64)
    return Families(columns_of([row[2:] for row in rows]), groups.astype(np.int64), similarity)


def _read(connection: sqlite3.Connection) -> tuple[Posts, Numbers, list[str]]:
    """Posts, the number of each one's text, and the different texts."""
    numbered: dict[str, int] = {}
    parts: list[Posts] = []
    numbers: list[Numbers] = []
    # A third of a market's lines are exact copies.
    compared = lru_cache(_REMEMBERED)(_compared)
    cursor = connection.execute(_TEXTS)
    while rows := cursor.fetchmany(_CHUNK):
        *columns, written = zip(*rows, strict=True)
        keys = [compared(text) for text in written]
        kept = [len(key) >= SHORTEST for key in keys]
        parts.append(posts_of(*columns).at(np.array(kept)))
        found = [numbered.setdefault(key, len(numbered)) for key in compress(keys, kept)]
        numbers.append(np.array(found, dtype=np.int64))
    whole = np.concatenate(numbers) if numbers else np.empty(0, dtype=np.int64)
    return joined(parts), whole, list(numbered)


def _compared(text: str) -> str:
    return reduced(normalise(text).text)


def keep_families(connection: sqlite3.Connection, found: Families) -> None:
    """Fills the archive's table of families."""
    connection.execute("DELETE FROM text_cluster")
    connection.executemany(
        "INSERT INTO text_cluster (post_n, cluster, similarity) VALUES (?, ?, ?)", found.rows()
    )


class Kinships:
    """Families of needed posts, and which post copies which, told as soon as posts are needed."""

    def __init__(self, world: World, found: Families) -> None:
        self._world = world
        self._found = found
        self._families: dict[int, Family] = {}
        self._posts = 0
        self._waiting: list[Member] = []

    def add(self) -> None:
        """Those of the posts that were not needed before."""
        needed = self._world.needed
        members = self._found.members(islice(needed.values(), self._posts, None))
        self._posts = len(needed)
        for number in sorted({member.family for member in members}.difference(self._families)):
            self._families[number] = self._added(number)
        for member in members:
            family = self._families[member.family].ref
            self._world.draft.rel("IN_CLUSTER", _post(member), family, similarity=member.similarity)
        self._waiting = [each for each in (*self._waiting, *members) if not self._copied(each)]

    def _added(self, number: int) -> Family:
        family = self._found.family(number)
        self._world.draft.node(
            "TextCluster",
            family.id,
            f"{family.size} posts like {short(family.first or family.id, 13)}",
            method="minhash",
            threshold=THRESHOLD,
            size=family.size,
            accounts=family.accounts,
            venues=family.venues,
            first_post=family.first,
        )
        self._world.draft.seen(family.ref, family.first_utc, family.last_utc)
        return family

    def _copied(self, member: Member) -> bool:
        """Whether nothing is left to tell of what a post copies: that may be needed later."""
        first = self._families[member.family].first
        if member.lag is None or first is None or first == member.post:
            return True
        if first not in self._world.needed:
            return False
        self._world.draft.rel(
            "REPOST_OF",
            _post(member),
            Ref(first, "Post"),
            similarity=member.similarity,
            lag_s=member.lag,
        )
        return True


def _post(member: Member) -> Ref:
    return Ref(member.post, "Post")
