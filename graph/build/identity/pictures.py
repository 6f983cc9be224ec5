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
_POSTED: Final = f"""
SELECT DISTINCT p.n, p.account_n, p.forwarded, m.name, m.sha256 FROM media m
LEFT JOIN joined j ON j.post_n = m.post_n JOIN post p ON p.n = coalesce(j.kept_n, m.post_n)
WHERE m.sha256 IN (SELECT sha256 FROM aside WHERE reason = 'picture')
  AND p.account_n IS NOT NULL AND p.kind IN {TALK_SQL}
"""


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
    """Numbers of posts by picture and account, none for who only forwarded it."""
    posted: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for n, account_n, forwarded, name, sha256 in connection.execute(_POSTED):
        if _own(name):
            posted[sha256][account_n] |= set() if forwarded else {n}
    return posted


def _own(name: str) -> bool:
    """Whether a picture may be somebody's own."""
    path = PurePosixPath(name)
    return path.suffix.lower() not in _PASSED_ROUND and _STICKERS not in path.parts


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
