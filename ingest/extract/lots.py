"""Figures that belong together: a price beside its quantity, a tier in front of its price."""

from typing import Final

from ingest.extract.figure import Figure
from ingest.extract.money_words import JOINED, LOT, ROUND, TIER_BEHIND, TIER_GAP

_PIECEWISE: Final = frozenset({"record", "unit", "each", "query", "thousand", "ten_thousand"})
_NOT_PIECEWISE: Final = frozenset(
    {"total", "percent", "hour", "day", "week", "month", "year"}
)

_SIGNS: Final = (".;!。", "/|", ",、")
"""Signs that part, strongest first."""


def settle(text: str, figures: list[Figure]) -> list[Figure]:
    """Tiers become least orders or quantities; 1000条50元 is per thousand, another pair a lot."""
    kept: list[Figure] = []
    for number, figure in enumerate(figures):
        if figure.kind == "tier":
            behind = figures[number + 1] if number + 1 < len(figures) else None
            closes = bool(kept) and _closes_tier(text, kept[-1], figure)
            opens = behind is not None and _opens_tier(text, figure, behind)
            kind = "least" if opens or closes else "quantity"
            figure = figure._replace(kind=kind)
        _keep(text, kept, figure)
    return kept


def _opens_tier(text: str, tier: Figure, price: Figure) -> bool:
    if price.kind != "price" or price.per in _NOT_PIECEWISE:
        return False
    if not TIER_GAP.fullmatch(text, tier.end, price.start):
        return False
    return price.per in _PIECEWISE or price.value < LOT or tier.unit not in {None, "record"}


def _closes_tier(text: str, price: Figure, tier: Figure) -> bool:
    """0.08 per row for 50k+"""
    if price.kind != "price" or price.per not in _PIECEWISE:
        return False
    return TIER_BEHIND.fullmatch(text, price.end, tier.start) is not None


def _keep(text: str, kept: list[Figure], figure: Figure) -> None:
    """Adds a figure to those before it, joined with the last where both are one price."""
    last = kept[-1] if kept else None
    if last is None or not _is_lot(text, last, figure):
        kept.append(figure)
        return
    price, quantity = (last, figure) if last.kind == "price" else (figure, last)
    per = ROUND.get(int(quantity.value)) if quantity.unit in {"record", None} else None
    if per:
        kept[-1] = price._replace(start=last.start, end=figure.end, per=per)
    elif last is price:
        kept[-1] = last._replace(per="total")
        kept.append(figure)
    else:
        kept.append(figure._replace(per="total"))


def _is_lot(text: str, last: Figure, figure: Figure) -> bool:
    if {last.kind, figure.kind} != {"price", "quantity"}:
        return False
    price, quantity = (last, figure) if last.kind == "price" else (figure, last)
    if price.per or quantity.period or price.value < LOT:
        return False
    return JOINED.fullmatch(text, last.end, figure.start) is not None


def least_orders(text: str, figures: list[Figure]) -> dict[Figure, float]:
    """The least order of each price: that of its line, else one that stands on a line alone."""
    prices = [f for f in figures if f.kind == "price"]
    found: dict[Figure, float] = {}
    for least in (f for f in figures if f.kind == "least"):
        for price in _of_line(text, least, figures) or _of_all(least, prices, found):
            found.setdefault(price, least.value)
    return found


def _of_line(text: str, least: Figure, figures: list[Figure]) -> list[Figure]:
    start = text.rfind("\n", 0, least.start) + 1
    end = text.find("\n", least.end)
    line = [f for f in figures if f.start >= start and (end < 0 or f.end <= end)]
    line = [f for f in line if f.kind == "least" or _by_piece(f)] or line
    before = [f for f in line if f.kind == "price" and f.end <= least.start]
    behind = [f for f in line if f.kind == "price" and f.start >= least.end]
    if before and behind:
        far, near = (
            _apart(text[before[-1].end : least.start]),
            _apart(text[least.end : behind[0].start]),
        )
        if far != near:
            return behind[:1] if far > near else before[-1:]
        # 1000条起 0.5 1万条起 0.4: a line that opens with a least order gives each price its own.
        opens = next(f for f in line if f.kind in {"price", "least"}).kind == "least"
        return behind[:1] if opens else before[-1:]
    return before[-1:] or behind[:1]


def _apart(gap: str) -> int:
    """How strongly the signs between two figures part them."""
    return next((3 - n for n, signs in enumerate(_SIGNS) if any(s in gap for s in signs)), 0)


def _of_all(least: Figure, prices: list[Figure], found: dict[Figure, float]) -> list[Figure]:
    free = [p for p in prices if p not in found]
    pieces = [p for p in free if _by_piece(p)] or free
    return [p for p in pieces if p.end <= least.start] or pieces


def _by_piece(figure: Figure) -> bool:
    return figure.kind == "price" and figure.per not in _NOT_PIECEWISE
