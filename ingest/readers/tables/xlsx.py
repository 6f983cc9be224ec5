"""Excel workbooks: every sheet with a known heading is a table."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from ingest.posts import BreaksOff, Item, Problem, SetAside
from ingest.readers.base import NO_SIGNS, Head, ReadOptions, Signs, Source
from ingest.readers.encoding import Encoding
from ingest.readers.tables.headed import no_columns
from ingest.readers.tables.sheet import SheetTable, unreadable
from ingest.readers.tables.xlsx_book import Book, Sheet, open_book
from ingest.readers.tables.xlsx_package import Package, PartError, unusable, zip_kind
from ingest.readers.tables.xlsx_sheet import SheetRow, SheetRows

_NOT_READ = {
    "xl/media/": "a picture",
    "xl/comments": "comments on cells, not read",
    "xl/threadedComments/": "comments on cells, not read",
    "xl/embeddings/": "a file inside the workbook, not opened",
    "xl/externalLinks/": "a link to another workbook, not followed",
    "xl/pivotCache/": "copies of cells for a pivot table",
    "xl/vbaProject.bin": "macros, never run",
}


class ExcelReader:
    """Reads .xlsx and .xlsm row by row; formulas are the values that stand in the file."""

    name = "excel"

    def sniff(self, head: Head) -> Signs:
        """Strength of the signs: the parts of a workbook in a zip."""
        if head.data.startswith(b"PK\3\4") and zip_kind(head.data) is None:
            return Signs(100, "a zip with the parts of a workbook")
        return NO_SIGNS

    def encoding(self, source: Source) -> Encoding | None:
        """None: the parts of a workbook are XML."""
        return None

    def read(self, source: Source, options: ReadOptions) -> Iterator[Item]:
        """Venues and posts in sheet order; InputError where no sheet has a known heading."""
        with source.open() as stream:
            package = Package(source, stream)
            try:
                book = open_book(package)
            except PartError as error:
                raise unusable(source, f"the workbook is {error}") from error
            yield from _read_book(source, package, book, options)


def _read_book(
    source: Source, package: Package, book: Book, options: ReadOptions
) -> Iterator[Item]:
    stem = PurePath(source.name).stem
    parts: dict[str, str] = {}
    failed: list[Problem] = []
    read = False
    for sheet in book.sheets:
        name = _sheet_name(sheet)
        if not sheet.part:
            yield Problem(name, "missing from the file")
            continue
        if sheet.kind != "worksheet":
            yield SetAside(name, "no table: a chart, a dialog or macros")
            continue
        if sheet.part in parts:
            yield Problem(name, f"the same part of the file as {parts[sheet.part]}")
            continue
        parts[sheet.part] = name
        several = len(book.sheets) > 1
        table = SheetTable(options, f"{stem} {sheet.name}" if several else stem, name)
        yield from _read_sheet(package, book, sheet, table)
        read = read or table.readable
        if table.seen and not table.readable:
            failed.append(unreadable(name, table))
    if failed and not read:
        raise no_columns(source, failed[0].reason.partition(": ")[2])
    yield from failed
    yield from _not_read(package.names())


def _sheet_name(sheet: Sheet) -> str:
    return f"sheet {sheet.name} (hidden)" if sheet.hidden else f"sheet {sheet.name}"


def _read_sheet(package: Package, book: Book, sheet: Sheet, table: SheetTable) -> Iterator[Item]:
    name = _sheet_name(sheet)
    rows = SheetRows(package, book, sheet.part)
    row = None
    try:
        for row in rows:
            yield from _row_items(row, name, table)
            if table.given_up:
                break
    except PartError as error:
        yield BreaksOff(f"{name}, after row {row.number}" if row else name, str(error))
    if row is None:
        yield SetAside(name, "an empty sheet")
    if rows.uncomputed:
        yield SetAside(
            f"{name}: {rows.uncomputed} formulas", "without a stored value; none is computed"
        )
    yield from table.end()


def _row_items(row: SheetRow, name: str, table: SheetTable) -> Iterator[Item]:
    place = f"{name}, row {row.number} (hidden)" if row.hidden else f"{name}, row {row.number}"
    if row.fault:
        yield Problem(place, row.fault)
        return
    cells = [row.cells.get(at, "") for at in range(max(row.cells) + 1)]
    if any(cell.strip() for cell in cells):
        yield from table.items(cells, place, row.times, row.rounded)


def _not_read(names: Sequence[str]) -> Iterator[SetAside]:
    for name in names:
        for start, reason in _NOT_READ.items():
            if name.startswith(start) and not name.endswith(".rels"):
                yield SetAside(name, reason)
