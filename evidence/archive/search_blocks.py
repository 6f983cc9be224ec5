"""The blocks of the search index: folded texts of posts, and what short runs they may hold."""

import math
import sqlite3
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import msgspec

from evidence.archive.archive import Archive, newest
from evidence.pace import Progress
from ingest.text.fold import fold, fold_all, folding

SPAN: Final = 2048
"""Posts of a block, by row number; `search.sql` says it too."""
UNDATED: Final = -(2**63)
"""The time of a post without one: it comes last."""
RUNS: Final = (1, 2, 5)
"""Lengths of the runs in a sketch: a character, a Chinese word, part of a number or a handle."""
_GROUP = 16
_MIX = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0xFF51AFD7ED558CCD)
_WORD = 2**64 - 1
_TESTED = 12
_LINES = 3
"""Of a post in a block: sender, heading and text."""

_short = lru_cache(maxsize=100_000)(fold)
"""Names and headings come again and again."""
_BLOCKS = f"""
SELECT block, newest, top = (SELECT coalesce(max(n), 0) FROM post
                             WHERE n >= block * {SPAN} AND n < (block + 1) * {SPAN})
FROM search_block WHERE folding = ?
"""
_POSTS = """
SELECT p.n, p.utc, coalesce(p.sender, ''), p.heading, v.text
FROM post p LEFT JOIN joined j ON j.post_n = p.n
JOIN post_version v ON v.n = coalesce(p.version_n, j.version_n)
WHERE p.n >= ? AND p.n < ? ORDER BY p.n
"""


class Block(msgspec.Struct, frozen=True):
    """A block that stands, before its texts are read."""

    number: int
    newest: int


class Texts(msgspec.Struct, frozen=True):
    """The posts of a block; `ends` are byte offsets behind each."""

    first: int
    times: "array[int]"
    ends: "array[int]"
    numbers: "array[int]"
    text: bytes

    def holding(self, wanted: bytes) -> Iterator[tuple[int, int]]:
        """Time and row number of each post that holds these bytes."""
        at = self.text.find(wanted)
        while at >= 0:
            which = bisect_right(self.ends, at)
            yield self.times[which], self.first + self.numbers[which]
            at = self.text.find(wanted, self.ends[which])


def standing(connection: sqlite3.Connection) -> tuple[list[Block], list[int]]:
    """The blocks in use, newest first, and the numbers of those that are missing or too short."""
    last = connection.execute("SELECT max(n) FROM post").fetchone()[0]
    if last is None:
        return [], []
    rows = connection.execute(_BLOCKS, (folding(),)).fetchall()
    # Row numbers only grow, so what a block lacks came behind all that it holds.
    good = [row for row in rows if row[2]]
    blocks = [Block(row[0], UNDATED if row[1] is None else row[1]) for row in good]
    missing = set(range(last // SPAN + 1)) - {row[0] for row in good}
    return sorted(blocks, key=lambda block: (-block.newest, block.number)), sorted(missing)


def refresh(archive: Archive, progress: Progress | None = None) -> int:
    """Makes the blocks that are missing; how many. The archive is open for writing."""
    connection = archive.connection
    missing = standing(connection)[1]
    for start in range(0, len(missing), _GROUP):
        with archive.transaction():
            for number in missing[start : start + _GROUP]:
                _store(connection, number)
        if progress:
            progress("index", min(start + _GROUP, len(missing)), len(missing))
    return len(missing)


class Indexing:
    """Makes the blocks of posts that come, one at a time, inside the caller's transactions."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._next = newest(connection) // SPAN

    def step(self) -> bool:
        """Makes the next block; False where the posts of none are all there."""
        if newest(self._connection) // SPAN <= self._next:
            return False
        _store(self._connection, self._next)
        self._next += 1
        return True


def posts_of(connection: sqlite3.Connection, number: int) -> Iterator[tuple[int, int, str]]:
    """Row number, time and folded text of each post that belongs into a block."""
    return zip(*_columns(connection, number), strict=True)


def _columns(connection: sqlite3.Connection, number: int) -> tuple[list[int], list[int], list[str]]:
    """`posts_of` by columns."""
    rows = connection.execute(_POSTS, (number * SPAN, (number + 1) * SPAN)).fetchall()
    texts = fold_all([row[4] for row in rows])
    return (
        [row[0] for row in rows],
        [UNDATED if row[1] is None else row[1] for row in rows],
        [
            f"{_short(row[2])}\n{_short(row[3])}\n{text}"
            for row, text in zip(rows, texts, strict=True)
        ],
    )


def texts_of(connection: sqlite3.Connection, number: int) -> Texts:
    """The texts of a block that stands."""
    marks, text = connection.execute(
        "SELECT marks, text FROM search_block WHERE block = ?", (number,)
    ).fetchone()
    count = len(marks) // 14
    return Texts(
        number * SPAN,
        _array("q", marks[: 8 * count]),
        _array("I", marks[8 * count : 12 * count]),
        _array("H", marks[12 * count :]),
        text,
    )


def may_hold(connection: sqlite3.Connection, number: int, runs: list[int]) -> bool:
    """Whether the sketch of a block has all these runs; False is certain."""
    with connection.blobopen("search_block", "sketch", number, readonly=True) as sketch:
        shift = 64 - (len(sketch) * 8).bit_length() + 1
        for run in runs:
            bit = run >> shift
            sketch.seek(bit >> 3)
            if not sketch.read(1)[0] >> (bit & 7) & 1:
                return False
    return True


def runs_of(text: str) -> list[int]:
    """Hashes of the runs of a text that a sketch is asked for: the longest that it holds."""
    length = max(length for length in RUNS if length <= len(text))
    found = {_hash(text[at : at + length]) for at in range(len(text) - length + 1)}
    return sorted(found)[:_TESTED]


def _hash(run: str) -> int:
    value = len(run)
    for char in run:
        value = (value * _MIX[0] + ord(char)) & _WORD
    return ((value ^ value >> 29) * _MIX[1] & _WORD) * _MIX[2] & _WORD


def _store(connection: sqlite3.Connection, number: int) -> None:
    posts, dates, folded = _columns(connection, number)
    times, numbers = array("q", dates), array("H", [post - number * SPAN for post in posts])
    whole = "\n".join(folded)
    text = whole.encode("utf-8", "surrogatepass") + b"\n" if folded else b""
    newest = max(times, default=UNDATED)
    connection.execute(
        "INSERT OR REPLACE INTO search_block VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            folding(),
            posts[-1] if posts else 0,
            None if newest == UNDATED else newest,
            _sketch(whole),
            b"".join(map(_bytes, (times, _ends(text), numbers))),
            text,
        ),
    )


def _ends(text: bytes) -> "array[int]":
    """The places behind each post: it has three lines, since what is folded has no line ends."""
    import numpy as np

    feeds = np.frombuffer(text, np.uint8) == ord("\n")
    return array("I", (feeds.nonzero()[0][_LINES - 1 :: _LINES] + 1).astype(np.uint32).tobytes())


def _sketch(text: str) -> bytes:
    """One bit for each run, in a table eight times as large as the text has characters."""
    # Half of the time to start a command would go into numpy: only a writer needs it.
    import numpy as np

    size = 1 << min(22, max(10, math.ceil(math.log2(8 * len(text) + 1))))
    shift = np.uint64(64 - size.bit_length() + 1)
    code = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    bits = np.zeros(size, np.bool_)
    first, second, third = (np.uint64(mix) for mix in _MIX)
    for length in RUNS:
        value = code[: max(0, len(code) - length + 1)] + np.uint64(length * _MIX[0] & _WORD)
        for at in range(1, length):
            value *= first
            value += code[at : at + len(value)]
        # In place: a new array for each step would cost as much as the step.
        value ^= value >> np.uint64(29)
        value *= second
        value *= third
        value >>= shift
        bits[value] = True
    return np.packbits(bits, bitorder="little").tobytes()


def _array(code: str, data: bytes) -> "array[int]":
    values: array[int] = array(code)
    values.frombytes(data)
    if sys.byteorder == "big":
        values.byteswap()
    return values


def _bytes(values: "array[int]") -> bytes:
    if sys.byteorder == "big":
        values.byteswap()
    return values.tobytes()
