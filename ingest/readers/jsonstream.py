"""Cuts values out of a JSON stream of any size, with their byte offsets and in flat memory.

A value is cut by its brackets and strings alone, so that a record which is not valid JSON inside
(Telegram's `\\xNN`) is still cut where it ends.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

CHUNK = 1 << 20
RECORD_LIMIT = 8 << 20
TOO_LONG = f"longer than {RECORD_LIMIT >> 20} MiB"
_SPACE = re.compile(rb"[ \t\r\n]*+")
_STRING_END = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_STRING_PART = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)
_MARK = re.compile(rb'["{}\[\]]')
_TO_BRACKET = re.compile(
    rb'[^"{}\[\]]*+(?:"[^"\\]*+(?:\\.[^"\\]*+)*+"[^"{}\[\]]*+)*+[{}\[\]]', re.DOTALL
)
_SCALAR = re.compile(rb"[^\s,\]}:\[{\"]*+")


class StreamEndsError(Exception):
    """The stream ended inside a value."""


class NotJsonError(Exception):
    """Something stands where JSON has a value, a comma or a bracket."""


class Window:
    """A moving window over a binary stream; `pos` counts inside `data`, `tell()` in the file."""

    __slots__ = ("_ended", "_stream", "data", "pos", "start")

    def __init__(self, stream: BinaryIO, start: int = 0) -> None:
        self._stream = stream
        self._ended = False
        self.data = b""
        self.start = start
        self.pos = 0

    def tell(self) -> int:
        """Byte offset in the file of the next byte."""
        return self.start + self.pos

    def more(self) -> bool:
        """Drops what was read and loads a further chunk; False at the end of the stream."""
        if self._ended:
            return False
        chunk = self._stream.read(CHUNK)
        if not chunk:
            self._ended = True
            return False
        self.data = self.data[self.pos :] + chunk
        self.start += self.pos
        self.pos = 0
        return True

    def peek(self) -> int:
        """The next byte that is no white space, not consumed; StreamEndsError at the end."""
        while True:
            self.pos = _SPACE.match(self.data, self.pos).end()  # type: ignore[union-attr]
            if self.pos < len(self.data):
                return self.data[self.pos]
            if not self.more():
                raise StreamEndsError

    def accept(self, byte: bytes) -> bool:
        """Consumes this byte after white space if it stands there."""
        if self.peek() == byte[0]:
            self.pos += 1
            return True
        return False

    def expect(self, byte: bytes) -> None:
        """Consumes this byte after white space; NotJsonError where another stands."""
        if not self.accept(byte):
            raise NotJsonError(f"{byte.decode()} expected")

    def at_end(self) -> bool:
        """True where only white space is left."""
        try:
            self.peek()
        except StreamEndsError:
            return True
        return False

    def measure(self, limit: int = RECORD_LIMIT) -> int | None:
        """Length of the next value, not consumed; None for one longer than `limit` bytes."""
        scan = _Scan(self, limit, discard=False)
        return None if scan.value(self.peek()) > limit else scan.length

    def cut(self, limit: int = RECORD_LIMIT) -> bytes | None:
        """The bytes of the next value, consumed; None for one longer than `limit` bytes."""
        length = self.measure(limit)
        if length is None:
            self.skip()
            return None
        self.pos += length
        return self.data[self.pos - length : self.pos]

    def skip(self) -> None:
        """Passes over the next value, however long."""
        self._pass_over(0)

    def count(self) -> int:
        """Passes over the next value: how many objects and lists a list holds, or an object's."""
        return self._pass_over(1 if self.peek() == ord("[") else 2)

    def _pass_over(self, counted: int) -> int:
        scan = _Scan(self, CHUNK, discard=True, counted=counted)
        scan.value(self.peek())
        self.pos += scan.length
        return scan.ended

    def seek(self, pattern: re.Pattern[bytes], keep: int) -> re.Match[bytes] | None:
        """Moves on to the next match behind the next byte; `keep`: the most bytes of one match."""
        self.pos += 1
        while True:
            if match := pattern.search(self.data, self.pos):
                self.pos = match.start()
                return match
            self.pos = max(self.pos, len(self.data) - keep)
            if not self.more():
                return None


def keys(window: Window) -> Iterator[str]:
    """The keys of an opened object; the caller consumes each value before going on."""
    if window.accept(b"}"):
        return
    while True:
        if window.peek() != 34:
            raise NotJsonError("a key expected")
        raw = window.cut(CHUNK)
        window.expect(b":")
        yield raw[1:-1].decode("utf-8", "replace") if raw else ""
        if window.accept(b"}"):
            return
        window.expect(b",")


class _Scan:
    """One value being measured: `length` bytes of it are scanned, counted from `window.pos`.

    `ended`: how many brackets closed back to the depth that is counted.
    """

    __slots__ = ("_counted", "_discard", "_limit", "_window", "ended", "length")

    def __init__(self, window: Window, limit: int, *, discard: bool, counted: int = 0) -> None:
        self._window = window
        self._limit = limit
        self._discard = discard
        self._counted = counted
        self.ended = 0
        self.length = 0

    def value(self, first: int) -> int:
        """Scans a value that begins with this byte; its length, or one beyond the limit."""
        if first in b"{[":
            self._nested()
        elif first == 34:
            self.length = 1
            self._string()
        else:
            self._scalar()
        return self.length

    def _load(self) -> bool:
        """Loads more; False where the value is too long to go on with."""
        if self._discard:
            self._window.pos += self.length
            self.length = 0
        elif self.length > self._limit:
            return False
        if not self._window.more():
            raise StreamEndsError
        return True

    def _nested(self) -> None:
        depth = 0
        window = self._window
        while True:
            at = window.pos + self.length
            mark = _TO_BRACKET.match(window.data, at) or _MARK.search(window.data, at)
            if mark is None:
                self.length = len(window.data) - window.pos
                if not self._load():
                    return
                continue
            self.length = mark.end() - window.pos
            byte = window.data[mark.end() - 1]
            if byte == 34:
                if not self._string():
                    return
                continue
            if byte in b"{[":
                depth += 1
                continue
            depth -= 1
            if depth == 0:
                return
            if depth == self._counted:
                self.ended += 1

    def _string(self) -> bool:
        """Goes on to behind the closing quote; the opening one is already scanned."""
        window = self._window
        while True:
            at = window.pos + self.length
            if end := _STRING_END.match(window.data, at):
                self.length = end.end() - window.pos
                return True
            part = _STRING_PART.match(window.data, at)
            self.length = (part.end() if part else at) - window.pos
            if not self._load():
                return False

    def _scalar(self) -> None:
        window = self._window
        while True:
            end = _SCALAR.match(window.data, window.pos + self.length)
            self.length = (end.end() if end else len(window.data)) - window.pos
            if window.pos + self.length < len(window.data):
                break
            if not self._load():
                return
        if self.length == 0:
            raise NotJsonError("a value expected")
