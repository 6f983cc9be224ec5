"""Who is called by a bare name that opens a message ("阿静 发了", "Mike, sent it")."""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import islice
from typing import Final

from graph import ids
from graph.build.rows import Account, Post
from graph.build.world import World

_LONGEST: Final = 24
_BREAK: Final = re.compile(r"[\s,,::、]+")
_NUMBERED: Final = re.compile(r"[\W_0-9]+\Z")
_SHORTEST: Final = 2
_REMEMBERED: Final = 50_000
_DAY: Final = 86_400
# Who is called by name has spoken in the place not longer ago, or will so soon.
PRESENT: Final = 21 * _DAY


class Called:
    """Finds the accounts of a place by the names they wear, also without the number behind it."""

    def __init__(self, world: World, speaking: Mapping[int, Post]) -> None:
        self._times: dict[tuple[int, str], list[int]] = defaultdict(list)
        for post in speaking.values():
            author = world.author(post)
            if author is not None and post.venue_n is not None and post.utc is not None:
                self._times[post.venue_n, author.id].append(post.utc)
        self._worn: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        spelled = cache(_spellings)
        for venue_n, id_ in self._times:
            for worn in world.names.by_account.get(id_, ()):
                for name in spelled(worn.text):
                    self._worn[venue_n][name].add(id_)
        self._world = world
        # Messages open with the same words again and again.
        self._normal = lru_cache(_REMEMBERED)(ids.normal_name)

    def opening(self, post: Post, text: str) -> Account | None:
        """The one account that a post opens with the name of."""
        known = self._worn.get(post.venue_n or 0)
        if known is None or post.utc is None:
            return None
        # Of the first three gaps the last comes first: the longest name.
        gaps = [gap.start() for gap in islice(_BREAK.finditer(text[:_LONGEST]), 3)]
        for gap in reversed(gaps):
            holders = known.get(self._normal(text[:gap]), ())
            present = [each for each in holders if self._is_there(post, each)]
            if len(present) == 1:
                return self._world.account_by_id[present[0]]
        return None

    def _is_there(self, post: Post, account: str) -> bool:
        times = self._times[post.venue_n or 0, account]
        own = self._world.author(post)
        return (own is None or own.id != account) and any(
            abs(each - (post.utc or 0)) <= PRESENT for each in times
        )


def _spellings(name: str) -> set[str]:
    """A name in normal form, whole and without the marks and numbers behind it."""
    whole = ids.normal_name(name)
    return {each for each in (whole, _NUMBERED.sub("", whole)) if len(each) >= _SHORTEST}
