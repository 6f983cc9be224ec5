"""Counts in packages: 1000pcs $95, 3000pcs $250 are lots of so many, and no counts of the goods."""

import re
from itertools import pairwise
from typing import Final

from ingest.extract.figure import Figure
from ingest.extract.money_words import LOT, ROUND

_OF: Final = re.compile(r" ?(?:for|at|=|:|→|-|只要|要|卖|算)? ?")
"""Between a count and what so many cost."""
_NEXT: Final = re.compile(r"[\s,;/|、·•]{1,3}(?:and |or )?|起?[\s,;/|、]{1,3}")
"""Between a package and the next one."""
_FEWEST: Final = 2
_CHEAPER: Final = 4
"""A package costs no less than this part of as many from the one before it."""


def packages(text: str, figures: list[Figure]) -> list[Figure]:
    """The figures of a text, where counts with sums in a row have become prices of such lots."""
    if sum(f.kind == "price" for f in figures) < _FEWEST:
        return figures
    lots = [_lot(text, figures, place) for place in range(len(figures))]
    placed = [(place, lot) for place, lot in enumerate(lots) if lot]
    taken = {
        place
        for (at, one), (later, other) in pairwise(placed)
        if later - at <= _FEWEST and _go_on(text, one, other)
        for place in (at, later)
    }
    found: list[Figure] = []
    for place, figure in enumerate(figures):
        lot = lots[place] if place in taken else None
        if lot is None:
            found.append(figure)
        elif figure.kind == "price" and lot[1].start < figure.start:
            found[-1:] = [lot[1]]
        else:
            found.append(figure)
    return found


def _lot(text: str, figures: list[Figure], place: int) -> tuple[float, Figure] | None:
    """How many a price at a place is for, and the price of the lot."""
    price = figures[place]
    if price.kind != "price" or price.value < LOT or price.high:
        return None
    if price.per in ROUND.values():
        count = next(number for number, name in ROUND.items() if name == price.per)
        return count, price
    before = figures[place - 1] if place else None
    if before is None or before.kind != "quantity" or before.period or before.high:
        return None
    if price.per not in {None, "total"} or not _OF.fullmatch(text, before.end, price.start):
        return None
    per = ROUND.get(int(before.value), "total")
    return before.value, price._replace(start=before.start, per=per)


def _go_on(text: str, one: tuple[float, Figure], other: tuple[float, Figure]) -> bool:
    """Whether more of the same cost more, and no more each, right behind the price of less."""
    (few, cheap), (many, dear) = one, other
    if not few < many or not cheap.value < dear.value <= cheap.value * many / few:
        return False
    if dear.value * _CHEAPER < cheap.value * many / few:
        return False
    return _NEXT.fullmatch(text, cheap.end, dear.start) is not None
