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
    put,
)
from graph.export.plots.fonts import fonts_for
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
from graph.export.plots.target import Target

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 13.0
SIDE = 2.75
"""Inches left of the months for titles and names."""
GAP = 0.17
"""Inches between two panels."""
STRIP = 0.24
"""Inches of a venue."""
MONTHS = 0.5
"""Inches under the venues for the names of months."""
LEGEND = 0.55
NAME_CELLS, SELECTION_CELLS = 40, 240
TITLE = ("Messages and participants by month", "各月消息与参与者")
SILENT = "#cfcfcf"
EMPTY = 1.2


class _Panel(msgspec.Struct, frozen=True):
    """Title in both languages, lines under it, the field of a row, inches, and whether bars."""

    title: tuple[str, str]
    lines: tuple[str, ...]
    field: str
    height: float
    bars: bool


PANELS = (
    _Panel(("Messages", "消息数"), ("posts of the month",), "messages", 1.2, bars=True),
    _Panel(
        ("Participants", "参与人数"), ("distinct senders of the month",), "participants", 1.2,
        bars=True,
    ),
    _Panel(
        ("PGD", "每群每日人数"), ("participants a group a day",), "pgd", 1.0, bars=False
    ),
    _Panel(("MGD", "每群每日消息"), ("messages a group a day",), "mgd", 1.0, bars=False),
    _Panel(
        ("Coverage", "监测覆盖率"), ("% of group-days watched",), "coverage", 0.75, bars=True
    ),
)  # fmt: skip
VENUES = ("Watched venues", "监测群组")
LABELS = [TITLE[1], VENUES[1], *(one.title[1] for one in PANELS)]


class _Place(msgspec.Struct, frozen=True):
    """Lines of text above and below, and inches of what stands between."""

    selection: list[str]
    footer: list[str]
    body: float

    @property
    def foot(self) -> float:
        """Inches below the months."""
        return MARGIN + LINE * (len(self.footer) + 0.5) + LEGEND

    @property
    def height(self) -> float:
        """Of all."""
        return MARGIN + 0.5 + LINE * len(self.selection) + self.body + self.foot


def draw_market(sketch: MarketSketch, target: Target) -> list[str]:
    """Writes the picture; what must be said beside it. Raises UsageError."""
    fonts = fonts_for(_words(sketch), labels=LABELS)
    place = _place(sketch)
    with canvas(target, WIDTH, place.height, fonts) as drawn:
        told = [drawn.text(line, SELECTION_CELLS) for line in place.selection]
        selection = [drawn.fit(line, SMALL, WIDTH - 2 * MARGIN) for line in told]
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


def _place(sketch: MarketSketch) -> _Place:
    half = -(-len(sketch.selection) // 2)
    parts = (sketch.selection[:half], sketch.selection[half:])
    selection = [" · ".join(part) for part in parts if part]
    if sketch.empty:
        return _Place(selection, sketch.notes, EMPTY)
    panels = sum(one.height + GAP for one in PANELS)
    return _Place(selection, sketch.notes, panels + _strips(sketch) + MONTHS)


def _strips(sketch: MarketSketch) -> float:
    return 0.3 + STRIP * len(sketch.venues)


def _panels(drawn: Canvas, place: _Place, calendar: Calendar, sketch: MarketSketch) -> None:
    wide = WIDTH - SIDE - MARGIN
    month = wide / calendar.width
    top = place.foot + place.body
    for one in PANELS:
        top -= one.height
        points = _points(sketch, one.field)
        high = 132.0 if one.field == "coverage" else room(points)
        box = (SIDE, top, wide, one.height)
        axes = panel(drawn, box, calendar, high)
        side_title(axes, box, SIDE - MARGIN, drawn.label(*one.title), one.lines)
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
    wide, high = WIDTH - SIDE - MARGIN, _strips(sketch) + MONTHS
    month, n = wide / calendar.width, len(sketch.venues)
    box = (SIDE / WIDTH, place.foot / place.height, wide / WIDTH, high / place.height)
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
        more = f"+ {sketch.more} venues with fewer messages, in the figures but without a line"
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

    handles = [
        Patch(facecolor=BLUE, label=f"a whole month, coverage at least {least:.0%}"),
        Patch(facecolor=LIGHT, label="less: not fit to be compared with others"),
        Line2D(
            [], [], color=LIGHT, marker="o", markersize=4, markerfacecolor="white",
            markeredgecolor=BLUE, label="PGD and MGD: open where it is less",
        ),
        Patch(
            facecolor="white", edgecolor="#bdbdbd", hatch="////", linewidth=0,
            label="not watched, no message: unknown, not zero",
        ),
        Patch(facecolor=BLUE, label="venue: day with messages"),
        Patch(facecolor=SILENT, label="venue: watched, silent day"),
    ]  # fmt: skip
    bottom = MARGIN + LINE * (len(place.footer) + 0.5)
    drawn.figure.legend(
        handles=handles, loc="lower left", ncols=3, frameon=False, fontsize=8,
        bbox_to_anchor=(MARGIN / WIDTH, bottom / place.height), borderaxespad=0.0,
        handletextpad=0.6, columnspacing=1.4,
    )  # fmt: skip
