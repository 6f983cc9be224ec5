"""Prices of a list that stand behind their goods with no sign of money: 股民 0.6."""

import re
from collections.abc import Mapping
from typing import Final

from ingest.extract.figure import Figure
from ingest.lexicon.frames import frame

_BEHIND_GOODS: Final = re.compile(
    r"(?:的|料|粉|库|数据|客户|资料|leads|data)?[ \t]*(?:[:=→>|~\-]|——?|\.{2,6})?[ \t]*\Z"
)
_CLOSES: Final = re.compile(r"[ \t]*(?:$|[\n,;|/。]| [^\d ])")
_LINE_ENDS: Final = re.compile(r"[ \t]*(?:$|\n)")
_PRICED: Final = frame("priced")
_REACH: Final = 12
_MOST_EACH: Final = 100
_LEAST_SET: Final = 20
_YEARS: Final = range(1990, 2050)


def listed_price(
    text: str, start: int, end: int, value: float, goods: Mapping[int, str]
) -> Figure | None:
    """A broken number right behind goods; a whole one where the goods are no records.

    `goods`: where goods end in the text, and whether they are a `product` or a `service`.
    """
    before = text[max(0, start - _REACH) : start]
    gap = _BEHIND_GOODS.search(before)
    kind = goods.get(start - len(before) + gap.start()) if gap else None
    if kind is None and _PRICED.search(before):
        kind = "product"
    kind = kind or next((goods[p] for p in range(start - 2, start + 1) if p in goods), None)
    if kind is None:
        return None
    if not float(value).is_integer():
        each = value < _MOST_EACH and _CLOSES.match(text, end)
        return Figure(start, end, "price", value) if each else None
    if kind == "product" or not _LINE_ENDS.match(text, end):
        return None
    if value < _LEAST_SET or value in _YEARS:
        return None
    return Figure(start, end, "price", value)
