"""Goods that only this trade sells by the hundred for little money each, however they are named."""

from collections.abc import Sequence
from typing import Final

from ingest.extract.figure import Figure
from ingest.extract.natural import is_records
from ingest.extract.scene import Scene
from ingest.extract.tokens import DATA_GENERIC
from ingest.extract.unit import Unit

_FEWEST: Final = 100
_LEAST_LIKE: Final = -0.5
_EACH: Final = frozenset({None, "record", "unit", "each"})
_COUNTED: Final = frozenset({None, "record", "other"})
_MOST: Final = {None: 10, "CNY": 10, "USD": 2, "USDT": 2, "TWD": 40, "HKD": 10}
_MOST_ELSE: Final = 2


def sold_in_numbers(scene: Scene, unit: Unit, figures: Sequence[Figure]) -> bool:
    """挂牌房东 每天270个 四块八: people, many of them, and a few coins for each."""
    named = [g for g in unit.goods if g.id != DATA_GENERIC]
    if not all(is_records(goods.id) for goods in named):
        return False
    if not named and "people_word" not in scene.kinds:
        return False
    if scene.likeness < _LEAST_LIKE or "official" in scene.kinds:
        return False
    return any(map(_is_many, figures)) and any(map(_is_cheap, figures))


def _is_many(figure: Figure) -> bool:
    counted = figure.kind in {"quantity", "least"} and figure.unit in _COUNTED
    return counted and figure.value >= _FEWEST


def _is_cheap(figure: Figure) -> bool:
    if figure.kind != "price" or figure.per not in _EACH:
        return False
    return figure.value < _MOST.get(figure.currency, _MOST_ELSE)
