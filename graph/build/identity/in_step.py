"""Signs from goods: what one account gets, another gives on within days, again and again.

Who buys by one account and sells by another shows by neither as a broker. The two are told by their
dealings: the same goods, in the same amounts, near in time, more often than chance has it, while
they never deal with each other; and by how they write.
"""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import exp, log
from typing import Final

from graph.build.identity.gathered import Gathered
from graph.build.identity.style import MOST, Style
from graph.build.identity.trade import Step, Trade
from graph.build.pieces import Piece
from graph.build.world import World

EXPECTED: Final = 4.5
"""Natural logarithm of how many such pairs are expected among those looked at, fitted."""
MANNER: Final = 0.4
"""What the odds of the manner of writing count: its habits hang together."""
WORTH: Final = 0.5
"""Shares below it are not kept: they are more often chance than not."""
LOOKED_INTO: Final = 0.1
"""Pairs that may come to so large a share are read: what is common is counted over them."""
SAME_AMOUNT: Final = 0.7
"""How often both sides of what one person passes on name the same amount, where both name any."""
OTHER_AMOUNT: Final = 0.45
"""What two different amounts leave of the odds."""
_COMMON: Final = (0.02, 0.6)
_NUMBER: Final = re.compile(
    r"(?<![a-z\d_.@])(\d{1,8}(?:\.\d{1,3})?)(?!\d)(?: ?([wk万千m])(?![a-z]))?", re.I
)
_TIMES: Final = {"w": 10_000, "万": 10_000, "k": 1_000, "千": 1_000, "m": 1_000_000}
_SMALLEST: Final = 20
_LARGEST: Final = 10_000_000
_TEXTS: Final = """
SELECT p.id, v.text FROM json_each(?) j JOIN post p ON p.id = j.value
JOIN post_version v ON v.n = p.version_n
"""
_Pairs = Mapping[tuple[str, str], Sequence[Step]]


def add_in_step(
    world: World, gathered: Gathered, pieces: Sequence[Piece], left_out: frozenset[str]
) -> None:
    """One account that gets and one that gives, who may be two hands of a broker."""
    trade = Trade(pieces, left_out)
    least = log(trade.looked_at or 1) - EXPECTED
    found = {
        (taker, giver): steps
        for taker, giver, steps in trade.in_step()
        if trade.odds(taker, giver, steps) + _most(steps) >= least + log(LOOKED_INTO)
    }
    posts = {post.id: post for piece in pieces for post in piece.posts}
    amounts = _Amounts(world.connection, found)
    style = Style(world.connection, {end for both in found for end in both})
    for (taker, giver), steps in found.items():
        odds = trade.odds(taker, giver, steps) + amounts.odds(steps)
        odds += MANNER * style.alike(taker, giver)
        share = 1 / (1 + exp(least - odds))
        if share >= WORTH:
            shown = [posts[id_] for step in steps for id_ in (*step.supply.posts, *step.sale.posts)]
            words = _words(steps, amounts.same(steps), style.alike(taker, giver))
            gathered.add(taker, giver, "in_step", words, shown, share)


def _most(steps: Sequence[Step]) -> float:
    """What amounts and manner can add at the most."""
    return len(steps) * log(SAME_AMOUNT / _COMMON[0]) + MANNER * MOST


def _words(steps: Sequence[Step], same: int, alike: float) -> str:
    named = sum(step.named for step in steps)
    words = f"what one gets the other gives: the same goods within days, {named} times"
    words += f", the same amount {same} times" if same else ""
    return words + (", written alike" if alike >= 1 else "")


class _Amounts:
    """Amounts that the posts of dealings name, and how common each is."""

    def __init__(self, connection: sqlite3.Connection, found: _Pairs) -> None:
        ids = {
            id_
            for steps in found.values()
            for step in steps
            for id_ in (*step.supply.posts, *step.sale.posts)
        }
        rows = connection.execute(_TEXTS, (json.dumps(sorted(ids)),))
        self._of = {id_: amounts(text) for id_, text in rows}
        named = [each for each in self._of.values() if each]
        self._n = max(1, len(named))
        self._all = Counter(amount for each in named for amount in each)

    def odds(self, steps: Iterable[Step]) -> float:
        """Natural logarithm of the odds that equal and different amounts give."""
        odds = 0.0
        for step in steps:
            one, two = self._named(step.supply.posts), self._named(step.sale.posts)
            if one & two:
                chance = sum(self._all[amount] for amount in one & two) / self._n
                odds += log(SAME_AMOUNT / min(_COMMON[1], chance + _COMMON[0]))
            elif one and two:
                odds += log(OTHER_AMOUNT)
        return odds

    def same(self, steps: Iterable[Step]) -> int:
        """In how many steps both sides name one amount."""
        return sum(
            bool(self._named(step.supply.posts) & self._named(step.sale.posts)) for step in steps
        )

    def _named(self, posts: Iterable[str]) -> set[int]:
        return {amount for id_ in posts for amount in self._of.get(id_, ())}


def amounts(text: str) -> frozenset[int]:
    """Round whole numbers of a text (5000, 5k, 1w); prices and numbers of contacts are seldom."""
    found = (
        float(match[1]) * _TIMES.get((match[2] or "").lower(), 1)
        for match in _NUMBER.finditer(text)
    )
    return frozenset(
        int(each) for each in found if _SMALLEST <= each <= _LARGEST and each % 10 == 0
    )
