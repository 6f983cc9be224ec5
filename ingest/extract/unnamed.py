"""Goods that no term names: a word that nothing explains holds a place beside goods that are known.

股民8毛,嘟浪5毛: what is unknown takes its own amount, source and contact, and gives no listing.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ingest.extract.chatty import unread
from ingest.extract.figure import Figure
from ingest.extract.scene import Scene
from ingest.extract.spans import Span, within
from ingest.extract.tokens import DATA_GENERIC, Token
from ingest.extract.unit import Unit

_PREFIX: Final = "product/?"
"""No id of the lexicon begins so."""
_CUT: Final = re.compile(r"[,;!?。\n|、/()\[\]【】~]|\.(?!\d)")
_NAME: Final = (
    "[一-鿿]{2,5}|[a-z][a-z-]{2,14}(?: [a-z][a-z-]{2,14}){0,2}"
    "|(?![👇-👊👍-👐💯💰-💹💥🔝🔥🔞🔰-🔽])[🌀-🫿]"
)
_ALONE: Final = re.compile(rf"[\W_]*(?P<name>{_NAME})[\W_]*")
"""A word that is all that is unread of a label."""
_NO_GOODS: Final = re.compile(
    r".*[版卡号级档款型套餐线区价费率金付]|[前后]者|中间|[两三四]样|反正|别人|自己|封顶|[生熟]人|[单打]出|买断|店铺"
    r"|.*维护|.*出手|.*抵.*|.*抽|感谢.*|each|flat|works?|still|saw|now|also|only|then|full|set|active|excel|csv"
)
"""Words for kinds of the same goods, for fees, and others that name nothing that is sold."""
_FEWEST: Final = 2
_KINDS: Final = {"price": "price", "problem": "price", "quantity": "quantity"}


class Label(NamedTuple):
    """A figure with what stands in front of it and behind it up to a sign or the next figure."""

    figure: Figure
    front: Span
    back: Span
    since: int
    """Where the figure before it ends."""


def is_unnamed(token: Token) -> bool:
    """Whether a token stands for goods that no term names."""
    return token.id.startswith(_PREFIX)


def with_unnamed(scene: Scene, goods: list[Token]) -> list[Token]:
    """Goods of a post and, in parallel places, words that would name goods too."""
    figures = [f for f in scene.figures if f.kind in _KINDS]
    exact = [g for g in goods if g.id != DATA_GENERIC]
    if len(figures) < _FEWEST or not exact:
        return goods
    names = set(_names(scene, exact, figures))
    if not names:
        return goods
    return sorted([*goods, *_tokens(scene, names)])


def without_unnamed(unit: Unit) -> Unit | None:
    """A unit with the goods that a term names; None where it has others alone."""
    if not any(map(is_unnamed, unit.goods)):
        return unit
    kept = [g for g in unit.goods if not is_unnamed(g)]
    return unit._replace(goods=kept) if kept else None


def _names(scene: Scene, goods: Sequence[Token], figures: Sequence[Figure]) -> Iterator[str]:
    labels = _labels(scene, figures)
    for side in ("front", "back") if not any(_has_goods(goods, n) for n in labels) else ("front",):
        held = [bool(within(goods, [getattr(label, side)])) for label in labels]
        for number, label in enumerate(labels):
            kind = _KINDS[label.figure.kind]
            beside = any(
                holds and n != number and _KINDS[labels[n].figure.kind] == kind
                for n, holds in enumerate(held)
            )
            if beside and not (_has_goods(goods, label) or _is_headed(scene, goods, label)):
                name = _name(scene, getattr(label, side))
                if name:
                    yield name


def _has_goods(goods: Sequence[Token], label: Label) -> bool:
    """Whether goods are named in front of a figure since the one before it."""
    return bool(within(goods, [(label.since, label.figure.start)]))


def _is_headed(scene: Scene, goods: Sequence[Token], label: Label) -> bool:
    """Whether the line of a figure is a row below a line of goods: its word says of which kind."""
    first = scene.text.rfind("\n", 0, label.figure.start)
    end = scene.text.find("\n", goods[0].end)
    if not 0 <= end <= first:
        return False
    start = scene.text.rfind("\n", 0, goods[0].start) + 1
    return not within(scene.figures, [(start, end)])


def _labels(scene: Scene, figures: Sequence[Figure]) -> list[Label]:
    text = scene.text
    cuts = [
        (m.start(), m.end())
        for m in _CUT.finditer(text)
        if not any(f.start <= m.start() < f.end for f in scene.figures)
    ]
    found: list[Label] = []
    for figure in figures:
        before = [end for _, end in cuts if end <= figure.start]
        since = max((f.end for f in figures if f.end <= figure.start), default=0)
        behind = [start for start, _ in cuts if start >= figure.end]
        behind += [f.start for f in figures if f.start >= figure.end]
        start, end = max(before, default=0), min(behind, default=len(text))
        front = max(start, since), figure.start
        found.append(Label(figure, front, (figure.end, end), since))
    return found


def _name(scene: Scene, span: Span) -> str | None:
    """The word that is all that is unread of a stretch."""
    if span[0] >= span[1]:
        return None
    match = _ALONE.fullmatch(unread(scene, *span))
    if scene.rules.topics.last(scene.text, *span):
        return None
    if match is None or _NO_GOODS.fullmatch(match["name"]):
        return None
    return match["name"]


def _tokens(scene: Scene, names: set[str]) -> Iterator[Token]:
    for name in names:
        for match in re.finditer(re.escape(name), scene.text):
            if not any(t.start < match.end() and match.start() < t.end for t in scene.tokens):
                yield Token(*match.span(), "product", _PREFIX + name, False)
