"""The objects of one JSON array, cut and decoded one by one; a broken one does not stop the rest.

Where the brackets of a record do not fit, reading goes on at the next object that begins with the
same key as this one.
"""

import re
from collections.abc import Callable, Iterator
from itertools import count
from typing import Generic, TypeVar

import msgspec

from ingest.readers.jsonstream import TOO_LONG, NotJsonError, StreamEndsError, Window, keys
from ingest.readers.jsonvalue import BadValueError

T = TypeVar("T")

_FIRST_KEY = re.compile(rb'\{\s{0,64}"[A-Za-z_]{1,64}"\s?:')
_KEY = re.compile(rb'"[A-Za-z_]{1,64}"')
_HEAD_BYTES = 256
# Bytes that may be read in vain for ends that are not there, and how many more a byte of the file
# allows: without a bound, brackets that never close take time in the square of their number.
_WASTE = 32 << 20
_WASTE_SHARE = 2
_COMMA, _END = b",]"


class ArrayRecords(Generic[T]):
    """Iterates over an opened array: number, byte offset, and the value or why there is none.

    StreamEndsError or NotJsonError where the array has no end; `number` is then the last record.
    """

    def __init__(self, window: Window, decode: Callable[[bytes], T]) -> None:
        self._window = window
        self._decode = decode
        self._head: re.Pattern[bytes] | None = None
        self._wasted = 0
        self.number = 0

    def __iter__(self) -> Iterator[tuple[int, int, T | BadValueError]]:
        for self.number in count():
            if not self._to_record():
                return
            offset = self._window.tell()
            yield self.number, offset, self._record()

    def _to_record(self) -> bool:
        window = self._window
        byte = window.peek()
        if byte == _COMMA and self.number:
            window.pos += 1
            byte = window.peek()
        if byte == _END:
            window.pos += 1
        elif self._head is None and (first := _FIRST_KEY.match(window.data, window.pos)):
            key = _KEY.search(first[0])
            self._head = re.compile(rb"\{\s{0,64}" + key[0] + rb"\s?:") if key else None
        return byte != _END

    def _record(self) -> T | BadValueError:
        window = self._window
        try:
            length = window.measure()
        except (StreamEndsError, NotJsonError):
            return self._resume(BadValueError("its end is missing"), lost=True)
        if length is None:
            return self._resume(BadValueError(TOO_LONG), lost=False)
        raw = window.data[window.pos : window.pos + length]
        try:
            value = self._decode(raw)
        except BadValueError as error:
            return self._pass_over(raw, error)
        window.pos += length
        return value

    def _pass_over(self, raw: bytes, error: BadValueError) -> BadValueError:
        """Behind a broken record, or to the next one where its brackets ran on over that."""
        window = self._window
        inner = self._head.search(raw, 1) if self._head and not _is_json(raw) else None
        if inner and self._may_waste(len(raw)):
            window.pos += inner.start()
        else:
            window.pos += len(raw)
        return error

    def _resume(self, error: BadValueError, *, lost: bool) -> BadValueError:
        """To the next record in the stream; `lost`: without one the file breaks off here."""
        offset = self._window.tell()
        if not self._may_waste(len(self._window.data) - self._window.pos):
            raise StreamEndsError(f"too many records without an end, one at byte {offset}")
        if self._head is None or self._window.seek(self._head, _HEAD_BYTES) is None:
            raise StreamEndsError(f"the record at byte {offset} has no end" if lost else str(error))
        return error

    def _may_waste(self, read: int) -> bool:
        """Whether so many bytes may be read a second time."""
        self._wasted += read
        return self._wasted <= _WASTE + _WASTE_SHARE * self._window.tell()


def _is_json(raw: bytes) -> bool:
    """Whether the record is whole, and only not of the shape that it should have."""
    try:
        msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def slim(window: Window, wanted: frozenset[str], limit: int) -> bytes | None:
    """The next object with its wanted keys alone, however long the others are.

    None where a wanted value is longer than `limit` bytes, or the value is no object.
    """
    if not window.accept(b"{"):
        window.skip()
        return None
    parts: list[bytes] = []
    fits = True
    for key in keys(window):
        if key not in wanted:
            window.skip()
        elif (raw := window.cut(limit)) is None:
            fits = False
        else:
            parts.append(b'"%s":%s' % (key.encode(), raw))
    return b"{%s}" % b",".join(parts) if fits else None
