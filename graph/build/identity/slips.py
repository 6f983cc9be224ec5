"""Signs from slips: who posted from the wrong account and has only ever praised one other."""

import re
from collections import defaultdict
from typing import Final

from graph.build.identity.gathered import Gathered
from graph.build.parties import Parties
from graph.build.rows import TALK_SQL, Post, read_posts
from graph.build.world import World
from ingest.lexicon.frames import frame
from ingest.text.normalise import normalise

_LONGEST: Final = 80
_SHORT: Final = f"""
SELECT p.n, p.account_n, v.text FROM post p JOIN post_version v ON v.n = p.version_n
WHERE p.account_n IS NOT NULL AND p.forwarded = 0 AND p.kind IN {TALK_SQL}
  AND length(v.text) <= {_LONGEST} ORDER BY p.n
"""
_MAY_TELL: Final = re.compile(r"[@@号號]|(?i:acc)")
"""Told before a text is normalised, which takes longer."""
LEAST: Final = 2
"""Praise from which a one-sided voice is told; once, anybody praises somebody."""
_SHORTEST: Final = 2
_LONGEST_NAME: Final = 32
_Posts = dict[int, str]
"""Normal texts by post number."""


def add_slips(world: World, parties: Parties, gathered: Gathered) -> None:
    """Accounts that praise one other and nobody else, and those of them that took a wrong one."""
    slips, praise = _read(world)
    posts = read_posts(
        world.connection, {n for found in (*slips.values(), *praise.values()) for n in found}
    )
    for account, found in sorted(praise.items()):
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


def _read(world: World) -> tuple[dict[str, _Posts], dict[str, _Posts]]:
    """By account: posts that own to a wrong account, and posts that praise somebody by name."""
    slips: dict[str, _Posts] = defaultdict(dict)
    praise: dict[str, _Posts] = defaultdict(dict)
    slipped, praising = frame("wrong_account"), frame("praises")
    for n, account_n, text in world.connection.execute(_SHORT):
        if not _MAY_TELL.search(text):
            continue
        normal = normalise(text).text
        if slipped.search(normal):
            slips[world.accounts[account_n].id][n] = normal
        elif normal.count("@") == 1 and praising.search(normal):
            praise[world.accounts[account_n].id][n] = normal
    return slips, praise


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
