"""Prices and quantities of a listing, made from the figures of its lines."""

from typing import Final

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
    """Prices; a least order belongs to the price before it, else to the first."""
    prices = [f for f in figures if f.kind == "price"]
    least = [f for f in figures if f.kind == "least"]
    records = any(f.kind == "quantity" and f.unit == "record" for f in figures)
    lookup = bool(_LOOKUP.search(scene.text))
    made: list[Price] = []
    for number, figure in enumerate(prices):
        after = prices[number + 1].start if number + 1 < len(prices) else None
        own = [q for q in least if q.start >= figure.end and (after is None or q.start < after)]
        if not own and number == 0:
            own = [q for q in least if q.start < figure.start]
        quote, span = scene.written(figure.start, figure.end)
        per = figure.per
        if per == "each":
            per = "record" if records or any(p.id.endswith("_leads") for p in products) else "unit"
        elif per == "query" and not lookup:
            per = "unit"
        minimum = own[0].value if own else None
        made.append(Price(figure.value, figure.currency, per, minimum, quote, span))
    return tuple(made)


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
    if figure.unit in {None, "other"} and len(goods) == 1 and not data:
        return goods.pop()
    if figure.unit == "record" and goods == {"message"}:
        return "message"
    if figure.unit is None:
        return "record" if data else "other"
    return figure.unit  # type: ignore[return-value]
