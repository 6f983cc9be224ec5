"""The rows of a sheet, one by one, with the values that stand in the file."""

import re
from collections.abc import Iterator

import msgspec

from ingest.readers.jsonstream import TOO_LONG
from ingest.readers.tables.xlsx_book import Book
from ingest.readers.tables.xlsx_dates import date_text, is_rounded, number_text
from ingest.readers.tables.xlsx_package import Handler, Package
from ingest.readers.tables.xlsx_text import TextTaker

_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.ASCII)
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576


class SheetRow(msgspec.Struct):
    """A row: its number as the spreadsheet shows it, its cells by column."""

    number: int
    hidden: bool
    cells: dict[int, str] = {}
    times: list[int] = []
    """Columns whose cells are dates of the workbook."""
    rounded: list[int] = []
    """Columns whose numbers have more digits than a spreadsheet keeps."""
    fault: str = ""


class SheetRows:
    """Reads one sheet. `uncomputed` counts the formulas without a stored value so far."""

    def __init__(self, package: Package, book: Book, part: str) -> None:
        self.uncomputed = 0
        self._book = book
        self._steps = package.parse(part, Handler(self._start, self._end, self._text))
        self._taker = TextTaker()
        self._ready: list[SheetRow] = []
        self._row: SheetRow | None = None
        self._number = 0
        self._column = 0
        self._kind = ""
        self._style = 0
        self._formula = False

    def __iter__(self) -> Iterator[SheetRow]:
        """Rows that have a cell or a fault; PartError where the part breaks off."""
        for _ in self._steps:
            yield from self._ready
            self._ready.clear()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._begin_cell(attributes)
        elif tag == "row":
            self._begin_row(attributes)
        elif tag == "f":
            self._formula = True
        else:
            self._taker.start(tag, attributes)

    def _text(self, data: str) -> None:
        self._taker.text(data)

    def _end(self, tag: str) -> None:
        if tag == "c":
            self._end_cell()
        elif tag == "row":
            if self._row and (self._row.cells or self._row.fault):
                self._ready.append(self._row)
            self._row = None
        else:
            self._taker.end(tag)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        written = attributes.get("r", str(self._number + 1))
        number = int(written) if written.isdecimal() and len(written) < 8 else 0
        fault = "" if self._number < number <= _LAST_ROW else "row numbers do not rise"
        self._number = max(self._number, number if not fault else self._number + 1)
        self._row = SheetRow(self._number, attributes.get("hidden") in ("1", "true"), fault=fault)
        self._column = -1

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        place = _PLACE.fullmatch(attributes.get("r", ""))
        self._column = _column(place[1]) if place else self._column + 1
        self._kind = attributes.get("t", "n")
        style = attributes.get("s", "0")
        self._style = int(style) if style.isdecimal() and len(style) < 7 else 0
        self._formula = False
        self._taker.take()

    def _end_cell(self) -> None:
        written, whole = self._taker.take()
        row = self._row
        if row is None:
            return
        if self._formula and not written:
            self.uncomputed += 1
        if self._column >= _LAST_COLUMN:
            row.fault = "a cell beyond the last column"
        elif not whole:
            row.fault = TOO_LONG
        elif written and (value := self._value(row, written)):
            row.cells[self._column] = value

    def _value(self, row: SheetRow, written: str) -> str:
        kind = self._kind
        if kind == "s":
            return self._shared(row, written)
        if kind == "b":
            return "TRUE" if written.strip() == "1" else "FALSE"
        if kind == "d":
            row.times.append(self._column)
            return written
        return self._number_or_date(row, written) if kind == "n" else written

    def _shared(self, row: SheetRow, written: str) -> str:
        try:
            return self._book.string(int(written))
        except IndexError:
            row.fault = "a string that the workbook does not hold"
        except ValueError:
            row.fault = TOO_LONG if written.strip().isdecimal() else "a string without a number"
        return ""

    def _number_or_date(self, row: SheetRow, written: str) -> str:
        try:
            value = float(written)
            if not self._is_date():
                if is_rounded(value):
                    row.rounded.append(self._column)
                return number_text(value)
        except (ValueError, OverflowError):
            return written
        text = date_text(value, since_1904=self._book.since_1904)
        if text is None:
            # Shown as a row of signs by a spreadsheet, too; never taken for seconds since 1970.
            return f"#{written}"
        row.times.append(self._column)
        return text

    def _is_date(self) -> bool:
        return self._style < len(self._book.dates) and self._book.dates[self._style]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
