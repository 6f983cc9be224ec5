"""Figures of goods that no term names: a word that nothing explains stands where goods would."""

import re
from collections.abc import Sequence
from typing import Final

from ingest.extract.chatty import unread
from ingest.extract.money import Figure
from ingest.extract.scene import Scene
from ingest.extract.spans import Span, SpanIndex, last_before, within
from ingest.extract.tokens import DATA_GENERIC, GOODS, Token
from ingest.extract.whole_lots import buys_all
from ingest.lexicon.frames import frame
from ingest.lexicon.wordings import wording

_CUT: Final = re.compile(r"[,;!?。\n()|/、]|\.(?!\d)")
WORD: Final = re.compile("[一-鿿]{2}|[a-z]{3}")
LABELLED: Final = re.compile(r"(?:[一-鿿]{2}|[a-z]{3})[ :=]{0,6}\Z")
"""Such a word right in front, where another figure stands in the same clause."""
_NAMED: Final = re.compile(r" {0,2}(?:[一-鿿]{2}|[a-z]{4})")
_BRACKET: Final = re.compile(r"\([^()\n]{1,16}\) ?\Z")
"""RDP (US) $7: what stands in brackets in front of a figure is said of the goods before it."""
_LISTED: Final = re.compile(r"[\d块毛元分$€] ?(?:[/、和与]|and) ?\Z")
_BESIDE: Final = re.compile(r" ?[/、](?![\d$€])")
_REST: Final = wording("others_of_all")
_GETS: Final = frame("gets_you")
_TIERED: Final = frozenset({"least", "tier"})
_SEVERAL: Final = 2
_SIZES: Final = frozenset({"gigabyte", "file"})
"""Units in which data are counted a second time."""
PIECES: Final = frozenset({"record", "unit", "query"})
"""What prices are for that are on the same terms."""
_VARIANT: Final = re.compile(r"[一-鿿a-z\d][版卡号级档款型套餐线区]\s?[:=]?\s?\Z")
"""A kind of the goods right in front of a figure (季卡200u, 月亮号 3块)."""


def without_strange(scene: Scene, figures: list[Figure], products: Sequence[Token]) -> list[Figure]:
    """Without prices and quantities of something unread, where the goods have one of their own.

    Where the goods are named apart, a price that says what it is for has a label of its own
    (拍下未付 1.6元一位, 已付款 2.9元一位).
    """
    for kind in ("price", "quantity"):
        some = [f for f in figures if f.kind == kind]
        if len(some) < _SEVERAL or (kind == "price" and any(f.kind in _TIERED for f in figures)):
            continue
        strange = {f for f in some if _is_strange(scene, f, products, some)}
        clear = {_terms(f) for f in some if f not in strange}
        figures = [f for f in figures if f not in strange or _terms(f) not in clear]
    return [f for f in figures if f.kind != "price" or not _in_strange_list(scene, f, products)]


def _terms(figure: Figure) -> tuple[str | None, str | None]:
    """On what terms a figure stands; one on other terms than the rest is said of the same goods.

    $150 per week, private build $900; 6M rows, CSV 2.1 GB.
    """
    if figure.kind == "quantity":
        return (figure.unit if figure.unit in _SIZES else None, figure.period)
    return (None if figure.per in PIECES else figure.per, None)


def _is_strange(
    scene: Scene, figure: Figure, products: Sequence[Token], others: Sequence[Figure]
) -> bool:
    """Whether a word that nothing explains stands in front of a figure in its clause.

    $15 gets you a log, 八毛股民,两块玩表: what the price buys may stand behind it too.
    """
    text = scene.text
    if figure.kind == "price" and buys_all(figure, scene.figures):
        return False
    if _leads(text, figure, products) or _VARIANT.search(
        text, max(0, figure.start - 5), figure.start
    ):
        return False
    if gets := _GETS.match(text, figure.end):
        return not within(products, [(gets.end(), _clause_end(text, gets.end()))])
    start = _clause_start(text, figure.start)
    if _REST.search(text, start, figure.start) and not within(products, [(start, figure.start)]):
        return True
    before = last_before(others, figure.start - 1)
    if before is not None:
        start = max(start, before.end)
    if any(start <= p.start < figure.start for p in products):
        return False
    if _names_other(scene, (start, figure.start), products):
        return True
    if figure.kind == "price" and figure.per and not _are_priced(text, products, others):
        return False
    left = unread(scene, start, figure.start)
    if not left.strip(" :-~—"):
        return _names_behind(scene, figure, products, others)
    alone = before is None or start > before.end
    return bool(WORD.search(left)) and (alone or LABELLED.search(left) is not None)


def _are_priced(text: str, products: Sequence[Token], prices: Sequence[Figure]) -> bool:
    """股民8毛一条,玩表5毛一条: whether a price stands in the clause of the goods themselves."""
    starts = [(_clause_start(text, f.start), f.start) for f in prices]
    return any(start <= p.start < end for p in products for start, end in starts)


def _names_other(scene: Scene, span: Span, products: Sequence[Token]) -> bool:
    """棋牌料6毛,搭建费5000: whether a stretch names goods that are none of the listing's."""
    ids = {p.id for p in products} | {DATA_GENERIC}
    counted = SpanIndex([(f.start, f.end) for f in within(scene.figures, [span])])
    return any(
        t.kind in GOODS and t.id not in ids and not counted.overlaps(t.start, t.end)
        for t in within(scene.tokens, [span])
    )


def _names_behind(
    scene: Scene, figure: Figure, products: Sequence[Token], others: Sequence[Figure]
) -> bool:
    """Whether goods stand right behind another figure, and what is unread right behind this."""
    if not any(_leads(scene.text, f, products) for f in others):
        return False
    left = unread(scene, figure.end, _clause_end(scene.text, figure.end))
    return _NAMED.match(left) is not None


def _leads(text: str, figure: Figure, products: Sequence[Token]) -> bool:
    """Whether goods stand right behind a figure."""
    start = figure.end + (text[figure.end : figure.end + 1] in {" ", "的"})
    return any(p.start == start for p in products)


def _in_strange_list(scene: Scene, figure: Figure, products: Sequence[Token]) -> bool:
    """股民/玩表 0.8/2.0: a price in a list of prices, and goods in a list with what is unread."""
    text = scene.text
    if not _LISTED.search(text, max(0, figure.start - 4), figure.start):
        return False
    for goods in products:
        beside = _BESIDE.match(text, goods.end)
        if beside and _NAMED.match(
            unread(scene, beside.end(), min(len(text), beside.end() + 4)).ljust(4)
        ):
            return True
    return False


def _clause_start(text: str, place: int) -> int:
    bracket = _BRACKET.search(text, max(0, place - 20), place)
    start = bracket.start() if bracket else place
    while start and not _CUT.match(text, start - 1):
        start -= 1
    return start


def _clause_end(text: str, place: int) -> int:
    stop = _CUT.search(text, place)
    return stop.start() if stop else len(text)
