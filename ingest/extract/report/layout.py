"""A report's text as it reads: lines broken for a page joined, and no marks of the page in it.

Paged text breaks its lines at a width, parts words at the line end, and carries page numbers,
running heads and footnote marks. The readers get the text without them; `Layout.restore` puts what
they found back to the places of the file.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final, TypeVar

import msgspec

from ingest.extract.report.page_lines import Row, rows_of
from ingest.extract.report.words import words
from ingest.records import Span

Found = TypeVar("Found", bound=msgspec.Struct)
_WIDE: Final = re.compile("[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uff00-\uff60]")
_HAN_END: Final = re.compile("[\u3400-\u9fff，。、；：！？）》」』”“（《「『]$")
_HAN_START: Final = re.compile("[\u3400-\u9fff，。、；：！？）》」』”“（《「『]")
_PARTED: Final = re.compile(r"(?P<word>[A-Za-z]{2,}(?:-[A-Za-z]+)*)-$")
_WORDS: Final = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_REST: Final = re.compile(r"[a-z]{2,}")
_KEPT: Final = re.compile(rf"(?:{words('hyphened', 'en')})$")
_SENTENCE_END: Final = re.compile(r"[.!?:;。！？；：][\"'”’)\]]*$")
_FIRST_WORD: Final = re.compile(r"\S+")
_GOES_ON: Final = re.compile(r"[a-z(]")
_MARK: Final = re.compile(
    r"(?<=[A-Za-z0-9.,;:)\"'”’\u3400-\u9fff，。；：）])(?<!\bm)(?<!\bkm)[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2}"
    r"|(?<=[A-Za-z.,;:)\"'”’\u3400-\u9fff，。；：）])\[\d{1,2}\](?!\()"
    r"|(?<=[a-z][.,;)])(?P<bare>\d{1,2})(?=\s)|(?<=[a-z]{3})(?P<stuck>\d{1,2})(?=[.,;]?\s)"
)
_NOTE: Final = re.compile(r"[ \t]*(?P<number>\d{1,2})[.)]? +[\"“A-Z\u3400-\u9fff]")
_DATED: Final = re.compile(
    r"\d{4}[-/.年]\d|\d{1,2} [A-Z][a-z]+\.? \d{4}|[A-Z][a-z]+\.? \d{1,2}, \d{4}|\d{1,2}:\d\d"
)
_NARROW: Final = 40
_BROAD: Final = 130
_MOST_ROWS: Final = 3
_MOSTLY: Final = 0.6
"""A row of this share of the width that ends no sentence is no heading."""


class Layout:
    """The text of a file and the same as it reads (`read`), with the places of one in the other."""

    def __init__(self, text: str) -> None:
        self.text = text
        rows = rows_of(text)
        self._rows = [row.start for row in rows]
        pieces = list(_pieces(text, rows))
        self.changed = len(pieces) > 1 or pieces[:1] not in ([], [(0, len(text), "")])
        self.read = "".join(end or text[slice(*span)] for *span, end in pieces)
        self._from: list[int] = []
        self._to: list[int] = []
        at = 0
        for start, stop, end in pieces:
            self._from.append(at)
            self._to.append(start)
            at += len(end) or stop - start

    def place(self, at: int) -> int:
        """The place in the file of a character of the text as it reads."""
        number = bisect_right(self._from, at) - 1
        return self._to[number] + at - self._from[number]

    def span(self, span: Span) -> Span:
        """The span in the file."""
        if span[0] >= span[1]:
            return self.place(span[0]), self.place(span[0])
        return self.place(span[0]), self.place(span[1] - 1) + 1

    def restore(self, found: Found) -> Found:
        """A finding with the spans and quotes of the file, in its slots too."""
        changes: dict[str, Any] = {}
        for name in found.__struct_fields__:
            value = getattr(found, name)
            if name == "span":
                changes["span"] = self.span(value)
                changes["quote"] = self.text[slice(*changes["span"])]
            elif isinstance(value, msgspec.Struct):
                changes[name] = self.restore(value)
            elif isinstance(value, tuple) and value and isinstance(value[0], msgspec.Struct):
                changes[name] = tuple(self.restore(item) for item in value)
        if "post" in found.__struct_fields__:
            changes["post"] = str(self._line(changes["span"][0]))
        return msgspec.structs.replace(found, **changes) if changes else found

    def _line(self, place: int) -> int:
        """The number of a place's line among the non-empty ones of the file, from 1."""
        return bisect_right(self._rows, place)


Piece = tuple[int, int, str]


def _pieces(text: str, rows: Sequence[Row]) -> Iterator[Piece]:
    """Stretches of the file that the reading text is made of, with what stands for a line break."""
    cuts = sorted([*_joints(text, rows), *_marks(text, rows), *_furniture(rows)])
    start = 0
    for at, stop, instead in cuts:
        if at < start:
            continue
        if start < at:
            yield start, at, ""
        if instead:
            yield at, at + 1, instead
        start = stop
    if start < len(text):
        yield start, len(text), ""


def _furniture(rows: Sequence[Row]) -> Iterator[Piece]:
    yield from ((row.start, row.end, "") for row in rows if row.furniture)


def _joints(text: str, rows: Sequence[Row]) -> Iterator[Piece]:
    """The line breaks inside a paragraph."""
    width = _page_width(text, rows)
    kept = [row for row in rows if not row.furniture]
    known = frozenset(_WORDS.findall(text)) if len(kept) > 1 else frozenset()
    for one, other in pairwise(kept):
        if not _belong(text, one, other, width):
            continue
        parted = _PARTED.search(text, one.first, one.last)
        rest = _REST.match(text, other.first)
        if parted and rest:
            keeps = _keeps_hyphen(known, parted["word"], rest[0])
            yield one.last if keeps else one.last - 1, other.first, ""
            continue
        tight = _HAN_END.search(text, one.first, one.last) and _HAN_START.match(text, other.first)
        yield one.last, other.first, "" if tight else " "


def _keeps_hyphen(known: frozenset[str], word: str, rest: str) -> bool:
    """Whether a hyphen at the line end belongs to the word ("Chinese-language")."""
    if _KEPT.search(f"{word}-{rest}") or (word[0].isupper() and not word.isupper()):
        return True
    return f"{word}-{rest}" in known and f"{word}{rest}" not in known


def _belong(text: str, one: Row, other: Row, width: int) -> bool:
    """Whether a row goes on in the next one kept."""
    if one.tabular or other.tabular or other.marked or other.first >= other.last:
        return False
    ends = _SENTENCE_END.search(text, max(one.first, one.last - 4), one.last) is not None
    if not one.adjoins and not one.interrupted:
        return False
    columns = _columns(text[one.first : one.last])
    if one.interrupted:
        starts = _GOES_ON.match(text, other.first) or _HAN_START.match(text, other.first)
        return columns >= _NARROW and not ends and starts is not None
    if columns >= _NARROW and not ends and _GOES_ON.match(text, other.first):
        return True
    if not width or columns < _NARROW * 0.75:
        return False
    if not ends and columns >= width * _MOSTLY and not _DATED.match(text, other.first):
        return True
    return _is_full(text, one, other, width)


def _is_full(text: str, one: Row, other: Row, width: int) -> bool:
    """Whether the next row's first word would not have fitted behind a row."""
    word = _FIRST_WORD.match(text, other.first)
    first = word[0] if word else ""
    next_columns = 2 if _HAN_START.match(first) else _columns(first[:40]) + 1
    return (one.first - one.start) + _columns(text[one.first : one.last]) + next_columns > width


def _columns(written: str) -> int:
    return len(written) + len(_WIDE.findall(written))


def _page_width(text: str, rows: Sequence[Row]) -> int:
    """The width at which rows are broken; 0 where nothing speaks for one."""
    widths = [
        _columns(text[row.start : row.last])
        for row in rows
        if row.adjoins and not row.tabular and not row.furniture
    ]
    broad = sorted(width for width in widths if width >= _NARROW)
    if len(broad) < _MOST_ROWS or broad[-1] > _BROAD * 2 or len(broad) * 2 < len(widths):
        return 0
    width = broad[-1 - len(broad) // 12]
    near = Counter(one > width * _MOSTLY for one in broad)
    return width if width <= _BROAD and near[True] * 2 >= len(broad) else 0


def _marks(text: str, rows: Sequence[Row]) -> Iterator[Piece]:
    """Footnote marks; a bare number is one only where a note of that number stands in the file."""
    notes = {m["number"] for row in rows if (m := _NOTE.match(text, row.start, row.end))}
    for match in _MARK.finditer(text):
        bare = match["bare"] or match["stuck"]
        if bare is None or bare in notes:
            yield match.start(), match.end(), ""
