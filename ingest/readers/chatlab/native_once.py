"""Native ids of one file that stand for one post each: merged exports repeat them for others."""

import sqlite3

_AT_ONCE = 4096


class NativeIds:
    """Tells a native id at its own post from the same one at another post, in flat memory.

    Hashes of ids lie in a temporary database, the last ones in memory; no other process knows
    them.
    """

    def __init__(self) -> None:
        self._recent: dict[int, int] = {}
        self._older: sqlite3.Connection | None = None
        self._highest: int | None = None

    def is_own(self, native: str, *post: object) -> bool:
        """Whether the id was not met before, or at this very post (who, when)."""
        key, value = hash(native), hash(post)
        known = self._recent.get(key)
        if known is None:
            known = self._stored(key, native)
        if known is not None:
            return known == value
        self._recent[key] = value
        if len(self._recent) >= _AT_ONCE:
            self._spill()
        return True

    def close(self) -> None:
        if self._older is not None:
            self._older.close()

    def _stored(self, key: int, native: str) -> int | None:
        """What is stored for an id; one that is higher than all before it needs no search."""
        if native.isdecimal() and native.isascii() and len(native) < 20:
            number = int(native)
            if self._highest is None or number > self._highest:
                self._highest = number
                return None
        if self._older is None:
            return None
        row = self._older.execute("SELECT post FROM met WHERE id = ?", (key,)).fetchone()
        return None if row is None else int(row[0])

    def _spill(self) -> None:
        if self._older is None:
            self._older = sqlite3.connect("", isolation_level=None)
            self._older.execute("PRAGMA journal_mode = OFF")
            self._older.execute("CREATE TABLE met (id INTEGER PRIMARY KEY, post INTEGER NOT NULL)")
            self._older.execute("BEGIN")
        self._older.executemany("INSERT INTO met VALUES (?, ?)", sorted(self._recent.items()))
        self._recent = {}
