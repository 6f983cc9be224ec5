"""Counts of right, wrong and missed values, with intervals, for annotated messages."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations
from typing import Final

import msgspec

from benchmarks.gold import SLOTS, Item, Message

Listings = Sequence[tuple[Item, ...]]
RESAMPLES: Final = 1000
ALL: Final = "all slots"
_FEW: Final = 6
"""So many listings are paired by trying each order; more are paired one by one."""


class Count(msgspec.Struct):
    """Values in both, in the reading alone, in the annotation alone."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, other: "Count") -> None:
        """Adds another count to this one."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0


class Difference(msgspec.Struct, frozen=True):
    """A value that only one side has. `kind`: `wrong` or `missed`."""

    message: str
    kind: str
    item: Item


class Comparison(msgspec.Struct, frozen=True):
    """One message: counts by slot, differences, and pairs of annotated and read polarity."""

    counts: dict[str, Count]
    differences: tuple[Difference, ...]
    polarities: tuple[tuple[str, str], ...]
    roles: tuple[tuple[str, str], ...]


class Line(msgspec.Struct, frozen=True):
    """A row of the table; `low` and `high`: 95 % of the resampled F1 lie between them."""

    slot: str
    annotated: int
    count: Count
    low: float
    high: float


def compare(message: Message, read: Listings) -> Comparison:
    """Pairs the listings of both sides as they agree best and counts slot by slot."""
    counts = {slot: Count() for slot in SLOTS}
    differences: list[Difference] = []
    polarities: list[tuple[str, str]] = []
    roles: list[tuple[str, str]] = []
    for wanted, got in _paired(message.listings, read):
        _count(message.id, wanted, got, counts, differences)
        polarities.append((_polarity(wanted), _polarity(got)))
        roles += _confused(wanted, got)
    if not message.listings and not read:
        polarities.append(("none", "none"))
    return Comparison(counts, tuple(differences), tuple(polarities), tuple(roles))


def _paired(wanted: Listings, got: Listings) -> Iterator[tuple[tuple[Item, ...], tuple[Item, ...]]]:
    """Each listing of either side once; beside nothing where the other side has fewer."""
    size = max(len(wanted), len(got))
    left = [*wanted, *[()] * (size - len(wanted))]
    right = [*got, *[()] * (size - len(got))]
    if size > _FEW:
        yield from _one_by_one(left, right)
        return
    shared = [[len(_agreeing(one, other)) for other in right] for one in left]
    best = max(
        permutations(range(size)), key=lambda order: sum(map(_at, shared, order)), default=()
    )
    yield from ((left[place], right[other]) for place, other in enumerate(best))


def _at(row: list[int], place: int) -> int:
    return row[place]


def _one_by_one(
    left: Listings, right: Listings
) -> Iterator[tuple[tuple[Item, ...], tuple[Item, ...]]]:
    free = list(right)
    for one in left:
        best = max(range(len(free)), key=lambda n: len(_agreeing(one, free[n])))
        yield one, free.pop(best)


def _agreeing(wanted: Iterable[Item], got: Iterable[Item]) -> list[tuple[Item, Item]]:
    free = list(got)
    found = []
    for item in wanted:
        other = next((each for each in free if item.agrees(each)), None)
        if other is not None:
            free.remove(other)
            found.append((item, other))
    return found


def _count(
    message: str,
    wanted: tuple[Item, ...],
    got: tuple[Item, ...],
    counts: dict[str, Count],
    differences: list[Difference],
) -> None:
    pairs = _agreeing(wanted, got)
    for item, _ in pairs:
        counts[item.slot].right += 1
    for kind, items, taken in (
        ("missed", wanted, [one for one, _ in pairs]),
        ("wrong", got, [other for _, other in pairs]),
    ):
        rest = list(items)
        for item in taken:
            rest.remove(item)
        for item in rest:
            counts[item.slot].add(Count(wrong=kind == "wrong", missed=kind == "missed"))
            differences.append(Difference(message, kind, item))


def _polarity(listing: tuple[Item, ...]) -> str:
    return next((str(item.key[0]) for item in listing if item.slot == "polarity"), "none")


def _confused(wanted: tuple[Item, ...], got: tuple[Item, ...]) -> Iterator[tuple[str, str]]:
    """Annotated and read roles: equal ones, then each that is left beside what is left."""
    left = [str(item.key[0]) for item in wanted if item.slot == "roles"]
    right = [str(item.key[0]) for item in got if item.slot == "roles"]
    yield from ((role, role) for role in left if role in right)
    only, other = [r for r in left if r not in right], [r for r in right if r not in left]
    size = max(len(only), len(other))
    only, other = (side + ["none"] * (size - len(side)) for side in (only, other))
    yield from zip(only, other, strict=True)


def table(found: Sequence[Comparison], seed: int = 1) -> list[Line]:
    """A line a slot and one for all, with intervals from resampled messages."""
    chance = random.Random(seed)
    samples = [chance.choices(range(len(found)), k=len(found)) for _ in range(RESAMPLES)]
    return [_line(slot, found, samples) for slot in (*SLOTS, ALL)]


def _line(slot: str, found: Sequence[Comparison], samples: list[list[int]]) -> Line:
    counts = [total(one, slot) for one in found]
    whole = Count()
    for count in counts:
        whole.add(count)
    scores = sorted(_sampled(counts, sample) for sample in samples)
    low, high = scores[int(0.025 * RESAMPLES)], scores[int(0.975 * RESAMPLES) - 1]
    return Line(slot, whole.right + whole.missed, whole, low, high)


def total(one: Comparison, slot: str) -> Count:
    """The counts of a slot in one message, or of all slots."""
    if slot != ALL:
        return one.counts[slot]
    whole = Count()
    for count in one.counts.values():
        whole.add(count)
    return whole


def _sampled(counts: list[Count], sample: list[int]) -> float:
    right = wrong = missed = 0
    for number in sample:
        count = counts[number]
        right += count.right
        wrong += count.wrong
        missed += count.missed
    return Count(right, wrong, missed).f1


def kinds_of_error(found: Sequence[Comparison]) -> list[tuple[str, int]]:
    """How often a slot was missed, invented, or read with another value; the commonest first."""
    kinds: Counter[str] = Counter()
    for one in found:
        missed = Counter(d.item.slot for d in one.differences if d.kind == "missed")
        wrong = Counter(d.item.slot for d in one.differences if d.kind == "wrong")
        for slot in {*missed, *wrong}:
            both = min(missed[slot], wrong[slot])
            kinds[f"{slot}: another value"] += both
            kinds[f"{slot}: missed"] += missed[slot] - both
            kinds[f"{slot}: not in the text"] += wrong[slot] - both
    return [(kind, number) for kind, number in kinds.most_common() if number]
