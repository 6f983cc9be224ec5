"""Tables: a header of labels says what the columns of the rows below it hold."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import msgspec

from evidence.masking.found import MASK, Found, Kind
from evidence.masking.labels import is_label, is_word_of_label, kind_of

_SEPARATORS: Final = tuple(
    re.compile(sign) for sign in (r"-{2,8}|—+", r"\|", r"\t", r";", r",", r"/", r" +")
)
_GROUP: Final = re.compile(r"\(([^()\n]{5,600})\)")
_LINE: Final = re.compile(r"[^\n]+")
_LEAD: Final = re.compile(r"[^\s,|;/]{1,12}[:=] ?")
_WORD: Final = re.compile(r"[^\W_]+")
_WRAP: Final = " \t\"'`"
_KINDS: Final[dict[str, Kind]] = {
    "name": "name",
    "user": "name",
    "identity": "identity_number",
    "account": "card",
    "phone": "phone",
    "email": "email",
    "address": "address",
}
_LONGEST: Final = 400
"""Characters of a line that may be a header."""
_FEWEST: Final = {"identity": 5, "account": 8, "phone": 7}
_NUMBER: Final = re.compile(r"[0-9a-z][0-9a-z \-./()+]{3,30}|\+[0-9 \-().]{7,20}")
_NAME: Final = re.compile(rf"[^\d_@:=/\\<>{{}}{MASK}]{{2,40}}")

Span = tuple[int, int]


class _Header(msgspec.Struct, frozen=True):
    separator: re.Pattern[str]
    kinds: tuple[str, ...]


def columns(text: str) -> list[Found]:
    """Values of columns that a header names, in normal text; those already struck out are left."""
    return [
        Found(_KINDS[kind], begin, stop, "".join(text[begin:stop].split()), sure=True)
        for begin, stop, kind in _cells(text)
        if kind in _KINDS and MASK not in text[begin:stop] and _fits(text[begin:stop], kind)
    ]


def other_cells(text: str) -> list[Span]:
    """Cells of columns of which a header says that they hold no value of the table."""
    return [(begin, stop) for begin, stop, kind in _cells(text) if kind == "other"]


def _cells(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind of each cell below a header."""
    header: _Header | None = None
    units = _units(text)
    for start, end in units if len(units) > 1 else ():
        if fresh := _header(text, start, end):
            header = fresh
        elif header is not None:
            yield from _row(text, start, end, header)


def _units(text: str) -> list[Span]:
    """Lines, or the groups in brackets of a statement in SQL."""
    if "values" in text and len(groups := [m.span(1) for m in _GROUP.finditer(text)]) > 1:
        return groups
    return [match.span() for match in _LINE.finditer(text)]


def _header(text: str, start: int, end: int) -> _Header | None:
    if lead := _LEAD.match(text, start, end):
        start = lead.end()
    if end - start > _LONGEST or any(char.isdigit() for char in text[start : start + 2]):
        return None
    if sum(map(is_word_of_label, _WORD.findall(text, start, end))) < 2:
        return None
    for separator in _SEPARATORS:
        spans = _split(text, start, end, separator)
        if len(spans) < 2:
            continue
        kinds = tuple(kind_of(text[begin:stop]) for begin, stop in spans)
        known = [kind for kind in kinds if kind]
        held = {_KINDS[kind] for kind in known if kind in _KINDS}
        if held and len(known) > 1 and 2 * len(known) >= len([s for s in spans if s[0] < s[1]]):
            return _Header(separator, kinds)
    return None


def _split(text: str, start: int, end: int, separator: re.Pattern[str]) -> list[Span]:
    """The fields of a unit without what is wrapped around them."""
    marks = [m.span() for m in separator.finditer(text, start, end)]
    edges = [(start, start), *_outside(text, marks), (end, end)]
    return [_strip(text, left[1], right[0]) for left, right in pairwise(edges)]


def _outside(text: str, marks: Sequence[Span]) -> Iterator[Span]:
    """Marks that do not stand within a quoted field."""
    quotes, place = 0, 0
    for mark in marks:
        quotes += text.count('"', place, mark[0]) if place else text.count('"', 0, mark[0])
        place = mark[0]
        if quotes % 2 == 0:
            yield mark


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _WRAP:
        start += 1
    while start < end and text[end - 1] in _WRAP:
        end -= 1
    return start, end


def _row(text: str, start: int, end: int, header: _Header) -> Iterator[tuple[int, int, str]]:
    spans = _split(text, start, end, header.separator)
    if len(spans) < 2 or len(spans) + 1 < len(header.kinds):
        return
    extra = len(spans) - len(header.kinds)
    if extra > 0 and "address" in header.kinds:
        # An address has separators of its own.
        at = header.kinds.index("address")
        spans = [*spans[:at], (spans[at][0], spans[at + extra][1]), *spans[at + extra + 1 :]]
    for (begin, stop), kind in zip(spans, header.kinds, strict=False):
        yield begin, stop, kind


def _fits(value: str, kind: str) -> bool:
    if kind in ("name", "user"):
        return _NAME.fullmatch(value) is not None and not is_label(value)
    if kind == "address":
        return len(value) > 5 and not is_label(value)
    if kind == "email":
        return "@" in value
    digits = sum(map(str.isdigit, value))
    return digits >= _FEWEST[kind] and _NUMBER.fullmatch(value) is not None
