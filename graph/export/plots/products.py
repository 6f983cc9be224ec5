"""Products by mentions, and below what is asked for a record of each, month by month."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from graph.analysis.price_sketch import PriceSketch, Ranked
from graph.export.plots.canvas import (
    BLUE,
    INK,
    LINE,
    MARGIN,
    SMALL,
    Canvas,
    canvas,
    heading,
    put,
    width_on,
)
from graph.export.plots.fonts import fonts_on
from graph.export.plots.panels import HEADROOM
from graph.export.plots.prices import (
    BETWEEN,
    LEGEND,
    NAME_CELLS,
    PRICES,
    SECTION,
    draw_charts,
    draw_legend,
    inches,
)
from graph.export.plots.target import Place

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAMES = 3.4
"""Inches left of the bars for the products' names."""
ROW = 0.25
"""Inches of a product."""
SELECTION_CELLS = 240
TITLE = ("Products by mentions", "商品提及排名")
COUNTS = (
    ("posts", ("Posts", "帖子数")),
    ("clusters", ("Text families", "文本簇")),
    ("sellers", ("Senders", "发帖账号")),
)
LABELS = [TITLE[1], PRICES[1], *(title[1] for _, title in COUNTS)]
EMPTY = 1.2


class _Place(msgspec.Struct, frozen=True):
    """Lines of text below, inches of the ranking and of the charts of prices with their title."""

    selection: str
    footer: list[str]
    ranking: float
    prices: float

    @property
    def foot(self) -> float:
        """Inches below everything drawn."""
        return MARGIN + LINE * (len(self.footer) + 0.5) + (LEGEND if self.prices else 0.0)

    @property
    def height(self) -> float:
        """Of all."""
        return MARGIN + 0.55 + LINE + self.ranking + self.prices + self.foot


def draw_products(sketch: PriceSketch, target: Place) -> list[str]:
    """Writes the picture; what must be said beside it. Raises UsageError."""
    fonts = fonts_on(target, _words(sketch), labels=LABELS)
    place = _place(sketch, width_on(target))
    with canvas(target, place.height, fonts) as drawn:
        told = drawn.fit(
            drawn.text(place.selection, SELECTION_CELLS), SMALL, drawn.width - 2 * MARGIN
        )
        heading(drawn, drawn.label(*TITLE), [told], place.footer)
        if sketch.empty:
            drawn.figure.text(0.5, 0.5, sketch.empty, ha="center", fontsize=12, color=INK)
        else:
            _ranking(drawn, place, sketch.ranking)
        if sketch.series:
            top = place.foot + place.prices
            drawn.figure.text(
                MARGIN / drawn.width, (top - 0.2) / place.height, drawn.label(*PRICES),
                fontsize=12, weight="bold", color=INK, va="top", parse_math=False,
            )  # fmt: skip
            draw_charts(drawn, top - SECTION, sketch)
            draw_legend(drawn, len(place.footer))
    return fonts.notes


def _words(sketch: PriceSketch) -> Iterator[str]:
    yield from sketch.selection
    for one in sketch.ranking:
        yield from (one.name, one.product)
    for line in sketch.series:
        yield from (line.name, line.product, line.currency)


def _place(sketch: PriceSketch, width: float) -> _Place:
    ranking = EMPTY if sketch.empty else 0.3 + ROW * len(sketch.ranking)
    prices = SECTION + inches(sketch, width) if sketch.series else 0.0
    return _Place(" · ".join(sketch.selection), sketch.notes, ranking, prices)


def _ranking(drawn: Canvas, place: _Place, ranking: Sequence[Ranked]) -> None:
    """Bars of the three counts side by side, each with its own scale, a product a line."""
    wide = (drawn.width - NAMES - MARGIN - 2 * BETWEEN) / len(COUNTS)
    bottom, height = place.foot + place.prices, ROW * len(ranking)
    for number, (field, title) in enumerate(COUNTS):
        left = NAMES + number * (wide + BETWEEN)
        across, up = drawn.width, place.height
        box = (left / across, bottom / up, wide / across, height / up)
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
