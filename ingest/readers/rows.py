"""The rows of a delimited table, with a broken quote kept from swallowing the rest."""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.posts import Problem
from ingest.readers.lines import LINE_LIMIT, Line

DELIMITERS = ",\t;|"
_MOST_LINES = 2000
csv.field_size_limit(2 * LINE_LIMIT)


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells as written; `number` counts from 1 behind the heading."""

    number: int
    offset: int
    cells: list[str]


def split_row(text: str, delimiter: str) -> list[str]:
    """The cells of one complete row."""
    return next(csv.reader([text], delimiter=delimiter), [])


def read_rows(lines: Iterator[Line], delimiter: str) -> Iterator[Row | Problem]:
    """Rows of the lines; a quoted cell may hold line feeds. Blank lines are no rows."""
    waiting: deque[Line] = deque()
    number = 0
    while True:
        taken, fault = _one_row(lines, waiting, delimiter)
        if not taken:
            return
        text = "\n".join(line.text for line in taken)
        if not text.strip():
            continue
        number += 1
        fault = fault or next((line.fault for line in taken if line.fault), "")
        try:
            cells = [] if fault else split_row(text, delimiter)
        except csv.Error as error:
            fault = str(error)
        yield Problem(f"row {number}", fault) if fault else Row(number, taken[0].offset, cells)


def _one_row(lines: Iterator[Line], waiting: deque[Line], delimiter: str) -> tuple[list[Line], str]:
    """The lines of one row. Where its quote does not close, its first line alone, and why."""
    taken: list[Line] = []
    size, open_quote = 0, False
    while line := waiting.popleft() if waiting else next(lines, None):
        taken.append(line)
        size += len(line.text)
        open_quote = _leaves_open(line.text, delimiter, open_quote)
        if not open_quote:
            return taken, ""
        if size > LINE_LIMIT or len(taken) > _MOST_LINES:
            break
    if open_quote:
        waiting.extendleft(reversed(taken[1:]))
        return taken[:1], "a quote that does not close"
    return taken, ""


def _leaves_open(text: str, delimiter: str, was_open: bool) -> bool:
    """Whether a quoted cell is still open behind this line; stray quotes inside a cell are none."""
    if '"' not in text:
        return was_open
    begins = was_open or text.startswith('"') or f'{delimiter}"' in text
    return begins and bool(text.count('"') % 2) != was_open
