"""Tables of a report: rows of cells, and the numbers in them by row and column."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from ingest.extract.report.page import Line, Page
from ingest.records import Span

_BARS: Final = re.compile(r"\|?[^|\n]+(?:\|[^|\n]*)+\|?")
_BAR_CELL: Final = re.compile(r"[^|]+")
_GAP_CELL: Final = re.compile(r"\S+(?: \S+)*")
_RULE: Final = re.compile(r"[\s|:=+-]+")
_GAPS: Final = re.compile(r"\S {2,}\S")
_LETTERS: Final = re.compile("[A-Za-z\u3400-\u9fff]")
_NUMERIC: Final = re.compile(
    r"(?:US ?\$|HK\$|\$|¥|€|£|RMB ?)?\d[\d,.]*(?: ?(?:%|percent|thousand|million|billion|万|亿))?"
    r"(?: ?(?:yuan|RMB|USD|USDT|BTC|dollars|euros?|元|美元|条|个|家|起|名|人))?"
)
_LONGEST_CELL: Final = 120
_MOST_CELLS: Final = 40
_LEAST_ROWS: Final = 2


class Cell(msgspec.Struct, frozen=True):
    """A numeric cell: its place, the words of its row and of its column."""

    span: Span
    row: str
    column: str
    column_span: Span


class Grid(msgspec.Struct, frozen=True):
    """A table: where it stands, and its numeric cells in order."""

    span: Span
    cells: tuple[Cell, ...]


def read_grids(page: Page) -> list[Grid]:
    """The tables of a page with a head row and numeric cells: bars, or columns set by spaces."""
    grids: list[Grid] = []
    block: list[tuple[Line, list[Span]]] = []
    for line in (*page.lines, None):
        cells = cells_of(page.view, line) if line is not None else []
        near = bool(block) and line is not None and adjoin(page.view, block[-1][0], line)
        if cells and line is not None and (not block or near):
            block.append((line, cells))
            continue
        grids.extend(_grid(page, block))
        block = [(line, cells)] if cells and line is not None else []
    return grids


def adjoin(view: str, one: Line, other: Line) -> bool:
    """Whether no empty line stands between two lines."""
    return view.count("\n", one.end, other.start) == 1


def cells_of(view: str, line: Line) -> list[Span]:
    """The cells of a line that is a row of a table; an empty one for a rule between rows."""
    start = view.rfind("\n", 0, line.start) + 1
    written = view[start : line.end]
    if len(written) > _LONGEST_CELL * 8 or _RULE.fullmatch(written):
        return [(line.start, line.start)] if "|" in written or "--" in written else []
    if "|" in written and _BARS.fullmatch(written.strip()):
        pattern = _BAR_CELL
    elif _GAPS.search(written):
        pattern = _GAP_CELL
    else:
        return []
    cells = [_trimmed(view, start + m.start(), start + m.end()) for m in pattern.finditer(written)]
    cells = [cell for cell in cells if cell[1] > cell[0]]
    return cells if 2 <= len(cells) <= _MOST_CELLS else []


def _trimmed(view: str, start: int, end: int) -> Span:
    written = view[start:end]
    return start + len(written) - len(written.lstrip()), start + len(written.rstrip())


def _grid(page: Page, block: Sequence[tuple[Line, list[Span]]]) -> Iterator[Grid]:
    rows = [cells for _, cells in block if cells[0][1] > cells[0][0]]
    if len(rows) < _LEAST_ROWS or any(_NUMERIC.fullmatch(page.view, *c) for c in rows[0]):
        return
    cells = tuple(cell for row in rows[1:] for cell in _row(page.view, rows[0], row))
    if cells:
        yield Grid((rows[0][0][0], rows[-1][-1][1]), cells)


def _row(view: str, head: Sequence[Span], row: Sequence[Span]) -> Iterator[Cell]:
    label = view[slice(*row[0])]
    if len(head) != len(row) or not _LETTERS.search(label):
        return
    for span, column in zip(row[1:], head[1:], strict=True):
        if _NUMERIC.fullmatch(view, *span):
            yield Cell(span, label, view[slice(*column)], column)
