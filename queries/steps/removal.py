"""Removal one by one of those on whom most supply hangs, and how firm their counts are."""

import random
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from itertools import compress

import msgspec

from graph.analysis.ranking import draws
from queries.steps.supply import Reach, Start, Supply

SEED = 1
MOST_STARTS = 1_000
"""So many suppliers are followed; of more, a sample that is drawn stands for all."""
MOST_AGAIN = 200
"""The same for each re-sample."""


class Removed(msgspec.Struct, frozen=True):
    """A holder in the order of removal.

    `alone`: pairs of supplier and user of the same goods that lose every way when only it is
    gone; `in_turn`: those lost after all before it are gone; `low` and `high`: `alone` in the
    second lowest and second highest of the re-samples.
    """

    holder: str
    alone: int
    in_turn: int
    low: int
    high: int


class Removals(msgspec.Struct, frozen=True):
    """Holders by greedy removal; `followed` of `suppliers` were looked at."""

    rows: list[Removed]
    followed: int
    suppliers: int


def removals(supply: Supply, among: Container[str], top: int) -> Removals:
    """At most `top` of the holders, each the one that costs most pairs after those before it.

    Those who cost none any more come last, by what they cost alone.
    """
    suppliers = supply.starts()
    starts = _drawn(suppliers, MOST_STARTS)
    alone, order = _greedy(supply, starts, among, top)
    scale = len(suppliers) / max(1, len(starts))
    bounds = _bounds(supply, _drawn(suppliers, MOST_AGAIN), [holder for holder, _ in order])
    again = len(suppliers) / max(1, min(len(suppliers), MOST_AGAIN))
    rows = [
        Removed(
            holder,
            round(alone[holder] * scale),
            round(pairs * scale),
            *(round(bound * again) for bound in bounds[holder]),
        )
        for holder, pairs in order
    ]
    return Removals(rows, len(starts), len(suppliers))


def _drawn(starts: Sequence[Start], most: int) -> list[Start]:
    few = len(starts) <= most
    return sorted(starts if few else random.Random(SEED).sample(list(starts), most))


def _greedy(
    supply: Supply, starts: Sequence[Start], among: Container[str], top: int
) -> tuple[Counter[str], list[tuple[str, int]]]:
    """Pairs lost without each holder alone, and holders with the pairs that each costs in turn."""
    reaches = {start: supply.reach(start) for start in starts}
    totals = _summed(reaches.values())
    alone = Counter(totals)
    gone: frozenset[str] = frozenset()
    order: list[tuple[str, int]] = []
    while len(order) < top:
        left = [(-n, name) for name, n in totals.items() if n > 0 and name in among]
        if not left:
            break
        pairs, holder = min(left)
        order.append((holder, -pairs))
        gone |= {holder}
        for start, before in reaches.items():
            if holder in before.met:
                reaches[start] = after = supply.reach(start, gone)
                totals.subtract(before.lost)
                totals.update(after.lost)
        del totals[holder]
    removed = {holder for holder, _ in order}
    rest = sorted((-n, name) for name, n in alone.items() if n > 0 and name in among)
    order += [(name, 0) for _, name in rest if name not in removed]
    return alone, order[:top]


def _summed(reaches: Iterable[Reach]) -> Counter[str]:
    total: Counter[str] = Counter()
    for reach in reaches:
        total.update(reach.lost)
    return total


def _bounds(
    supply: Supply, starts: Sequence[Start], holders: Sequence[str]
) -> dict[str, tuple[int, int]]:
    """For each holder the second lowest and second highest count of the re-samples."""
    counts: dict[str, list[int]] = {holder: [] for holder in holders}
    for kept in draws([(hop.giver, hop.taker) for hop in supply.hops]) if holders else ():
        again = supply.sampled(compress(supply.hops, kept))
        lost = _summed(again.reach(start) for start in starts)
        for holder, found in counts.items():
            found.append(lost[holder])
    ordered = {holder: sorted(found) for holder, found in counts.items()}
    return {holder: (found[1], found[-2]) for holder, found in ordered.items()}
