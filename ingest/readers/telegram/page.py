"""Cuts a page of a Telegram HTML export into its messages, in flat memory.

A message's text is escaped, so that the tag with which a message begins stands nowhere else.
"""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from ingest.readers.base import Source
from ingest.readers.encoding import Encoding

PIECE_LIMIT = 8 << 20
_BLOCK = 1 << 18
_TAG = 400
_MARK = re.compile(
    r"<div\s[^<>]{0,300}?\b(?:id=[\"']message-?\d{1,20}[\"']"
    r"|class=[\"']message (?:default|service)[\"' ])"
)
_OPENS = re.compile(r"<div[\s>]")
_ESCAPED = re.compile("[\udc80-\udcff]")


class Piece(msgspec.Struct, frozen=True, gc=False):
    """A stretch of the page: its head first, then one message each with all that stands behind."""

    offset: int
    """Byte offset in the file."""
    text: str
    last: bool
    fault: str = ""
    """Why the text is not whole, or nothing."""

    @property
    def is_whole(self) -> bool:
        """Whether each block that begins here ends here."""
        return len(_OPENS.findall(self.text)) <= self.text.count("</div>")

    @property
    def ends_page(self) -> bool:
        return "</html>" in self.text


def read_pieces(source: Source) -> Iterator[Piece]:
    """Head and messages of a page; InputError where the file is in no known encoding."""
    encoding = source.require_encoding()
    with source.open() as stream:
        stream.seek(encoding.bom)
        yield from _Cutter(stream, encoding).pieces()


class _Cutter:
    """Keeps the text from the piece at hand on; `at` is where that begins in it."""

    def __init__(self, stream: BinaryIO, encoding: Encoding) -> None:
        self._stream = stream
        self._codec = encoding.codec or "utf-8"
        # What does not decode is told by its place; UTF-16 has no bytes that decode to nothing.
        self._errors = "replace" if self._codec.startswith("utf-16") else "surrogateescape"
        self._decode = codecs.getincrementaldecoder(self._codec)(self._errors).decode
        self._text = ""
        self._at = 0
        self._offset = encoding.bom
        self._dropped: tuple[int, str] | None = None
        """Where a piece began that is too long, and its first characters."""

    def pieces(self) -> Iterator[Piece]:
        scan = 0
        while True:
            mark = _MARK.search(self._text, scan)
            if mark is not None:
                yield self._piece(mark.start(), last=False)
                scan = self._at + 1
                continue
            scan = max(self._at + 1, len(self._text) - _TAG)
            if scan - self._at > PIECE_LIMIT:
                self._drop(scan)
            scan -= self._at
            if not self._load():
                yield self._piece(len(self._text), last=True)
                return

    def _load(self) -> bool:
        raw = self._stream.read(_BLOCK)
        self._text = self._text[self._at :] + self._decode(raw, not raw)
        self._at = 0
        return bool(raw)

    def _piece(self, end: int, *, last: bool) -> Piece:
        offset, text = self._offset, self._take(end)
        fault = ""
        if self._dropped:
            fault = f"longer than {PIECE_LIMIT >> 20} MiB"
            offset, begin = self._dropped
            text = begin + text
        elif not text.isascii() and (bad := _ESCAPED.search(text)):
            fault = f"not {self._codec} at byte {offset + self._size(text[: bad.start()])}"
        self._dropped = None
        return Piece(offset, text, last, fault)

    def _drop(self, end: int) -> None:
        """Passes over what no message is as long as."""
        offset = self._offset
        text = self._take(end)
        self._dropped = self._dropped or (offset, text[:_TAG])

    def _take(self, end: int) -> str:
        text = self._text[self._at : end]
        self._offset += self._size(text)
        self._at = end
        return text

    def _size(self, text: str) -> int:
        return len(text) if text.isascii() and self._errors != "replace" else self._encoded(text)

    def _encoded(self, text: str) -> int:
        return len(text.encode(self._codec, self._errors))
