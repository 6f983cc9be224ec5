"""Goods in clauses of their own: what one clause says of its goods is not said of the others."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ingest.extract.pairing import Part
from ingest.extract.scene import Scene
from ingest.extract.spans import Span, SpanIndex, within
from ingest.extract.tokens import DATA_GENERIC, Token
from ingest.extract.told import SENTENCE
from ingest.lexicon.wordings import wording

_CLAUSE: Final = re.compile(r"[,;!?。\n]|\.(?!\d)")
_FOR_ALL: Final = wording("holds_for_all")
_ORIGIN: Final = frozenset({"source", "method"})
_COUNTED: Final = frozenset({"price", "problem", "quantity"})


def by_clause(scene: Scene, span: Span, goods: Sequence[Token]) -> list[Part]:
    """Parts by clauses that name a source or method, else by sentences that name a figure."""
    if len({g.id for g in goods if g.id != DATA_GENERIC}) < 2 or _FOR_ALL.search(scene.text, *span):
        return []
    origins = [
        t for t in within(scene.tokens, [span])
        if t.kind in _ORIGIN and not t.weak and not scene.is_negated(t.start, t.end)
    ]  # fmt: skip
    figures = [f for f in within(scene.figures, [span]) if f.kind in _COUNTED]
    if origins and not figures:
        return _parts(scene, span, goods, SpanIndex([(t.start, t.end) for t in origins]), _CLAUSE)
    if figures and not origins:
        return _parts(scene, span, goods, SpanIndex([(f.start, f.end) for f in figures]), SENTENCE)
    return []


def _parts(
    scene: Scene, span: Span, goods: Sequence[Token], said: SpanIndex, sign: re.Pattern[str]
) -> list[Part]:
    """A part for each stretch with goods, where no other names the same and one says something."""
    found: list[Part] = []
    speaking = 0
    for start, end in _stretches(scene, span, sign):
        own = [g for g in within(goods, [(start, end)]) if g.id != DATA_GENERIC]
        if own:
            found.append(Part(start, start, end, own, set(), set(), set(), end))
            speaking += said.overlaps(start, end)
        elif said.overlaps(start, end):
            return []
    ids = [{g.id for g in part.goods} for part in found]
    apart = sum(map(len, ids)) == len(set().union(*ids)) if ids else False
    return found if apart and len(found) > 1 and speaking else []


def _stretches(scene: Scene, span: Span, sign: re.Pattern[str]) -> Iterator[Span]:
    start = span[0]
    held = SpanIndex([(f.start, f.end) for f in scene.figures])
    for match in sign.finditer(scene.text, *span):
        if not held.overlaps(*match.span()):
            yield start, match.start()
            start = match.end()
    yield start, span[1]
