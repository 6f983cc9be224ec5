"""Lists in which a price heads the goods below it: ——5毛区——, 1元:, each above some lines."""

from collections.abc import Sequence
from typing import Final

from ingest.extract.scene import Scene
from ingest.extract.spans import Span, within
from ingest.extract.tokens import DATA_GENERIC, Token

_FEWEST: Final = 2
_LONGEST: Final = 16


def under_prices(scene: Scene, lines: Sequence[Span], goods: Sequence[Token]) -> list[Span]:
    """Each heading with the lines below it; empty where the post is no such list."""
    exact = [g for g in goods if g.id != DATA_GENERIC]
    found: list[list[Span]] = []
    for line in lines:
        held = within(exact, [line])
        figures = within(scene.figures, [line])
        if not held and _heads(scene, line):
            found.append([line])
        elif held and (figures or not found or found[-1][-1][1] + 1 < line[0]):
            return []
        elif held:
            found[-1].append(line)
        elif figures:
            return []
    if len(found) < _FEWEST or max(map(len, found)) <= _FEWEST or min(map(len, found)) < _FEWEST:
        return []
    return [(block[0][0], block[-1][1]) for block in found]


def _heads(scene: Scene, line: Span) -> bool:
    """Whether a short line holds one price and nothing else that is read."""
    figures = within(scene.figures, [line])
    return (
        line[1] - line[0] <= _LONGEST
        and [f.kind for f in figures] == ["price"]
        and not within(scene.contacts, [line])
    )
