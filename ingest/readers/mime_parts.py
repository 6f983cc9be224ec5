"""The parts of a MIME file of any size: headings whole, bodies in pieces, in flat memory."""

import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

HEADING_LIMIT = 64 << 10
_CHUNK = 1 << 18
# QQ leaves out a semicolon in front of the boundary, so it is sought in the whole heading.
_BOUNDARY = re.compile(rb'\bboundary\s{0,9}=\s{0,9}(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))', re.I)
_FOLDED = re.compile(rb"\r?\n(?=[ \t])")
_FIELD = re.compile(rb"^([A-Za-z-]{1,60}):[ \t]*([^\r\n]*)", re.MULTILINE)
_HEADING_END = re.compile(rb"\n\r?\n")
_MARK = b"\xef\xbb\xbf"


class Heading(msgspec.Struct, frozen=True):
    """The fields above a body: names in lower case, values with their bytes as Latin-1."""

    fields: dict[str, str] = {}
    boundary: bytes | None = None

    @property
    def kind(self) -> str:
        """`text/html` and the like, in lower case; the empty string where none is stated."""
        return self.fields.get("content-type", "").split(";", 1)[0].strip().lower()

    @property
    def encoding(self) -> str:
        """The transfer encoding, in lower case."""
        return self.fields.get("content-transfer-encoding", "").strip().lower()


class Piece(msgspec.Struct, frozen=True):
    """Some bytes of a body, and where they stand in the file."""

    offset: int
    data: bytes


def read_heading(raw: bytes) -> Heading:
    """The fields of a heading; of two of one name, the first."""
    unfolded = _FOLDED.sub(b"", raw)
    fields: dict[str, str] = {}
    for name, value in _FIELD.findall(unfolded):
        fields.setdefault(name.decode("ascii").lower(), value.decode("latin-1").strip())
    found = _BOUNDARY.search(unfolded)
    return Heading(fields, (found[1] or found[2]) if found else None)


class MimeFile:
    """One pass over a file: its `heading`, then part by part a heading and the body's pieces."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._data = b""
        self._start = stream.tell()
        self._ended = False
        self._in_body = False
        self._delimiter = b""
        self.closed = False
        """A delimiter said that no part follows."""
        self.cut = False
        """The file ended inside a part."""
        if self._more() and self._data.startswith(_MARK):
            self._drop(len(_MARK))
        self.heading = self._heading() or Heading()

    def parts(self) -> Iterator[Heading | None]:
        """The parts' headings; None for one longer than 64 KiB or without an end.

        Bodies that are not asked for are passed over. A file without a boundary is one part.
        """
        self._in_body = True
        if self.heading.boundary is None:
            yield self.heading
            return
        self._delimiter = b"\n--" + self.heading.boundary
        self._pass_over()
        while not self.closed and self._holds_more():
            heading = self._heading()
            self._in_body = True
            yield heading
            self._pass_over()

    def pieces(self) -> Iterator[Piece]:
        """The body of the part at hand, up to the delimiter."""
        while self._in_body:
            found = self._find_delimiter()
            if found < 0:
                keep = 0 if self._ended else len(self._delimiter) + 2
                ready = max(0, len(self._data) - keep)
            else:
                ready = found
            piece = Piece(self._start, self._data[:ready])
            self._drop(ready)
            if found >= 0:
                self._in_body = False
                self._pass_delimiter()
            elif not self._more() and not self._data:
                self._in_body = False
                self.cut = bool(self._delimiter)
            if piece.data:
                yield piece

    def _pass_over(self) -> None:
        for _ in self.pieces():
            pass

    def _more(self) -> bool:
        chunk = b"" if self._ended else self._stream.read(_CHUNK)
        self._ended = not chunk
        self._data += chunk
        return bool(chunk)

    def _drop(self, count: int) -> None:
        self._data = self._data[count:]
        self._start += count

    def _holds_more(self) -> bool:
        while not self._data.strip() and len(self._data) <= HEADING_LIMIT:
            if not self._more():
                return False
        return True

    def _heading(self) -> Heading | None:
        """The heading at hand, consumed but for its last line feed, which may begin a delimiter."""
        while True:
            if end := _HEADING_END.search(self._data):
                raw = self._data[: end.start()]
                self._drop(end.end() - 1)
                return read_heading(raw) if len(raw) <= HEADING_LIMIT else None
            if len(self._data) > HEADING_LIMIT or not self._more():
                return None

    def _find_delimiter(self) -> int:
        """Where the next delimiter begins that stands alone on its line, or -1."""
        if not self._delimiter:
            return -1
        start = 0
        while (found := self._data.find(self._delimiter, start)) >= 0:
            end = found + len(self._delimiter)
            while len(self._data) < end + 2 and self._more():
                pass
            behind = self._data[end : end + 2]
            if behind == b"--" or behind[:1] in b" \t\r\n":
                return found
            start = found + 1
        return -1

    def _pass_delimiter(self) -> None:
        """Goes to the end of the delimiter's line."""
        self._drop(len(self._delimiter))
        self.closed = self._data.startswith(b"--")
        while (end := self._data.find(b"\n")) < 0:
            self._drop(len(self._data))
            if not self._more():
                return
        self._drop(end)
