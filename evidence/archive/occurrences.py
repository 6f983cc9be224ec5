"""Occurrence numbers of posts without native id, counted over one file."""

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Sequence

Triple = tuple[str, str, str]
"""Venue, account and wall time."""


class Occurrences:
    """Counts equal triples in file order, from 1.

    While the times of each venue do not fall, only the posts of its latest second are looked at
    and 8 bytes a post are kept. From the first earlier time on, the counts lie in a temporary
    database, so that memory stays flat. Both hold hashes only, which
    no other process knows.
    """

    def __init__(self) -> None:
        self._latest: dict[str, str] = {}
        self._now: dict[str, dict[str, int]] = {}
        self._past = array("q")
        self._counts: sqlite3.Connection | None = None

    def number(self, triples: Sequence[Triple]) -> list[int]:
        """The occurrence number of each triple."""
        if self._counts is not None:
            return self._count(triples)
        numbers: list[int] = []
        for triple in triples:
            venue, account, wall = triple
            latest = self._latest.get(venue, "")
            if wall < latest:
                self._spill()
                return [*numbers, *self._count(triples[len(numbers) :])]
            if wall > latest or venue not in self._now:
                self._latest[venue] = wall
                self._now[venue] = {account: 1}
                number = 1
            else:
                seconds = self._now[venue]
                seconds[account] = number = seconds.get(account, 0) + 1
            self._past.append(hash(triple))
            numbers.append(number)
        return numbers

    def _spill(self) -> None:
        self._counts = sqlite3.connect("", isolation_level=None)
        self._counts.execute("PRAGMA journal_mode = OFF")
        self._counts.execute("CREATE TABLE seen (key INTEGER PRIMARY KEY, n INTEGER NOT NULL)")
        self._counts.execute("BEGIN")
        self._counts.executemany(
            "INSERT INTO seen VALUES (?, 1) ON CONFLICT DO UPDATE SET n = n + 1",
            ((key,) for key in self._past),
        )
        self._past = array("q")

    def _count(self, triples: Sequence[Triple]) -> list[int]:
        assert self._counts is not None
        keys = [hash(triple) for triple in triples]
        rows = self._counts.execute(
            "SELECT key, n FROM seen WHERE key IN (SELECT value FROM json_each(?))",
            (json.dumps(keys),),
        )
        counts = Counter(dict(rows.fetchall()))
        numbers = []
        for key in keys:
            counts[key] += 1
            numbers.append(counts[key])
        self._counts.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?)", counts.items())
        return numbers

    def close(self) -> None:
        if self._counts is not None:
            self._counts.close()
