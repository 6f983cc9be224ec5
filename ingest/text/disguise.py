"""Words of the trade in disguise: sound-alikes and initials, where the trade is talked of."""

import re
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from ingest.text.normalise import Edit
from ingest.text.scan import Scanner

_BOUND: Final = frozenset("@_.-")
_LINK: Final = re.compile(r"[.:][^\s]{0,60}\Z")
_LINK_LENGTH: Final = 64
_BESIDE: Final = 4


class Row(NamedTuple):
    """A disguised form in normal text, what it means, and how it disguises."""

    written: str
    meant: str
    kind: str
    """homophone, letters, or nonword: a form that is no word of plain writing.

    A row that means itself is an ordinary word and keeps the forms inside it from being read.
    """


class Disguises:
    """Finds disguised forms. `known` are terms that a lexicon reads as they are written: of them
    only initials in front of a Han letter are spelled out, to be read with it (WD数据)."""

    def __init__(self, rows: Sequence[Row], known: Collection[str]) -> None:
        self._rows = list(rows)
        self._scanner = Scanner([row.written for row in self._rows])
        self._known = [row.written in known for row in self._rows]

    def edits(self, text: str, *, strong: bool) -> list[Edit]:
        """Edits of normal text; without a strong term beside them only forms that are no words."""
        found: list[Edit] = []
        for number, start, end in self._scanner.scan(text):
            row = self._rows[number]
            if row.meant == row.written or not (strong or row.kind == "nonword"):
                continue
            if self._known[number] and not (row.kind == "letters" and _han(text[end : end + 1])):
                continue
            if row.written.isascii() and (_bound(text, start, end) or _latin(text, start, end)):
                continue
            found.append(_least(row, start, end))
        return found


def _least(row: Row, start: int, end: int) -> Edit:
    """The edit without what both forms begin and end with: of 出🐔 only the sign is read anew."""
    written, meant = row.written, row.meant
    if len(written) == len(meant):
        return start, end, meant
    first = last = 0
    while first < min(len(written), len(meant)) - 1 and written[first] == meant[first]:
        first += 1
    rest = min(len(written), len(meant)) - first - 1
    while last < rest and written[-1 - last] == meant[-1 - last]:
        last += 1
    return start + first, end - last, meant[first : len(meant) - last]


def _han(char: str) -> bool:
    return "一" <= char <= "鿿"


def _latin(text: str, start: int, end: int) -> bool:
    """Whether initials stand in Latin text, where GM is a car maker and Zhao a name."""
    return not any(map(_han, text[max(0, start - _BESIDE) : start] + text[end : end + _BESIDE]))


def _bound(text: str, start: int, end: int) -> bool:
    """Whether letters are part of an id, an address or a number."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if any(char in _BOUND or char.isdecimal() for char in before + after):
        return True
    return before == "/" and bool(_LINK.search(text, max(0, start - _LINK_LENGTH), start))
