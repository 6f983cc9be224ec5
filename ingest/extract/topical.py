"""Goods told by their topic alone, where what stands around says that goods are meant."""

from typing import TYPE_CHECKING, Final

from ingest.extract.spans import Span, within
from ingest.extract.tokens import GOODS, Token

if TYPE_CHECKING:
    from ingest.extract.scene import Scene
    from ingest.extract.unit import Unit

_RECORDS: Final = frozenset({"record", "thousand", "ten_thousand"})
_LABEL: Final = 16


def with_label(scene: "Scene", unit: "Unit") -> "Unit":
    """A priced row of a list whose other rows name goods: its label is a topic (信贷 0.6)."""
    if unit.goods or not unit.beside or len(unit.own) != 1:
        return unit
    start = unit.own[0][0]
    price = next((f for f in within(scene.figures, unit.own) if f.kind == "price"), None)
    if price is None or price.start - start > _LABEL:
        return unit
    found = _topic(scene, (start, price.start))
    return unit._replace(goods=[found]) if found else unit


def topical(scene: "Scene") -> list[Token]:
    """The topic in front of a price or number of records, in a text that names no goods."""
    figure = next(
        (
            f for f in scene.figures
            if (f.kind == "price" and f.per in _RECORDS)
            or (f.kind == "quantity" and f.unit == "record")
        ),
        None,
    )  # fmt: skip
    if figure is None or not any(f.kind == "price" for f in scene.figures):
        return []
    found = _topic(scene, (max(0, figure.start - _LABEL), figure.start))
    return [found] if found else []


def _topic(scene: "Scene", span: Span) -> Token | None:
    found = scene.rules.topics.last(scene.text, *span)
    if found is None or scene.is_denied(found[0], found[0] + 1):
        return None
    place, goods = found
    if any(t.kind in GOODS for t in scene.by_start.get(place, ())):
        return None
    end = next((n for n in range(place, span[1]) if not scene.text[n].isalnum()), span[1])
    return Token(place, end, goods.split("/")[0], goods, True)
