"""Sources and prices that share their clause with other goods or another act than a listing's."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from ingest.extract.chatty import speech
from ingest.extract.figure import Figure
from ingest.extract.scene import Scene
from ingest.extract.spans import Span, within
from ingest.extract.tokens import DATA_GENERIC, GOODS, Token
from ingest.lexicon.wordings import wording

_STOP: Final = re.compile(r"[,;!?。\n()|]|\.(?!\d)")
_TELLING: Final = GOODS | {"method", "insider_word"}
_ADDS: Final = wording("adds_more")
"""At the start of a clause that goes on with what stands before."""
_SPEECH: Final = 2
_SEVERAL: Final = 2
_REACH: Final = 120
"""Characters around a source in which its clause is looked for."""
_APART: Final = 2
"""Nearer to a price an act says what is paid or charged (最多出4毛)."""
_OPPOSED: Final = {"offer": "request", "request": "offer"}


def of_goods(scene: Scene, tokens: list[Token], goods: Sequence[Token]) -> list[Token]:
    """Tokens without sources whose clause names goods, and none of the listing's.

    网贷是借呗的,面单是韵达的: each has its own.
    """
    tokens = _without_spoken(scene, tokens)
    if len({g.id for g in scene.goods}) < 2 or not any(t.kind == "source" for t in tokens):
        return tokens
    names = {g.id for g in goods}
    return [
        t for t in tokens
        if t.kind != "source" or _is_above(scene, t, goods) or _shares(scene, t, names)
    ]  # fmt: skip


def _without_spoken(scene: Scene, tokens: list[Token]) -> list[Token]:
    """Tokens without sources that are only spoken of, where others stand with goods or a figure.

    面单,中通的四毛。圆通那家太慢。
    """
    names = [t for t in tokens if t.kind == "source" and not scene.is_negated(t.start, t.end)]
    if len({t.id for t in names}) < _SEVERAL:
        return tokens
    bare = [t for t in names if not _says_more(scene, t)]
    if not bare or len(bare) == len(names):
        return tokens
    return [t for t in tokens if t not in bare]


def _says_more(scene: Scene, token: Token) -> bool:
    """Whether goods, data, a figure or an act stand in the clause of a source."""
    first = max(0, token.start - _REACH)
    start = max((m.end() for m in _STOP.finditer(scene.text, first, token.start)), default=first)
    stop = _STOP.search(scene.text, token.end, token.end + _REACH)
    clause = [(start, stop.start() if stop else min(len(scene.text), token.end + _REACH))]
    if scene.text[start - 1 : start] == "\n" or _ADDS.match(scene.text, start):
        return True
    if speech(scene, *clause[0]) < _SPEECH:
        return True
    return bool(within(scene.figures, clause)) or any(
        t.kind in _TELLING for t in within(scene.tokens, clause)
    )


def _is_above(scene: Scene, token: Token, goods: Sequence[Token]) -> bool:
    """Whether a token stands on another line than all of the goods: it may head them."""
    start, stop = scene.text.rfind("\n", 0, token.start), scene.text.find("\n", token.end)
    return not any(start < g.start and (stop < 0 or g.start < stop) for g in goods)


def of_act(scene: Scene, figures: list[Figure], goods: Sequence[Token], act: str) -> list[Figure]:
    """Figures without prices that an opposite act names: 收电信卡50,出棋牌7毛."""
    other = _OPPOSED.get(act)
    if not any(a.polarity == other for a in scene.acts):
        return figures
    return [
        f for f in figures
        if f.kind != "price" or not _is_of(scene, f, goods, other)
    ]  # fmt: skip


def _is_of(scene: Scene, figure: Figure, goods: Sequence[Token], act: str | None) -> bool:
    clause = _clause(scene, figure.start, figure.end)
    said = [a for a in within(scene.acts, [clause]) if a.start < figure.start and not a.sure]
    if not said or said[-1].polarity != act or within(goods, [clause]):
        return False
    return figure.start - said[-1].end >= _APART


def _shares(scene: Scene, token: Token, names: set[str]) -> bool:
    clause = _clause(scene, token.start, token.end)
    beside = {
        g.id
        for g in within(scene.goods, [clause])
        if g.id != DATA_GENERIC and not g.weak and not scene.is_negated(g.start, g.end)
    }
    return not names or not beside or not names.isdisjoint(beside)


def _clause(scene: Scene, start: int, end: int) -> Span:
    number = bisect_left(scene.breaks, start)
    stop = bisect_left(scene.breaks, end)
    first = scene.breaks[number - 1] + 1 if number else 0
    return first, scene.breaks[stop] if stop < len(scene.breaks) else len(scene.text)
