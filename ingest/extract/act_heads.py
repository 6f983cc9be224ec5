"""Headings that say which act the rows below them do: 求购: above some, 出售: above others."""

from collections.abc import Sequence
from typing import Final

from ingest.extract.scene import Scene
from ingest.extract.spans import Span, within
from ingest.extract.stances import Stance, leftover

_LEFT: Final = 8
"""Characters beside its act that a heading may hold."""


def act_heads(
    scene: Scene, acts: Sequence[Stance], lines: Sequence[Span]
) -> list[tuple[int, Stance]]:
    """Place and act of each heading. `lines`: those that are no rows themselves."""
    return [(line[0], act) for line in lines if (act := _said(scene, acts, line))]


def _said(scene: Scene, acts: Sequence[Stance], line: Span) -> Stance | None:
    said = [act for act in within(acts, [line]) if not act.sure]
    if len({act.polarity for act in said}) != 1:
        return None
    return said[0] if leftover(scene, said[0].end, line[1]) <= _LEFT else None
