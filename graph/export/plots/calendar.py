"""Months side by side: where a moment lies across, with long unwatched stretches drawn short."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from graph.analysis.months import MonthColumn
from graph.export.plots.canvas import GREY, INK, PALE, put

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GAP = 1.6
"""Widths of a month that a longer unwatched stretch takes."""
MONTH_LABELS = 36
"""With more months only the years are written."""
MONTH_WIDTH = 0.17
"""Inches from one month's name to the next at the least."""
YEAR_WIDTH = 0.42
"""Inches from one year's name to the next at the least."""


class Column(msgspec.Struct, frozen=True):
    """Months drawn as one stretch from `left` to `right`."""

    months: tuple[MonthColumn, ...]
    left: float
    right: float

    @property
    def watched(self) -> bool:
        """Whether any post was collected."""
        return self.months[0].watched

    def at(self, utc: int) -> float:
        """Where a moment lies."""
        start, end = self.months[0].start, self.months[-1].end
        share = (utc - start) / max(end - start, 1)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)


class Calendar(msgspec.Struct, frozen=True):
    """Columns from left to right."""

    columns: list[Column]

    @classmethod
    def of(cls, months: Iterable[MonthColumn]) -> "Calendar":
        """A column a month; several unwatched months in a row are one."""
        columns: list[Column] = []
        left = 0.0
        for watched, run in groupby(months, key=lambda month: month.watched):
            listed = tuple(run)
            for part in [(one,) for one in listed] if watched else [listed]:
                right = left + min(len(part), GAP)
                columns.append(Column(part, left, right))
                left = right
        return cls(columns)

    @property
    def width(self) -> float:
        """In months."""
        return self.columns[-1].right if self.columns else 1.0

    def at(self, utc: int) -> float:
        """Where a moment lies, at the edge where it lies outside."""
        place = bisect_right(self.columns, utc, key=lambda one: one.months[0].start)
        return self.columns[max(place - 1, 0)].at(utc)

    def span(self, names: Sequence[str]) -> tuple[float, float]:
        """From where to where these months go, by name, in order."""
        found = [
            column
            for column in self.columns
            if column.months[0].name <= names[-1] and column.months[-1].name >= names[0]
        ]
        return found[0].left, found[-1].right


def draw_months(axes: "Axes", calendar: Calendar, bottom: float, line: float, month: float) -> None:
    """Lines between months down to `bottom`, and names under it in lines as high as `line`.

    Both in data units; `month`: inches of a month. With very many months the years alone.
    """
    few = len(calendar.columns) <= MONTH_LABELS
    lines = [column.left for column in (calendar.columns if few else years(calendar.columns))]
    for across in (*lines, calendar.width):
        axes.plot([across, across], [0, bottom], color=PALE, linewidth=0.5, zorder=0)
    step = next((n for n in (1, 2, 3) if n * month >= MONTH_WIDTH), 6)
    for column in calendar.columns:
        middle = (column.left + column.right) / 2
        name = column.months[0].name[-2:]
        if len(column.months) > 1:
            put(axes, middle, bottom + line * 0.6, "…", ha="center", va="center", fontsize=7)
        elif few and (int(name) - 1) % step == 0:
            put(axes, middle, bottom + line * 0.6, name, ha="center", va="center", fontsize=7)
    watched = (column for column in calendar.columns if column.watched)
    _years(axes, years(watched), bottom + line * 1.5, month)


def years(columns: Iterable[Column]) -> list[Column]:
    """The first column of each year."""
    return [next(run) for _, run in groupby(columns, key=lambda one: one.months[-1].name[:4])]


def _years(axes: "Axes", firsts: Sequence[Column], y: float, month: float) -> None:
    """A year under its first column, as far as there is room."""
    ends = -np.inf
    for column in firsts:
        if (column.left - ends) * month >= YEAR_WIDTH:
            name = column.months[-1].name[:4]
            put(axes, column.left, y, name, ha="left", va="center", fontsize=7.5, weight="bold")
            ends = column.left


def hatch(axes: "Axes", left: float, right: float, top: float, bottom: float) -> None:
    """A stretch without any collected post."""
    from matplotlib.patches import Rectangle

    axes.add_patch(
        Rectangle(
            (left, top), right - left, bottom - top, facecolor="white", edgecolor="#bdbdbd",
            hatch="////", linewidth=0, zorder=0.5,
        )
    )  # fmt: skip


def number(axes: "Axes", x: float, y: float, text: str, *, firm: bool) -> None:
    """A small sign in a month, pale where it is not firm."""
    look = {"color": INK, "weight": "bold"} if firm else {"color": GREY}
    put(axes, x, y, text, ha="center", va="center", fontsize=8, zorder=3, **look)
