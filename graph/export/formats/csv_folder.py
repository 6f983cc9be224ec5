"""`nodes.csv` and `edges.csv` for Gephi's spreadsheet importer and for spreadsheet programs.

Gephi wants these headers to the letter. The byte order mark is there because Excel reads UTF-8 by
it and Gephi passes over it since issue 1815 of its own.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from evidence.errors import UsageError
from graph.export.clean.plan import Plan, PlanEdge, PlanNode
from graph.export.clean.words import Cell
from graph.export.files import whole_file
from graph.export.formats.columns import Column
from graph.export.formats.spreadsheet import neutralise
from graph.export.formats.tables import flat, property_columns
from graph.export.stamp import Stamp

NODES, EDGES, ABOUT = "nodes.csv", "edges.csv", "about.txt"
NODE_HEADERS = ("Id", "Label", "Kind")
EDGE_HEADERS = ("Source", "Target", "Type", "Id", "Label", "Kind", "Weight")
BACKSLASH = "＼"
"""Stands for a backslash in texts: Gephi takes that for an escape and drops the row at `\\"`."""
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.IGNORECASE)
_ADVICE = (
    "Lists are JSON; numbers of a list end in a semicolon, since Gephi takes [1, 2] for a time. "
    "Gephi guesses the type of a column from its first rows: in its import, choose String for ids "
    "and texts that begin as numbers. GEXF carries the types."
)


class Cells:
    """Cells that neither Gephi nor a spreadsheet misreads; what was changed for it."""

    def __init__(self) -> None:
        self._backslashes = 0

    def text(self, text: str) -> str:
        """The text, never a formula and without a backslash."""
        self._backslashes += text.count("\\")
        return neutralise(text.replace("\\", BACKSLASH))

    def identifier(self, identifier: str) -> str:
        """The id; a backslash as its %XX, so that no two ids fall together."""
        return neutralise(identifier.replace("\\", "%5C"))

    def row(self, values: dict[str, Cell], listed: Iterable[Column]) -> Iterator[str]:
        """The cells of a row in the columns' order."""
        for column in listed:
            cell = values.get(column.name)
            if cell is None:
                yield ""
            elif isinstance(cell, str) and column.type != "liststring":
                yield self.text(cell)
            elif isinstance(cell, list) and cell and all(map(_NUMBER.fullmatch, cell)):
                yield neutralise("".join(f"{number};" for number in cell))
            else:
                yield flat(cell, column)

    def losses(self) -> list[str]:
        """A line a kind of change."""
        return (
            [f"{self._backslashes} backslashes written as {BACKSLASH}"] if self._backslashes else []
        )


def write(folder: Path, plan: Plan, stamp: Stamp) -> list[str]:
    """Three files in a folder that holds nothing else; returns what was changed for a table.

    Raises UsageError.
    """
    cells = Cells()
    with _ours(folder):
        _file(folder / NODES, lambda out: out.writerows(_nodes(plan.nodes, cells)))
        _file(folder / EDGES, lambda out: out.writerows(_edges(plan.edges, cells)))
        losses = cells.losses()
        with whole_file(folder / ABOUT) as stream:
            lines = [*stamp.lines(plan), *losses, _ADVICE]
            stream.write("".join(f"{line}\n" for line in lines).encode())
    return losses


def _nodes(nodes: Sequence[PlanNode], cells: Cells) -> Iterator[list[str]]:
    listed = property_columns(nodes, NODE_HEADERS)
    yield [*NODE_HEADERS, *(column.id for column in listed)]
    for node in nodes:
        head = (cells.identifier(node.id), cells.text(node.label), node.kind)
        yield [*head, *cells.row(node.values, listed)]


def _edges(edges: Sequence[PlanEdge], cells: Cells) -> Iterator[list[str]]:
    listed = property_columns(edges, EDGE_HEADERS)
    yield [*EDGE_HEADERS, *(column.id for column in listed)]
    for edge in edges:
        source, target, name = map(cells.identifier, (edge.source, edge.target, edge.id))
        head = (source, target, "Directed", name, edge.relation, cells.text(edge.kind))
        yield [*head, repr(edge.weight), *cells.row(edge.values, listed)]


def _file(path: Path, fill: Callable[[Any], None]) -> None:
    with whole_file(path) as stream:
        with_table(stream, fill)


def with_table(stream: BinaryIO, fill: Callable[[Any], None]) -> None:
    """Calls `fill` with a CSV writer on the stream: UTF-8 with BOM, lines ended by CR LF."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        fill(csv.writer(text))
    finally:
        text.detach()


@contextmanager
def _ours(folder: Path) -> Iterator[None]:
    """The folder with no file of an earlier export; one that is broken off leaves none either."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        others = sorted({path.name for path in folder.iterdir()} - {NODES, EDGES, ABOUT})
    except OSError as error:
        raise UsageError(
            f"{folder} cannot be written: {error.strerror}", hint="name another folder"
        ) from None
    if others:
        raise UsageError(f"{folder} holds other files: {others[0]}", hint="name an empty folder")
    _emptied(folder)
    try:
        yield
    except BaseException:
        _emptied(folder)
        raise


def _emptied(folder: Path) -> None:
    for name in (NODES, EDGES, ABOUT):
        (folder / name).unlink(missing_ok=True)
