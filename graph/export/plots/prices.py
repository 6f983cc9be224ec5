"""What is asked for a record, month by month: small charts, each with its own scale from zero."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from graph.analysis.months import MonthColumn
from graph.analysis.price_sketch import PriceSeries, PriceSketch, Quoted
from graph.export.plots.calendar import Calendar, draw_months
from graph.export.plots.canvas import (
    BLUE,
    GREY,
    LINE,
    MARGIN,
    PALE,
    WIDTH,
    Canvas,
    canvas,
    heading,
    legend,
    put,
    width_on,
)
from graph.export.plots.fonts import fonts_on
from graph.export.plots.panels import HEADROOM, LIGHT, Point, brief, dots, panel
from graph.export.plots.target import Place

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CHART, CHART_HEAD, CHART_FOOT = 1.15, 0.5, 0.5
"""Inches of a chart of prices, of its title and of its months."""
BETWEEN = 0.55
"""Inches between two charts, for the scale."""
SECTION = 0.55
"""Inches of a section's title."""
LEGEND = 0.5
NAME_CELLS = 48
PRICES = ("Asked price a record by month", "单条要价走势")
TOLD = 2.0
"""Inches of a chart's title for its currency and what stands to the right."""
_BOLD = 0.88
"""Plain letters to bold ones."""


def draw_prices(sketch: PriceSketch, target: Place) -> list[str]:
    """Writes the charts alone, of one series at the least; what must be said beside them."""
    fonts = fonts_on(target, _words(sketch), labels=PRICES[1:])
    foot = MARGIN + LINE * 0.5 + LEGEND
    high = foot + inches(sketch, width_on(target))
    with canvas(target, high + MARGIN + SECTION, fonts) as drawn:
        heading(drawn, drawn.label(*PRICES), [], [])
        draw_charts(drawn, high, sketch)
        draw_legend(drawn, 0)
    return fonts.notes


def inches(sketch: PriceSketch, width: float) -> float:
    """Height of the charts in a picture so wide."""
    return -(-len(sketch.series) // _across(width)) * (CHART_HEAD + CHART + CHART_FOOT)


def draw_charts(drawn: Canvas, top: float, sketch: PriceSketch) -> None:
    """The charts side by side, downwards from `top` inches above the bottom."""
    calendar, across = Calendar.of(sketch.months), _across(drawn.width)
    wide = (drawn.width - 2 * MARGIN - across * BETWEEN) / across
    for number, line in enumerate(sketch.series):
        down, place = divmod(number, across)
        left = MARGIN + BETWEEN + place * (wide + BETWEEN)
        low = top - (down + 1) * (CHART_HEAD + CHART + CHART_FOOT) + CHART_FOOT
        _chart(drawn, (left, low, wide, CHART), calendar, line, sketch.months)


def _across(width: float) -> int:
    """Charts side by side."""
    return 3 if width >= WIDTH else 2


def _words(sketch: PriceSketch) -> Iterator[str]:
    for line in sketch.series:
        yield from (line.name, line.product, line.currency)


def _chart(
    drawn: Canvas,
    box: tuple[float, float, float, float],
    calendar: Calendar,
    line: PriceSeries,
    months: Sequence[MonthColumn],
) -> None:
    by_month = {one.month: one for one in line.months}
    quoted = [by_month.get(one.name) for one in months]
    top = HEADROOM * max(one.p75 for one in line.months) or 1.0
    axes = panel(drawn, box, calendar, top)
    _quartiles(axes, calendar, line.months)
    dots(axes, calendar, [_point(one) for one in quoted])
    month = box[2] / calendar.width
    name = drawn.fit(drawn.name(line.name, line.product, NAME_CELLS), 9, _BOLD * (box[2] - TOLD))
    title = f"{name}, {drawn.text(line.currency, 12)}"
    put(axes, 0, top * (1 + 0.14 / box[3]), title, fontsize=9, weight="bold")
    latest = line.months[-1]
    several = "s" if line.quotes != 1 else ""
    counted = drawn.say(f"{line.quotes} quote{several}", f"{line.quotes} 条报价")
    last = f"{counted}; {latest.month}: {brief(latest.median, whole=False)}"
    put(axes, calendar.width, top * (1 + 0.14 / box[3]), last, fontsize=7.5, color=GREY, ha="right")
    below = drawn.figure.add_axes(_share(drawn, (box[0], box[1] - CHART_FOOT, box[2], CHART_FOOT)))
    below.set_axis_off()
    below.set_xlim(0, calendar.width)
    below.set_ylim(CHART_FOOT, 0)
    draw_months(below, calendar, 0, LINE, month)


def _share(
    drawn: Canvas, box: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    width, height = drawn.figure.get_size_inches()
    return box[0] / width, box[1] / height, box[2] / width, box[3] / height


def _point(one: Quoted | None) -> Point:
    return Point(None, firm=False) if one is None else Point(one.median, firm=one.quotes > 1)


def _quartiles(axes: "Axes", calendar: Calendar, quoted: Sequence[Quoted]) -> None:
    for one in quoted:
        left, right = calendar.span([one.month])
        middle = (left + right) / 2
        axes.plot(
            [middle, middle], [one.p25, one.p75], color=LIGHT, linewidth=4,
            solid_capstyle="butt", zorder=1,
        )  # fmt: skip


def draw_legend(drawn: Canvas, below: int) -> None:
    """What the signs mean, above so many lines of text."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    say = drawn.say
    sign: dict[str, Any] = {
        "linestyle": "",
        "marker": "o",
        "markersize": 4,
        "markeredgecolor": BLUE,
    }
    quiet = "white without a dot: watched, no quote", "空白无点：受监测，无报价"
    handles = [
        Line2D([], [], markerfacecolor=BLUE, label=say("median of a month", "当月中位数"), **sign),
        Line2D([], [], markerfacecolor="white", label=say("a single quote", "仅一条报价"), **sign),
        Line2D(
            [], [], color=LIGHT, linewidth=4,
            label=say("middle half of the quotes", "中间一半报价"),
        ),
        Patch(
            facecolor="white", edgecolor="#bdbdbd", hatch="////", linewidth=0,
            label=say("not watched, no collected post", "未监测，无采集到的帖子"),
        ),
        Patch(facecolor="white", edgecolor=PALE, label=say(*quiet)),
    ]  # fmt: skip
    legend(drawn, handles, below, 5 if drawn.lang is None else 3)
