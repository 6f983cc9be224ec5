"""Tiers of which the first alone says its bound: 500条以内六毛 以上五毛, $9 up to 1k, $6 above."""

from typing import Final

from ingest.extract.figure import Figure
from ingest.text.late import late

_WITHIN: Final = late(r"\s?(?:以[下内里]|之?内)")
_UP_TO: Final = late(r" ?(?:per [a-z]+|/ ?[a-z]+|each)?,? (?:up to|under|below) \Z")
_ABOVE_NEXT: Final = late(
    r" ?(?:[a-z]{3,8} ?)?[,;\n/ ]{1,3}[$€£]?\d[\d.]* ?[a-z$€£]{0,4} ?"
    r"(?:per [a-z]+|/ ?[a-z]+|each)? ?"
    r"(?:above|over|beyond|after that|from there)(?! \d)"
)
_ABOVE: Final = late(
    r"[\s,;、/]{0,2}(?:以上|以外|超过|超出|超|多于|再多|往上)的?(?:部分)?"
    r"(?:就|都|按|算|只要|只|给)?[:= ]{0,2}[$€£¥]?"
)
_ABOVE_BEHIND: Final = late(r" ?,?(?:above|over|beyond|after that|from there)(?! \d)")
_REACH: Final = 24
_LOWEST: Final = 4


def upper(text: str, figure: Figure, last: Figure | None) -> Figure | None:
    """The bound that a number is, up to which the price beside it holds."""
    if figure.kind == "none" and figure.value and _WITHIN.match(text, figure.end):
        return figure
    if figure.kind not in {"quantity", "none"} or last is None or last.kind != "price":
        return None
    said = _UP_TO.search(text, max(last.start, figure.start - _REACH), figure.start)
    if said is None or not _ABOVE_NEXT.match(text, figure.end):
        return None
    return figure._replace(kind="none")


def above(text: str, bound: Figure | None, last: Figure | None, price: Figure) -> Figure | None:
    """The least order of a lower price that holds above the bound."""
    if bound is None or last is None or last.kind != "price":
        return None
    if not last.value / _LOWEST <= price.value < last.value or price.end < bound.end:
        return None
    if said := _ABOVE.fullmatch(text, last.end, price.start):
        return Figure(last.end, said.end(), "least", bound.value, unit=bound.unit)
    if behind := _ABOVE_BEHIND.match(text, price.end):
        return Figure(price.end, behind.end(), "least", bound.value, unit=bound.unit)
    return None
