"""The lines of a file: which are marks of the page, which belong to tables and lists."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import msgspec

_PAGE_NUMBER: Final = re.compile(
    r"[ \t\f]*(?:[-–—|·•]{0,2} ?(?:[Pp]age|PAGE|[Pp]\.|第)? ?\d{1,4} ?页?"
    r"(?: ?(?:of|/|,|，|共|\|) ?共? ?\d{1,4} ?页?)? ?[-–—|·•]{0,2})[ \t\r]*"
)
_PAGE_WORD: Final = re.compile(r"(?:\b[Pp]age|\bPAGE|第) ?\d{1,4}\b|\d{1,4} ?页")
_MARKED: Final = re.compile(
    r"[ \t]*(?:[•‣◦▪●○·*#>–—-]+[ \t]|--|\(?\d{1,2}[.)][ \t]|\d{1,2}(?:\.\d{1,2}){1,3}\.? |"
    r"\(?(?:[a-z]|[ivx]{1,4})\) |\(?[一二三四五六七八九十]{1,3}[、)）]|"
    r"（[一二三四五六七八九十\d]{1,3}）|"
    r"\d{1,2}、|[①-⑳]|(?:Q|A|问|答)\d{0,2}[.:：]|[¹²³⁴⁵⁶⁷⁸⁹]|\[\d{1,2}\])"
)
_TABULAR: Final = re.compile(
    r"\S(?: {3,}|\t+ *)\S|\|.*\||^[\s|:=+-]{3,}$|\S {2,}\S.{0,80}\S {2,}\S"
)
_DIGITS: Final = re.compile(r"\d+")
_LEAST_HEAD: Final = 6
_LONGEST_HEAD: Final = 100
_LONGEST_TABULAR: Final = 400


class Row(msgspec.Struct):
    """A line of the file with text in it, `first` and `last` without the blanks around it."""

    start: int
    end: int
    first: int
    last: int
    furniture: bool = False
    """A page number or a running head."""
    tabular: bool = False
    marked: bool = False
    """Begins with a bullet or a number of a list."""
    adjoins: bool = False
    """The next row that is kept stands right below."""
    interrupted: bool = False
    """Only marks of the page stand between it and the next row that is kept."""


def rows_of(text: str) -> list[Row]:
    """The non-empty lines of a file in order."""
    rows: list[Row] = []
    at = 0
    for written in text.split("\n"):
        stripped = written.strip()
        if stripped:
            first = at + written.index(stripped[0])
            tabular = len(written) <= _LONGEST_TABULAR and bool(_TABULAR.search(stripped))
            marked = _MARKED.match(written) is not None
            rows.append(
                Row(at, at + len(written), first, first + len(stripped), False, tabular, marked)
            )
        at += len(written) + 1
    _mark_furniture(text, rows)
    _mark_neighbours(text, rows)
    return rows


def _mark_furniture(text: str, rows: Sequence[Row]) -> None:
    """Page numbers, and lines that come again beside them."""
    numbers = [row for row in rows if _PAGE_NUMBER.fullmatch(text, row.start, row.end)]
    counts = Counter(_head(text, row) for row in rows if _may_head(row))
    for row in numbers:
        row.furniture = True
    seen: set[str] = set()
    for place, row in enumerate(rows):
        head = _head(text, row) if _may_head(row) else ""
        if not head or counts[head] < 2:
            continue
        near = [rows[at] for at in (place - 1, place + 1) if 0 <= at < len(rows)]
        paged = any(one.furniture for one in near) or "\f" in text[row.start : row.end]
        numbered = _PAGE_WORD.search(text, row.first, row.last) is not None
        row.furniture = row.furniture or numbered or (paged and head in seen)
        seen.add(head)


def _may_head(row: Row) -> bool:
    return _LEAST_HEAD <= row.last - row.first <= _LONGEST_HEAD


def _head(text: str, row: Row) -> str:
    """A line with its numbers alike, so that "Page 3" and "Page 4" are one."""
    return _DIGITS.sub("0", text[row.first : row.last])


def _mark_neighbours(text: str, rows: Sequence[Row]) -> None:
    kept = [row for row in rows if not row.furniture]
    dropped = [row.start for row in rows if row.furniture]
    at = 0
    for one, other in pairwise(kept):
        while at < len(dropped) and dropped[at] < one.start:
            at += 1
        one.interrupted = at < len(dropped) and dropped[at] < other.start
        one.adjoins = not one.interrupted and text.count("\n", one.end, other.start) == 1
