"""Cells as text between two fixed marks, a row or many rows at a time, for formats of streams."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from graph.elements import Value
from graph.export.clean.groups import Columns
from graph.export.clean.words import Cell
from graph.export.formats.columns import Column


class Marks(msgspec.Struct, frozen=True):
    """How a format writes cells: what stands around one, and its text escaped."""

    opening: Callable[[Column], str]
    closing: str
    shown: Callable[[Cell, Column], str]
    escaped: Callable[[Sequence[str]], Sequence[str]]
    """Of many plain texts at once."""


class Cells:
    """Writes cells, each by its column."""

    def __init__(self, listed: Iterable[Column], marks: Marks) -> None:
        self._marks = marks
        self._columns = {column.name: (column, marks.opening(column)) for column in listed}

    def text(self, values: Mapping[str, Cell]) -> str:
        """All cells of a row, one behind the other."""
        return "".join([self.one(name, cell) for name, cell in values.items()])

    def one(self, name: str, cell: Cell) -> str:
        """A single cell."""
        column, opening = self._columns[name]
        return f"{opening}{self._marks.shown(cell, column)}{self._marks.closing}"

    def many(self, columns: Columns) -> tuple[str, list[Sequence[str]]]:
        """The cells of many rows: a template for %, and the texts to fill in, a list a column."""
        openings = [self._columns[name][1] for name in columns]
        template = "".join([f"{plain(mark)}%s{plain(self._marks.closing)}" for mark in openings])
        return template, [self._texts(self._columns[name][0], columns[name]) for name in columns]

    def _texts(self, column: Column, values: Sequence[Value]) -> Sequence[str]:
        kind = type(values[0])
        if kind is list or column.type == "liststring":
            return [self._marks.shown(cell, column) for cell in values]  # type: ignore[arg-type]
        if kind is str:
            return self._marks.escaped(values)  # type: ignore[arg-type]
        if kind is bool:
            return ["true" if value else "false" for value in values]
        if kind is int and column.type == "double":
            return [f"{value}.0" for value in values]
        return list(map(str, values))


def plain(text: str) -> str:
    """The text as it stands in a template for %."""
    return text.replace("%", "%%")
