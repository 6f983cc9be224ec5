"""The rows of the table in a QQ `.mht` export, cut out of the page as it streams by."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from ingest.readers.mime_text import Stretch

ROW_LIMIT = 1 << 20
_ROW = re.compile(rb"<[tT][rR](?=[\s>])")
_ROW_END = re.compile(rb"</[tT][rR]\s{0,9}>")
_PAGE_END = re.compile(rb"</(?:html|body|table)\s{0,9}>", re.I)
_TAIL = 64


class RawRow(msgspec.Struct, frozen=True):
    """A row's bytes, or why there are none; `number` counts from 1."""

    number: int
    offset: int
    data: bytes
    fault: str = ""


class RawRows:
    """Iterates over the rows of a page, from the start of each to the next."""

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        self._stretches = stretches
        self._data = b""
        self._marks: list[tuple[int, Stretch]] = []
        """Where in `_data` each stretch begins; below 0 where a part of it was dropped."""
        self.number = 0
        self.unfinished: RawRow | None = None
        """The last row, where nothing closes it; it is not among those iterated over."""
        self.closed = False
        """The table or the page was closed."""

    def __iter__(self) -> Iterator[RawRow]:
        offset, searched, too_long = -1, 0, False
        for stretch in self._stretches:
            self._marks.append((len(self._data), stretch))
            self._data += stretch.data
            start = 0
            for found in _ROW.finditer(self._data, searched):
                if offset >= 0:
                    yield self._row(offset, self._data[start : found.start()], too_long)
                start, too_long = found.start(), False
                self.number += 1
                offset = self._place(start)
            if offset < 0 or len(self._data) - start > ROW_LIMIT:
                too_long = offset >= 0
                start = max(start, len(self._data) - _TAIL)
            self._drop(start)
            # The start of a row at hand is found no second time.
            searched = max(int(offset >= 0 and not too_long), len(self._data) - _TAIL)
        self.closed = bool(_PAGE_END.search(self._data))
        if offset >= 0:
            row = self._row(offset, self._data, too_long)
            if self.closed or _ROW_END.search(self._data):
                yield row
            else:
                self.unfinished = row

    def _row(self, offset: int, data: bytes, too_long: bool) -> RawRow:
        if too_long or len(data) > ROW_LIMIT:
            return RawRow(self.number, offset, b"", f"longer than {ROW_LIMIT >> 20} MiB")
        return RawRow(self.number, offset, data)

    def _drop(self, count: int) -> None:
        self._data = self._data[count:]
        marks = [(at - count, stretch) for at, stretch in self._marks]
        begun = sum(at <= 0 for at, _ in marks)
        self._marks = marks[max(0, begun - 1) :]

    def _place(self, at: int) -> int:
        """Where in the file this byte of the buffer stands."""
        begin, stretch = next(mark for mark in reversed(self._marks) if mark[0] <= at)
        return stretch.place(at - begin)
