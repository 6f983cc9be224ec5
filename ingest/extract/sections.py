"""Lists by lines: rows that name a source in the place of goods, and what stands above a row."""

from collections.abc import Sequence
from typing import Final

from ingest.extract.scene import Scene
from ingest.extract.spans import Span, last_before, within
from ingest.extract.tokens import GOODS, Token
from ingest.lexicon.wordings import wording

_SPEAKER: Final = wording("speaker")
_HEADS: Final = GOODS | {"source", "method"}


def source_rows(scene: Scene, lines: Sequence[Span], goods: Sequence[Token]) -> frozenset[Span]:
    """Lines without goods that have a source and a price, where several do: 移动 1.3, 联通 1.1."""
    found: dict[Span, frozenset[str]] = {}
    for line in lines:
        named = frozenset(t.id for t in within(scene.tokens, [line]) if t.kind == "source")
        priced = any(f.kind == "price" for f in within(scene.figures, [line]))
        if named and priced:
            found[line] = named
    rows = frozenset(line for line in found if not within(goods, [line]))
    return rows if goods and rows and len(set(found.values())) > 1 else frozenset()


def goods_above(goods: Sequence[Token], lines: Sequence[Span], row: Span) -> list[Token]:
    """The goods of the last line in front of a row that names any, else of the first behind it."""
    last = last_before(goods, row[0]) or next(iter(goods), None)
    if last is None:
        return []
    line = next(each for each in lines if each[0] <= last.start < each[1])
    return within(goods, [line])


def scoped(
    scene: Scene, alone: Sequence[Span], shared: tuple[Span, ...]
) -> dict[Span, tuple[Span, ...]]:
    """For each line of a list the shared lines without the headings of other sections."""
    heads = [line for line in shared if _is_head(scene, line, alone)]
    if len(heads) < 2:
        return dict.fromkeys(alone, shared)
    found: dict[Span, tuple[Span, ...]] = {}
    for line in alone:
        own = max((h for h in heads if h < line), default=None)
        found[line] = tuple(s for s in shared if s not in heads or s == own)
    return found


def speakers(scene: Scene) -> int:
    """How many lines begin with the name of who says them; nothing is shared between those."""
    return sum(1 for _ in _SPEAKER.finditer(scene.text))


def _is_head(scene: Scene, line: Span, alone: Sequence[Span]) -> bool:
    """Whether a line names goods, a source or a method, no figure, and rows stand right below."""
    if within(scene.figures, [line]):
        return False
    if within(scene.contacts, [line]):
        return False
    if not any(t.kind in _HEADS for t in within(scene.tokens, [line])):
        return False
    return any(row[0] - line[1] >= 0 and not scene.text[line[1] : row[0]].strip() for row in alone)
