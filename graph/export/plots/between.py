"""Brokers in the middle, the groups that they got goods from and gave goods to beside them."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from graph.analysis.sketch import Drawn, Group, Side, Sketch, reading_order
from graph.export.plots.canvas import BLUE, GREY, INK, MARGIN, VERMILLION, Canvas, put

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LABELS, LABELS_ON_SHEET = 3.7, 3.05
"""Inches left and right of the groups for their names."""
COLOURS: Mapping[Side, str] = {"got": BLUE, "gave": VERMILLION}
NAME_CELLS, MEMBER_CELLS, GROUP_CELLS = 24, 16, 60
HEADINGS = (
    ("They got goods from", "进货来源"),
    ("Brokers by rank", "中介名次"),
    ("They gave goods to", "出货对象"),
)
CIRCLES = (
    "Circles: groups of accounts that deal mostly among themselves, with the members that have "
    "most partners; one letter on both sides is one group.",
    "圆圈：主要在彼此之间交易的账号群，并列出往来对象最多的成员；两侧字母相同即为同一群。",
)
_SIDES = ("right", "center", "left")
_BESIDE = 0.25
"""Inches from the middle of a circle to the words beside it."""
_HEAD = 0.42
"""Inches above the first row."""
_THIN, _STEP, _WIDEST = 0.9, 1.1, 4.0
"""Points of a tie to one account, of the next one, and more than the thinnest at the most."""
Point = tuple[float, float]


def draw_groups(axes: "Axes", drawn: Canvas, sketch: Sketch) -> None:
    """Groups left and right, brokers between them, and a tie a pair; axes in inches."""
    height = axes.get_ylim()[0]
    wide, middle, labels = drawn.width, drawn.width / 2, labels_on(drawn)
    for x, side, words in zip((labels, middle, wide - labels), _SIDES, HEADINGS, strict=True):
        told = drawn.label(*words)
        put(axes, x, 0.1, told, ha=side, va="center", fontsize=10.5, weight="bold", color=INK)
    brokers = _rows(len(sketch.brokers), height)
    for side, x in (("got", labels), ("gave", wide - labels)):
        ties = [tie for tie in sketch.ties if tie.side == side]
        order = reading_order(ties)
        rows = dict(zip(order, _rows(len(order), height), strict=True))
        for tie in ties:
            ends = (x, rows[tie.group]), (middle, brokers[tie.broker])
            _tie(axes, *ends, tie.side, thick(tie.partners, most_partners(sketch)))
        for group, y in rows.items():
            _group(axes, drawn, sketch.groups[group], x, y)
    for broker, y in zip(sketch.brokers, brokers, strict=True):
        _broker(axes, drawn, broker, y)


def labels_on(drawn: Canvas) -> float:
    """Inches left and right of the groups."""
    return LABELS if drawn.lang is None else LABELS_ON_SHEET


def _rows(n: int, height: float) -> list[float]:
    """Middles of n rows of equal height below the titles."""
    step = (height - _HEAD) / max(n, 1)
    return [_HEAD + step * (place + 0.5) for place in range(n)]


def most_partners(sketch: Sketch) -> int:
    """Accounts behind the thickest tie."""
    return max((tie.partners for tie in sketch.ties), default=1)


def _tie(axes: "Axes", start: Point, end: Point, side: Side, width: float) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    middle = (start[0] + end[0]) / 2
    points = [start, (middle, start[1]), (middle, end[1]), end]
    axes.add_patch(
        PathPatch(
            Path(points, [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]),
            facecolor="none", edgecolor=COLOURS[side], linewidth=width,
            alpha=0.6, capstyle="butt", zorder=1,
        )
    )  # fmt: skip


def thick(partners: int, most: int) -> float:
    """Points of a tie; `most`: partners of the thickest in the picture."""
    widest = min(_STEP * math.sqrt(most - 1), _WIDEST)
    return _THIN + (widest * math.sqrt((partners - 1) / (most - 1)) if most > 1 else 0.0)


def _group(axes: "Axes", drawn: Canvas, group: Group, x: float, y: float) -> None:
    axes.scatter([x], [y], s=380, c=INK, edgecolors="white", linewidths=1.5, zorder=2)
    look: dict[str, Any] = {"color": "white", "weight": "bold", "fontsize": 11, "zorder": 3}
    put(axes, x, y, group.letter or "+", ha="center", va="center_baseline", **look)
    left = x < drawn.width / 2
    look = {"ha": "right" if left else "left"}
    edge = x - _BESIDE if left else x + _BESIDE
    names = ", ".join(drawn.name(name, id_, MEMBER_CELLS) for name, id_ in group.top)
    n, few = group.members, "accounts" if group.members != 1 else "account"
    below = drawn.say(f"{n} {few}", f"{n} 个账号") if n else drawn.say("all others", "其他全部")
    if names:
        text = drawn.fit(drawn.text(names, GROUP_CELLS), 9, labels_on(drawn) - MARGIN - _BESIDE)
        put(axes, edge, y - 0.01, text, va="bottom", fontsize=9.5, **look)
    put(axes, edge, y + 0.04, below, va="top", fontsize=8.5, color=GREY, **look)


def _broker(axes: "Axes", drawn: Canvas, broker: Drawn, y: float) -> None:
    put(
        axes, drawn.width / 2, y, title(drawn, broker), ha="center", va="center", fontsize=10,
        zorder=4, bbox={"boxstyle": "round,pad=0.35", "facecolor": "white", "edgecolor": INK},
    )  # fmt: skip


def title(drawn: Canvas, broker: Drawn) -> str:
    """Rank and name."""
    rank = drawn.say("not ranked:", "未上榜：") if broker.rank is None else f"{broker.rank}."
    return f"{rank} {drawn.name(broker.name, broker.id, NAME_CELLS)}"
