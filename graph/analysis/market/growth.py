"""Growth from period to period, on the year before, and in venues that were watched in both."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

import msgspec

from graph.analysis.figures import (
    Denominator,
    Figures,
    Stretch,
    figures,
    growth,
    observed,
)
from graph.analysis.group_days import Cell, GroupDay
from graph.analysis.market.calendar import months_in, year_before
from graph.analysis.metrics import ALL, Material, MetricsOptions
from graph.analysis.periods import Period
from graph.analysis.watching import Span

Measure = Literal["messages", "participants", "pgd", "mgd"]
MEASURES: Final[tuple[Measure, ...]] = ("messages", "participants", "pgd", "mgd")
Days = Mapping[int, list[tuple[GroupDay, Cell]]]


class GrowthRow(msgspec.Struct, frozen=True, kw_only=True):
    """One measure of one period. Growth is a fraction; null where two periods do not compare.

    `panel`: the venues that were watched in both, so that a venue that was added is no growth.
    """

    period: str
    segment: str
    measure: Measure
    value: float | None
    growth: float | None
    panel_groups: int | None
    panel_growth: float | None
    growth_on_year: float | None
    panel_groups_on_year: int | None
    panel_growth_on_year: float | None
    coverage: float
    denominator: Denominator

    def document(self) -> dict[str, Any]:
        """The row as JSON types."""
        return msgspec.structs.asdict(self)


COLUMNS = GrowthRow.__struct_fields__


class Pair(msgspec.Struct, frozen=True):
    """Two stretches that are compared, and their panel."""

    before: Stretch
    now: Stretch
    panel: frozenset[str]


def growth_rows(material: Material, options: MetricsOptions) -> list[GrowthRow]:
    """Four rows a period with messages or watched days, in order of time.

    On the year the same months are compared, those that were watched in both years.
    """
    days = by_day(material)
    rows: list[GrowthRow] = []
    before: Period | None = None
    for period in material.cells:
        follows = before is not None and before.last + 1 == period.first
        last = _pair(material, days, [_span(before)], [_span(period)]) if follows else None
        rows += _rows(material, options, period, last, on_year(material, days, period, options))
        before = period
    return rows


def by_day(material: Material) -> Days:
    """Day -> its group-days."""
    days: dict[int, list[tuple[GroupDay, Cell]]] = defaultdict(list)
    for cells in material.cells.values():
        for one in cells:
            days[one[0][1]].append(one)
    return days


def on_year(material: Material, days: Days, period: Period, options: MetricsOptions) -> Pair | None:
    """The period and the same days of the year before; None where there are none."""
    if options.by == "all":
        return None
    pieces = [*_same_days(period, material.ends)]
    if options.by == "year":
        watched = material.watched
        pieces = [pair for pair in pieces if all(observed(watched, [one]) for one in pair)]
    if not pieces:
        return None
    return _pair(material, days, [a for a, _ in pieces], [b for _, b in pieces])


def _same_days(period: Period, ends: Span) -> Iterator[tuple[Span, Span]]:
    """Then and now, month by month, where both lie between the ends."""
    for now in months_in((period.first, period.last)):
        then = year_before(now)
        if then is not None and ends[0] <= then[0] and then[1] <= ends[1]:
            yield then, now


def stretch_of(days: Days, spans: list[Span]) -> Stretch:
    """The cells of some days."""
    inside = (day for first, last in spans for day in range(first, last + 1))
    return Stretch(spans, [one for day in inside if day in days for one in days[day]])


def _pair(material: Material, days: Days, then: list[Span], now: list[Span]) -> Pair:
    panel = observed(material.watched, then) & observed(material.watched, now)
    return Pair(stretch_of(days, then), stretch_of(days, now), panel)


def _span(period: Period | None) -> Span:
    assert period is not None
    return period.first, period.last


def _rows(
    material: Material,
    options: MetricsOptions,
    period: Period,
    last: Pair | None,
    year: Pair | None,
) -> Iterator[GrowthRow]:
    found = _figures(material, options, material.stretch(period), material.chosen)
    if not (found.messages or found.group_days):
        return
    plain, panel = _grown(material, options, last)
    plain_year, panel_year = _grown(material, options, year)
    for name in MEASURES:
        yield GrowthRow(
            period=period.name,
            segment=options.segment or ALL,
            measure=name,
            value=getattr(found, name),
            growth=plain[name],
            panel_groups=None if last is None else len(last.panel),
            panel_growth=panel[name],
            growth_on_year=plain_year[name],
            panel_groups_on_year=None if year is None else len(year.panel),
            panel_growth_on_year=panel_year[name],
            coverage=found.coverage,
            denominator=options.denominator,
        )


Grown = dict[Measure, float | None]


def _grown(material: Material, options: MetricsOptions, pair: Pair | None) -> tuple[Grown, Grown]:
    """Growth of all venues, and of the panel."""
    if pair is None:
        return dict.fromkeys(MEASURES), dict.fromkeys(MEASURES)
    both = Pair(pair.before.of(pair.panel), pair.now.of(pair.panel), pair.panel)
    return (
        _between(material, options, pair, material.chosen),
        _between(material, options, both, pair.panel),
    )


def _between(
    material: Material, options: MetricsOptions, pair: Pair, venues: frozenset[str]
) -> Grown:
    before, now = (_figures(material, options, one, venues) for one in (pair.before, pair.now))
    if min(before.coverage, now.coverage) < options.min_coverage:
        return dict.fromkeys(MEASURES)
    return {name: growth(getattr(before, name), getattr(now, name)) for name in MEASURES}


def _figures(
    material: Material, options: MetricsOptions, stretch: Stretch, venues: frozenset[str]
) -> Figures:
    return figures(stretch, material.watched, venues, options.denominator)
