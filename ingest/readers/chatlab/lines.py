"""ChatLab's JSON lines: a header, members and messages, one a line."""

import os
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from ingest.posts import BreaksOff, Item, Problem, SetAside
from ingest.readers.base import ReadOptions, Source
from ingest.readers.chatlab.head import MEMBER, Chat, Meta, Peers, members_aside
from ingest.readers.chatlab.message import MESSAGE_KEYS, Message, post_of
from ingest.readers.chatlab.native_once import NativeIds
from ingest.readers.clock import NotATimeError
from ingest.readers.json_records import slim
from ingest.readers.jsonstream import (
    CHUNK,
    RECORD_LIMIT,
    TOO_LONG,
    NotJsonError,
    StreamEndsError,
    Window,
)
from ingest.readers.jsonvalue import BadValueError, ValueDecoder
from ingest.readers.lines import LINE_LIMIT, Line, read_lines

_KEPT = MESSAGE_KEYS | {"meta", "platformId"}


class _Header(msgspec.Struct, gc=False):
    meta: Meta = msgspec.field(default_factory=Meta)


_HEADER = ValueDecoder(_Header)
_MESSAGE = ValueDecoder(Message)


def read_lines_of(source: Source, options: ReadOptions) -> Iterator[Item]:
    """Venue and posts in file order. A broken line is a problem; a broken last one, cut off."""
    reading = _Lines(source, options)
    try:
        yield from reading.items()
    finally:
        reading.native.close()


class _Lines:
    """One pass over one file; a further header in it begins another chat."""

    def __init__(self, source: Source, options: ReadOptions) -> None:
        self._source = source
        self._options = options
        self._meta = Meta()
        self._peers = Peers()
        self._chat: Chat | None = None
        self._posts = 0
        self.native = NativeIds()

    def items(self) -> Iterator[Item]:
        broken: Problem | None = None
        lines = read_lines(self._source, self._source.require_encoding())
        for line in lines:
            if broken is not None:
                yield broken
                broken = None
            try:
                yield from self._line(line)
            except BadValueError as error:
                broken = Problem(f"line {line.number}", str(error))
        if broken is not None:
            yield BreaksOff(broken.where, broken.reason) if self._is_cut() else broken
        yield from members_aside(self._peers)
        if not self._posts:
            yield Problem("messages", "no line is a message")

    def _line(self, line: Line) -> Iterator[Item]:
        text = line.text.strip("\ufeff \t")
        if not text or text.startswith("#"):
            return
        place = f"line {line.number}"
        raw = self._slim(line) if line.fault else text.encode("utf-8", "surrogatepass")
        record = _MESSAGE(raw)
        if record.record == "message":
            yield from self._message(record, place, line.offset)
        elif record.record == "member":
            self._peers.add(MEMBER(raw).platform_id)
        elif record.record == "header":
            yield from self._header(raw)
        else:
            yield SetAside(place, f"_type {(record.record or 'missing')[:40]}, no message")

    def _header(self, raw: bytes) -> Iterator[Item]:
        yield from members_aside(self._peers)
        self.native.close()
        self._meta, self._peers, self._chat = _HEADER(raw).meta, Peers(), None
        self.native = NativeIds()

    def _message(self, record: Message, place: str, offset: int) -> Iterator[Item]:
        if self._chat is None:
            self._chat = Chat(self._meta, self._peers, self._source, self._options)
            yield from self._chat.items()
        try:
            post = post_of(record, self._chat, self.native, place, offset)
        except NotATimeError as error:
            yield Problem(place, str(error))
            return
        self._posts += 1
        yield post

    def _slim(self, line: Line) -> bytes:
        """The needed values of a line that a picture makes too long; BadValueError otherwise."""
        if len(line.text.encode("utf-8", "replace")) < LINE_LIMIT - 4:
            raise BadValueError(line.fault)
        with self._source.open() as stream:
            stream.seek(line.offset)
            try:
                raw = slim(Window(_OneLine(stream)), _KEPT, RECORD_LIMIT)  # type: ignore[arg-type]
            except (StreamEndsError, NotJsonError) as error:
                raise BadValueError(line.fault) from error
        if raw is None:
            raise BadValueError(TOO_LONG)
        return raw

    def _is_cut(self) -> bool:
        with self._source.open() as stream:
            stream.seek(-1, os.SEEK_END)
            return stream.read(1) != b"\n"


class _OneLine:
    """The rest of one line as a stream."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._ended = False

    def read(self, size: int = CHUNK) -> bytes:
        if self._ended:
            return b""
        piece = self._stream.readline(size)
        self._ended = piece.endswith(b"\n")
        return piece
