"""Messages, participants, PGD, MGD and coverage by month, and when each venue was watched."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from graph.analysis.days import DAY
from graph.analysis.market_sketch import MarketSketch, VenueLine, is_watched
from graph.analysis.metrics import MetricsRow
from graph.analysis.watching import Span
from graph.export.plots.calendar import Calendar, draw_months, hatch
from graph.export.plots.canvas import (
    BLUE,
    GREY,
    INK,
    LINE,
    MARGIN,
    SMALL,
    Canvas,
    canvas,
    heading,
    legend,
    put,
)
from graph.export.plots.fonts import fonts_on
from graph.export.plots.panels import (
    LIGHT,
    Point,
    bars,
    dots,
    panel,
    room,
    side_title,
    values,
)
from graph.export.plots.target import Place, Sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIDE = 2.75
"""Inches left of the months for titles and names."""
GAP = 0.17
"""Inches between two panels."""
STRIP = 0.24
"""Inches of a venue."""
MONTHS = 0.5
"""Inches under the venues for the names of months."""
LEGEND, LEGEND_ON_SHEET = 0.55, 0.75
NAME_CELLS, SELECTION_CELLS = 40, 240
TITLE = ("Messages and participants by month", "各月消息与参与者")
SILENT = "#cfcfcf"
EMPTY = 1.2


class _Panel(msgspec.Struct, frozen=True):
    """Title and the line under it in both languages, field of a row, inches, whether bars."""

    title: tuple[str, str]
    line: tuple[str, str]
    field: str
    height: float
    bars: bool


PANELS = (
    _Panel(
        ("Messages", "消息数"), ("posts of the month", "当月帖子"), "messages", 1.2, bars=True
    ),
    _Panel(
        ("Participants", "参与人数"), ("distinct senders of the month", "当月不同的发送者"),
        "participants", 1.2, bars=True,
    ),
    _Panel(
        ("PGD", "每群每日人数"), ("participants a group a day", "每群每日参与人数"), "pgd", 1.0,
        bars=False,
    ),
    _Panel(
        ("MGD", "每群每日消息"), ("messages a group a day", "每群每日消息数"), "mgd", 1.0,
        bars=False,
    ),
    _Panel(
        ("Coverage", "监测覆盖率"), ("% of group-days watched", "受监测群日的百分比"), "coverage",
        0.75, bars=True,
    ),
)  # fmt: skip
VENUES = ("Watched venues", "监测群组")
LABELS = [TITLE[1], VENUES[1], *(one.title[1] for one in PANELS)]


class _Place(msgspec.Struct, frozen=True):
    """Lines of text above and below, and inches of what stands between."""

    selection: list[str]
    footer: list[str]
    body: float
    legend: float

    @property
    def foot(self) -> float:
        """Inches below the months."""
        return MARGIN + LINE * (len(self.footer) + 0.5) + self.legend

    @property
    def height(self) -> float:
        """Of all."""
        return MARGIN + 0.5 + LINE * len(self.selection) + self.body + self.foot


def draw_market(sketch: MarketSketch, target: Place) -> list[str]:
    """Writes the picture; what must be said beside it. Raises UsageError."""
    fonts = fonts_on(target, _words(sketch), labels=LABELS)
    place = _place(sketch, LEGEND_ON_SHEET if isinstance(target, Sheet) else LEGEND)
    with canvas(target, place.height, fonts) as drawn:
        told = [drawn.text(line, SELECTION_CELLS) for line in place.selection]
        selection = [drawn.fit(line, SMALL, drawn.width - 2 * MARGIN) for line in told]
        heading(drawn, drawn.label(*TITLE), selection, place.footer)
        if sketch.empty:
            drawn.figure.text(0.5, 0.5, sketch.empty, ha="center", fontsize=12, color=INK)
        else:
            calendar = Calendar.of(sketch.months)
            _panels(drawn, place, calendar, sketch)
            _venues(drawn, place, calendar, sketch)
            _legend(drawn, place, sketch.min_coverage)
    return fonts.notes


def _words(sketch: MarketSketch) -> Iterator[str]:
    yield from sketch.selection
    for line in sketch.venues:
        yield from (line.name, line.id)


def _place(sketch: MarketSketch, legend: float) -> _Place:
    half = -(-len(sketch.selection) // 2)
    parts = (sketch.selection[:half], sketch.selection[half:])
    selection = [" · ".join(part) for part in parts if part]
    if sketch.empty:
        return _Place(selection, sketch.notes, EMPTY, legend)
    panels = sum(one.height + GAP for one in PANELS)
    return _Place(selection, sketch.notes, panels + _strips(sketch) + MONTHS, legend)


def _strips(sketch: MarketSketch) -> float:
    return 0.3 + STRIP * len(sketch.venues)


def _panels(drawn: Canvas, place: _Place, calendar: Calendar, sketch: MarketSketch) -> None:
    wide = drawn.width - SIDE - MARGIN
    month = wide / calendar.width
    top = place.foot + place.body
    for one in PANELS:
        top -= one.height
        points = _points(sketch, one.field)
        high = 132.0 if one.field == "coverage" else room(points)
        box = (SIDE, top, wide, one.height)
        axes = panel(drawn, box, calendar, high)
        side_title(axes, box, SIDE - MARGIN, drawn.label(*one.title), [drawn.say(*one.line)])
        if one.bars:
            bars(axes, calendar, points, month)
        else:
            dots(axes, calendar, points)
        if one.field == "coverage":
            axes.axhline(
                100 * sketch.min_coverage, color=GREY, linewidth=0.8, linestyle=(0, (4, 3))
            )
        values(axes, calendar, points, month)
        top -= GAP


def _points(sketch: MarketSketch, field: str) -> list[Point]:
    """One a month; a figure of a month that nobody watched is not known."""
    least = sketch.min_coverage
    firm = [row.coverage >= least and row.period not in sketch.cut for row in sketch.rows]
    return [_point(row, field, firm=one) for row, one in zip(sketch.rows, firm, strict=True)]


def _point(row: MetricsRow, field: str, *, firm: bool) -> Point:
    value: float | None = getattr(row, field) if is_watched(row) else None
    share = field == "coverage" and value is not None
    return Point(round(100 * (value or 0.0)) if share else value, firm=firm)


def _venues(drawn: Canvas, place: _Place, calendar: Calendar, sketch: MarketSketch) -> None:
    """A line a venue: watched days pale, days with messages dark, the rest hatched."""
    wide, high = drawn.width - SIDE - MARGIN, _strips(sketch) + MONTHS
    month, n = wide / calendar.width, len(sketch.venues)
    across, up = drawn.width, place.height
    box = (SIDE / across, place.foot / up, wide / across, high / up)
    axes = drawn.figure.add_axes(box)
    axes.set_axis_off()
    axes.set_xlim(0, calendar.width)
    axes.set_ylim(n + MONTHS / STRIP, -0.3 / STRIP)
    edge = (MARGIN - SIDE) / month
    title = drawn.label(*VENUES)
    put(axes, edge, -0.15 / STRIP, title, va="center", fontsize=9.5, weight="bold")
    for row, line in enumerate(sketch.venues):
        name = drawn.fit(drawn.name(line.name, line.id, NAME_CELLS), 8.5, SIDE - MARGIN - 0.15)
        put(axes, edge, row + 0.5, name, va="center", fontsize=8.5)
        _line(axes, calendar, line, row)
    if sketch.more:
        more = drawn.say(
            f"+ {sketch.more} venues with fewer messages, in the figures but without a line",
            f"另有 {sketch.more} 个消息较少的场所，计入指标但未单独绘出",
        )
        put(axes, 0, -0.15 / STRIP, more, va="center", fontsize=7.5, color=GREY)
    draw_months(axes, calendar, n, LINE / STRIP, month)


def _line(axes: "Axes", calendar: Calendar, line: VenueLine, row: int) -> None:
    hatch(axes, 0, calendar.width, row + 0.15, row + 0.85)
    for spans, colour, order in ((line.watched, SILENT, 1), (line.active, BLUE, 2)):
        across = [*_across(calendar, spans)]
        axes.broken_barh(across, (row + 0.15, 0.7), facecolors=colour, linewidth=0, zorder=order)


def _across(calendar: Calendar, spans: Sequence[Span]) -> Iterator[tuple[float, float]]:
    for first, last in spans:
        left, right = calendar.at(first * DAY), calendar.at((last + 1) * DAY)
        yield left, right - left


def _legend(drawn: Canvas, place: _Place, least: float) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    say = drawn.say
    whole = f"a whole month, coverage at least {least:.0%}", f"完整月份，覆盖率不低于 {least:.0%}"
    less = "less: not fit to be compared with others", "覆盖不足：不宜与其他月份比较"
    unwatched = "not watched, no message: unknown, not zero", "未监测，无消息：未知，不是零"
    handles = [
        Patch(facecolor=BLUE, label=say(*whole)),
        Patch(facecolor=LIGHT, label=say(*less)),
        Line2D(
            [], [], color=LIGHT, marker="o", markersize=4, markerfacecolor="white",
            markeredgecolor=BLUE,
            label=say("PGD and MGD: open where it is less", "每群每日值：覆盖不足者为空心"),
        ),
        Patch(
            facecolor="white", edgecolor="#bdbdbd", hatch="////", linewidth=0,
            label=say(*unwatched),
        ),
        Patch(facecolor=BLUE, label=say("venue: day with messages", "场所：有消息之日")),
        Patch(facecolor=SILENT, label=say("venue: watched, silent day", "场所：无消息的监测日")),
    ]  # fmt: skip
    legend(drawn, handles, len(place.footer), 3 if drawn.lang is None else 2)
