"""Counts over group-days: what PGD and MGD are made of."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from graph.analysis.group_days import Cell, GroupDay, distinct_senders
from graph.analysis.watching import Span, overlap

Denominator = Literal["active", "observed", "monitored"]
Cells = Sequence[tuple[GroupDay, Cell]]
Watched = Mapping[str, Sequence[Span]]


class Stretch(msgspec.Struct, frozen=True):
    """Some days, and the group-days with messages in them."""

    days: Sequence[Span]
    cells: Cells

    @property
    def length(self) -> int:
        """How many days."""
        return sum(last - first + 1 for first, last in self.days)

    def of(self, venues: Collection[str]) -> "Stretch":
        """The same days with the cells of these venues alone."""
        return Stretch(self.days, [one for one in self.cells if one[0][0] in venues])


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of one stretch; `sender_days`: distinct senders, summed over group-days."""

    groups: int
    group_days: int
    messages: int
    participants: int
    sender_days: int
    coverage: float

    @property
    def pgd(self) -> float | None:
        """Participants a group a day: a ratio of sums, no mean of daily means."""
        return ratio(self.sender_days, self.group_days)

    @property
    def mgd(self) -> float | None:
        """Messages a group a day: a ratio of sums."""
        return ratio(self.messages, self.group_days)


def figures(
    stretch: Stretch, watched: Watched, venues: Collection[str], denominator: Denominator
) -> Figures:
    """`venues`: all that are measured, silent ones too; `watched`: their watched days."""
    cells = stretch.cells
    seen = [watched_days(watched.get(venue, ()), stretch.days) for venue in venues]
    monitored = len(venues) * stretch.length
    groups, group_days = {
        "active": (len({venue for (venue, _), _ in cells}), len(cells)),
        "observed": (sum(n > 0 for n in seen), sum(seen)),
        "monitored": (len(venues), monitored),
    }[denominator]
    return Figures(
        groups=groups,
        group_days=group_days,
        messages=sum(cell.posts for _, cell in cells),
        participants=distinct_senders(cell for _, cell in cells),
        sender_days=sum(len(cell.senders) for _, cell in cells),
        coverage=ratio(sum(seen), monitored) or 0.0,
    )


def watched_days(spans: Iterable[Span], days: Iterable[Span]) -> int:
    """How many of the days lie in the spans."""
    listed = list(spans)
    return sum([overlap(listed, first, last) for first, last in days])


def observed(watched: Watched, days: Sequence[Span]) -> frozenset[str]:
    """Venues that were watched on any of the days."""
    return frozenset(venue for venue, spans in watched.items() if watched_days(spans, days))


def ratio(part: float, whole: float) -> float | None:
    """Four digits; None of nothing."""
    return round(part / whole, 4) if whole else None


def growth(before: float | None, now: float | None) -> float | None:
    """A fraction of what was before; None where that is nothing."""
    return None if not before or now is None else round((now - before) / before, 4)


class Means(msgspec.Struct, frozen=True):
    """Means of daily values: each day weighs the same, however many groups spoke on it."""

    pgd: float | None
    mgd: float | None


def means_of_days(
    stretch: Stretch, watched: Watched, venues: Collection[str], denominator: Denominator
) -> Means:
    """Days without a group-day of the denominator are in no mean."""
    senders, posts = Counter[int](), Counter[int]()
    for (_, day), cell in stretch.cells:
        senders[day] += len(cell.senders)
        posts[day] += cell.posts
    group_days = _group_days(stretch, watched, venues, denominator)
    return Means(
        ratio(sum(senders[day] / n for day, n in group_days.items()), len(group_days)),
        ratio(sum(posts[day] / n for day, n in group_days.items()), len(group_days)),
    )


def _group_days(
    stretch: Stretch, watched: Watched, venues: Collection[str], denominator: Denominator
) -> Counter[int]:
    """Day -> its group-days, of days that have any."""
    if denominator == "active":
        return Counter(day for (_, day), _ in stretch.cells)
    found = Counter[int]()
    for first, last in stretch.days:
        if denominator == "monitored":
            found.update({day: len(venues) for day in range(first, last + 1) if venues})
            continue
        for venue in venues:
            for start, end in watched.get(venue, ()):
                found.update(range(max(first, start), min(last, end) + 1))
    return found
