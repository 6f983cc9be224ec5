"""Prices that stand beside several goods in no order: a price of one is none of the others."""

from collections.abc import Sequence, Set
from typing import Final

from ingest.extract.chatty import plainest
from ingest.extract.money import Figure
from ingest.extract.scene import Scene
from ingest.extract.spans import last_before, within
from ingest.extract.strange import PIECES, without_strange
from ingest.extract.tokens import DATA_GENERIC, GOODS, Token
from ingest.lexicon.wordings import wording
from ingest.records import SourceClaim
from ingest.text.late import late

_RESPECTIVELY: Final = wording("respectively")
_BY_PLACE: Final = wording("the_latter")
"""One of several things that are named before, of which not all are read."""
_POINTS: Final = late(r"[ :=(—–-]{0,2}")
_STOP: Final = late(r"[;!?。\n]|\.(?!\d)")
_OF: Final = frozenset({"", "的", " "})
_SPACES: Final = " \n,;、/|"
_FANS: Final = late("[0-9十百千万wk]粉")
"""So many followers an account has (千粉65元)."""
_ADDED: Final = late(r"(?:[带含配送附加]|(?<![a-z])(?:w/|with)) ?$")
"""In front of what comes with the goods (公户带法人 三万八一套)."""
_TAKES: Final = late(
    r"抽|佣|返|提成|两头|给我|分|得|(?<!费)收(?![^\d,]{0,5}费)|(?<![a-z])(?:cut|takes?|share|extra|keep|get)(?![a-z])"
)
_TAKES_REACH: Final = 10
"""In front of the share of who sells for others."""
_SEVERAL: Final = 2
_TIERED: Final = frozenset({"least", "tier"})
UNDECIDED: Final = "several goods and several prices: which belongs to which is not said"


def decided(
    scene: Scene,
    figures: list[Figure],
    goods: tuple[Sequence[Token], Sequence[Token]],
    sources: Sequence[SourceClaim],
    act: str,
) -> tuple[list[Figure], tuple[str, ...]]:
    """Figures without prices of which nobody can say whose they are, and a word about it.

    `goods`: the products of the listing, and all goods that its stretch names.
    """
    products, named = goods
    figures = without_strange(scene, _without_fees(scene, figures, products), products)
    if not any(f.kind == "price" for f in figures):
        return figures, ()
    names = {p.id for p in products if p.id != DATA_GENERIC}
    own = names and names | {g.id for g in named}
    figures = [
        f for f in figures
        if f.kind != "price"
        or _heads(scene, f, products)
        or not (_of_others(scene, f, own) or _elsewhere(scene, f, products))
    ]  # fmt: skip
    figures = _plainly(scene, figures)
    prices = [f for f in figures if f.kind == "price"]
    several = len({f.value for f in prices}) > 1 or _RESPECTIVELY.search(scene.text) is not None
    if act == "swap" and len(names) > 1:
        return [f for f in figures if f.kind != "price"], (UNDECIDED,) if prices else ()
    if several and _BY_PLACE.search(scene.text):
        return [f for f in figures if f.kind != "price"], (UNDECIDED,)
    if not (prices and several) or any(f.kind in _TIERED for f in figures):
        return figures, ()
    takers = {s.id for s in sources if s.id and not s.expanded}
    if max(len(names), len(takers)) < 2 or prices[0].per or len({f.per for f in prices}) > 1:
        return figures, ()
    return [f for f in figures if f.kind != "price"], (UNDECIDED,)


def _without_fees(scene: Scene, figures: list[Figure], products: Sequence[Token]) -> list[Figure]:
    """Without shares that are no price of goods which cost a sum: 股民8毛,担保3个点."""
    sums = any(f.kind == "price" and f.per != "percent" for f in figures)
    if not products or any(_sold_for_share(p, beside=sums) for p in products):
        return figures
    return [
        f for f in figures
        if f.kind != "price"
        or f.per != "percent"
        or (not sums and _TAKES.search(scene.text, max(0, f.start - _TAKES_REACH), f.start))
    ]  # fmt: skip


def _sold_for_share(goods: Token, *, beside: bool) -> bool:
    """Whether a share may be what goods cost; `beside`: a sum is said as well."""
    return goods.kind != "product" or (goods.id == DATA_GENERIC and not beside)


def _plainly(scene: Scene, figures: list[Figure]) -> list[Figure]:
    """Without a price in a clause of plain speech, where another stands plainly with the goods."""
    prices = [f for f in figures if f.kind == "price"]
    if len({f.value for f in prices}) < _SEVERAL or any(f.kind in _TIERED for f in figures):
        return figures
    kept = plainest(scene, prices)
    terms = {_terms(f) for f in kept}
    return [f for f in figures if f.kind != "price" or f in kept or _terms(f) not in terms]


def _terms(figure: Figure) -> str:
    return "" if figure.per in PIECES else figure.per or ""


def _of_others(scene: Scene, figure: Figure, names: Set[str]) -> bool:
    """MD 1块1: a price right behind goods that the listing does not read as its own."""
    before = last_before(scene.tokens, figure.start - 1)
    if before and any(f.start < before.end <= f.end < figure.start + 1 for f in scene.figures):
        return False  # 1000 bots $80: what another figure counts
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


def _heads(scene: Scene, figure: Figure, products: Sequence[Token]) -> bool:
    """5毛的网贷: goods that the listing reads stand right behind a price, and a space before it."""
    if figure.start and scene.text[figure.start - 1] not in _SPACES:
        return False
    return any(
        0 <= p.start - figure.end < _SEVERAL and scene.text[figure.end : p.start] in _OF
        for p in products
    )


def _elsewhere(scene: Scene, figure: Figure, products: Sequence[Token]) -> bool:
    """Whether the sentence of a price names goods, and none that the listing reads."""
    if not products or "service" not in scene.kinds:
        return False
    start = max((m.end() for m in _STOP.finditer(scene.text, 0, figure.start)), default=0)
    stop = _STOP.search(scene.text, figure.end)
    end = stop.start() if stop else len(scene.text)
    if any(start <= p.start < end for p in products):
        return False
    names = {p.id for p in products}
    return any(
        t.kind == "service" and t.id not in names and len(scene.by_end[t.end]) == 1
        for t in within(scene.tokens, [(start, figure.start)])
    )
