"""Ways to tell near-duplicate texts, over invented texts of three kinds."""

import importlib
import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.messages import SEED, message
from evidence.archive.archive import create_archive, open_writer
from graph import ids
from graph.build.clusters import SHORTEST, families_in
from graph.build.shingles import shingles_of
from graph.build.similarity import THRESHOLD, families, reduced
from graph.build.sketches import Candidates
from ingest.text.normalise import normalise

ADVERT: Final = "一手源头出当天实时股民料量大从优欢迎长期合作可走担保支持测试"
PHRASES: Final = (
    "一手源头", "当天实时", "股民料", "车主数据", "量大从优", "支持测试", "长期合作", "可走担保",
    "免测勿扰", "日更十万", "价格好商量", "有的私聊", "广东地区", "女性客户", "三十岁以上",
)  # fmt: skip
KEPT: Final = 0.6
PERMUTATIONS: Final = 128
_CHUNK: Final = 10_000
Pairs = set[tuple[int, int]]


def chat(count: int) -> Iterator[str]:
    """Nine parts chatter, one part listings."""
    chance = random.Random(SEED)
    return (message(chance) for _ in range(count))


def same(count: int) -> Iterator[str]:
    """One text again and again."""
    return (ADVERT for _ in range(count))


def numbers(count: int) -> Iterator[str]:
    """One text with numbers of its own each time."""
    chance = random.Random(SEED)
    for _ in range(count):
        yield f"{ADVERT}日更{chance.randint(1, 9999)}万条{chance.randint(1, 9999)}元一条"


def adverts(count: int) -> Iterator[str]:
    """Texts of some phrases in a fixed order, as those who copy adverts leave out and put in."""
    chance = random.Random(SEED)
    for _ in range(count):
        yield "".join(phrase for phrase in PHRASES if chance.random() < KEPT)


KINDS: Final = {"chat": chat, "same": same, "numbers": numbers}


def distinct(texts: Iterable[str]) -> list[str]:
    """Different texts as they are compared, in order."""
    keys = (reduced(normalise(text).text) for text in texts)
    return list(dict.fromkeys(key for key in keys if len(key) >= SHORTEST))


def shingled(text: str) -> set[str]:
    """The shingles of a text, told without any of the code that is measured."""
    return {text[i : i + 3] for i in range(max(1, len(text) - 2))}


def fill(folder: Path, texts: Iterable[str]) -> Path:
    """An archive with these texts as messages of 900 accounts in 60 groups."""
    path = folder / "archive.sqlite"
    create_archive(path)
    with open_writer(path, b"secret") as archive, archive.transaction() as connection:
        connection.executemany(
            "INSERT INTO venue (n, id, platform, kind, name, native)"
            " VALUES (?, ?, 'qq', 'qq_group', '', 1)",
            ((n, f"venue:qq:{n}") for n in range(60)),
        )
        connection.executemany(
            "INSERT INTO account (n, id, platform, native_id, native) VALUES (?, ?, 'qq', ?, 1)",
            ((n, f"account:qq:{n}", str(n)) for n in range(900)),
        )
        _fill_posts(connection, texts)
    return path


def _fill_posts(connection: sqlite3.Connection, texts: Iterable[str]) -> None:
    for n, text in enumerate(texts):
        place = n % 60
        connection.execute(
            "INSERT INTO post (n, id, venue_n, account_n, native_id, kind, utc, version_n)"
            " VALUES (?, ?, ?, ?, ?, 'message', ?, ?)",
            (n, ids.post(f"venue:qq:{place}", str(n)), place, n * 7 % 900, str(n), n * 20, n),
        )
        connection.execute(
            "INSERT INTO post_version (n, post_n, text, text_key) VALUES (?, ?, ?, x'00')",
            (n, n, text),
        )


def archived(texts: Iterable[str]) -> Callable[[], int]:
    """Families of an archive's messages: read, normalised, told, stored."""
    folder = tempfile.TemporaryDirectory()
    path = fill(Path(folder.name), texts)

    def work() -> int:
        with open_writer(path, b"secret") as archive, archive.transaction() as connection:
            found = len(families_in(connection))
        folder.cleanup()
        return found

    return work


def ours(texts: Iterable[str]) -> Callable[[], int]:
    """Families of different texts."""
    compared = distinct(texts)
    return lambda: len(np.unique(families(compared).leaders))


def hashed(texts: Iterable[str]) -> Callable[[], int]:
    """Equal texts alone, as most pipelines do: every near-duplicate stays apart."""
    written = list(texts)
    return lambda: len(set(distinct(written)))


def sketched(texts: Iterable[str]) -> Callable[[], int]:
    """datasketch: 128 permutations; a text leads where no leader is found for it."""
    compared = distinct(texts)

    def work() -> int:
        index, leaders = _index(), 0
        for number, sketch in enumerate(map(_sketch, compared)):
            if not index.query(sketch):
                index.insert(number, sketch)
                leaders += 1
        return leaders

    return work


WAYS: Final = {"archive": archived, "heichan": ours, "equal texts": hashed, "datasketch": sketched}


def _index() -> Any:
    return importlib.import_module("datasketch").MinHashLSH(
        threshold=THRESHOLD, num_perm=PERMUTATIONS
    )


def _sketch(text: str) -> Any:
    made = importlib.import_module("datasketch").MinHash(num_perm=PERMUTATIONS)
    made.update_batch([shingle.encode() for shingle in shingled(text)])
    return made


def true_pairs(texts: Sequence[str]) -> Pairs:
    """Every two texts whose exact likeness reaches the threshold."""
    sets = [shingled(text) for text in texts]
    both = combinations(range(len(sets)), 2)
    return {(a, b) for a, b in both if len(sets[a] & sets[b]) / len(sets[a] | sets[b]) >= THRESHOLD}


def our_pairs(texts: Sequence[str]) -> Pairs:
    """The pairs that the candidates give."""
    candidates = Candidates(shingles_of(texts), THRESHOLD)
    right, left, _ = candidates.among(candidates.able, candidates.able)
    return set(zip(left.tolist(), right.tolist(), strict=True))


def sketched_pairs(texts: Sequence[str]) -> Pairs:
    """The pairs that datasketch gives."""
    index, found = _index(), set()
    for number, sketch in enumerate(map(_sketch, texts)):
        found |= {(other, number) for other in index.query(sketch)}
        index.insert(number, sketch)
    return found
