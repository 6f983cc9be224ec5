"""Occurrence numbers of posts without native id, counted over one file."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from hashlib import blake2b

_SCHEMA = "CREATE TABLE seen (key INTEGER PRIMARY KEY, n INTEGER NOT NULL)"


class Occurrences:
    """Counts equal (venue, account, wall) triples in file order, from 1.

    The counts lie in a temporary database, so that memory does not grow with the file; it holds
    64-bit digests only.
    """

    def __init__(self) -> None:
        self._counts = sqlite3.connect("", isolation_level=None)
        self._counts.execute("PRAGMA journal_mode = OFF")
        self._counts.execute(_SCHEMA)
        self._counts.execute("BEGIN")

    def number(self, triples: Iterable[tuple[str, ...]]) -> list[int]:
        """The occurrence number of each triple."""
        keys = [_key(triple) for triple in triples]
        counts = self._load(keys)
        numbers = []
        for key in keys:
            counts[key] = number = counts.get(key, 0) + 1
            numbers.append(number)
        self._counts.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?)", counts.items())
        return numbers

    def _load(self, keys: Sequence[int]) -> dict[int, int]:
        rows = self._counts.execute(
            "SELECT key, n FROM seen WHERE key IN (SELECT value FROM json_each(?))",
            (json.dumps(keys),),
        )
        return dict(rows.fetchall())

    def close(self) -> None:
        self._counts.close()


def _key(triple: tuple[str, ...]) -> int:
    text = "\x1f".join(triple).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big", signed=True)
