"""What a workbook says of its sheets, dates and strings."""

import mmap
import tempfile
from array import array
from collections.abc import Callable
from contextlib import closing
from functools import lru_cache

import msgspec

from ingest.readers.tables.xlsx_dates import is_date_format
from ingest.readers.tables.xlsx_package import Handler, Package, PartError
from ingest.readers.tables.xlsx_text import TextTaker

_MOST_SHEETS = 5000
_LONGEST_NAME = 100


class Sheet(msgspec.Struct, frozen=True):
    """A sheet; `part`: its name in the package, empty where it has none."""

    name: str
    part: str
    kind: str
    hidden: bool


class Book(msgspec.Struct, frozen=True):
    """`dates`: for each cell style whether it shows a date."""

    sheets: list[Sheet]
    since_1904: bool
    dates: list[bool]
    string: Callable[[int], str]
    """The shared string of a number; IndexError, or ValueError where it is too long."""


def open_book(package: Package) -> Book:
    """The workbook of a package; PartError where it has none that can be read."""
    root = package.relations("")
    main = next((name for kind, name in root.values() if kind == "officeDocument"), "")
    main = main or "xl/workbook.xml"
    if main.endswith(".bin"):
        raise PartError("a binary workbook (.xlsb)")
    relations = package.relations(main)
    named = dict(relations.values())
    sheets, since_1904 = _sheets(package, main, relations)
    dates = _dates(package, named["styles"]) if "styles" in named else []
    with closing(_Strings()) as strings:
        if "sharedStrings" in named:
            package.read(named["sharedStrings"], strings.handler())
        return Book(sheets, since_1904, dates, strings.reading())


def _sheets(
    package: Package, main: str, relations: dict[str, tuple[str, str]]
) -> tuple[list[Sheet], bool]:
    sheets: list[Sheet] = []
    since_1904 = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal since_1904
        if tag == "workbookPr":
            since_1904 = attributes.get("date1904", "") in ("1", "true", "on")
        elif tag == "sheet":
            if len(sheets) == _MOST_SHEETS:
                raise PartError(f"more than {_MOST_SHEETS} sheets")
            number = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            kind, part = relations.get(number, ("", ""))
            hidden = attributes.get("state", "visible") != "visible"
            sheets.append(Sheet(attributes.get("name", "")[:_LONGEST_NAME], part, kind, hidden))

    package.read(main, Handler(start))
    return sheets, since_1904


def _dates(package: Package, part: str) -> list[bool]:
    codes: dict[int, str] = {}
    formats: list[int] = []
    inside = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if tag == "numFmt":
            codes[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")[:500]
        elif tag == "cellXfs":
            inside = True
        elif tag == "xf" and inside:
            formats.append(_whole(attributes.get("numFmtId")))

    def end(tag: str) -> None:
        nonlocal inside
        inside = inside and tag != "cellXfs"

    package.read(part, Handler(start, end))
    return [is_date_format(number, codes.get(number)) for number in formats]


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


class _Strings:
    """The shared strings, in a file without a name: there may be millions."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="heichan-")  # noqa: SIM115 -- lives on in the map
        self._ends = array("Q", [0])
        self._long: set[int] = set()
        self._taker = TextTaker()

    def handler(self) -> Handler:
        return Handler(self._taker.start, self._end, self._taker.text)

    def _end(self, tag: str) -> None:
        if tag != "si":
            self._taker.end(tag)
            return
        text, whole = self._taker.take()
        if not whole:
            self._long.add(len(self._ends) - 1)
        data = text.encode()
        self._file.write(data)
        self._ends.append(self._ends[-1] + len(data))

    def close(self) -> None:
        """Closes the file; what was mapped of it stays."""
        self._file.close()

    def reading(self) -> Callable[[int], str]:
        """The string of a number, as long as somebody holds this function."""
        self._file.flush()
        size = self._ends[-1]
        held = mmap.mmap(self._file.fileno(), size, access=mmap.ACCESS_READ) if size else b""
        ends, too_long = self._ends, self._long

        @lru_cache(maxsize=1 << 14)
        def string(number: int) -> str:
            if not 0 <= number < len(ends) - 1:
                raise IndexError
            if number in too_long:
                raise ValueError
            return held[ends[number] : ends[number + 1]].decode()

        return string
