"""The lines of a text file with numbers and byte offsets, in flat memory."""

from collections.abc import Callable, Iterator
from itertools import accumulate, count, islice
from operator import add
from typing import BinaryIO

import msgspec

from ingest.readers.base import Source
from ingest.readers.encoding import Encoding

LINE_LIMIT = 1 << 20
_BLOCK = 1 << 18
_FEEDS = {"utf-16-le": b"\n\0", "utf-16-be": b"\0\n"}


class Line(msgspec.Struct, frozen=True):
    """A line without its end. `fault` says why `text` is incomplete, or nothing."""

    number: int
    offset: int
    text: str
    fault: str = ""


class Block(msgspec.Struct, frozen=True):
    """Whole lines, line ends and all, from line `number` on, and their bytes by `codec`."""

    number: int
    offset: int
    text: str
    codec: str
    raw: bytes


class BlockLines:
    """The lines of blocks one by one; who wants to takes the rest of a block at once."""

    def __init__(self, pieces: Iterator[Block | Line]) -> None:
        self.texts: list[str] = []
        """Lines of the block at hand, of which `at` is the next; some may end in CR."""
        self.offsets: list[int] = []
        self.at = 0
        self._pieces = pieces
        self._number = 1

    def __iter__(self) -> Iterator[Line]:
        return self

    def __next__(self) -> Line:
        while self.at >= len(self.texts):
            piece = next(self._pieces)
            if isinstance(piece, Line):
                return piece
            self._take(piece)
        at, self.at = self.at, self.at + 1
        return Line(self._number + at, self.offsets[at], self.texts[at].rstrip("\r"))

    def _take(self, block: Block) -> None:
        self.at, self._number = 0, block.number
        self.texts = block.text.replace("\r\n", "\n").split("\n")
        # The last line end ends the block.
        self.texts.pop()
        sizes = map(len, block.raw.split(b"\n"))
        starts = accumulate(sizes, initial=block.offset)
        self.offsets = list(map(add, islice(starts, len(self.texts)), count()))


def read_lines(source: Source, encoding: Encoding) -> Iterator[Line]:
    """All lines; one of more than 1 MiB is cut, one that does not decode is marked, both faulty."""
    with source.open() as stream:
        stream.seek(encoding.bom)
        yield from _lines(stream, encoding.codec or "utf-8", 1)


def read_blocks(source: Source, encoding: Encoding) -> Iterator[Block | Line]:
    """The same lines, many at once where they hold no fault."""
    codec = encoding.codec or "utf-8"
    number = 1
    with source.open() as stream:
        stream.seek(encoding.bom)
        while raw := stream.read(_BLOCK):
            start = stream.tell() - len(raw)
            whole = raw[: raw.rfind(b"\n") + 1]
            text = _reversible(whole, codec)
            if text:
                stream.seek(start + len(whole))
                yield Block(number, start, text, codec, whole)
                number += text.count("\n")
                continue
            stream.seek(start)
            for line in _lines(stream, codec, number):
                yield line
                number += 1
                if stream.tell() >= start + len(raw):
                    break


def _reversible(raw: bytes, codec: str) -> str | None:
    """The text of these lines; None where a line has a fault or its bytes cannot be had back."""
    if codec in _FEEDS:
        return None
    try:
        text = raw.decode(codec)
        return text if codec == "utf-8" or text.encode(codec) == raw else None
    except UnicodeError:
        return None


def _lines(stream: BinaryIO, codec: str, first: int) -> Iterator[Line]:
    """The lines from the stream's place on, numbered from `first`."""
    for number, (offset, raw, cut) in zip(count(first), _raw_lines(stream, codec), strict=False):
        try:
            text, fault = raw.decode(codec), ""
        except UnicodeDecodeError as error:
            text, fault = (
                raw.decode(codec, "replace"),
                f"not {codec} at byte {offset + error.start}",
            )
        if cut:
            fault = f"a line longer than {LINE_LIMIT >> 20} MiB"
        yield Line(number, offset, text.rstrip("\r"), fault)


def _raw_lines(stream: BinaryIO, codec: str) -> Iterator[tuple[int, bytes, bool]]:
    """Offset, bytes without line feed, and whether the line was cut."""
    read = _READ.get(codec, _read)
    feed = _FEEDS.get(codec, b"\n")
    offset = stream.tell()
    while raw := read(stream):
        size = len(raw)
        cut = not raw.endswith(feed) and size >= LINE_LIMIT
        if cut:
            size += _pass_over(stream, read, feed)
        yield offset, raw.removesuffix(feed), cut
        offset += size


def _read(stream: BinaryIO) -> bytes:
    return stream.readline(LINE_LIMIT)


def _read_little(stream: BinaryIO) -> bytes:
    return _read_wide(stream, newline_at=0)


def _read_big(stream: BinaryIO) -> bytes:
    return _read_wide(stream, newline_at=1)


def _read_wide(stream: BinaryIO, newline_at: int) -> bytes:
    """A line of UTF-16: a byte 0A ends it only where it is a whole unit with its neighbour 00."""
    line = bytearray()
    while len(line) < LINE_LIMIT and (piece := stream.readline(LINE_LIMIT - len(line))):
        line += piece
        if len(line) % 2:
            line += stream.read(1)
        if bytes(line[-2:]) == (b"\n\0", b"\0\n")[newline_at]:
            break
    return bytes(line)


def _pass_over(stream: BinaryIO, read: Callable[[BinaryIO], bytes], feed: bytes) -> int:
    """Reads on to the line's end; the number of bytes passed over."""
    size = 0
    while raw := read(stream):
        size += len(raw)
        if raw.endswith(feed):
            break
    return size


_READ = {"utf-16-le": _read_little, "utf-16-be": _read_big}
