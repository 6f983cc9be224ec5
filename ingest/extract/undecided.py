"""Prices that stand beside several goods in no order: a price of one is none of the others."""

import re
from collections.abc import Sequence, Set
from typing import Final

from ingest.extract.money import Figure
from ingest.extract.scene import Scene
from ingest.extract.spans import Placed, last_before, within
from ingest.extract.tokens import DATA_GENERIC, GOODS, Token
from ingest.lexicon.frames import frame
from ingest.lexicon.wordings import wording
from ingest.records import SourceClaim

_RESPECTIVELY: Final = wording("respectively")
_BY_PLACE: Final = wording("the_latter")
"""One of several things that are named before, of which not all are read."""
_POINTS: Final = re.compile(r"[ :=(—–-]{0,2}")
_CUT: Final = re.compile(r"[,;!?。\n()|/、]|\.(?!\d)")
_STOP: Final = re.compile(r"[;!?。\n]|\.(?!\d)")
_WORD: Final = re.compile("[一-鿿]{2}|[a-z]{3}")
_FANS: Final = re.compile("[0-9十百千万wk]粉")
"""So many followers an account has (千粉65元)."""
_ADDED: Final = re.compile(r"(?:[带含配送附加]|(?<![a-z])(?:w/|with)) ?$")
"""In front of what comes with the goods (公户带法人 三万八一套)."""
_LABEL: Final = frame("price_label")
"""Words for kinds of the same goods, each with its price (国内0.8 国外0.3)."""
_FILLER: Final = frame("ad_filler")
_REST: Final = wording("others_of_all")
_GETS: Final = frame("gets_you")
_PRICE_WORD: Final = frame("price_word")
_TIERED: Final = frozenset({"least", "tier"})
UNDECIDED: Final = "several goods and several prices: which belongs to which is not said"


def decided(
    scene: Scene, figures: list[Figure], products: Sequence[Token], sources: Sequence[SourceClaim]
) -> tuple[list[Figure], tuple[str, ...]]:
    """Figures without prices of which nobody can say whose they are, and a word about it."""
    if not any(f.kind == "price" for f in figures):
        return figures, ()
    names = {p.id for p in products if p.id != DATA_GENERIC}
    figures = [
        f for f in figures
        if f.kind != "price"
        or not (_of_others(scene, f, names) or _elsewhere(scene, f, products))
    ]  # fmt: skip
    figures = _labelled(scene, figures, products)
    prices = [f for f in figures if f.kind == "price"]
    several = len({f.value for f in prices}) > 1 or _RESPECTIVELY.search(scene.text) is not None
    if several and _BY_PLACE.search(scene.text):
        return [f for f in figures if f.kind != "price"], (UNDECIDED,)
    if not (prices and several) or any(f.kind in _TIERED for f in figures):
        return figures, ()
    takers = {s.id for s in sources if s.id and not s.expanded}
    if max(len(names), len(takers)) < 2 or len({f.per for f in prices}) > 1:
        return figures, ()
    return [f for f in figures if f.kind != "price"], (UNDECIDED,)


def _of_others(scene: Scene, figure: Figure, names: Set[str]) -> bool:
    """MD 1块1: a price right behind goods that the listing does not read as its own."""
    before = last_before(scene.tokens, figure.start - 1)
    place = before.end if before else -1
    if before is None or not names or not _POINTS.fullmatch(scene.text, place, figure.start):
        return False
    ids = {t.id for t in scene.by_end[place] if t.kind in GOODS}
    if any(t.kind not in GOODS for t in scene.by_end[place]):
        return False
    if _FANS.fullmatch(scene.text, max(0, before.start - 1), before.end):
        return False
    if _ADDED.search(scene.text, max(0, before.start - 3), before.start):
        return False
    return bool(ids) and not ids & names and DATA_GENERIC not in ids


def _elsewhere(scene: Scene, figure: Figure, products: Sequence[Token]) -> bool:
    """Whether the sentence of a price names goods, and none that the listing reads."""
    start = max((m.end() for m in _STOP.finditer(scene.text, 0, figure.start)), default=0)
    stop = _STOP.search(scene.text, figure.end)
    end = stop.start() if stop else len(scene.text)
    if not products or any(start <= p.start < end for p in products):
        return False
    names = {p.id for p in products}
    return any(
        t.kind == "service" and t.id not in names and len(scene.by_end[t.end]) == 1
        for t in within(scene.tokens, [(start, figure.start)])
    )


def _labelled(scene: Scene, figures: list[Figure], products: Sequence[Token]) -> list[Figure]:
    """Without prices behind a word for something unread, where the goods have another price."""
    prices = [f for f in figures if f.kind == "price"]
    if len(prices) < 2 or any(f.kind in _TIERED for f in figures):
        return figures
    strange = {f for f in prices if _strange(scene, f, products)}
    known = {f.per for f in prices if f not in strange}
    return [f for f in figures if f not in strange or f.per not in known]


def _strange(scene: Scene, figure: Figure, products: Sequence[Token]) -> bool:
    """Whether a word that nothing explains stands in front of a price in its clause.

    $15 gets you a log: what the price buys may stand behind it too.
    """
    text = scene.text
    if gets := _GETS.match(text, figure.end):
        stop = _CUT.search(text, gets.end())
        bought = [(gets.end(), stop.start() if stop else len(text))]
        return not within(products, bought)
    start = figure.start
    while start and not _CUT.match(text, start - 1):
        start -= 1
    if _REST.search(text, start, figure.start) and not within(products, [(start, figure.start)]):
        return True
    taken = bytearray(figure.start - start)
    items: list[Placed] = [*within(scene.tokens, [(start, figure.start)])]
    items += within(scene.figures, [(start, figure.start)])
    if any(start <= p.start < figure.start for p in products):
        return False
    for first, last in (
        [(i.start, i.end) for i in items]
        + [m.span() for m in _FILLER.finditer(text, start, figure.start)]
        + [m.span() for m in _LABEL.finditer(text, start, figure.start)]
        + [m.span() for m in _PRICE_WORD.finditer(text, start, figure.start)]
    ):
        taken[first - start : last - start] = b"\1" * (last - first)
    left = "".join(" " if taken[n] else text[start + n] for n in range(len(taken)))
    return _WORD.search(left) is not None
