"""Tables: CSV, TSV and others with a delimiter, JSON lines, and a JSON array of objects."""

import csv
import re
from collections.abc import Iterator
from itertools import count
from pathlib import PurePath

from ingest.posts import BreaksOff, Item, Problem
from ingest.readers.base import Head, ReadOptions, Source
from ingest.readers.clock import NotATimeError
from ingest.readers.jsonstream import TOO_LONG, NotJsonError, StreamEndsError, Window
from ingest.readers.jsonvalue import BadValueError, ValueDecoder
from ingest.readers.lines import read_lines
from ingest.readers.mapping import Mapping
from ingest.readers.tables.columns import field_columns, readable
from ingest.readers.tables.headed import HeadedTable, no_columns
from ingest.readers.tables.post import EmptyRowError, RowReader
from ingest.readers.tables.rows import DELIMITERS, read_rows, split_row

_OBJECT: ValueDecoder[dict[str, object]] = ValueDecoder(dict[str, object])
_KEY = re.compile(r'"([^"\\]{1,60})"\s*:')
_LONGEST_NAME = 60
_MOST_SHAPES = 1000


class TableReader:
    """Reads tables whose columns have known names, or names that a mapping file gives."""

    name = "table"

    def sniff(self, head: Head) -> int:
        """Strength of the signs: a heading, or the keys of a first object, that can be read."""
        text = head.text.lstrip("\ufeff \t\r\n")
        if text.startswith("{"):
            return 70 if _readable_object(text.split("\n", 1)[0]) else 0
        if text.startswith("["):
            return 70 if text[1:].lstrip().startswith("{") and _readable_keys(text) else 0
        heading = _heading(text.split("\n", 1)[0].rstrip("\r"), None)
        return 75 if heading else 0

    def read(self, source: Source, options: ReadOptions) -> Iterator[Item]:
        """Venues and posts in file order; InputError where no column can be read as a post."""
        start = source.head().text.lstrip("\ufeff \t\r\n")[:1]
        if start == "[":
            yield from _read_array(source, options)
        elif start == "{":
            yield from _read_json_lines(source, options)
        else:
            yield from _read_delimited(source, options)


def _heading(line: str, mapping: Mapping | None) -> tuple[str, list[str]] | None:
    """Delimiter and column names of a heading under which the columns can be read, or None."""
    named = mapping.delimiter if mapping else None
    best: tuple[int, str, list[str]] | None = None
    for delimiter in named or DELIMITERS:
        try:
            names = [name.strip() for name in split_row(line, delimiter)]
        except csv.Error:
            continue
        places = field_columns(names, mapping)
        if readable(places) and all(len(name) <= _LONGEST_NAME for name in names):
            best = max(best or (0, "", []), (len(places), delimiter, names), key=lambda one: one[0])
    return best[1:] if best else None


def _read_delimited(source: Source, options: ReadOptions) -> Iterator[Item]:
    lines = read_lines(source, source.require_encoding())
    first = next((line.text for line in lines if line.text.strip()), "")
    heading = _heading(first, options.mapping)
    if heading is None:
        raise no_columns(source, first)
    delimiter, columns = heading
    table = HeadedTable(columns, options, PurePath(source.name).stem)
    for row in read_rows(lines, delimiter):
        if isinstance(row, Problem):
            yield row
        elif any(cell.strip() for cell in row.cells[len(columns) :]):
            yield Problem(f"row {row.number}", f"{len(row.cells)} cells, {len(columns)} columns")
        else:
            yield from table.items(row.cells, f"row {row.number}", row.offset)


def _posts(
    reader: RowReader, cells: dict[str, str], names: dict[str, str], place: str, offset: int
) -> Iterator[Item]:
    try:
        yield from reader.read(cells, names, place, offset)
    except (EmptyRowError, NotATimeError) as error:
        yield Problem(place, str(error))


def _read_json_lines(source: Source, options: ReadOptions) -> Iterator[Item]:
    objects = _Objects(source, options)
    for line in read_lines(source, source.require_encoding()):
        text = line.text.strip("\ufeff \t")
        if line.fault:
            yield Problem(f"line {line.number}", line.fault)
        elif text:
            yield from objects.items(text.encode(), f"line {line.number}", line.offset)
    objects.require_readable()


def _read_array(source: Source, options: ReadOptions) -> Iterator[Item]:
    encoding = source.require_utf8()
    objects = _Objects(source, options)
    place = "the head of the file"
    with source.open() as stream:
        stream.seek(encoding.bom)
        window = Window(stream, encoding.bom)
        try:
            window.expect(b"[")
            for number in count():
                if window.accept(b"]"):
                    break
                place = f"[{number}]"
                window.peek()
                offset = window.tell()
                raw = window.cut()
                yield from objects.items(raw or b"", place, offset)
                if not window.accept(b",") and window.peek() != ord("]"):
                    raise NotJsonError("a comma expected")
        except StreamEndsError:
            yield BreaksOff(place, "the file ends before the list does")
        except NotJsonError as error:
            yield BreaksOff(place, f"not JSON at byte {window.tell()}: {error}")
    objects.require_readable()


class _Objects:
    """JSON objects as rows; each may have other keys than the one before."""

    def __init__(self, source: Source, options: ReadOptions) -> None:
        self._source = source
        self._mapping = options.mapping
        self._reader = RowReader(options, PurePath(source.name).stem)
        self._places: dict[tuple[str, ...], dict[str, int]] = {}
        self._unreadable = ""
        self._read = 0

    def items(self, raw: bytes, place: str, offset: int) -> Iterator[Item]:
        """The items of one object; none of its bytes: it was too long to be kept."""
        try:
            value = _OBJECT(raw) if raw else None
        except BadValueError as error:
            yield Problem(place, str(error))
            return
        if value is None:
            yield Problem(place, TOO_LONG)
            return
        columns = tuple(value)
        if columns not in self._places:
            if len(self._places) > _MOST_SHAPES:
                self._places.clear()
            self._places[columns] = field_columns(columns, self._mapping)
        places = self._places[columns]
        if not readable(places):
            self._unreadable = self._unreadable or ", ".join(columns)[:200]
            yield Problem(place, "no known columns")
            return
        self._read += 1
        names = {field: columns[at] for field, at in places.items()}
        cells = {field: _cell(value[name]) for field, name in names.items()}
        yield from _posts(self._reader, cells, names, place, offset)

    def require_readable(self) -> None:
        """InputError where objects were met and none of them had known columns."""
        if self._unreadable and not self._read:
            raise no_columns(self._source, self._unreadable)


def _cell(value: object) -> str:
    """A JSON value as a cell; lists and objects are no cells."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return str(int(value)) if value == value // 1 else repr(value)


def _readable_object(text: str) -> bool:
    try:
        return readable(field_columns(list(_OBJECT(text.encode("utf-8", "replace"))), None))
    except BadValueError:
        return bool(_readable_keys(text))


def _readable_keys(text: str) -> bool:
    """Whether the keys seen so far can be read: the first object may be cut by the head's end."""
    keys = [match[1] for match in _KEY.finditer(text)]
    return readable(field_columns(list(dict.fromkeys(keys)), None))
