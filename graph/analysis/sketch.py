"""What a picture of brokers shows: groups that they join, by direction, and their evidence."""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec
import numpy as np

from graph.analysis.brokers import LEAD, BrokerOptions, Scene, too_little
from graph.analysis.communities import SHOWN
from graph.analysis.days import DAY
from graph.analysis.ledger import Ledger
from graph.analysis.measures.arrays import Numbers
from graph.analysis.months import MonthColumn
from graph.analysis.trajectories import MonthPlace, Trajectories, Trajectory

BROKERS = 12
"""More would stand too close in one picture."""
GROUPS = 7
"""So many on each side; the rest is one."""
PLACES = (
    "Numbers in the months: the place in a ranking of that month's evidence alone, bold where it "
    "rests on two pairs or more and is held in 16 of 20 re-samples; · not ranked, ? too little "
    "evidence."
)
READ = "Dealings are read from what people wrote: claims and answers, no proof that goods passed."
OTHERS = -1
"""Number of the rest."""
Side = Literal["got", "gave"]


class Group(msgspec.Struct, frozen=True):
    """A group of accounts: `letter` as they are read, the left ones from the top, then the right.

    `top`: names and ids of the members with most partners.
    """

    letter: str
    members: int
    top: list[tuple[str, str]]


class Tie(msgspec.Struct, frozen=True):
    """So many partners of a broker (by place in the picture) in a group, on one side."""

    broker: int
    group: int
    side: Side
    partners: int


class Mark(msgspec.Struct, frozen=True, order=True):
    """A dated dealing, at its last evidence (UTC seconds); `matched`: one of a pair."""

    utc: int
    side: Side
    matched: bool


class Drawn(msgspec.Struct, frozen=True):
    """One broker: a place and its evidence; `pairs`: times of a supply and of its sale."""

    rank: int | None
    id: str
    name: str
    months: list[MonthPlace]
    marks: list[Mark]
    pairs: list[tuple[int, int]]


class Sketch(msgspec.Struct, frozen=True):
    """All that is drawn; `empty`: why there is nothing to draw, else ""."""

    brokers: list[Drawn]
    groups: dict[int, Group]
    ties: list[Tie]
    months: list[MonthColumn]
    undated: int
    selection: list[str]
    notes: list[str]
    empty: str


def sketch(scene: Scene, found: Trajectories, selection: list[str], snapshot: str | None) -> Sketch:
    """The first brokers of a ranking with their groups and dealings; `found`: of the same scene."""
    shown = found.rows[:BROKERS]
    notes = [LEAD, READ, PLACES]
    if snapshot:
        notes.append(f"graph snapshot {snapshot}")
    if len(found.rows) + found.more > len(shown):
        notes.append(f"the first {len(shown)} of {len(found.rows) + found.more} are drawn")
    ties = [tie for n, row in enumerate(shown) for tie in _ties(scene, n, row.id)]
    kept = {side: _most(tie for tie in ties if tie.side == side) for side in ("got", "gave")}
    merged = _merged(ties, kept)
    drawn = [_drawn(scene, row) for row in shown]
    return Sketch(
        brokers=drawn,
        groups=_groups(scene, merged, {row.id for row in shown}),
        ties=merged,
        months=_months(found, drawn),
        undated=found.undated,
        selection=selection,
        notes=notes,
        empty="" if shown else too_little(scene.ledger),
    )


def _months(found: Trajectories, drawn: Sequence[Drawn]) -> list[MonthColumn]:
    """All months; those in which nothing can be said of any broker drawn count as unwatched."""
    seen = {place.month for one in drawn for place in one.months if place.state != "unwatched"}
    marks = sorted(mark.utc for one in drawn for mark in one.marks)
    return [
        MonthColumn(
            month.name,
            month.start,
            month.end,
            month.name in seen or bisect_left(marks, month.start) < bisect_left(marks, month.end),
        )
        for month in (one.month for one in found.months)
    ]


def selected(
    options: BrokerOptions, months: Sequence[str], days: tuple[str | None, str | None]
) -> list[str]:
    """The selection in words; `days`: first and last as asked for, else the months tell."""
    ends = (months[0], months[-1]) if months else (None, None)
    first, last = days[0] or ends[0], days[1] or ends[1]
    told = {
        "evidence": _stretch(first, last),
        "goods": options.product or "all",
        "role": options.role or "any",
        "supply and sale": f"at most {options.window_days} days apart",
        "taken as one": options.identities,
        "shared services": "ranked too" if options.include_shared else "left out",
    }
    return [f"{name}: {value}" for name, value in told.items()]


def _stretch(first: str | None, last: str | None) -> str:
    if first is None and last is None:
        return "without a date"
    if first is None or last is None:
        return f"until {last}" if first is None else f"from {first}"
    return f"{first} to {last}"


def _ties(scene: Scene, broker: int, account: str) -> list[Tie]:
    network, groups = scene.position.network, scene.communities.groups
    sides: list[tuple[Side, Iterable[str]]] = [
        ("got", network.gets.get(account, ())),
        ("gave", network.gives.get(account, ())),
    ]
    return [
        Tie(broker, group, side, n)
        for side, others in sides
        for group, n in sorted(Counter(groups[other] for other in others).items())
    ]


def _most(ties: Iterable[Tie]) -> frozenset[int]:
    """The groups with most partners; one too many is as well drawn by itself as as the rest."""
    partners: Counter[int] = Counter()
    for tie in ties:
        partners[tie.group] += tie.partners
    order = sorted(partners, key=lambda group: (-partners[group], group))
    return frozenset(order if len(order) <= GROUPS + 1 else order[:GROUPS])


def _merged(ties: Iterable[Tie], kept: dict[str, frozenset[int]]) -> list[Tie]:
    partners: Counter[tuple[int, int, Side]] = Counter()
    for tie in ties:
        group = tie.group if tie.group in kept[tie.side] else OTHERS
        partners[tie.broker, group, tie.side] += tie.partners
    return [Tie(*key, n) for key, n in sorted(partners.items())]


def _groups(scene: Scene, ties: Sequence[Tie], brokers: set[str]) -> dict[int, Group]:
    found = scene.communities
    sides = ([tie for tie in ties if tie.side == side] for side in ("got", "gave"))
    order = dict.fromkeys(group for side in sides for group in reading_order(side))
    rest = order.pop(OTHERS, OTHERS) is None
    groups = {}
    for place, group in enumerate(order):
        first = found.first(group)
        top = [one for one in first if one not in brokers] or first
        names = [(scene.people.name(one), one) for one in top[:SHOWN]]
        groups[group] = Group(letter(place), found.size(group), names)
    if rest:
        groups[OTHERS] = Group("", 0, [])
    return groups


def reading_order(ties: Iterable[Tie]) -> list[int]:
    """Groups by the mean place of their brokers, so that few ties cross; the rest last."""
    sums: dict[int, tuple[float, int]] = {}
    for tie in ties:
        total, n = sums.get(tie.group, (0.0, 0))
        sums[tie.group] = total + tie.broker * tie.partners, n + tie.partners
    means = {group: total / n for group, (total, n) in sums.items()}
    return sorted(means, key=lambda group: (group == OTHERS, means[group], group))


def letter(place: int) -> str:
    """`A` to `Z`, then `AA`."""
    rest, last = divmod(place, 26)
    return (letter(rest - 1) if rest else "") + chr(ord("A") + last)


def _drawn(scene: Scene, row: Trajectory) -> Drawn:
    ledger, account = scene.ledger, row.id
    if account not in ledger.sides:
        return Drawn(row.overall, account, row.name, row.months, [], [])
    pairing = ledger.pairing(account)
    got, gave = ledger.sides[account]
    marks = {
        *_marks(ledger, got, "got", pairing.supplies),
        *_marks(ledger, gave, "gave", pairing.sales),
    }
    ends = zip(_times(ledger, pairing.supplies), _times(ledger, pairing.sales), strict=True)
    pairs = {(first, last) for first, last in ends if first is not None and last is not None}
    return Drawn(row.overall, account, row.name, row.months, sorted(marks), sorted(pairs))


def _marks(ledger: Ledger, numbers: Numbers, side: Side, matched: Numbers) -> Iterator[Mark]:
    flags = np.isin(numbers, matched).tolist()
    for utc, paired in zip(_times(ledger, numbers), flags, strict=True):
        if utc is not None:
            yield Mark(utc, side, paired)


def _times(ledger: Ledger, numbers: Numbers) -> list[int | None]:
    """UTC seconds of the last evidence of each dealing."""
    days = ledger.last(numbers).tolist()
    return [None if math.isnan(day) else round(day * DAY) for day in days]
