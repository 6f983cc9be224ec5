"""A period of one segment with its figures: one side of a comparison."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from evidence.archive.archive import Archive
from evidence.errors import UsageError
from graph.analysis.days import day_number, day_of
from graph.analysis.figures import Figures, Means, Stretch, figures, means_of_days, ratio
from graph.analysis.group_days import Cell, GroupDay
from graph.analysis.market.growth import Days, by_day, stretch_of
from graph.analysis.metrics import Material, MetricsOptions, Segments, chosen_of, count_all
from graph.analysis.periods import By, period_of
from graph.analysis.watching import Span

_PERIOD: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\Z")
_HINT: Final = "Write 2012, 2012-06 or 2012-03-01/2012-12-31."


class Side(msgspec.Struct, frozen=True):
    """Figures of some days of a segment."""

    name: str
    found: Figures
    means: Means
    monitored: int
    stretch: Stretch
    material: Material

    def measures(self) -> dict[str, float | None]:
        """Name -> value, in the order in which they are shown."""
        found = self.found
        return {
            "monitored_groups": self.monitored,
            "groups": found.groups,
            "group_days": found.group_days,
            "messages": found.messages,
            "participants": found.participants,
            "pgd": found.pgd,
            "mgd": found.mgd,
            "mgd_per_pgd": ratio(found.messages, found.sender_days),
            "pgd_mean_of_days": self.means.pgd,
            "mgd_mean_of_days": self.means.mgd,
            "coverage": found.coverage,
        }


def is_period(text: str) -> bool:
    """Whether a side is named by days: `2012`, `2012-06`, `2012-06-04`, `2012-03-01/2012-12-31`."""
    return text.count("/") < 2 and all(_PERIOD.match(end) for end in text.split("/"))


def span_of(text: str) -> Span:
    """The days of a period, both ends included. Raises UsageError."""
    first, _, last = text.partition("/")
    try:
        span = _days(first)[0], _days(last or first)[1]
    except ValueError as error:
        raise UsageError(f"{text!r} is no period: {error}", hint=_HINT) from error
    if span[0] > span[1]:
        raise UsageError(f"the period {text} ends before it begins", hint=_HINT)
    return span


def _days(text: str) -> Span:
    match = _PERIOD.match(text)
    if match is None:
        raise ValueError(text)
    first = date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    by: By = "day" if match[3] else "month" if match[2] else "year"
    found = period_of(day_number(first), by, (0, 0))
    return found.first, found.last


def moments(span: Span, zone: str) -> tuple[datetime, datetime]:
    """The first moment of the days in the zone, and the first behind them; UTC."""
    first, behind = (
        datetime.combine(day_of(number), time(), ZoneInfo(zone)).astimezone(UTC)
        for number in (span[0], span[1] + 1)
    )
    return first, behind


class Sides:
    """Makes sides; posts are counted once for all segments."""

    def __init__(self, archive: Archive, segments: Segments, options: MetricsOptions) -> None:
        self._archive = archive
        self._segments = segments
        self._options = msgspec.structs.replace(options, by="all")
        self._read: dict[str | None, tuple[Material, Days]] = {}
        self._made: dict[tuple[str, str | None, Span | None], Side] = {}

    def side(self, name: str, segment: str | None, span: Span | None) -> Side:
        """The figures of a segment (None: all) on some days (None: all that are selected)."""
        key = name, segment, span
        if key not in self._made:
            self._made[key] = self._side(*key)
        return self._made[key]

    def _side(self, name: str, segment: str | None, span: Span | None) -> Side:
        material, days = self._material(segment)
        stretch = stretch_of(days, [material.ends if span is None else span])
        choice = stretch, material.watched, material.chosen, self._options.denominator
        monitored = len(material.chosen)
        return Side(name, figures(*choice), means_of_days(*choice), monitored, stretch, material)

    def over(self, side: Side, venues: frozenset[str]) -> Figures:
        """The figures of some of a side's venues."""
        watched, denominator = side.material.watched, self._options.denominator
        return figures(side.stretch.of(venues), watched, venues, denominator)

    @cached_property
    def _counted(self) -> Mapping[GroupDay, Cell]:
        return count_all(self._archive, self._options)

    def _material(self, segment: str | None) -> tuple[Material, Days]:
        if segment not in self._read:
            options = msgspec.structs.replace(self._options, segment=segment)
            material = chosen_of(self._counted, self._archive, self._segments, options)
            self._read[segment] = material, by_day(material)
        return self._read[segment]
