"""Products by mentions, and below what is asked for a record of each, month by month."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from graph.analysis.months import MonthColumn
from graph.analysis.price_sketch import PriceSeries, PriceSketch, Quoted, Ranked
from graph.export.plots.calendar import Calendar, draw_months
from graph.export.plots.canvas import (
    BLUE,
    GREY,
    INK,
    LINE,
    MARGIN,
    PALE,
    SMALL,
    Canvas,
    canvas,
    heading,
    put,
)
from graph.export.plots.fonts import fonts_for
from graph.export.plots.panels import HEADROOM, LIGHT, Point, brief, dots, panel
from graph.export.plots.target import Target

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 13.0
NAMES = 3.4
"""Inches left of the bars for the products' names."""
ROW = 0.25
"""Inches of a product."""
ACROSS = 3
"""Charts of prices side by side."""
CHART, CHART_HEAD, CHART_FOOT = 1.15, 0.5, 0.5
"""Inches of a chart of prices, of its title and of its months."""
BETWEEN = 0.55
"""Inches between two charts, for the scale."""
SECTION = 0.55
"""Inches of a section's title."""
LEGEND = 0.5
NAME_CELLS, SELECTION_CELLS = 48, 240
TITLE = ("Products by mentions", "商品提及排名")
PRICES = ("Asked price a record by month", "单条要价走势")
COUNTS = (
    ("posts", ("Posts", "帖子数")),
    ("clusters", ("Text families", "文本簇")),
    ("sellers", ("Senders", "发帖账号")),
)
LABELS = [TITLE[1], PRICES[1], *(title[1] for _, title in COUNTS)]
EMPTY = 1.2
TOLD = 2.0
"""Inches of a chart's title for its currency and what stands to the right."""
_BOLD = 0.88
"""Plain letters to bold ones."""


class _Place(msgspec.Struct, frozen=True):
    """Lines of text below, inches of the ranking and of the charts, and rows of charts."""

    selection: str
    footer: list[str]
    ranking: float
    rows: int

    @property
    def prices(self) -> float:
        """Inches of the charts of prices with their title."""
        return SECTION + self.rows * (CHART_HEAD + CHART + CHART_FOOT) if self.rows else 0.0

    @property
    def foot(self) -> float:
        """Inches below everything drawn."""
        return MARGIN + LINE * (len(self.footer) + 0.5) + (LEGEND if self.rows else 0.0)

    @property
    def height(self) -> float:
        """Of all."""
        return MARGIN + 0.55 + LINE + self.ranking + self.prices + self.foot


def draw_products(sketch: PriceSketch, target: Target) -> list[str]:
    """Writes the picture; what must be said beside it. Raises UsageError."""
    fonts = fonts_for(_words(sketch), labels=LABELS)
    place = _place(sketch)
    with canvas(target, WIDTH, place.height, fonts) as drawn:
        told = drawn.fit(drawn.text(place.selection, SELECTION_CELLS), SMALL, WIDTH - 2 * MARGIN)
        heading(drawn, drawn.label(*TITLE), [told], place.footer)
        if sketch.empty:
            drawn.figure.text(0.5, 0.5, sketch.empty, ha="center", fontsize=12, color=INK)
        else:
            _ranking(drawn, place, sketch.ranking)
        if sketch.series:
            _prices(drawn, place, sketch)
            _legend(drawn, place)
    return fonts.notes


def _words(sketch: PriceSketch) -> Iterator[str]:
    yield from sketch.selection
    for one in sketch.ranking:
        yield from (one.name, one.product)
    for line in sketch.series:
        yield from (line.name, line.product, line.currency)


def _place(sketch: PriceSketch) -> _Place:
    ranking = EMPTY if sketch.empty else 0.3 + ROW * len(sketch.ranking)
    rows = -(-len(sketch.series) // ACROSS)
    return _Place(" · ".join(sketch.selection), sketch.notes, ranking, rows)


def _ranking(drawn: Canvas, place: _Place, ranking: Sequence[Ranked]) -> None:
    """Bars of the three counts side by side, each with its own scale, a product a line."""
    wide = (WIDTH - NAMES - MARGIN - 2 * BETWEEN) / len(COUNTS)
    bottom, height = place.foot + place.prices, ROW * len(ranking)
    for number, (field, title) in enumerate(COUNTS):
        left = NAMES + number * (wide + BETWEEN)
        box = (left / WIDTH, bottom / place.height, wide / WIDTH, height / place.height)
        axes = drawn.figure.add_axes(box)
        axes.set_axis_off()
        axes.set_ylim(len(ranking), 0)
        most = max(getattr(one, field) for one in ranking)
        axes.set_xlim(0, HEADROOM * (most or 1))
        put(axes, 0, -0.45, drawn.label(*title), fontsize=9.5, weight="bold", va="bottom")
        _count(axes, ranking, field)
        if not number:
            _names(axes, drawn, ranking, HEADROOM * (most or 1) / wide)


def _count(axes: "Axes", ranking: Sequence[Ranked], field: str) -> None:
    lift = 0.012 * axes.get_xlim()[1]
    for row, one in enumerate(ranking):
        n = getattr(one, field)
        place = one.rank if field == "posts" else getattr(one, f"rank_{field}")
        axes.barh(row + 0.5, n, height=0.68, color=BLUE, linewidth=0)
        moved = "" if field == "posts" or place == one.rank else f"  ({place}.)"
        put(axes, n + lift, row + 0.5, f"{n:,}{moved}", va="center", fontsize=7.5)


def _names(axes: "Axes", drawn: Canvas, ranking: Sequence[Ranked], inch: float) -> None:
    """`inch`: in units of the axes."""
    for row, one in enumerate(ranking):
        name = drawn.fit(drawn.name(one.name, one.product, NAME_CELLS), 9, NAMES - MARGIN - 0.55)
        look: dict[str, Any] = {"va": "center", "fontsize": 9}
        put(axes, (MARGIN - NAMES + 0.28) * inch, row + 0.5, f"{one.rank}.", ha="right", **look)
        put(axes, (MARGIN - NAMES + 0.38) * inch, row + 0.5, name, **look)


def _prices(drawn: Canvas, place: _Place, sketch: PriceSketch) -> None:
    calendar = Calendar.of(sketch.months)
    top = place.foot + place.prices
    drawn.figure.text(
        MARGIN / WIDTH, (top - 0.2) / place.height, drawn.label(*PRICES), fontsize=12,
        weight="bold", color=INK, va="top", parse_math=False,
    )  # fmt: skip
    wide = (WIDTH - 2 * MARGIN - ACROSS * BETWEEN) / ACROSS
    for number, line in enumerate(sketch.series):
        down, across = divmod(number, ACROSS)
        left = MARGIN + BETWEEN + across * (wide + BETWEEN)
        high = top - SECTION - (down + 1) * (CHART_HEAD + CHART + CHART_FOOT) + CHART_FOOT
        _chart(drawn, (left, high, wide, CHART), calendar, line, sketch.months)


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
    last = f"{line.quotes} quote{several}; {latest.month}: {brief(latest.median, whole=False)}"
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


def _legend(drawn: Canvas, place: _Place) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    sign: dict[str, Any] = {
        "linestyle": "",
        "marker": "o",
        "markersize": 4,
        "markeredgecolor": BLUE,
    }
    handles = [
        Line2D([], [], markerfacecolor=BLUE, label="median of a month", **sign),
        Line2D([], [], markerfacecolor="white", label="a single quote", **sign),
        Line2D([], [], color=LIGHT, linewidth=4, label="middle half of the quotes"),
        Patch(
            facecolor="white", edgecolor="#bdbdbd", hatch="////", linewidth=0,
            label="not watched, no collected post",
        ),
        Patch(facecolor="white", edgecolor=PALE, label="white without a dot: watched, no quote"),
    ]  # fmt: skip
    bottom = MARGIN + LINE * (len(place.footer) + 0.5)
    drawn.figure.legend(
        handles=handles, loc="lower left", ncols=5, frameon=False, fontsize=8,
        bbox_to_anchor=(MARGIN / WIDTH, bottom / place.height), borderaxespad=0.0,
        handletextpad=0.6, columnspacing=1.4,
    )  # fmt: skip
