"""When something was active: stretches of days, few enough for a timeline."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final

SILENCE: Final = 30
"""Days without activity after which a new stretch begins."""
MOST: Final = 12
"""Stretches an element: thousands have frozen Gephi's importer (gephi issue 1566)."""
Stretch = tuple[int, int]
"""First and last day, as ordinals, both active."""
Spells = tuple[Stretch, ...]


def stretches(days: Iterable[int]) -> Spells:
    """Runs of days that no long silence parts, in order of time."""
    return joined((day, day) for day in days)


def joined(parts: Iterable[Stretch]) -> Spells:
    """The stretches in order of time, those run together that no long silence parts."""
    found: list[Stretch] = []
    for first, last in sorted(parts):
        if found and first - found[-1][1] <= SILENCE:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return bounded(found)


def bounded(found: list[Stretch]) -> Spells:
    """At most MOST stretches: the shortest silences are filled, the earlier one of equals."""
    while len(found) > MOST:
        gaps = [later[0] - former[1] for former, later in pairwise(found)]
        at = gaps.index(min(gaps))
        found[at : at + 2] = [(found[at][0], found[at + 1][1])]
    return tuple(found)


@lru_cache(maxsize=1 << 16)
def ordinal(text: str) -> int | None:
    """The day at the beginning of ISO text; None where there is none."""
    try:
        return date.fromisoformat(text[:10]).toordinal()
    except ValueError:
        return None


@lru_cache(maxsize=1 << 16)
def iso(day: int) -> str:
    """The day as YYYY-MM-DD."""
    return date.fromordinal(day).isoformat()
