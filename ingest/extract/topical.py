"""Goods told by their topic alone, where what stands around says that goods are meant."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from ingest.extract.spans import Span, SpanIndex, line_spans, within
from ingest.extract.tokens import DATA_GENERIC, GOODS, Token

if TYPE_CHECKING:
    from ingest.extract.scene import Scene
    from ingest.extract.unit import Unit

_CHEAP: Final = 20
"""A price of less may be that of one record."""
_RECORDS: Final = frozenset({"record", "thousand", "ten_thousand"})
_LABEL: Final = 16
_ROWS: Final = 2
"""So many lines that a topic or goods open are a list."""
_LEFT: Final = 2
"""So many characters may stand beside a topic, its origin and its freshness (炒股类)."""
_ASIDE: Final = frozenset({"source", "geo", "quality"})


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


def row_topics(scene: "Scene", goods: Sequence[Token]) -> Iterator[Token]:
    """Topics that alone open the priced rows of a list of data: 装修 0.35, 留学 1.2."""
    priced = [f for f in scene.figures if f.kind == "price"]
    if "\n" not in scene.text or len(priced) < _ROWS or not _lists_records(scene, goods):
        return
    found: list[Token] = []
    named = 0
    for span in line_spans(scene.text):
        figures = within(scene.figures, [span])
        held = within(goods, [span])
        if not any(f.kind == "price" for f in figures):
            if any(g.id != DATA_GENERIC for g in held):
                return  # a heading: its rows say of which kind the goods are
        elif held:
            named += 1
        elif topic := _opening(scene, (span[0], figures[0].start)):
            found.append(topic)
    if named + len(found) >= _ROWS:
        yield from found


def _lists_records(scene: "Scene", goods: Sequence[Token]) -> bool:
    """Whether prices or numbers are of records, or prices are low where people are goods."""
    if any(f.per in _RECORDS or f.unit == "record" for f in scene.figures):
        return True
    prices = [f.value for f in scene.figures if f.kind == "price"]
    return max(prices) < _CHEAP and any(g.id.startswith("product/") for g in goods)


def _opening(scene: "Scene", span: Span) -> Token | None:
    """The topic of the label of a row, where the label says nothing else."""
    topic = _topic(scene, span) if span[1] - span[0] <= _LABEL else None
    if topic is None:
        return None
    beside = [t for t in within(scene.tokens, [span]) if t.kind in _ASIDE]
    held = SpanIndex([(topic.start, topic.end), *((t.start, t.end) for t in beside)])
    text = scene.text
    left = sum(text[n].isalpha() and not held.covers(n, n + 1) for n in range(*span))
    return topic if left <= _LEFT else None
