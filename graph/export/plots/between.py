"""Brokers in the middle, the groups that they got goods from and gave goods to beside them."""

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from graph.analysis.sketch import OTHERS, Drawn, Group, Side, Sketch, Tie
from graph.export.plots.canvas import BLUE, GREY, INK, MARGIN, SMALL, VERMILLION, Canvas, put

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 13.0
LABELS = 3.7
"""Inches left and right of the groups for their names."""
COLOURS: Mapping[Side, str] = {"got": BLUE, "gave": VERMILLION}
NAME_CELLS, MEMBER_CELLS, GROUP_CELLS = 24, 16, 60
_THIN, _STEP, _WIDEST = 0.9, 1.1, 4.0
"""Points of a tie to one account, of the next one, and more than the thinnest at the most."""
Point = tuple[float, float]


def draw_groups(axes: "Axes", drawn: Canvas, sketch: Sketch) -> None:
    """Groups left and right, brokers between them, and a tie a pair; axes in inches."""
    height = axes.get_ylim()[0]
    titles = [
        (LABELS, "right", "groups of accounts that they got goods from"),
        (WIDTH / 2, "center", "brokers by rank"),
        (WIDTH - LABELS, "left", "groups of accounts that they gave goods to"),
    ]
    for x, side, words in titles:
        put(axes, x, 0.12, words, ha=side, va="center", fontsize=SMALL, color=GREY)
    brokers = _rows(len(sketch.brokers), height)
    for side, x in (("got", LABELS), ("gave", WIDTH - LABELS)):
        ties = [tie for tie in sketch.ties if tie.side == side]
        order = _order(ties)
        rows = dict(zip(order, _rows(len(order), height), strict=True))
        for tie in ties:
            ends = (x, rows[tie.group]), (WIDTH / 2, brokers[tie.broker])
            _tie(axes, *ends, tie.side, thick(tie.partners, most_partners(sketch)))
        for group, y in rows.items():
            _group(axes, drawn, sketch.groups[group], x, y)
    for broker, y in zip(sketch.brokers, brokers, strict=True):
        _broker(axes, drawn, broker, y)


def _rows(n: int, height: float) -> list[float]:
    """Middles of n rows of equal height below the titles."""
    step = (height - 0.3) / max(n, 1)
    return [0.3 + step * (place + 0.5) for place in range(n)]


def _order(ties: Iterable[Tie]) -> list[int]:
    """Groups by the mean place of their brokers, so that few ties cross; the rest last."""
    sums: dict[int, tuple[float, int]] = {}
    for tie in ties:
        total, n = sums.get(tie.group, (0.0, 0))
        sums[tie.group] = total + tie.broker * tie.partners, n + tie.partners
    means = {group: total / n for group, (total, n) in sums.items()}
    return sorted(means, key=lambda group: (group == OTHERS, means[group], group))


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
    axes.scatter([x], [y], s=260, c="white", edgecolors=INK, linewidths=1.0, zorder=2)
    put(axes, x, y, group.letter or "+", ha="center", va="center", fontsize=9, zorder=3)
    left = x < WIDTH / 2
    look: dict[str, Any] = {"ha": "right" if left else "left"}
    edge = x - 0.22 if left else x + 0.22
    names = ", ".join(drawn.name(name, id_, MEMBER_CELLS) for name, id_ in group.top)
    few = "accounts" if group.members != 1 else "account"
    below = f"{group.members} {few}" if group.members else "all others"
    if names:
        text = drawn.fit(drawn.text(names, GROUP_CELLS), 9, LABELS - MARGIN - 0.22)
        put(axes, edge, y - 0.02, text, va="bottom", fontsize=9, **look)
    put(axes, edge, y + 0.03, below, va="top", fontsize=7.5, color=GREY, **look)


def _broker(axes: "Axes", drawn: Canvas, broker: Drawn, y: float) -> None:
    put(
        axes, WIDTH / 2, y, title(drawn, broker), ha="center", va="center", fontsize=10, zorder=4,
        bbox={"boxstyle": "round,pad=0.35", "facecolor": "white", "edgecolor": INK},
    )  # fmt: skip


def title(drawn: Canvas, broker: Drawn) -> str:
    """Rank and name."""
    rank = "not ranked:" if broker.rank is None else f"{broker.rank}."
    return f"{rank} {drawn.name(broker.name, broker.id, NAME_CELLS)}"
