"""The rows of a delimited table, with a broken quote kept from swallowing the rest."""

import csv
import re
from collections import deque
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache

import msgspec

from ingest.posts import Problem
from ingest.readers.lines import LINE_LIMIT, Line

DELIMITERS = ",\t;|"
_MOST_LINES = 2000
csv.field_size_limit(2 * LINE_LIMIT)


class Row(msgspec.Struct, frozen=True):
    """A row's cells as written; `number` counts from 1 behind the heading."""

    number: int
    offset: int
    cells: list[str]


def split_row(text: str, delimiter: str) -> list[str]:
    """The cells of one complete row."""
    return next(csv.reader([text], delimiter=delimiter), [])


def read_rows(lines: Iterator[Line], delimiter: str) -> Iterator[Row | Problem]:
    """Rows of the lines; a quoted cell may hold line feeds. Blank lines are no rows."""
    return iter(Rows(lines, delimiter))


class Rows:
    """The same one by one. `number` of the last; a caller that reads rows itself counts them."""

    def __init__(self, lines: Iterator[Line], delimiter: str, first: Line | None = None) -> None:
        self.number = 0
        self._lines = lines
        self._delimiter = delimiter
        self._waiting: deque[Line] = deque([] if first is None else [first])

    @property
    def waits(self) -> bool:
        """Whether lines were taken that are rows still to come."""
        return bool(self._waiting)

    def __iter__(self) -> Iterator[Row | Problem]:
        while (row := self.next()) is not None:
            yield row

    def next(self) -> Row | Problem | None:
        """The next row; None at the end."""
        while True:
            taken, fault = _one_row(self._lines, self._waiting, self._delimiter)
            if not taken:
                return None
            text = "\n".join(line.text for line in taken)
            if text.strip():
                return self._row(taken, text, fault)

    def _row(self, taken: list[Line], text: str, fault: str) -> Row | Problem:
        self.number += 1
        fault = fault or next((line.fault for line in taken if line.fault), "")
        try:
            cells = [] if fault else split_row(text, self._delimiter)
        except csv.Error as error:
            fault = str(error)
        if fault:
            return Problem(f"row {self.number}", fault)
        return Row(self.number, taken[0].offset, cells)


def _one_row(lines: Iterator[Line], waiting: deque[Line], delimiter: str) -> tuple[list[Line], str]:
    """The lines of one row. Where its quote does not close, its first line alone, and why."""
    taken: list[Line] = []
    size, state = 0, _State.CLOSED
    while line := waiting.popleft() if waiting else next(lines, None):
        taken.append(line)
        size += len(line.text)
        state = _after(line.text, delimiter, state)
        if state is _State.CLOSED:
            return taken, ""
        if state is _State.BROKEN or size > LINE_LIMIT or len(taken) > _MOST_LINES:
            break
    if taken:
        waiting.extendleft(reversed(taken[1:]))
        return taken[:1], "a quote that does not close"
    return [], ""


class _State(Enum):
    CLOSED = 0
    OPEN = 1
    """A quoted cell goes on in the next line."""
    BROKEN = 2
    """A quote inside a quoted cell that neither ends it nor is doubled."""


def _after(text: str, delimiter: str, state: _State) -> _State:
    """The state behind this line; stray quotes inside a cell that is not quoted are text."""
    if '"' not in text:
        return state
    opening, closing = _quote_patterns(delimiter)
    at = 0
    while True:
        if state is _State.OPEN:
            end = closing.match(text, at)
            if end is None:
                # sloppy writers put text behind a closing quote; in one line that does no harm
                return _State.BROKEN if at == 0 else _State.CLOSED
            if end[1] == "":
                return _State.OPEN
            at = end.end()
        start = opening.search(text, at)
        if start is None:
            return _State.CLOSED
        at, state = start.end(), _State.OPEN


@lru_cache
def _quote_patterns(delimiter: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A quote that opens a cell; the rest of a quoted cell, to its end or that of the line."""
    mark = re.escape(delimiter)
    return (
        re.compile(rf'(?:^|{mark})"'),
        re.compile(rf'[^"]*+(?:""[^"]*+)*+("(?={mark}|\Z)|\Z)'),
    )
