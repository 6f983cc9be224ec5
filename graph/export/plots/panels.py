"""Small charts over the same months, one above the other: each with its own axis, from zero."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import msgspec

from graph.export.plots.calendar import Calendar, hatch, years
from graph.export.plots.canvas import BLUE, GREY, INK, PALE, Canvas, put

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LIGHT = "#a6cde6"
"""Blue of what is not firm."""
VALUE_WIDTH = 0.27
"""Inches of a month in which its value can be written."""
HEADROOM = 1.28
"""Height of an axis over its highest value, for the values written."""
_BAR, _WIDEST = 0.78, 0.6
"""Width of a bar: share of its month, and inches at the most."""
Box = tuple[float, float, float, float]
"""Inches: left, bottom, width, height."""


class Point(msgspec.Struct, frozen=True):
    """A value of one column; None: not known. `firm`: fit to be compared."""

    value: float | None
    firm: bool


def panel(drawn: Canvas, box: Box, calendar: Calendar, top: float) -> "Axes":
    """Axes in a box, over the months, from 0 to `top`."""
    from matplotlib.ticker import MaxNLocator

    width, height = drawn.figure.get_size_inches()
    left, bottom, wide, high = box
    axes = drawn.figure.add_axes((left / width, bottom / height, wide / width, high / height))
    axes.set_xlim(0, calendar.width)
    axes.set_ylim(0, top)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.set_xticks([])
    ticks = [tick for tick in MaxNLocator(3, integer=top >= 3).tick_values(0, top) if tick <= top]
    whole = all(tick == round(tick) for tick in ticks)
    axes.set_yticks(ticks, [brief(tick, whole=whole or not tick) for tick in ticks])
    axes.tick_params(axis="y", length=0, labelsize=7, labelcolor=GREY, pad=3)
    axes.grid(axis="y", color=PALE, linewidth=0.6)
    axes.set_axisbelow(True)
    for column in calendar.columns:
        if not column.watched:
            hatch(axes, column.left, column.right, 0, top)
    for column in years(calendar.columns):
        axes.axvline(column.left, color=PALE, linewidth=0.8, zorder=0)
    return axes


def room(points: Iterable[Point]) -> float:
    """The height of an axis for these values."""
    highest = max((point.value for point in points if point.value is not None), default=0.0)
    return HEADROOM * highest or 1.0


def bars(axes: "Axes", calendar: Calendar, points: Sequence[Point], month: float) -> None:
    """A bar a watched month, light where it is not firm. `month`: its inches."""
    width = min(_BAR, _WIDEST / month)
    for middle, point in _placed(calendar, points):
        if point.value is not None:
            colour = BLUE if point.firm else LIGHT
            axes.bar(middle, point.value, width=width, color=colour, linewidth=0)


def dots(axes: "Axes", calendar: Calendar, points: Sequence[Point]) -> None:
    """A dot a month, open where it is not firm; a line joins those of months in a row."""
    for known, run in groupby(_placed(calendar, points), key=lambda one: one[1].value is not None):
        if known:
            across, run_points = zip(*run, strict=True)
            up = [point.value for point in run_points]
            axes.plot(across, up, color=LIGHT, linewidth=1.1, zorder=2.6)
            faces = [BLUE if point.firm else "white" for point in run_points]
            axes.scatter(across, up, s=16, c=faces, edgecolors=BLUE, linewidths=0.9, zorder=3)


def values(axes: "Axes", calendar: Calendar, points: Sequence[Point], month: float) -> None:
    """The values above them, where a month is wide enough; zeros always. `month`: its inches."""
    lift = 0.035 * axes.get_ylim()[1]
    whole = all(point.value is None or point.value == round(point.value) for point in points)
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 0.4}
    for middle, point in _placed(calendar, points):
        if point.value is not None and (month >= VALUE_WIDTH or not point.value):
            told = brief(point.value, whole=whole)
            look: dict[str, Any] = {"ha": "center", "va": "bottom", "fontsize": 6.5, "zorder": 2.5}
            put(axes, middle, point.value + lift, told, bbox=paper, **look)


def side_title(axes: "Axes", box: Box, inches: float, title: str, lines: Sequence[str]) -> None:
    """A title left of the axes in their box, `inches` away, with small lines under it."""
    _, _, width, height = box
    common: dict[str, Any] = {"transform": axes.transAxes, "ha": "left", "va": "top"}
    put(axes, -inches / width, 1.0, title, fontsize=9.5, weight="bold", color=INK, **common)
    for number, line in enumerate(lines):
        down = 1.0 - (0.19 + 0.15 * number) / height
        put(axes, -inches / width, down, line, fontsize=7.5, color=GREY, **common)


def brief(value: float, *, whole: bool = True) -> str:
    """`561`, `1.2k`, `109k`, `1.4M`; with parts `3.85`, `62.6`. `whole`: 3 stays 3, not 3.00."""
    for limit, sign in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= limit * 0.9995:
            told = _digits(value / limit, 1 if value < limit * 9.95 else 0)
            return told.removesuffix(".0") + sign
    if whole and value == round(value):
        return f"{value:.0f}"
    return _digits(value, 0 if value >= 99.95 else 1 if value >= 9.995 else 2)


def _digits(value: float, places: int) -> str:
    told = f"{value:.{places}f}"
    return told if float(told) or not value else f"{value:.1g}"


def _placed(calendar: Calendar, points: Sequence[Point]) -> Iterator[tuple[float, Point]]:
    """The middle of each column with its point; `points`: one a month of the calendar."""
    given = iter(points)
    for column in calendar.columns:
        inside = [point for _, point in zip(column.months, given, strict=False)]
        known = inside[0] if column.watched else Point(None, firm=False)
        yield (column.left + column.right) / 2, known
