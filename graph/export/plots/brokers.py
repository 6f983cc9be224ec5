"""Brokers between the groups that they join, and the evidence over time below."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import msgspec

from graph.analysis.sketch import Drawn, Mark, Side, Sketch
from graph.export.plots.between import (
    CIRCLES,
    COLOURS,
    HEADINGS,
    draw_groups,
    most_partners,
    thick,
    title,
)
from graph.export.plots.calendar import MONTH_LABELS, Calendar, draw_months, hatch, number
from graph.export.plots.canvas import (
    GREY,
    INK,
    LINE,
    MARGIN,
    PALE,
    SMALL,
    Canvas,
    bare,
    canvas,
    heading,
    legend,
    put,
)
from graph.export.plots.fonts import fonts_on
from graph.export.plots.letters import lacking
from graph.export.plots.target import Place

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

TITLE = (
    "Brokers by matched dealings: a rank is a lead, not a finding",
    "按匹配交易排列的中介：名次只是线索，并非结论",
)
EVIDENCE = ("Dated dealings, and the place in each month", "有日期的交易及各月名次")
ROW = 0.62
"""Inches of a broker or a group in the upper part."""
KEY = 0.85
"""Inches of the words and lines under the upper part that say how to read it."""
STRIP = 0.56
"""Inches of a broker in the lower part."""
NAMES = 2.4
"""Inches left of the months for the brokers' names."""
SELECTION_CELLS = 240
SHAPES: Mapping[Side, str] = {"got": "^", "gave": "v"}
SHIFT: Mapping[Side, float] = {"got": -0.28, "gave": 0.0}
"""Rows that a mark stands below the middle of its strip."""


class _Place(msgspec.Struct, frozen=True):
    """Inches: height of the two parts, and lines of text above and below them."""

    upper: float
    lower: float
    selection: list[str]
    footer: list[str]

    @property
    def head(self) -> float:
        return MARGIN + 0.45 + LINE * len(self.selection)

    @property
    def foot(self) -> float:
        return MARGIN + LINE * len(self.footer) + 0.75

    @property
    def height(self) -> float:
        return self.head + self.upper + self.lower + self.foot


def draw_brokers(sketch: Sketch, target: Place) -> list[str]:
    """Writes the picture; what must be said beside it. Raises UsageError."""
    labels = [words[1] for words in (TITLE, EVIDENCE, CIRCLES, *HEADINGS)]
    fonts = fonts_on(target, _words(sketch), labels=labels)
    place = _place(sketch)
    with canvas(target, place.height, fonts) as drawn:
        wide = drawn.width - 2 * MARGIN
        told = [drawn.text(line, SELECTION_CELLS) for line in place.selection]
        selection = [drawn.fit(line, SMALL, wide) for line in told]
        heading(drawn, drawn.label(*TITLE), selection, place.footer)
        if sketch.empty:
            drawn.figure.text(0.5, 0.5, sketch.empty, ha="center", fontsize=12, color=INK)
        else:
            upper = place.foot + place.lower + KEY
            draw_groups(_axes(drawn, place, upper, place.upper - KEY), drawn, sketch)
            _lines_key(_axes(drawn, place, upper - KEY, KEY), drawn, most_partners(sketch))
            _evidence(_axes(drawn, place, place.foot, place.lower), drawn, sketch)
            _legend(drawn, place)
    return fonts.notes


def _words(sketch: Sketch) -> Iterator[str]:
    yield from sketch.selection
    for broker in sketch.brokers:
        yield from (broker.name, broker.id)
    for group in sketch.groups.values():
        for both in group.top:
            yield from both


def _place(sketch: Sketch) -> _Place:
    sides = [{tie.group for tie in sketch.ties if tie.side == side} for side in ("got", "gave")]
    rows = max(len(sketch.brokers), *map(len, sides), 1)
    footer = [*sketch.notes]
    if sketch.undated:
        footer.append(f"pieces of evidence without a date, in no month: {sketch.undated}")
    if sketch.empty:
        return _Place(1.0, 0.0, _lines(sketch.selection), footer)
    lower = 0.6 + STRIP * len(sketch.brokers) + 0.5
    return _Place(0.5 + ROW * rows + KEY, lower, _lines(sketch.selection), footer)


def _lines(selection: Sequence[str]) -> list[str]:
    half = -(-len(selection) // 2)
    return [" · ".join(part) for part in (selection[:half], selection[half:]) if part]


def _axes(drawn: Canvas, place: _Place, bottom: float, height: float) -> "Axes":
    """Axes over the whole width, in inches from the top left corner of their part."""
    axes = drawn.figure.add_axes((0, bottom / place.height, 1, height / place.height))
    axes.set_xlim(0, drawn.width)
    axes.set_ylim(height, 0)
    bare(axes)
    return axes


def _evidence(axes: "Axes", drawn: Canvas, sketch: Sketch) -> None:
    """A strip a broker: its dated dealings, and its place in each month."""
    calendar = Calendar.of(sketch.months)
    wide = (drawn.width - NAMES - MARGIN) / calendar.width
    n = len(sketch.brokers)
    # Months across and strips down, with the names in what is left of the first month.
    axes.set_xlim(-NAMES / wide, calendar.width + MARGIN / wide)
    axes.set_ylim(n + 0.5 / STRIP, -0.5 / STRIP)
    told = drawn.label(*EVIDENCE)
    put(axes, 0, -0.4, told, fontsize=10.5, weight="bold", color=INK)
    for row, broker in enumerate(sketch.brokers):
        name = drawn.fit(title(drawn, broker), 9, NAMES - MARGIN - 0.15)
        put(axes, -0.15 / wide, row + 0.5, name, ha="right", va="center", fontsize=9)
        for y in (row, row + 1):
            axes.plot([0, calendar.width], [y, y], color=PALE, linewidth=0.6, zorder=0)
        if calendar.columns:
            _strip(axes, calendar, broker, row)
    if calendar.columns:
        draw_months(axes, calendar, n, LINE / STRIP, wide)
    else:
        none = drawn.say("no dated evidence", "没有有日期的证据")
        put(axes, 0.5, n / 2, none, ha="center", va="center", color=GREY)


def _strip(axes: "Axes", calendar: Calendar, broker: Drawn, row: int) -> None:
    for unwatched, run in groupby(broker.months, key=lambda place: place.state == "unwatched"):
        if unwatched:
            hatch(axes, *calendar.span([place.month for place in run]), row + 0.04, row + 0.96)
    ends = {side: row + 0.5 + SHIFT[side] for side in SHIFT}
    for got, gave in broker.pairs:
        across = [calendar.at(got), calendar.at(gave)]
        axes.plot(across, [ends["got"], ends["gave"]], color=GREY, linewidth=0.7, zorder=1)
    for key, marks in groupby(sorted(broker.marks, key=_look), key=_look):
        side, matched = key
        across = sorted({round(calendar.at(mark.utc), 3) for mark in marks})
        axes.scatter(across, [ends[side]] * len(across), **_sign(side, matched=matched))
    if sum(column.watched for column in calendar.columns) <= MONTH_LABELS:
        _ranks(axes, calendar, broker, row)


def _look(mark: Mark) -> tuple[Side, bool]:
    return mark.side, mark.matched


def _sign(side: Side, *, matched: bool) -> dict[str, Any]:
    colour = COLOURS[side]
    return {
        "s": 30,
        "marker": SHAPES[side],
        "facecolors": colour if matched else "white",
        "edgecolors": colour,
        "linewidths": 0.8,
        "zorder": 2,
    }


def _ranks(axes: "Axes", calendar: Calendar, broker: Drawn, row: int) -> None:
    signs = {"not ranked": "·", "too little evidence": "?"}
    for place in broker.months:
        sign = str(place.rank) if place.rank else signs.get(place.state)
        if sign is not None:
            left, right = calendar.span([place.month])
            number(axes, (left + right) / 2, row + 0.8, sign, firm=place.firm)


def _lines_key(axes: "Axes", drawn: Canvas, most: int) -> None:
    """How to read the upper part: what a circle is, and how thick a line is for how many."""
    from matplotlib.lines import Line2D

    def line(side: Side, words: tuple[str, str], n: int) -> Line2D:
        en = f"{words[0]} {n} account{'s' if n > 1 else ''}"
        told = drawn.say(en, f"{words[1]} {n} 个账号")
        return Line2D([], [], color=COLOURS[side], linewidth=thick(n, most), label=told)

    for row, words in enumerate(CIRCLES if drawn.lang is None else [drawn.say(*CIRCLES)]):
        if not lacking([words], drawn.fonts.drawable):
            put(axes, drawn.width / 2, 0.16 + row * LINE, words, ha="center", fontsize=8.5)
    handles = [
        *(line("got", ("got goods from", "进货自"), n) for n in sorted({1, most})),
        *(line("gave", ("gave goods to", "出货给"), n) for n in sorted({1, most})),
    ]
    axes.legend(handles=handles, loc="lower center", ncols=4, frameon=False, fontsize=8.5)


def _legend(drawn: Canvas, place: _Place) -> None:
    """How to read the lower part."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    label = drawn.label

    def sign(side: Side, text: str, *, full: bool) -> Line2D:
        colour = COLOURS[side]
        face = colour if full else "white"
        look: dict[str, Any] = {"markerfacecolor": face, "markeredgecolor": colour}
        return Line2D([], [], linestyle="", marker=SHAPES[side], markersize=6, label=text, **look)

    unwatched: dict[str, Any] = {"facecolor": "white", "edgecolor": "#bdbdbd", "hatch": "////"}
    handles: list[Artist] = [
        sign("got", label("supply with a matching sale", "有匹配出售的进货"), full=True),
        sign("got", label("supply without one", "无匹配出售的进货"), full=False),
        sign("gave", label("sale with a matching supply", "有匹配进货的出售"), full=True),
        sign("gave", label("sale without one", "无匹配进货的出售"), full=False),
        Line2D([], [], color=GREY, linewidth=0.7, label=label("a supply and its sale", "一对匹配")),
        Patch(
            **unwatched,
            linewidth=0,
            label=label("no collected post in its venues", "其场所无采集到的帖子"),
        ),
    ]
    legend(drawn, handles, len(place.footer), 3)
