"""What a picture of metrics by month shows: figures of each month, and when venues were watched."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from evidence.archive.archive import Archive
from graph.analysis.days import DAY, day_of
from graph.analysis.figures import Denominator
from graph.analysis.metrics import Material, MetricsOptions, MetricsRow
from graph.analysis.months import MonthColumn
from graph.analysis.periods import Period, is_cut
from graph.analysis.watching import Span, declared

VENUES = 12
"""More lines would not fit one picture."""
DENOMINATORS: Mapping[Denominator, str] = {
    "active": "active group-days, those with a message (a reconstruction of the published rule)",
    "observed": "observed group-days, those on which the venue was watched",
    "monitored": "monitored group-days, all venues on all days",
}
PARTICIPANTS = (
    "Participants: distinct senders of the month; no member counts, no sum of days. Reposts are "
    "messages, notices are not."
)
ASSUMED = (
    "Nobody said when the venues were watched: each is taken as watched from its first to its "
    "last message."
)
VISIBLE = (
    "Collected venues are not the market: private chats and venues that nobody collected are in "
    "no figure."
)
Bots = Literal["counted", "left out"]


class VenueLine(msgspec.Struct, frozen=True):
    """A venue: stretches of days with messages and of watched days, by number, in order."""

    id: str
    name: str
    messages: int
    active: list[Span]
    watched: list[Span]


class MarketSketch(msgspec.Struct, frozen=True):
    """All that is drawn; `rows`: one a month of `months`; `more`: venues without a line.

    `cut`: months of which only a part is selected.

    `empty`: why there is nothing to draw, else "".
    """

    months: list[MonthColumn]
    rows: list[MetricsRow]
    venues: list[VenueLine]
    more: int
    cut: frozenset[str]
    min_coverage: float
    selection: list[str]
    notes: list[str]
    empty: str


def market_sketch(
    archive: Archive, material: Material, rows: Sequence[MetricsRow], options: MetricsOptions
) -> MarketSketch:
    """`rows`: every month of the material."""
    lines = _venues(archive, material)
    return MarketSketch(
        months=[
            MonthColumn(
                period.name, period.first * DAY, (period.last + 1) * DAY, is_watched(row)
            )
            for period, row in zip(material.cells, rows, strict=True)
        ],
        rows=list(rows),
        venues=lines[:VENUES],
        more=max(len(lines) - VENUES, 0),
        cut=frozenset(_cut(material.cells)),
        min_coverage=options.min_coverage,
        selection=_selected(material, rows, options),
        notes=_notes(material, rows, options, given=bool(declared(archive))),
        empty="" if any(map(is_watched, rows)) else "no message and no watched day",
    )  # fmt: skip


def is_watched(row: MetricsRow) -> bool:
    """Whether anything is known of the period: a zero is one only then."""
    return bool(row.messages or row.coverage)


def _selected(material: Material, rows: Sequence[MetricsRow], options: MetricsOptions) -> list[str]:
    bots: Bots = "left out" if options.exclude_bots else "counted"
    first, last = material.ends
    told = {
        "days": f"{day_of(first)} to {day_of(last)}, {options.zone}" if rows else "none",
        "venues": str(material.venues),
        "segment": options.segment or "all",
        "platform": options.platform or "all",
        "bots": bots,
        "denominator": f"{options.denominator} group-days",
    }
    return [f"{name}: {value}" for name, value in told.items()]


def _cut(periods: Iterable[Period]) -> Iterator[str]:
    for period in periods:
        if is_cut(period, "month"):
            yield period.name


def _notes(
    material: Material, rows: Sequence[MetricsRow], options: MetricsOptions, *, given: bool
) -> list[str]:
    """`given`: whether somebody said when the venues were watched."""
    days = sum(row.group_days for row in rows)
    cut = sorted(_cut(material.cells))
    known = sum(is_watched(row) for row in rows)
    return [
        "PGD, MGD: participants and messages a group a day, over "
        f"{DENOMINATORS[options.denominator]}: {days} in {known} months.",
        f"Coverage: watched group-days of {_venues_word(material.venues)} × the days of the "
        f"month; where it is below {options.min_coverage:.0%} a rise or a fall may be one of the "
        "watching (--segment and --platform choose venues that were watched together).",
        *([] if given else [ASSUMED]),
        *([f"Cut by the selection, counts of a part: {', '.join(cut)}."] if cut else []),
        PARTICIPANTS,
        VISIBLE,
    ]


def _venues_word(n: int) -> str:
    return f"{n} venue{'s' if n != 1 else ''}"


def _venues(archive: Archive, material: Material) -> list[VenueLine]:
    """Those with most messages first; only what lies in the months."""
    messages: Counter[str] = Counter()
    active: dict[str, list[int]] = defaultdict(list)
    for cells in material.cells.values():
        for (venue, day), cell in cells:
            messages[venue] += cell.posts
            active[venue].append(day)
    first, last = material.ends
    names = dict(archive.connection.execute("SELECT id, name FROM venue"))
    lines = []
    for venue in sorted({*material.watched, *messages}):
        cut = [
            (max(start, first), min(end, last)) for start, end in material.watched.get(venue, ())
        ]
        inside = [span for span in cut if span[0] <= span[1]]
        if inside or venue in messages:
            name = names.get(venue) or venue
            lines.append(VenueLine(venue, name, messages[venue], _runs(active[venue]), inside))
    return sorted(lines, key=lambda line: (-line.messages, line.id))


def _runs(days: Iterable[int]) -> list[Span]:
    """Days as stretches."""
    runs: list[Span] = []
    for day in sorted(days):
        if runs and day == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], day
        else:
            runs.append((day, day))
    return runs
