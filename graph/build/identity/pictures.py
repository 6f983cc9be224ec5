"""Signs from pictures: one file that few accounts posted, told by its hash alone."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Final

from graph.build.identity.gathered import Gathered
from graph.build.rows import TALK_SQL, Post, read_posts
from graph.build.world import World

MOST: Final = 3
"""A picture that more accounts posted or forwarded goes round."""
LONE: Final = 0.7
"""One picture in common may have been saved from the other; two are less often."""
_PASSED_ROUND: Final = frozenset({".webp", ".gif", ".tgs"})
"""Stickers and moving pictures: made to be passed round."""
_STICKERS: Final = "stickers"
_MASK: Final = "▮"
_HASHES: Final = """
SELECT name, run_n, sha256 FROM aside WHERE reason = 'picture' AND sha256 IS NOT NULL
"""
_POSTED: Final = f"""
SELECT DISTINCT p.n, p.account_n, p.forwarded, m.name, f.path, f.run_n FROM media m
JOIN post p ON p.n = m.post_n JOIN post_version v ON v.post_n = p.n
JOIN capture c ON c.version_n = v.n JOIN file f ON f.n = c.file_n
WHERE p.account_n IS NOT NULL AND p.kind IN {TALK_SQL}
"""
_Hashes = Mapping[str, Mapping[int, set[str]]]
"""Hashes by path and run."""


def add_pictures(world: World, gathered: Gathered) -> None:
    """Pictures that two or three accounts posted themselves and nobody else posted or forwarded."""
    posted = _posted(world.connection)
    common: dict[frozenset[int], list[str]] = defaultdict(list)
    for sha256, by_account in sorted(posted.items()):
        own = frozenset(account_n for account_n, numbers in by_account.items() if numbers)
        if 1 < len(own) <= len(by_account) <= MOST:
            common[own].append(sha256)
    for accounts, hashes in common.items():
        shown = _posts(world, [posted[sha256] for sha256 in hashes], accounts)
        share = 2 / len(accounts) * (LONE if len(hashes) == 1 else 1.0)
        gathered.add_all(shown, "picture", _words(hashes), share)


def _words(hashes: list[str]) -> str:
    if len(hashes) == 1:
        return f"both posted the picture {hashes[0][:12]}"
    return f"both posted {len(hashes)} pictures, as {hashes[0][:12]}"


def _posted(connection: sqlite3.Connection) -> dict[str, dict[int, set[int]]]:
    """Numbers of posts by picture and account, none for who only forwarded it.

    Empty where no picture lay beside an export.
    """
    hashes: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for name, run_n, sha256 in connection.execute(_HASHES):
        if _own(name):
            hashes[name][run_n].add(sha256)
    if not hashes:
        return {}
    shown: dict[tuple[int, int, int, str], set[str]] = defaultdict(set)
    for n, account_n, forwarded, name, path, run_n in connection.execute(_POSTED):
        beside = str(PurePosixPath(path).parent / name)
        shown[n, account_n, forwarded, name] |= _of(hashes, beside, run_n)
    posted: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for (n, account_n, forwarded, _), found in shown.items():
        # Two exports may give one name to two pictures: then it cannot be told which was posted.
        if len(found) == 1:
            posted[min(found)][account_n] |= set() if forwarded else {n}
    return posted


def _own(name: str) -> bool:
    """Whether a picture may be somebody's own, and its path is as it was."""
    path = PurePosixPath(name)
    passed = path.suffix.lower() in _PASSED_ROUND or _STICKERS in path.parts
    return not passed and _MASK not in name


def _of(hashes: _Hashes, name: str, run_n: int) -> set[str]:
    """What lay at a path when the run read it; what was hashed before is not kept again."""
    by_run = hashes.get(name, {})
    return by_run.get(run_n) or {sha256 for found in by_run.values() for sha256 in found}


def _posts(
    world: World, posted: Iterable[Mapping[int, set[int]]], accounts: Iterable[int]
) -> dict[str, list[Post]]:
    numbers: dict[int, set[int]] = {account_n: set() for account_n in accounts}
    for by_account in posted:
        for account_n, own in numbers.items():
            own |= by_account[account_n]
    posts = read_posts(world.connection, {n for found in numbers.values() for n in found})
    return {
        world.accounts[account_n].id: [posts[n] for n in sorted(found)]
        for account_n, found in sorted(numbers.items())
    }
