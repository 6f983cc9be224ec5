"""Handles that look alike on one platform: an imitator, until shown otherwise."""

from collections import defaultdict
from itertools import combinations
from typing import Final

from rapidfuzz.distance import Levenshtein

from graph import ids
from graph.build.draft import Support, moment
from graph.build.names import Worn
from graph.build.skeleton import skeleton
from graph.build.world import World

SHORTEST: Final = 5
"""Shorter names are alike by chance."""
MOST: Final = 8
"""A name that so many look like is a word."""


def add_look_alikes(world: World) -> None:
    """MAYBE_IMPERSONATES from the later account to the one that was seen first."""
    alike: dict[tuple[str, str], dict[str, Worn]] = defaultdict(dict)
    for account, stretches in world.names.by_account.items():
        for worn in stretches:
            folded = skeleton(ids.normal_name(worn.text))
            if len(folded) >= SHORTEST:
                alike[worn.account.platform, folded].setdefault(account, worn)
    for _, by_account in sorted(alike.items()):
        if 1 < len(by_account) <= MOST:
            for one, two in combinations(sorted(by_account), 2):
                _add(world, by_account[one], by_account[two])


def _add(world: World, one: Worn, two: Worn) -> None:
    left, right = ids.normal_name(one.text), ids.normal_name(two.text)
    if left == right:
        return
    first, later = sorted((one, two), key=lambda worn: (worn.first or 0, worn.account.id))
    times = [utc for utc in (one.first, two.first, one.last, two.last) if utc is not None]
    distance = Levenshtein.normalized_distance(left, right)
    world.draft.supported(
        "MAYBE_IMPERSONATES",
        later.account.ref,
        first.account.ref,
        Support(confidence=1 - distance, pieces=1),
        "derived",
        distance=distance,
        reason="names look alike",
        first_seen=moment(min(times)) if times else None,
        last_seen=moment(max(times)) if times else None,
    )
