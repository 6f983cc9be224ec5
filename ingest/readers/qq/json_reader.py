"""JSON of QQ Chat Exporter: one file, or a manifest and chunks of JSON lines."""

import os
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO

from ingest.posts import BreaksOff, Item, Problem, ReadPost, SetAside
from ingest.readers.base import NO_SIGNS, ReadOptions, Signs, Source
from ingest.readers.base import Head as FileHead
from ingest.readers.chatlab.native_once import NativeIds
from ingest.readers.clock import NotATimeError
from ingest.readers.encoding import Encoding
from ingest.readers.json_records import ArrayRecords
from ingest.readers.json_root import root_items
from ingest.readers.jsonstream import NotJsonError, StreamEndsError, Window, keys
from ingest.readers.jsonvalue import BadValueError, ValueDecoder, whole_text
from ingest.readers.lines import read_lines
from ingest.readers.qq.conversation import Conversation
from ingest.readers.qq.json_head import (
    Head,
    chunk_names,
    conversation,
    manifest_beside,
    missing_chunks,
    no_manifest,
    own_account,
    read_head,
)
from ingest.readers.qq.json_message import Message, post_of

_MESSAGE = ValueDecoder(Message)
_EXPORTER = re.compile(r'"[^"\n]{0,80}QQ\s?Chat\s?Exporter[^"\n]{0,200}"', re.IGNORECASE)
_CHAT = re.compile(r'"chatInfo"\s*:\s*\{')
_PARTS = re.compile(r'"(?:messages\s*"\s*:\s*\[|chunked"\s*:\s*\{)')
_LINE = tuple(
    re.compile(pattern)
    for pattern in (r'"sender"\s*:\s*\{', r'"content"\s*:\s*\{', r'"timestamp"\s*:')
)
_SKIPPED = {
    "metadata": "what the exporter says of itself",
    "statistics": "the exporter's own counts",
    "avatars": "pictures of the senders",
    "chunked": "the list of the chunks; the folder is read as a whole",
}
_MOST_ASIDE = 1000


class QQJsonReader:
    """Reads one chat; the messages of a chunked export stand in its chunks."""

    name = "qq-json"

    def sniff(self, head: FileHead) -> Signs:
        """Strength of the signs: the exporter's name, the parts of its file, keys of messages."""
        text = head.text.lstrip("\ufeff \t\r\n")
        if not text.startswith("{"):
            return NO_SIGNS
        exporter, parts = _EXPORTER.search(text), _PARTS.search(text)
        if chat := _CHAT.search(text):
            shown = tuple(sign[0] for sign in (chat, exporter, parts) if sign)
            return Signs(100 if exporter else 90 if parts else 60, *shown)
        if _is_line(text):
            return Signs(85, "a line with the keys sender, content and timestamp")
        return Signs(0, exporter[0], missing='"chatInfo"') if exporter else NO_SIGNS

    def encoding(self, source: Source) -> Encoding | None:
        """How its text is encoded."""
        return source.encoding()

    def read(self, source: Source, options: ReadOptions) -> Iterator[Item]:
        """The venue and posts in file order; BreaksOff last where the file is cut off."""
        encoding = source.require_utf8()
        native = NativeIds()
        try:
            if _is_line(source.head().text.lstrip("\ufeff \t\r\n")):
                yield from _Lines(source, options, native).items()
                return
            with source.open() as stream:
                stream.seek(encoding.bom)
                yield from _Root(stream, encoding.bom, source, options, native).items()
        finally:
            native.close()


def _is_line(text: str) -> bool:
    """Whether one of the first lines is a message of its own."""
    if _CHAT.search(text) or _PARTS.search(text):
        return False
    lines = text.split("\n", 20)[:20]
    return any(line[:1] == "{" and all(sign.search(line) for sign in _LINE) for line in lines)


class _Posts:
    """Messages of one conversation as items."""

    def __init__(self, talk: Conversation, native: NativeIds) -> None:
        self._talk = talk
        self._native = native
        self.count = 0

    def items(self, message: Message | BadValueError, place: str, offset: int) -> Iterator[Item]:
        """The message's item, and before the first one the venue, once its kind is known."""
        item: ReadPost | Problem
        speaker = None
        if isinstance(message, BadValueError):
            item = Problem(place, str(message))
        else:
            try:
                item = post_of(message, self._talk, self._native, place, offset)
                self.count += 1
                speaker = item.account if item.kind != "service" else None
            except NotATimeError as error:
                item = Problem(place, str(error))
        yield from self._talk.take(item, speaker)

    def settle(self) -> Iterator[Item]:
        yield from self._talk.settle()


class _Root:
    """One pass over a single file or a manifest."""

    def __init__(
        self,
        stream: BinaryIO,
        start: int,
        source: Source,
        options: ReadOptions,
        native: NativeIds,
    ) -> None:
        self._window = Window(stream, start)
        self._start = start
        self._source = source
        self._options = options
        self._native = native
        self._head = Head()
        self._place = "the head of the file"
        self._aside = 0

    def items(self) -> Iterator[Item]:
        return root_items(self._window, self._root(), lambda: self._place)

    def _root(self) -> Iterator[Item]:
        window = self._window
        found = False
        for key in keys(window):
            if key == "messages" and window.peek() == ord("["):
                found = True
                yield from self._messages()
            elif key == "chunked" and window.peek() == ord("{"):
                found = True
                yield from self._chunked()
            else:
                self._head.note(key, window)
                yield from self._set_aside(key)
        if not found:
            yield Problem("messages", "the file has no list of messages")

    def _set_aside(self, key: str) -> Iterator[Item]:
        """What is no message, named; the exporter with its version, since versions differ."""
        self._aside += 1
        if key == "chatInfo" or self._aside > _MOST_ASIDE:
            return
        reason = _SKIPPED.get(key, "no part of the format that is read")
        if key == "metadata" and self._head.exporter:
            reason = f"written by {self._head.exporter}"
        yield SetAside(key[:100], reason)

    def _messages(self) -> Iterator[Item]:
        window = self._window
        head = self._head
        if head.chat is None:
            head = read_head(self._source, window.tell(), behind=True)
        yield from own_account(head)
        name = PurePath(self._source.name).stem
        posts = _Posts(conversation(head, self._options, name), self._native)
        window.expect(b"[")
        records = ArrayRecords(window, _MESSAGE)
        try:
            for number, offset, message in records:
                yield from posts.items(message, f"messages[{number}]", offset)
        except (StreamEndsError, NotJsonError):
            yield from posts.settle()
            self._place = f"messages[{records.number}]"
            raise
        yield from posts.settle()
        self._place = "behind messages"
        if not posts.count:
            yield Problem("messages", "no message in the list")

    def _chunked(self) -> Iterator[Item]:
        names = chunk_names(self._window.cut())
        if names is None:
            yield Problem("chunked", "its list of chunks cannot be read")
        else:
            yield from missing_chunks(names, self._source)
        yield from self._set_aside("chunked")


class _Lines:
    """One pass over a chunk. The manifest beside it says which chat it belongs to."""

    def __init__(self, source: Source, options: ReadOptions, native: NativeIds) -> None:
        self._source = source
        manifest = manifest_beside(source)
        if manifest is None and options.venue_id("qq") is None:
            raise no_manifest(source)
        self._head = Head()
        name = PurePath(source.name).stem
        if manifest is not None:
            self._head = read_head(manifest, manifest.require_utf8().bom)
            name = whole_text(manifest.path.parent.name)
        self._posts = _Posts(conversation(self._head, options, name), native)

    def items(self) -> Iterator[Item]:
        """The items of all lines; a broken last line without an end was cut off."""
        yield from own_account(self._head)
        broken: tuple[BadValueError, str, int] | None = None
        for line in read_lines(self._source, self._source.require_utf8()):
            if broken is not None:
                yield from self._posts.items(*broken)
                broken = None
            text = line.text.strip("\ufeff \t")
            place = f"line {line.number}"
            try:
                if text or line.fault:
                    yield from self._posts.items(_message(text, line.fault), place, line.offset)
            except BadValueError as error:
                broken = error, place, line.offset
        cut = broken is not None and self._is_cut()
        if broken is not None and not cut:
            yield from self._posts.items(*broken)
        yield from self._posts.settle()
        if broken is not None and cut:
            yield BreaksOff(broken[1], str(broken[0]))

    def _is_cut(self) -> bool:
        with self._source.open() as stream:
            stream.seek(-1, os.SEEK_END)
            return stream.read(1) != b"\n"


def _message(text: str, fault: str) -> Message:
    """The message of a line; BadValueError where it has a fault or is none."""
    if fault:
        raise BadValueError(fault)
    return _MESSAGE(text.encode("utf-8", "surrogatepass"))
