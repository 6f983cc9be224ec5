"""Prices and quantities of a listing, made from the figures of its lines."""

from typing import Final

from ingest.extract.lots import least_orders
from ingest.extract.money import Figure
from ingest.extract.scene import Scene
from ingest.extract.tokens import Token
from ingest.lexicon.frames import frame
from ingest.records import Price, Quantity, Unit

_LOOKUP: Final = frame("lookup_word")
_UNIT_OF_GOODS: Final[dict[str, Unit]] = {
    "service/account_sale": "account",
    "service/compromised_hosts": "host",
    "service/sms_spam": "message",
    "service/lookup": "query",
    "service/mule_kits": "set",
}


def read_prices(scene: Scene, figures: list[Figure], products: list[Token]) -> tuple[Price, ...]:
    """Prices with the least order that belongs to each."""
    least = least_orders(scene.text, figures)
    records = any(f.kind == "quantity" and f.unit == "record" for f in figures)
    made: list[Price] = []
    for figure in figures:
        if figure.kind == "price":
            quote, span = scene.written(figure.start, figure.end)
            per = _per(scene, figure, products, records=records)
            minimum = least.get(figure)
            made.append(Price(figure.value, figure.currency, per, minimum, quote, span))
    return tuple(made)


def _per(scene: Scene, figure: Figure, products: list[Token], *, records: bool) -> str | None:
    data = any(p.kind == "product" for p in products)
    if figure.per == "each":
        return "record" if records or any(p.id.endswith("_leads") for p in products) else "unit"
    if figure.per == "query" and products and not data and not _LOOKUP.search(scene.text):
        return "unit"
    return figure.per


def read_quantities(
    scene: Scene, figures: list[Figure], products: list[Token]
) -> tuple[Quantity, ...]:
    """Quantities on offer or wanted, with the unit written or that of the goods."""
    made: list[Quantity] = []
    for figure in figures:
        if figure.kind == "quantity":
            quote, span = scene.written(figure.start, figure.end)
            unit = _unit(figure, products)
            period = figure.period if figure.period in {"day", "week", "month"} else None
            made.append(Quantity(figure.value, unit, period, quote, span))  # type: ignore[arg-type]
    return tuple(made)


def _unit(figure: Figure, products: list[Token]) -> Unit:
    goods = {_UNIT_OF_GOODS[p.id] for p in products if p.id in _UNIT_OF_GOODS}
    data = any(p.kind == "product" for p in products)
    if figure.unit == "order":
        return "record" if data else "other"
    if figure.unit in {None, "other"} and len(goods) == 1 and not data:
        return goods.pop()
    if figure.unit == "record" and goods == {"message"} and not data:
        return "message"
    if figure.unit is None:
        return "record"
    return figure.unit  # type: ignore[return-value]
