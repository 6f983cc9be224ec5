"""Tables whose first line names what stands in each column: 品类 | 单价 | 起订 above rows."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ingest.extract.figure import Figure
from ingest.extract.numbers_of import number
from ingest.extract.spans import line_spans
from ingest.lexicon.frames import frame
from ingest.text.late import late

_KINDS: Final = {
    name: late(rf"\W*(?:{frame(f'column_{name}').pattern})\W*\Z")
    for name in ("total", "thousand", "record", "month", "price", "day", "least", "quantity")
}
"""What the heading of a column says, the more exact first."""
_MAY: Final = re.compile(
    r"价|元|量|[条行]数|[库现][存货]|price|cost|usd|qty|quantity|stock|rows|per "
)
_SIGNS: Final = re.compile(r"[|丨┃│\t/,、;·]| {2,}")
_SPACES: Final = re.compile(r" +")
_CELL: Final = late(
    r"(?P<n>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?\s?(?:万|[wk千](?![a-z]))?|[一二两三四五六七八九十百千万]+)"
    r"(?:\s?(?:起|\+|以上))?"
)
_FEWEST, _MOST = 2, 6
_LONGEST: Final = 40
_PERIODS: Final = frozenset({"day", "month"})


class _Cell(NamedTuple):
    start: int
    end: int
    words: str


def column_figures(text: str) -> list[Figure]:
    """The bare numbers of all tables of a text, as what their columns are named."""
    if "\n" not in text or not _MAY.search(text):
        return []
    return list(_tables(text, [_Cell(s, e, text[s:e]) for s, e in line_spans(text)]))


def _tables(text: str, lines: Sequence[_Cell]) -> Iterator[Figure]:
    kinds: list[str | None] = []
    sign = _SIGNS
    for line in lines:
        head = _heading(line)
        if head:
            kinds, sign = head
        elif kinds:
            cells = _cells(line, sign, len(kinds))
            if len(cells) != len(kinds):
                kinds = []
                continue
            for kind, cell in zip(kinds, cells, strict=True):
                if kind and (figure := _figure(text, kind, cell)):
                    yield figure


def _heading(line: _Cell) -> tuple[list[str | None], re.Pattern[str]] | None:
    """What each column below a line holds, and what parts them; None where it heads none."""
    if len(line.words) > _LONGEST or not _MAY.search(line.words):
        return None
    for sign in (_SIGNS, _SPACES):
        cells = _cells(line, sign, _MOST)
        kinds = [_kind(cell.words) for cell in cells]
        if len(cells) >= _FEWEST and sum(map(bool, kinds[1:])) >= 1 and not kinds[0]:
            several = sum(map(bool, kinds)) >= _FEWEST
            if several or (sign is _SIGNS and len(cells) >= _FEWEST and kinds[-1]):
                return kinds, sign
    return None


def _cells(line: _Cell, sign: re.Pattern[str], most: int) -> list[_Cell]:
    """The parts of a line; where there are more than `most` the first ones are one."""
    found: list[_Cell] = []
    start = line.start
    for match in sign.finditer(line.words):
        found.append(_Cell(start, line.start + match.start(), ""))
        start = line.start + match.end()
    found.append(_Cell(start, line.end, ""))
    found = [c for c in found if line.words[c.start - line.start : c.end - line.start].strip()]
    if len(found) > most:
        first = found[len(found) - most]
        found = [_Cell(found[0].start, first.end, ""), *found[len(found) - most + 1 :]]
    return [c._replace(words=line.words[c.start - line.start : c.end - line.start]) for c in found]


def _kind(words: str) -> str | None:
    return next((name for name, said in _KINDS.items() if said.match(words)), None)


def _figure(text: str, kind: str, cell: _Cell) -> Figure | None:
    place = cell.start + len(cell.words) - len(cell.words.lstrip())
    end = cell.start + len(cell.words.rstrip())
    match = _CELL.fullmatch(text, place, end)
    value = number(match["n"]) if match else None
    if match is None or not value:
        return None
    span = match.span("n")
    if kind == "least":
        return Figure(*span, "least", value)
    if kind in {"quantity", "day"}:
        return Figure(*span, "quantity", value, period=kind if kind in _PERIODS else None)
    return Figure(*span, "price", value, per=None if kind == "price" else kind)
