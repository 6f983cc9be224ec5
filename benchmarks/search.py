"""Time to search posts by the index, beside LIKE, a scan that folds, and a plain scan of a file."""

import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

import msgspec

from benchmarks.measure import clock
from benchmarks.messages import SEED, message
from evidence.archive.archive import Archive, create_archive, open_reader, open_writer
from evidence.archive.search_blocks import refresh
from evidence.archive.search_posts import find_posts
from ingest.text.fold import fold

DEFAULT = 1_400_000
SHOWN = 50
_BATCH = 50_000
_EVERYTHING = 2**31
_YEAR = 31_536_000
QUERIES = (
    ("one character, frequent", "料"),
    ("one character, rare", "鬱"),
    ("two characters, frequent", "股民"),
    ("two characters, in no post", "龙虾"),
    ("three characters", "棋牌料"),
    ("phrase", "可走担保 微信demo9"),
    ("number", "扣扣 31337"),
    ("handle", "@demo_48151"),
    ("handle in no post", "@nobody_here"),
    ("sign", "@"),
)
_LIKE = """
SELECT p.n FROM post p JOIN post_version v ON v.n = p.version_n
WHERE v.text LIKE ? OR p.sender LIKE ?
"""
_TEXTS = """
SELECT coalesce(p.sender, ''), v.text FROM post p JOIN post_version v ON v.n = p.version_n
"""


class Timing(msgspec.Struct, frozen=True):
    """Milliseconds of one query: `shown` the newest fifty, the others all posts with the text."""

    what: str
    hits: int
    shown: float
    all: float
    like: float
    plain: float


def fill(path: Path, count: int) -> None:
    """An archive of so many invented posts, three venues side by side, times as they come."""
    create_archive(path)
    chance = random.Random(SEED)
    with open_writer(path, b"") as archive:
        for start in range(1, count + 1, _BATCH):
            numbers = range(start, min(start + _BATCH, count + 1))
            rows = [(n, message(chance), f"用户{chance.randint(10_001, 10_900)}") for n in numbers]
            with archive.bulk() as connection:
                connection.executemany(
                    "INSERT INTO post (n, id, sender, kind, utc, version_n)"
                    " VALUES (?, ?, ?, 'message', ?, ?)",
                    [
                        (n, f"post:{n:032x}", sender, n % 3 * _YEAR + n * 60, n)
                        for n, _, sender in rows
                    ],
                )
                connection.executemany(
                    "INSERT INTO post_version (n, post_n, text, text_key) VALUES (?, ?, ?, x'00')",
                    [(n, n, text) for n, text, _ in rows],
                )


def timings(archive: Archive, plain: Path, times: int = 5) -> Iterator[Timing]:
    """Each query by each way; index and plain scan have to find the same number of posts."""
    connection = archive.connection
    for what, text in QUERIES:
        wanted, pattern = fold(text), f"%{text}%"

        def newest(limit: int, wanted: str = wanted) -> int:
            return len(find_posts(connection, wanted, limit).posts)

        def like(pattern: str = pattern) -> int:
            return len(connection.execute(_LIKE, (pattern, pattern)).fetchall())

        def scan(wanted: bytes = wanted.encode()) -> int:
            return _lines(plain.read_bytes(), wanted)

        found, whole = _timed(partial(newest, _EVERYTHING), times)
        lines, scanned = _timed(scan, times)
        if lines != found:
            raise AssertionError(f"{text}: {lines} lines, {found} posts")
        shown = _timed(partial(newest, SHOWN), times)[1]
        yield Timing(what, found, shown, whole, _timed(like, 1)[1], scanned)


def write_plain(archive: Archive, path: Path) -> None:
    """Sender and text of each post, folded, a line each."""
    with path.open("w", encoding="utf-8") as stream:
        for sender, text in archive.connection.execute(_TEXTS):
            stream.write(f"{fold(sender)}\t{fold(text)}\n")


def _lines(data: bytes, wanted: bytes) -> int:
    """Lines that hold some bytes: what grep counts."""
    count, at = 0, data.find(wanted)
    while at >= 0:
        count += 1
        at = data.find(wanted, data.find(b"\n", at))
    return count


def _timed(work: Callable[[], int], times: int) -> tuple[int, float]:
    """The answer, and the median of several runs in milliseconds after one that warms up."""
    answer, taken = work(), []
    for _ in range(times):
        began = clock()
        work()
        taken.append((clock() - began) * 1000)
    return answer, median(taken)


def main() -> None:
    """Print the table for the number of posts on the command line."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    print(f"{count:,} posts, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    with tempfile.TemporaryDirectory() as name:
        path, plain = Path(name) / "archive.sqlite", Path(name) / "plain.txt"
        fill(path, count)
        before = path.stat().st_size
        with open_writer(path, b"") as archive:
            began = clock()
            refresh(archive)
            taken = clock() - began
            archive.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            write_plain(archive, plain)
        more = (path.stat().st_size - before) / 2**20
        print(f"index: {taken:.1f} s, {count / taken:,.0f} posts/s, {more:,.0f} MiB\n")
        print(
            "| query | posts | newest 50, ms | all, ms | LIKE, ms | plain scan, ms | LIKE / all |"
        )
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
        with open_reader(path, b"") as archive:
            for one in timings(archive, plain):
                print(
                    f"| {one.what} | {one.hits:,} | {one.shown:.1f} | {one.all:.1f}"
                    f" | {one.like:,.0f} | {one.plain:.0f} | {one.like / one.all:,.1f} |"
                )


if __name__ == "__main__":
    main()
