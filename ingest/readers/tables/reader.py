"""Tables: CSV, TSV and others with a delimiter, JSON lines, and a JSON array of objects."""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import PurePath

import msgspec

from ingest.posts import BreaksOff, Item, Problem, ReadPost
from ingest.readers.base import NO_SIGNS, Head, ReadOptions, Signs, Source
from ingest.readers.clock import NotATimeError
from ingest.readers.encoding import Encoding
from ingest.readers.jsonstream import TOO_LONG, NotJsonError, StreamEndsError, Window
from ingest.readers.jsonvalue import BadValueError, ValueDecoder, whole_text
from ingest.readers.lines import BlockLines, Line, read_blocks, read_lines
from ingest.readers.mapping import Mapping
from ingest.readers.tables.columns import field_columns, numbered, readable
from ingest.readers.tables.headed import HeadedTable, no_columns
from ingest.readers.tables.plain_rows import PlainRows
from ingest.readers.tables.post import EmptyRowError, RowReader
from ingest.readers.tables.rows import DELIMITERS, Rows, split_row

_OBJECT: ValueDecoder[dict[str, object]] = ValueDecoder(dict[str, object])
_KEY = re.compile(r'"((?:[^"\\\n]|\\.){1,360})"\s*:')
_LONGEST_NAME = 60
_MOST_SHAPES = 1000
_EVEN = 5
"""First rows that are compared."""


class TableReader:
    """Reads tables whose columns have known names, or names that a mapping file gives."""

    name = "table"

    def sniff(self, head: Head) -> Signs:
        """Strength of the signs: a heading, or the keys of a first object, that can be read."""
        text = head.text.lstrip("\ufeff \t\r\n")
        if text.startswith("{"):
            return _known(70, "keys", _object_keys(text.split("\n", 1)[0]))
        if text.startswith("["):
            keys = _seen_keys(text) if text[1:].lstrip().startswith("{") else []
            return _known(70, "keys of the objects", keys)
        line = text.split("\n", 1)[0].rstrip("\r")
        heading = _heading(line, None)
        known = _known(75, "first row", heading[1] if heading else _cells_of(line))
        return known if known.seen else _even_rows(text)

    def sniff_mapped(self, head: Head, mapping: Mapping) -> Signs:
        """Strength of the signs that a mapping of columns is for this file."""
        text = head.text.lstrip("\ufeff \t\r\n")
        line = text.split("\n", 1)[0].rstrip("\r")
        if text.startswith("{"):
            names = _object_keys(text.split("\n", 1)[0])
        elif text.startswith("["):
            names = _seen_keys(text)
        elif mapping.heading:
            names = (_heading(line, mapping) or ("", []))[1]
        else:
            cells = cells_by(line, mapping.delimiter or delimiter_of(line))
            fits = len(cells) >= max(2, len(numbered(mapping)))
            told = f"{len(cells)} cells in the first row, enough for the mapping"
            return Signs(20, told) if fits else NO_SIGNS
        found = [name for name in mapping.columns.values() if name in names]
        if not found or not readable(field_columns(names, mapping)):
            return NO_SIGNS
        return Signs(78, f"columns of the mapping: {', '.join(found)}")

    def encoding(self, source: Source) -> Encoding | None:
        """How its text is encoded."""
        return source.encoding()

    def read(self, source: Source, options: ReadOptions) -> Iterator[Item]:
        """Venues and posts in file order; InputError where no column can be read as a post."""
        start = source.head().text.lstrip("\ufeff \t\r\n")[:1]
        if start == "[":
            yield from _read_array(source, options)
        elif start == "{":
            yield from _read_json_lines(source, options)
        else:
            yield from _read_delimited(source, options)


def _known(strength: int, what: str, names: Sequence[str]) -> Signs:
    """The signs of a table whose columns have these names."""
    places = field_columns(names, None)
    if not places:
        return NO_SIGNS
    shown = ", ".join(f"{names[at]} ({field})" for field, at in places.items())
    missing = "a column of texts beside one of times, authors or ids"
    return Signs(strength if readable(places) else 0, f"{what}: {shown}", missing=missing)


def _even_rows(text: str) -> Signs:
    """What a table shows whose columns have no known names; a sign that is not enough."""
    lines = [line for line in text.split("\n", _EVEN + 1)[:_EVEN] if line.strip()]
    delimiter = delimiter_of(lines[0])
    sizes = {len(cells_by(line, delimiter)) for line in lines}
    if len(lines) < 2 or len(sizes) != 1 or sizes == {1}:
        return NO_SIGNS
    told = f"{max(sizes)} cells in each of the first rows"
    return Signs(0, told, missing="known names of columns; --suggest-mapping drafts a mapping")


def _cells_of(line: str) -> list[str]:
    """The cells of a line, by the delimiter that gives most of them; none for a single one."""
    cells = cells_by(line, delimiter_of(line))
    return cells if len(cells) > 1 and all(len(name) <= _LONGEST_NAME for name in cells) else []


def _heading(line: str, mapping: Mapping | None) -> tuple[str, list[str]] | None:
    """Delimiter and column names of a heading under which the columns can be read, or None."""
    named = mapping.delimiter if mapping else None
    best: tuple[int, str, list[str]] | None = None
    for delimiter in named or DELIMITERS:
        names = cells_by(line, delimiter)
        places = field_columns(names, mapping)
        if readable(places) and all(len(name) <= _LONGEST_NAME for name in names):
            best = max(best or (0, "", []), (len(places), delimiter, names), key=lambda one: one[0])
    return best[1:] if best else None


def delimiter_of(line: str) -> str:
    """The delimiter that gives a line the most cells."""
    return max(DELIMITERS, key=lambda delimiter: len(cells_by(line, delimiter)))


def cells_by(line: str, delimiter: str) -> list[str]:
    """The cells of a line, trimmed; none where it is no row."""
    try:
        return [name.strip() for name in split_row(line, delimiter)]
    except csv.Error:
        return []


def _read_delimited(source: Source, options: ReadOptions) -> Iterator[Item]:
    mapping = options.mapping
    lines = BlockLines(read_blocks(source, source.require_encoding()))
    first = next((line for line in lines if line.text.strip()), Line(1, 0, ""))
    headed = mapping is None or mapping.heading
    if mapping is not None and not headed:
        delimiter = mapping.delimiter or delimiter_of(first.text)
        columns: list[str] = []
    else:
        heading = _heading(first.text, mapping)
        if heading is None:
            raise no_columns(source, first.text)
        delimiter, columns = heading
    table = HeadedTable(columns, options, PurePath(source.name).stem)
    if not table.readable:
        raise no_columns(source, first.text)
    rows = Rows(lines, delimiter, None if headed else first)
    plain = _plain_rows(table, delimiter, mapping)
    while True:
        if plain is not None and not rows.waits:
            yield from _plain_posts(lines, rows, plain)
        row = rows.next()
        if row is None:
            return
        if isinstance(row, Problem):
            yield row
        elif columns and any(cell.strip() for cell in row.cells[len(columns) :]):
            yield Problem(f"row {row.number}", f"{len(row.cells)} cells, {len(columns)} columns")
        else:
            yield from table.items(row.cells, f"row {row.number}", row.offset)


def _plain_rows(table: HeadedTable, delimiter: str, mapping: Mapping | None) -> PlainRows | None:
    """None where the mapping says how times are to be read."""
    if mapping is not None and (mapping.time_format or mapping.zone):
        return None
    return PlainRows(table, delimiter)


def _plain_posts(lines: BlockLines, rows: Rows, plain: PlainRows) -> Iterator[ReadPost]:
    """The posts of the plain rows that come next in the block at hand."""
    texts, offsets = lines.texts, lines.offsets
    for at in range(lines.at, len(texts)):
        post = plain.post(texts[at], rows.number + 1, offsets[at])
        if post is None:
            return
        lines.at = at + 1
        rows.number += 1
        yield post


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
        cells = {field: cell_of(value[name]) for field, name in names.items()}
        yield from _posts(self._reader, cells, names, place, offset)

    def require_readable(self) -> None:
        """InputError where objects were met and none of them had known columns."""
        if self._unreadable and not self._read:
            raise no_columns(self._source, self._unreadable)


def cell_of(value: object) -> str:
    """A JSON value as a cell; lists and objects are no cells."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return str(int(value)) if value == value // 1 else repr(value)


def _object_keys(text: str) -> list[str]:
    try:
        return list(_OBJECT(text.encode("utf-8", "replace")))
    except BadValueError:
        return _seen_keys(text)


def _seen_keys(text: str) -> list[str]:
    """The keys seen so far: the first object may be cut by the head's end."""
    return list(dict.fromkeys(_unescaped(match[1]) for match in _KEY.finditer(text)))


def _unescaped(key: str) -> str:
    try:
        return whole_text(msgspec.json.decode(f'"{key}"', type=str))
    except msgspec.DecodeError:
        return key
