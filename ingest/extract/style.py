"""The clipped style of an ad: hardly a word that is not goods, figure, contact or term."""

from collections.abc import Sequence
from typing import Final

from ingest.extract.money import Figure
from ingest.extract.scene import Scene
from ingest.extract.spans import SpanIndex, within
from ingest.extract.tokens import STANCES, Token
from ingest.extract.unit import Unit
from ingest.lexicon.frames import frame
from ingest.text.late import late

_WORD: Final = late("[a-z0-9]+|[一-鿿]")
_FILLER: Final = frame("ad_filler")
_CLAIMS: Final = frozenset({"quality", "escrow", "method", "source", "geo"})
_SAID: Final = frozenset({"quality", "escrow", "trade"})
_SHARE: Final = 0.3
_FEW: Final = 3
_MANY: Final = 100
_EACH: Final = frozenset({"record", "unit", "query", "thousand", "ten_thousand"})


def clipped(scene: Scene, unit: Unit) -> bool:
    """Whether nearly all words of a listing and what it shares are explained."""
    left, all_words = 0, 0
    taken = bytearray(len(scene.text))
    ranges = unit.ranges
    for items in (within(scene.tokens, ranges), within(scene.figures, ranges)):
        for item in items:
            taken[item.start : item.end] = b"\1" * (item.end - item.start)
    for contact in scene.contacts:
        taken[contact.start : contact.end] = b"\1" * (contact.end - contact.start)
    for start, end in ranges:
        for match in _FILLER.finditer(scene.text, start, end):
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
        for word in _WORD.finditer(scene.text, start, end):
            all_words += 1
            left += not taken[word.start()]
    return left <= _FEW or left <= _SHARE * all_words


def said_of_trade(unit: Unit, tokens: Sequence[Token]) -> list[Token]:
    """Claims and other words of the trade that are no part of the goods."""
    goods = SpanIndex([(g.start, g.end) for g in unit.goods])
    return [t for t in tokens if t.kind in _SAID and not goods.overlaps(t.start, t.end)]


def evidence(scene: Scene, unit: Unit, tokens: Sequence[Token], figures: Sequence[Figure]) -> float:
    """How many kinds of evidence beside the goods speak for a listing, each counted once."""
    kinds = {f.kind for f in figures}
    total = 1.0 * bool(kinds & {"price", "problem"}) + 0.5 * ("least" in kinds)
    total += 0.5 * any(f.kind == "price" and f.per in _EACH for f in figures)
    if any(f.kind == "quantity" for f in figures):
        total += 1 if any(f.kind == "quantity" and f.value >= _MANY for f in figures) else 0.5
    total += bool(scene.contacts)
    goods = {(g.start, g.end) for g in unit.goods}
    said = {t.kind for t in tokens if t.kind in _CLAIMS and (t.start, t.end) not in goods}
    trade = {t.start for t in said_of_trade(unit, tokens) if t.kind == "trade"}
    fields = {t.id for t in tokens if t.kind == "field" and (t.start, t.end) not in goods}
    acts = {t.start for t in tokens if t.kind in STANCES}
    acting = unit.stance is not None or bool(acts)
    words = {scene.text[g.start : g.end] for g in unit.goods}
    total += len(said - {"geo"}) + 0.5 * ("geo" in said) + min(1.0, 0.5 * len(trade))
    total += 0.5 * (len(fields) > 1) + acting + 0.5 * bool(unit.beside)
    return total + 0.5 * (len(words) > 1) + 0.5 * (len(acts) > 1)
