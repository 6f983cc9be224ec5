"""A trajectory as people read it: a line of marks, and what must be said beside it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from graph.analysis.month_ranking import BY_LOT, TOO_FEW
from graph.analysis.trajectories import MonthPlace, Trajectories

BARS = "█▇▆▅▄▃▂▁"
"""First place, second, …, eighth and below."""
NOT_RANKED, TOO_LITTLE, UNWATCHED = "·", "?", "⋯"
LEGEND = (
    f"{BARS[0]} first place, {BARS[1]} second … {BARS[-1]} {len(BARS)}th or lower, {NOT_RANKED} "
    f"not ranked, {TOO_LITTLE} too little evidence, {UNWATCHED} no collected post in its venues"
)
CHANGES = (
    "Rose and fell: the places of both months lie apart in 16 of 20 re-samples. Entered and left: "
    "firmly placed in one of the months, not at all in the other; who left is no longer ranked in "
    "these venues, which is not the same as gone."
)


def marks(places: Iterable[MonthPlace]) -> str:
    """A character a month; unwatched months in a row are one."""
    found = []
    for state, run in groupby(places, key=lambda place: place.state):
        if state == "unwatched":
            found.append(UNWATCHED)
        elif state == "ranked":
            found += [BARS[min(place.rank or 0, len(BARS)) - 1] for place in run]
        else:
            found.append((NOT_RANKED if state == "not ranked" else TOO_LITTLE) * len([*run]))
    return "".join(found)


def window(days: int) -> str:
    """What a month's ranking is made from."""
    return (
        f"Each month is ranked anew, on its own dated evidence and that of the {days} days before "
        "it (as far as selected); a supply and its sale count in the month of the later of the two."
    )


def remarks(found: Trajectories, days: int) -> Iterator[str]:
    """The window, the period, months that say nothing and why, and pieces without a date."""
    yield window(days)
    yield CHANGES
    if found.undated:
        yield f"{found.undated} pieces of evidence have no date and are in no month"
    if not found.months:
        yield "too little evidence: no dated piece in this period"
        return
    names = [one.month.name for one in found.months]
    yield f"months: {names[0]} to {names[-1]}"
    if silent := [one.month.name for one in found.months if not one.watched]:
        yield f"unwatched, no collected post: {_runs(silent, names)}"
    few = [one for one in found.months if one.watched and one.ranking.too_little]
    for reason in (TOO_FEW, BY_LOT):
        if listed := [one.month.name for one in few if one.ranking.too_little == reason]:
            yield f"too little evidence, {reason}: {_runs(listed, names)}"


def _runs(chosen: Sequence[str], names: Sequence[str]) -> str:
    """`2014-01 to 2023-07, 2023-09`: months that follow each other as one stretch."""
    wanted, parts = frozenset(chosen), []
    for inside, run in groupby(names, key=wanted.__contains__):
        if inside:
            first, *others = run
            parts.append(f"{first} to {others[-1]}" if others else first)
    return ", ".join(parts)
