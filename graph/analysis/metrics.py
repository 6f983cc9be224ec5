"""Participants and messages a group a day (PGD, MGD), by period, with three denominators.

Defined after Trend Micro's figures for QQ groups; the published averages can be made again only
when silent group-days stay outside the denominator, which is a reconstruction.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from evidence.archive.archive import Archive
from graph.analysis.days import local_day
from graph.analysis.figures import Cells, Denominator, Stretch, figures, growth
from graph.analysis.group_days import Cell, GroupDay, count
from graph.analysis.periods import By, Period, period_of
from graph.analysis.watching import Span, bounds, venues, watched

Segments = Callable[[str], Sequence[str]]
ALL = "all"


class MetricsOptions(msgspec.Struct, frozen=True, kw_only=True):
    """`since` included, `until` excluded; both aware. `segment`: a venue tag of the case."""

    by: By = "month"
    since: datetime | None = None
    until: datetime | None = None
    denominator: Denominator = "active"
    zone: str = "Asia/Shanghai"
    segment: str | None = None
    platform: str | None = None
    exclude_bots: bool = False
    min_coverage: float = 0.9


class MetricsRow(msgspec.Struct, frozen=True, kw_only=True):
    """One period. Growth is a fraction; null without a comparable period before it."""

    period: str
    segment: str
    groups: int
    group_days: int
    messages: int
    participants: int
    pgd: float | None
    mgd: float | None
    denominator: Denominator
    coverage: float
    messages_growth: float | None
    participants_growth: float | None

    def document(self) -> dict[str, Any]:
        """The row as JSON types."""
        return msgspec.structs.asdict(self)


COLUMNS = MetricsRow.__struct_fields__


class Material(msgspec.Struct, frozen=True):
    """Group-days with posts by period, watched stretches, and the venues that are measured."""

    cells: Mapping[Period, list[tuple[GroupDay, Cell]]]
    watched: Mapping[str, list[Span]]
    chosen: frozenset[str]

    @property
    def venues(self) -> int:
        """How many are measured."""
        return len(self.chosen)

    @property
    def ends(self) -> Span:
        """First and last day of the periods."""
        periods = list(self.cells)
        return (periods[0].first, periods[-1].last) if periods else (0, -1)

    def stretch(self, period: Period) -> Stretch:
        """The days of a period with its cells."""
        return Stretch([(period.first, period.last)], self.cells[period])


def metrics(archive: Archive, segments: Segments, options: MetricsOptions) -> list[MetricsRow]:
    """One row a period with messages or with days in the denominator, in order of time.

    `segments`: venue id -> its tags. A period is whole but where `since` and `until` cut it.
    """
    return stated(every_period(gather(archive, segments, options), options))


def stated(rows: Iterable[MetricsRow]) -> list[MetricsRow]:
    """The rows with messages or with days in the denominator."""
    return [row for row in rows if row.messages or row.group_days]


def gather(archive: Archive, segments: Segments, options: MetricsOptions) -> Material:
    """What the rows are made of; no period where there is neither a post nor a watch."""
    return chosen_of(count_all(archive, options), archive, segments, options)


def count_all(archive: Archive, options: MetricsOptions) -> Mapping[GroupDay, Cell]:
    """The group-days of every venue, whatever the segment and the platform."""
    return count(
        archive,
        ZoneInfo(options.zone),
        since=options.since,
        until=options.until,
        exclude_bots=options.exclude_bots,
    )


def chosen_of(
    counted: Mapping[GroupDay, Cell],
    archive: Archive,
    segments: Segments,
    options: MetricsOptions,
) -> Material:
    """The material of the segment and the platform, of what was counted for every venue."""
    zone = ZoneInfo(options.zone)
    chosen = chosen_venues(archive, segments, options)
    cells = {key: cell for key, cell in counted.items() if key[0] in chosen}
    spans = {venue: one for venue, one in watched(archive, zone).items() if venue in chosen}
    days = [day for _, day in cells] + bounds(spans)
    by_period = _by_period(cells, _limits(days, zone, options), options) if days else {}
    return Material(by_period, spans, chosen)


def chosen_venues(archive: Archive, segments: Segments, options: MetricsOptions) -> frozenset[str]:
    """Ids of the venues of the segment and the platform."""
    return frozenset(
        venue
        for venue, platform in venues(archive).items()
        if options.platform in (None, platform)
        and (options.segment is None or options.segment in segments(venue))
    )


def _limits(days: Sequence[int], zone: ZoneInfo, options: MetricsOptions) -> Span:
    """First and last day to report: those of the data, or where the options cut."""
    first, last = min(days), max(days)
    if options.since is not None:
        first = local_day(options.since, zone)
    if options.until is not None:
        last = local_day(options.until - timedelta(seconds=1), zone)
    return first, last


def _by_period(
    cells: Mapping[GroupDay, Cell], limits: Span, options: MetricsOptions
) -> dict[Period, list[tuple[GroupDay, Cell]]]:
    """The cells of each period between the limits, empty periods too."""
    cut_first = None if options.since is None else limits[0]
    cut_last = None if options.until is None else limits[1]
    periods: dict[Period, list[tuple[GroupDay, Cell]]] = {}
    by_day: dict[int, list[tuple[GroupDay, Cell]]] = defaultdict(list)
    for key, cell in cells.items():
        by_day[key[1]].append((key, cell))
    day = limits[0]
    while day <= limits[1]:
        period = period_of(day, options.by, limits).cut(cut_first, cut_last)
        inside = range(period.first, period.last + 1)
        periods[period] = [one for each in inside if each in by_day for one in by_day[each]]
        day = period.last + 1
    return periods


def every_period(material: Material, options: MetricsOptions) -> list[MetricsRow]:
    """One row a period from the first to the last, those without anything too."""
    rows: list[MetricsRow] = []
    before: tuple[Period, MetricsRow] | None = None
    for period, found in material.cells.items():
        row = _row(period, found, material, options)
        if before is not None and before[0].last + 1 == period.first:
            row = _with_growth(row, before[1], options)
        before = period, row
        rows.append(row)
    return rows


def _row(period: Period, cells: Cells, material: Material, options: MetricsOptions) -> MetricsRow:
    stretch = Stretch([(period.first, period.last)], cells)
    found = figures(stretch, material.watched, material.chosen, options.denominator)
    return MetricsRow(
        period=period.name,
        segment=options.segment or ALL,
        groups=found.groups,
        group_days=found.group_days,
        messages=found.messages,
        participants=found.participants,
        pgd=found.pgd,
        mgd=found.mgd,
        denominator=options.denominator,
        coverage=found.coverage,
        messages_growth=None,
        participants_growth=None,
    )


def _with_growth(row: MetricsRow, before: MetricsRow, options: MetricsOptions) -> MetricsRow:
    """Growth on the period just before; null where either was watched too little."""
    if min(before.coverage, row.coverage) < options.min_coverage:
        return row
    return msgspec.structs.replace(
        row,
        messages_growth=growth(before.messages, row.messages),
        participants_growth=growth(before.participants, row.participants),
    )
