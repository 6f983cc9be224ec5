"""Signs from slips: who posted from the wrong account and has only ever praised one other."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from graph.build.identity.gathered import Gathered
from graph.build.parties import Parties
from graph.build.rows import Post, read_posts
from graph.build.world import World
from ingest.lexicon.frames import frame

_MAY_TELL: Final = re.compile(r"[@号號]|(?i:acc)")
LEAST: Final = 2
"""Praise from which a one-sided voice is told; once, anybody praises somebody."""
_SHORTEST: Final = 2
_LONGEST_NAME: Final = 32
_Posts = dict[int, str]
"""Normal texts by post number."""


class Voices:
    """By account number: posts that own to a wrong account, and that praise somebody by name."""

    def __init__(self) -> None:
        self.slips: dict[int, _Posts] = defaultdict(dict)
        self.praise: dict[int, _Posts] = defaultdict(dict)

    def hear(self, account_n: int, n: int, normal: str) -> None:
        """Takes in a normal text."""
        if frame("wrong_account").search(normal):
            self.slips[account_n][n] = normal
        elif normal.count("@") == 1 and frame("praises").search(normal):
            self.praise[account_n][n] = normal

    def numbers(self) -> set[int]:
        """Numbers of all these posts."""
        return {n for found in (*self.slips.values(), *self.praise.values()) for n in found}


def may_tell(text: str) -> bool:
    """Told before a text is normalised, which takes longer."""
    return _MAY_TELL.search(text) is not None


def add_slips(world: World, parties: Parties, gathered: Gathered, voices: Voices) -> None:
    """Accounts that praise one other and nobody else, and those of them that took a wrong one."""
    slips = _by_account(world, voices.slips)
    posts = read_posts(world.connection, voices.numbers())
    for account, found in sorted(_by_account(world, voices.praise).items()):
        by_praised: dict[str, list[Post]] = defaultdict(list)
        for n in sorted(found):
            if (whom := _named(world, parties, posts[n], found[n])) is not None:
                by_praised[whom].append(posts[n])
        by_praised.pop(account, None)
        if len(by_praised) != 1:
            continue
        ((whom, shown),) = by_praised.items()
        if len(shown) < LEAST:
            continue
        gathered.add(account, whom, "praise", f"praises nobody else, {len(shown)} times", shown)
        if account in slips:
            shown = [*(posts[n] for n in sorted(slips[account])), *shown]
            gathered.add(
                account, whom, "slip", "took the wrong account, praises nobody else", shown
            )


def _by_account(world: World, heard: Mapping[int, _Posts]) -> dict[str, _Posts]:
    """By account id: several numbers may be one account."""
    found: dict[str, _Posts] = defaultdict(dict)
    for account_n, posts in heard.items():
        found[world.accounts[account_n].id].update(posts)
    return found


def _named(world: World, parties: Parties, post: Post, normal: str) -> str | None:
    """The account whose name stands behind the sign; the longest, as no space need follow it."""
    behind = normal.partition("@")[2]
    marked = parties.mentioned(post)
    if len(marked) == 1:
        return marked[0].id
    for end in range(min(len(behind), _LONGEST_NAME), _SHORTEST - 1, -1):
        if (account := parties.named(behind[:end], post)) is not None:
            return account.id
    return None
