"""What beside goods and act speaks of this trade, and how much."""

from functools import lru_cache
from typing import Final

from ingest.extract.everyday import SHORT, TRADE_CONTACTS
from ingest.extract.money import Figure
from ingest.extract.phrase import closes, quoted, talks
from ingest.extract.scene import Scene
from ingest.extract.spans import SpanIndex
from ingest.extract.tokens import DATA_GENERIC, Token
from ingest.extract.unit import Unit
from ingest.lexicon.wordings import wording

INSIDE: Final = wording("inside_access")
"""Words of somebody who sits where the data is."""
_RECORD_PRICES: Final = frozenset({"record", "thousand", "ten_thousand", "query"})
_BULK: Final = 10_000
_PENNIES: Final = 2
_DEAR: Final = 12


def trade_cues(scene: Scene, unit: Unit, tokens: list[Token], figures: list[Figure]) -> float:
    """How much beside goods and act speaks of this trade; 1 is one clear cue."""
    total = 0.0
    seen: set[str] = set()
    goods = SpanIndex([(g.start, g.end) for g in unit.goods])
    for token in tokens:
        word = scene.text[token.start : token.end]
        if word not in seen and not goods.covers(token.start, token.start + 1):
            seen.add(word)
            total += _weight(token.kind, token.id, token.weak)
    for figure in figures:
        if figure.kind == "price" and figure.per in _RECORD_PRICES:
            total += 1
        elif figure.kind == "price" and (figure.per == "percent" or figure.currency == "USDT"):
            total += 0.5
        elif figure.kind == "quantity" and (
            figure.unit in {"record", "set"} or figure.value >= _BULK
        ):
            total += 1
        elif figure.kind == "least":
            total += 0.5
    if "field" in scene.kinds and len({t.id for t in tokens if t.kind == "field"}) > 1:
        total += 0.5
    kinds = {c.kind for c in scene.reach}
    total += 1 if kinds & TRADE_CONTACTS else 0.5 if kinds else 0
    total += _of_a_list(unit, figures) + _by_the_head(scene, unit, figures)
    data = {g.id for g in unit.goods if not g.weak} | {
        g.id for g in unit.goods if g.weak and g.id != DATA_GENERIC
    }
    if INSIDE.search(scene.text) and (
        any(t.kind == "insider_word" or t.id == "role/insider" for t in tokens)
        or any(
            t.id.endswith("/generic") and scene.text[t.start : t.end].endswith("内部")
            for t in tokens
        )
    ):
        total += 1
    words = {(g.id, scene.text[g.start : g.end]) for g in unit.goods if g.id != DATA_GENERIC}
    agreeing = len(words) > len({name for name, _ in words})
    return total + (max(0, len(data) - 1) + agreeing) * 0.5


def _of_a_list(unit: Unit, figures: list[Figure]) -> float:
    """A price list names its goods in the shortest way."""
    if not unit.beside:
        return 0
    return 1 if any(f.kind == "price" for f in figures) else 0.5 if figures else 0


def _by_the_head(scene: Scene, unit: Unit, figures: list[Figure]) -> float:
    """People for pennies: what is weak as a word is priced as a record."""
    leads = any(
        g.id.startswith("product/")
        and not g.id.startswith("product/lookup_")
        and (not g.weak or unit.stance is not None or closes(scene, g))
        for g in unit.goods
    )
    cheap = leads and any(
        f.kind == "price" and f.currency in {None, "CNY", "USDT"} and 0 < f.value <= _a_head(f)
        for f in figures
    )
    if not cheap:
        return 0
    sure = is_terse(scene) or quoted(scene, unit.goods, figures)
    return 2 if sure else 1.5 if scene.reach else 1


def _a_head(price: Figure) -> float:
    """How much a person costs at most; where it is said to be a record, more is still one's."""
    if price.per == "record":
        return _DEAR
    return _PENNIES if price.currency != "USDT" else _PENNIES / 2


@lru_cache(4096)
def _weight(kind: str, name: str, weak: bool) -> float:
    """The weight of a token by its kind and id."""
    if name == "quality/trust":
        return 0.3
    if kind in {"quality", "escrow", "method"}:
        return 0.5 if weak else 1
    if kind == "source":
        clear = name.startswith("org/operator/") or name.endswith("/generic")
        return 1 if clear and not weak else 0.5
    if kind in {"trade", "data_word"}:
        return 0.5
    if kind == "role" and not weak:
        return 0.5
    if kind in {"insider_word", "field", "web"}:
        return 0.3
    return 0


def is_terse(scene: Scene) -> bool:
    """The clipped style of an ad: short, no question, nobody told about."""
    return len(scene.text) < SHORT and not talks(scene)
