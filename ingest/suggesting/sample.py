"""The first rows of a table of any format, as its reader would cut them."""

from collections.abc import Iterator, Sequence
from itertools import islice

import msgspec

from evidence.errors import InputError
from ingest.confined.frames import Cells, Columns
from ingest.confined.parent import frames
from ingest.readers.base import Source
from ingest.readers.json_records import ArrayRecords
from ingest.readers.jsonstream import NotJsonError, StreamEndsError, Window
from ingest.readers.jsonvalue import BadValueError, ValueDecoder
from ingest.readers.lines import Line, read_lines
from ingest.readers.tables.parquet import CEILINGS
from ingest.readers.tables.reader import cell_of
from ingest.readers.tables.rows import DELIMITERS, Row, read_rows
from ingest.readers.tables.xlsx_book import Sheet, open_book
from ingest.readers.tables.xlsx_package import Package, PartError, unusable
from ingest.readers.tables.xlsx_sheet import SheetRow, SheetRows
from ingest.suggesting.heading import Headed, headed

ROWS = 300
"""Rows that are looked at."""
_OBJECT: ValueDecoder[dict[str, object]] = ValueDecoder(dict[str, object])
_LINES = 2000
_MOST_COLUMNS = 200


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """Columns by name and their first values. `heading`: the names stand in the file.

    `dated`: columns whose cells the format itself says are times.
    """

    names: list[str]
    rows: list[list[str]]
    heading: bool = True
    delimiter: str | None = None
    dated: frozenset[int] = frozenset()
    where: str = ""
    """The sheet that was looked at, of a workbook with several."""
    left_out: tuple[str, ...] = ()
    """Columns with nested values, which are not read."""
    further: int = 0
    """Columns behind those that were looked at."""

    def column(self, at: int) -> list[str]:
        """The filled cells of a column, trimmed."""
        return [row[at].strip() for row in self.rows if at < len(row) and row[at].strip()]


def delimited(source: Source) -> Sample:
    """The first rows of a text; InputError where no delimiter gives rows of equal length."""
    good = (line for line in read_lines(source, source.require_encoding()) if not line.fault)
    lines = [line for line in islice(good, _LINES) if line.text.strip()]
    best: tuple[float, str, list[list[str]]] | None = None
    for delimiter in DELIMITERS:
        rows = _rows(lines, delimiter)
        score = _evenness(rows)
        if score and (best is None or score > best[0]):
            best = score, delimiter, rows
    if best is None:
        raise no_table(source, "no delimiter gives its lines equal numbers of cells")
    rows = best[2]
    return _sample(headed(_narrow(rows)), _further(rows), delimiter=best[1])


def _rows(lines: Sequence[Line], delimiter: str) -> list[list[str]]:
    read = (row for row in read_rows(iter(lines), delimiter) if isinstance(row, Row))
    return [row.cells for row in islice(read, ROWS + 1)]


def _evenness(rows: Sequence[Sequence[str]]) -> float:
    """Cells of the commonest row, by the share of the rows that have so many; 0 for no table."""
    sizes = [len(row) for row in rows]
    if not sizes:
        return 0
    common = max(set(sizes), key=lambda size: (sizes.count(size), size))
    share = sizes.count(common) / len(sizes)
    return common * share if common > 1 and share >= 0.6 else 0


def _narrow(rows: Sequence[list[str]]) -> list[list[str]]:
    """The rows without the columns that are not looked at."""
    return [row[:_MOST_COLUMNS] for row in rows]


def _further(rows: Sequence[Sequence[str]]) -> int:
    return max(0, max(map(len, rows)) - _MOST_COLUMNS)


def objects(source: Source) -> Sample:
    """The first objects of JSON lines or of a JSON array."""
    start = source.head().text.lstrip("\ufeff \t\r\n")[:1]
    met = _array(source) if start == "[" else _json_lines(source)
    values = list(islice(met, ROWS))
    nested = {
        name for value in values for name, cell in value.items() if isinstance(cell, list | dict)
    }
    known = dict.fromkeys(name for value in values for name in value)
    plain = [name for name in known if name not in nested]
    names = plain[:_MOST_COLUMNS]
    if not names:
        raise no_table(source, "no object with plain values in it")
    rows = [[cell_of(value.get(name)) for name in names] for value in values]
    return Sample(
        names=names,
        rows=rows,
        left_out=tuple(sorted(nested))[:_MOST_COLUMNS],
        further=len(plain) - len(names),
    )


def _json_lines(source: Source) -> Iterator[dict[str, object]]:
    for line in read_lines(source, source.require_encoding()):
        if line.text.strip("\ufeff \t") and not line.fault:
            try:
                yield _OBJECT(line.text.strip("\ufeff \t").encode("utf-8", "replace"))
            except BadValueError:
                continue


def _array(source: Source) -> Iterator[dict[str, object]]:
    encoding = source.require_utf8()
    with source.open() as stream:
        stream.seek(encoding.bom)
        window = Window(stream, encoding.bom)
        try:
            window.expect(b"[")
            for _, _, value in ArrayRecords(window, _OBJECT):
                if not isinstance(value, BadValueError):
                    yield value
        except (StreamEndsError, NotJsonError):
            return


def workbook(source: Source) -> Sample:
    """The first rows of the sheet that holds most; InputError for an empty workbook."""
    best: tuple[int, Sheet, list[SheetRow]] | None = None
    with source.open() as stream:
        package = Package(source, stream)
        try:
            book = open_book(package)
            for sheet in book.sheets:
                if not sheet.part or sheet.kind != "worksheet":
                    continue
                rows = [
                    row for row in islice(SheetRows(package, book, sheet.part), ROWS) if row.cells
                ]
                filled = sum(len(row.cells) for row in rows)
                if filled and (best is None or filled > best[0]):
                    best = filled, sheet, rows
        except PartError as error:
            raise unusable(source, f"the workbook is {error}") from error
    if best is None:
        raise no_table(source, "no sheet with a filled cell")
    _, sheet, rows = best
    cells = [[row.cells.get(at, "") for at in range(max(row.cells) + 1)] for row in rows]
    found = headed(_narrow(cells), above=True)
    below = rows[found.skipped :]
    dated = {at for row in below for at in row.times}
    where = f"sheet {sheet.name}" if len(book.sheets) > 1 else ""
    return _sample(found, _further(cells), where=where, dated=frozenset(dated))


def parquet(source: Source) -> Sample:
    """The first rows of a Parquet file."""
    names: list[str] = []
    left_out: tuple[str, ...] = ()
    for frame in frames(source, "ingest.confined.parquet", CEILINGS, "parquet"):
        if isinstance(frame, Columns):
            names, left_out = frame.names, tuple(name for name, _ in frame.left_out)
        elif isinstance(frame, Cells):
            return Sample(
                names=names[:_MOST_COLUMNS],
                rows=[list(row[:_MOST_COLUMNS]) for row in frame.rows[:ROWS]],
                dated=frozenset(frame.times),
                left_out=left_out[:_MOST_COLUMNS],
                further=len(names[_MOST_COLUMNS:]),
            )
    raise no_table(source, "no row in it")


def _sample(
    found: Headed,
    further: int,
    *,
    delimiter: str | None = None,
    where: str = "",
    dated: frozenset[int] = frozenset(),
) -> Sample:
    return Sample(
        names=found.names,
        rows=found.rows[:ROWS],
        further=further,
        heading=found.stated,
        delimiter=delimiter,
        dated=dated,
        where=where,
    )


def no_table(source: Source, reason: str) -> InputError:
    """The error for a file of which no mapping can be drafted."""
    return InputError(
        f"{source.name}: {reason}",
        hint="a mapping can be drafted for tables, JSON objects and saved pages;"
        " heichan ingest --explain FILE says what the bytes show",
        where={"file": source.name},
    )
