"""The messages of one array, cut and decoded one by one; a broken one does not stop the rest.

Telegram writes a message over several lines, so its end is the next closing brace at the depth
of its opening one: found by one search, and proved by decoding what it cuts off. Where that fails
the brackets are counted instead, and where these do not fit the next message's head is sought.
"""

import re
from collections.abc import Iterator
from itertools import count

from ingest.readers.jsonstream import RECORD_LIMIT, TOO_LONG, NotJsonError, StreamEndsError, Window
from ingest.readers.jsonvalue import BadValueError, ValueDecoder
from ingest.readers.telegram.message import Message

CHAT_TYPES = (
    "personal_chat",
    "bot_chat",
    "saved_messages",
    "replies",
    "verification_codes",
    "private_group",
    "private_supergroup",
    "public_group",
    "public_supergroup",
    "private_channel",
    "public_channel",
)
_MESSAGE = (
    rb'\{\s{0,64}"id"\s?:\s?-?\d{1,20},\s{0,64}"type"\s?:\s?"(?:message|service|unsupported)"'
)
# Saved messages and replies have no name.
_CHAT = (
    rb'\{\s{0,64}(?:"name"\s?:\s?(?:null|"[^"\r\n]{0,600}"),\s{0,64})?"type"\s?:\s?"(?:%s)"'
    % "|".join(CHAT_TYPES).encode()
)
_ANY_HEAD = re.compile(rb"(?P<message>%s)|(?P<chat>%s)" % (_MESSAGE, _CHAT))
_HEAD_BYTES = 1024
_GAP = re.compile(rb",[ \t\r\n]*\Z")
_FIRST_KEY = re.compile(rb'\{\s{0,64}"[^"\\]{1,64}"\s?:')
_COMMA, _END = b",]"
_MOST_MISSES = 10
_INDENT = re.compile(rb"\n([ \t]*)\Z")


class Records:
    """Iterates over an opened array: number, byte offset, and the message or why there is none."""

    def __init__(self, window: Window, decode: ValueDecoder[Message]) -> None:
        self._window = window
        self._decode = decode
        self._closing: bytes | None = None
        self._closing_bytes = 0
        self._misses = 0
        self._behind_comma = True
        self.number = 0
        self.ran_into_chat = False
        """The array had no end: the window stands at the next chat."""

    def __iter__(self) -> Iterator[tuple[int, int, Message | BadValueError]]:
        for self.number in count():
            if not self._to_record():
                return
            offset = self._window.tell()
            yield self.number, offset, self._quick() or self._exact()
            if self.ran_into_chat:
                return

    def _to_record(self) -> bool:
        window = self._window
        byte = window.peek()
        if self.number and not self._behind_comma:
            if byte == _COMMA:
                window.pos += 1
                byte = window.peek()
            elif byte != _END:
                raise NotJsonError("a comma expected")
        self._behind_comma = False
        if byte == _END:
            window.pos += 1
        return byte != _END

    def _quick(self) -> Message | None:
        """The message up to the place where its layout says that it ends; None if it does not."""
        if self._closing is None:
            self._closing, self._closing_bytes = self._find_closing()
        if not self._closing:
            return None
        length = self._closing_at(self._closing)
        window = self._window
        try:
            if length is None:
                raise BadValueError(TOO_LONG)
            message = self._decode(window.data[window.pos : window.pos + length])
        except BadValueError:
            # A search in vain goes over megabytes: some of them, and the layout is another one.
            self._misses += 1
            if self._misses > _MOST_MISSES:
                self._closing = b""
            return None
        self._misses = 0
        window.pos += length
        return message

    def _find_closing(self) -> tuple[bytes | None, int]:
        """What stands at a record's end in this file, and how many of its bytes belong to it.

        Written over several lines: the closing brace at the opening one's depth. In one line: the
        brace, and the gap and first key that stood before the record at hand.
        """
        window = self._window
        if before := _INDENT.search(window.data, max(0, window.pos - 64), window.pos):
            closing = b"\n" + before[1] + b"}"
            return closing, len(closing)
        gap = _GAP.search(window.data, max(0, window.pos - 64), window.pos)
        first_key = _FIRST_KEY.match(window.data, window.pos)
        return (b"}" + gap[0] + first_key[0], 1) if gap and first_key else (None, 0)

    def _closing_at(self, closing: bytes) -> int | None:
        window = self._window
        found = window.data.find(closing, window.pos)
        while found < 0:
            searched = max(0, len(window.data) - window.pos - len(closing))
            if searched > RECORD_LIMIT:
                return None
            if not window.more():
                return None
            found = window.data.find(closing, window.pos + searched)
        return found + self._closing_bytes - window.pos

    def _exact(self) -> Message | BadValueError:
        window = self._window
        try:
            length = window.measure()
        except (StreamEndsError, NotJsonError):
            return self._resume(BadValueError("its end is missing"), lost=True)
        if length is None:
            return self._resume(BadValueError(TOO_LONG), lost=False)
        raw = window.data[window.pos : window.pos + length]
        try:
            message = self._decode(raw)
        except BadValueError as error:
            return self._pass_over(raw, error)
        window.pos += length
        return message

    def _pass_over(self, raw: bytes, error: BadValueError) -> BadValueError:
        """Behind a broken record, or to the next head where its brackets ran on over that."""
        window = self._window
        inner = _ANY_HEAD.search(raw, 1)
        if inner is None:
            window.pos += len(raw)
            if window.peek() in b",]":
                return error
            return self._resume(error, lost=True)
        window.pos += inner.start()
        self._resumed(inner)
        return error

    def _resume(self, error: BadValueError, *, lost: bool) -> BadValueError:
        """To the next head in the stream; `lost`: without one the file breaks off here."""
        window = self._window
        offset = window.tell()
        found = window.seek(_ANY_HEAD, _HEAD_BYTES)
        if found is None:
            raise StreamEndsError(f"the record at byte {offset} has no end" if lost else str(error))
        self._resumed(found)
        return error

    def _resumed(self, head: re.Match[bytes]) -> None:
        self._behind_comma = head["message"] is not None
        self.ran_into_chat = not self._behind_comma
