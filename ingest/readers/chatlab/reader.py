"""ChatLab's exchange format, JSON and JSON lines: chats of WeChat, QQ, Telegram and others."""

import re
from collections.abc import Generator, Iterator
from typing import BinaryIO

from ingest.posts import Item, Problem
from ingest.readers.base import NO_SIGNS, Head, ReadOptions, Signs, Source
from ingest.readers.chatlab.head import (
    MEMBER,
    MEMBER_KEYS,
    META,
    META_KEYS,
    Chat,
    Meta,
    Peers,
    members_aside,
)
from ingest.readers.chatlab.lines import read_lines_of
from ingest.readers.chatlab.message import Message, post_of
from ingest.readers.chatlab.native_once import NativeIds
from ingest.readers.clock import NotATimeError
from ingest.readers.encoding import Encoding
from ingest.readers.json_records import ArrayRecords, slim
from ingest.readers.json_root import root_items
from ingest.readers.jsonstream import NotJsonError, StreamEndsError, Window, keys
from ingest.readers.jsonvalue import BadValueError, ValueDecoder

_MESSAGE = ValueDecoder(Message)
_VALUE_LIMIT = 1 << 16
_LINE = re.compile(r'"_type"\s*:\s*"(?:header|member|message)"')
_FORMAT = re.compile(r'"chatlab"\s*:\s*\{')
_PARTS = re.compile(r'"(?:meta|members|messages)"\s*:\s*[\[{]')
_RECORD = (
    re.compile(r'"(?:accountName|platformMessageId)"\s*:'),
    re.compile(r'"sender"\s*:'),
    re.compile(r'"timestamp"\s*:\s*"?\d'),
)


class ChatLabReader:
    """Reads one chat, whatever platform it comes from; the file names that."""

    name = "chatlab"

    def sniff(self, head: Head) -> Signs:
        """Strength of the signs: the format's own name, its parts, the keys of its messages."""
        text = _without_comments(head.text)
        if not text.startswith("{"):
            return NO_SIGNS
        part = _PARTS.search(text) or _LINE.search(text)
        found = tuple(sign[0] for sign in (_FORMAT.search(text), part) if sign)
        if _FORMAT.search(text):
            return Signs(100 if part else 80, *found)
        fields = all(sign.search(text) for sign in _RECORD)
        keyed = ("the keys of its messages: sender, timestamp, accountName or platformMessageId",)
        if line := _LINE.search(text.split("\n", 1)[0]):
            return Signs(90 if fields else 75, f"the first line says {line[0]}", *keyed * fields)
        if fields and _PARTS.search(text):
            return Signs(80, *found, *keyed)
        return Signs(0, *found, *keyed * fields, missing="the format's name, or keys of messages")

    def encoding(self, source: Source) -> Encoding | None:
        """How its text is encoded."""
        return source.encoding()

    def read(self, source: Source, options: ReadOptions) -> Iterator[Item]:
        """The venue and posts in file order; BreaksOff last where the file is cut off."""
        text = _without_comments(source.head().text)
        if _LINE.search(text.split("\n", 1)[0]):
            yield from read_lines_of(source, options)
            return
        encoding = source.require_utf8()
        with source.open() as stream:
            stream.seek(encoding.bom)
            yield from _Reading(stream, encoding.bom, source, options).items()


def _without_comments(text: str) -> str:
    text = text.lstrip("\ufeff \t\r\n")
    while text.startswith("#"):
        text = text.partition("\n")[2].lstrip(" \t\r\n")
    return text


class _Reading:
    """One pass over one JSON file."""

    def __init__(self, stream: BinaryIO, start: int, source: Source, options: ReadOptions) -> None:
        self._window = Window(stream, start)
        self._source = source
        self._options = options
        self._meta: Meta | None = None
        self._peers = Peers()
        self._native = NativeIds()
        self._place = "the head of the file"
        self._posts = 0

    def items(self) -> Iterator[Item]:
        try:
            yield from root_items(self._window, self._root(), lambda: self._place)
        finally:
            self._native.close()

    def _root(self) -> Iterator[Item]:
        window = self._window
        met = False
        for key in keys(window):
            if key == "meta":
                self._meta = _meta(window) or self._meta
            elif key == "members":
                self._peers = yield from _members(window)
                yield from members_aside(self._peers)
            elif key == "messages" and window.peek() == ord("["):
                met = True
                yield from self._messages()
            else:
                window.skip()
        if not self._posts:
            reason = "no message in the list" if met else "the file has no list of messages"
            yield Problem("messages", reason)

    def _messages(self) -> Iterator[Item]:
        meta, peers = self._meta, self._peers
        if meta is None:
            meta, peers = self._look_ahead(peers)
        chat = Chat(meta, peers, self._source, self._options)
        yield from chat.items()
        self._window.expect(b"[")
        records = ArrayRecords(self._window, _MESSAGE)
        try:
            for number, offset, message in records:
                yield self._item(message, chat, f"messages[{number}]", offset)
        except (StreamEndsError, NotJsonError):
            self._place = f"messages[{records.number}]"
            raise
        self._place = "behind messages"

    def _item(self, message: Message | BadValueError, chat: Chat, place: str, offset: int) -> Item:
        if isinstance(message, BadValueError):
            return Problem(place, str(message))
        try:
            post = post_of(message, chat, self._native, place, offset)
        except (BadValueError, NotATimeError) as error:
            return Problem(place, str(error))
        self._posts += 1
        return post

    def _look_ahead(self, peers: Peers) -> tuple[Meta, Peers]:
        """Reads what stands behind the messages where a tool sorted the keys."""
        found = Meta()
        with self._source.open() as stream:
            start = self._window.tell()
            stream.seek(start)
            window = Window(stream, start)
            try:
                window.skip()
                if window.accept(b","):
                    for key in keys(window):
                        if key == "meta":
                            found = _meta(window) or found
                        elif key == "members" and not peers.count:
                            peers = _drained(window)
                        else:
                            window.skip()
            except (StreamEndsError, NotJsonError):
                return found, peers
        return found, peers


def _meta(window: Window) -> Meta | None:
    """The chat's `meta` without its picture; None for anything that is none."""
    raw = slim(window, META_KEYS, _VALUE_LIMIT)
    try:
        return META(raw) if raw else None
    except BadValueError:
        return None


def _members(window: Window) -> Generator[Item, None, Peers]:
    """Counts the members; their pictures are passed over, however large."""
    peers = Peers()
    if not window.accept(b"["):
        window.skip()
        return peers
    number = 0
    while not window.accept(b"]"):
        raw = slim(window, MEMBER_KEYS, _VALUE_LIMIT)
        try:
            peers.add(MEMBER(raw or b"0").platform_id)
        except BadValueError as error:
            yield Problem(f"members[{number}]", str(error))
        number += 1
        window.accept(b",")
    return peers


def _drained(window: Window) -> Peers:
    """The members alone; what is wrong with them is told where they are read."""
    reading = _members(window)
    while True:
        try:
            next(reading)
        except StopIteration as done:
            peers: Peers = done.value
            return peers
