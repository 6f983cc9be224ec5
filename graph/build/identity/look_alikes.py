"""Names that look alike, or are the same, on one platform: an imitator, until shown otherwise."""

from collections import defaultdict
from itertools import combinations
from typing import Final

import msgspec
from rapidfuzz.distance import Levenshtein

from graph import ids
from graph.build.draft import Support, moment
from graph.build.names import Worn
from graph.build.rows import Account
from graph.build.skeleton import skeleton
from graph.build.world import World

SHORTEST: Final = 5
"""Shorter names look alike by chance."""
SHORTEST_SAME: Final = 3
"""Shorter names are the same by chance."""
MOST: Final = 8
"""A name that so many look like is a word."""


class _Wearing(msgspec.Struct):
    """An account and a name that it wore, with all the time from first to last."""

    account: Account
    text: str
    first: int | None
    last: int | None

    def add(self, worn: Worn) -> None:
        """Takes in another stretch of the same name."""
        if worn.text == self.text:
            self.last = max(filter(None, (self.last, worn.last)), default=None)

    def at_once(self, other: "_Wearing") -> bool:
        """Whether two wore their names for a time together."""
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return False
        return max(self.first, other.first) <= min(self.last, other.last)


def add_look_alikes(world: World) -> None:
    """MAYBE_IMPERSONATES from the later account to the one that was seen first.

    The same name counts where both wore it at one time and the first of them trades.
    """
    alike: dict[tuple[str, str], dict[str, _Wearing]] = defaultdict(dict)
    for account, stretches in world.names.by_account.items():
        for worn in stretches:
            folded = skeleton(ids.normal_name(worn.text))
            if len(folded) >= SHORTEST_SAME:
                wearing = _Wearing(worn.account, worn.text, worn.first, worn.last)
                alike[worn.account.platform, folded].setdefault(account, wearing).add(worn)
    trading = {author.id for each in world.listings if (author := world.author(each.post))}
    for (_, folded), by_account in sorted(alike.items()):
        if 1 < len(by_account) <= MOST:
            for one, two in combinations(sorted(by_account), 2):
                _judge(world, by_account[one], by_account[two], folded, trading)


def _judge(world: World, one: _Wearing, two: _Wearing, folded: str, trading: set[str]) -> None:
    first, later = sorted((one, two), key=lambda each: (each.first or 0, each.account.id))
    left, right = ids.normal_name(first.text), ids.normal_name(later.text)
    if left != right and len(folded) >= SHORTEST:
        distance = Levenshtein.normalized_distance(left, right)
        _add(world, first, later, distance, "names look alike")
    elif left == right and first.account.id in trading and first.at_once(later):
        _add(world, first, later, 0.0, "the same name at one time")


def _add(world: World, first: _Wearing, later: _Wearing, distance: float, reason: str) -> None:
    times = [utc for each in (first, later) for utc in (each.first, each.last) if utc is not None]
    world.draft.supported(
        "MAYBE_IMPERSONATES",
        later.account.ref,
        first.account.ref,
        Support(confidence=1 - distance, pieces=1),
        "derived",
        distance=distance,
        reason=reason,
        first_seen=moment(min(times)) if times else None,
        last_seen=moment(max(times)) if times else None,
    )
