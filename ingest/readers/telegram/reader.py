"""Telegram Desktop `result.json`: one chat or a whole account, streamed."""

import re
from collections.abc import Generator, Iterator

import msgspec

from evidence.errors import UsageError
from graph import ids
from ingest.posts import (
    Item,
    OwnAccount,
    Problem,
    ReadPost,
    ReadVenue,
    VenueKind,
    VenueRenamed,
)
from ingest.readers.base import NO_SIGNS, Head, ReadOptions, Signs, Source, native_part, weighed
from ingest.readers.clock import NotATimeError
from ingest.readers.encoding import Encoding
from ingest.readers.json_root import root_items
from ingest.readers.jsonstream import NotJsonError, StreamEndsError, Window, keys
from ingest.readers.jsonvalue import BadValueError, ValueDecoder
from ingest.readers.telegram.account import OWN_DATA, PERSON, own_account, set_aside
from ingest.readers.telegram.message import Message, post_of
from ingest.readers.telegram.records import CHAT_TYPES, Records

_KINDS: dict[str, VenueKind] = {
    kind: "channel"
    if kind.endswith("channel")
    else "group"
    if kind.endswith("group")
    else "private"
    for kind in CHAT_TYPES
}
_SIGNS = (
    (re.compile(rf'"type"\s*:\s*"(?:{"|".join(CHAT_TYPES)})"'), 60),
    (re.compile(r'"messages"\s*:\s*\['), 25),
    (re.compile(r'"(?:date_unixtime|from_id|text_entities|actor_id)"\s*:'), 15),
    (re.compile(r'"(?:personal_information|chats|left_chats)"\s*:\s*\{'), 40),
    (re.compile(rf'"(?:{"|".join(OWN_DATA)})"\s*:\s*\{{\s*"about"\s*:'), 40),
)
_ENOUGH = 40
_LISTS = frozenset({"chats", "left_chats"})
_NUMBER = re.compile(r"-?\d{1,20}")
_NAME_LIMIT = 1 << 16
_RENAMING = frozenset({"edit_group_title", "edit_channel_title", "migrate_from_group"})
_SCALAR: ValueDecoder[str | int | None] = ValueDecoder(str | int | None)  # type: ignore[arg-type]


class _Chat(msgspec.Struct):
    """What stands in a chat beside its messages."""

    name: str | None = None
    type: str | None = None
    id: int | None = None

    @property
    def stated(self) -> bool:
        return self.id is not None or self.type in _KINDS


class TelegramReader:
    """Reads `result.json`; what is no chat in it is counted and set aside, never loaded."""

    name = "telegram"

    def sniff(self, head: Head) -> Signs:
        """Strength of the signs: a chat's type, its messages, or the root of an account."""
        text = head.text.lstrip("\ufeff \t\r\n")
        if not text.startswith("{"):
            return NO_SIGNS
        return weighed(_SIGNS, text, _ENOUGH, "the type of a chat, or the root of an account")

    def encoding(self, source: Source) -> Encoding | None:
        """How its text is encoded."""
        return source.encoding()

    def read(self, source: Source, options: ReadOptions) -> Iterator[Item]:
        """Venues and posts in file order; BreaksOff last where the file is cut off."""
        encoding = source.require_utf8()
        with source.open() as stream:
            stream.seek(encoding.bom)
            window = Window(stream, encoding.bom)
            yield from _Reading(window, source, options).items()


class _Reading:
    """One pass over one file."""

    def __init__(self, window: Window, source: Source, options: ReadOptions) -> None:
        self._window = window
        self._source = source
        self._venue = options.venue_id("telegram")
        self._decode = ValueDecoder(Message)
        self._place = "the head of the file"

    def items(self) -> Iterator[Item]:
        return root_items(self._window, self._object("", in_account=False), lambda: self._place)

    def _object(self, prefix: str, *, in_account: bool) -> Iterator[Item]:
        """An opened object: a chat, or the root of a whole account."""
        window = self._window
        chat = _Chat()
        is_met = False
        for key in keys(window):
            if key == "messages":
                is_met = True
                if (yield from self._messages(chat, f"{prefix}messages")):
                    return
            elif key in _Chat.__struct_fields__:
                _note(chat, key, window.cut(_NAME_LIMIT))
            elif in_account:
                window.skip()
            else:
                yield from self._beside_chats(key)
        if not is_met and chat.stated and (venue := self._venue_of(chat)):
            yield venue

    def _beside_chats(self, key: str) -> Iterator[Item]:
        """A value at the root: the lists of chats are read, all else is set aside."""
        window = self._window
        if window.peek() not in b"{[":
            window.skip()
        elif key in _LISTS:
            yield from self._list(key)
        elif key == PERSON:
            own = own_account(window.cut(_NAME_LIMIT))
            yield set_aside(self._source.name, key, 1, own)
            if own is not None:
                yield OwnAccount(own)
        else:
            yield set_aside(self._source.name, key, window.count())

    def _list(self, key: str) -> Iterator[Item]:
        """The chats of a whole account: under `list`, or the value itself."""
        window = self._window
        if window.peek() == ord("["):
            yield from self._chats(key)
            return
        window.expect(b"{")
        for name in keys(window):
            if name == "list" and window.peek() == ord("["):
                yield from self._chats(key)
            else:
                window.skip()

    def _chats(self, key: str) -> Iterator[Item]:
        window = self._window
        window.expect(b"[")
        number = 0
        while not window.accept(b"]"):
            yield from self._listed(f"{key}[{number}]")
            window.accept(b",")
            number += 1

    def _listed(self, place: str) -> Iterator[Item]:
        window = self._window
        self._place = place
        if self._venue is not None:
            raise UsageError(
                f"{self._source.name} is the export of a whole account",
                hint="leave --venue out: each chat has its own number",
                where={"file": self._source.name},
            )
        if window.accept(b"{"):
            yield from self._object(f"{place}.", in_account=True)
        else:
            yield Problem(place, "not a chat")
            window.skip()

    def _messages(self, chat: _Chat, place: str) -> Generator[Item, None, bool]:
        """The messages of one chat; True where they ran into the next chat without an end."""
        if self._window.peek() != ord("["):
            yield Problem(place, "not a list of messages")
            self._window.skip()
            return False
        if chat.type is None or chat.id is None:
            self._look_ahead(chat)
        venue = self._venue_of(chat)
        if venue is None:
            yield Problem(place, "the chat has neither id nor name")
            self._window.skip()
            return False
        yield venue
        if chat.type == "saved_messages" and chat.id is not None:
            yield OwnAccount(ids.account("telegram", str(chat.id)))
        self._window.expect(b"[")
        records = Records(self._window, self._decode)
        try:
            yield from _posts(records, venue.id, place)
        except (StreamEndsError, NotJsonError):
            self._place = f"{place}[{records.number}]"
            raise
        self._place = f"behind {place}"
        return records.ran_into_chat

    def _look_ahead(self, chat: _Chat) -> None:
        """Reads what stands behind the messages where a tool sorted the keys."""
        with self._source.open() as stream:
            stream.seek(self._window.tell())
            window = Window(stream)
            try:
                window.skip()
                if window.accept(b","):
                    for key in keys(window):
                        if key in _Chat.__struct_fields__:
                            _note(chat, key, window.cut(_NAME_LIMIT))
                        else:
                            window.skip()
            except (StreamEndsError, NotJsonError):
                return

    def _venue_of(self, chat: _Chat) -> ReadVenue | None:
        kind = _KINDS.get(chat.type or "", "group")
        name = chat.name or ("Saved Messages" if chat.type == "saved_messages" else None)
        if self._venue is not None:
            venue = self._venue
        elif chat.id is not None:
            venue = ids.venue("telegram", str(chat.id))
        elif chat.name is not None:
            venue = ids.venue_name("telegram", chat.name)
        else:
            return None
        native = native_part(venue)
        return ReadVenue(
            id=venue,
            platform="telegram",
            kind=kind,
            name=name or native,
            native=not native.startswith("name/"),
            private=kind == "private" or (chat.type or "").startswith("private_"),
        )


def _posts(records: Records, venue: str, place: str) -> Iterator[ReadPost | Problem | VenueRenamed]:
    for number, offset, message in records:
        where = f"{place}[{number}]"
        if isinstance(message, BadValueError):
            yield Problem(where, str(message))
            continue
        try:
            post = post_of(message, venue, where, offset)
        except (BadValueError, NotATimeError) as error:
            yield Problem(where, str(error))
            continue
        yield post
        if message.title and message.action in _RENAMING:
            yield VenueRenamed(venue, "name", message.title, post.unix)


def _note(chat: _Chat, key: str, raw: bytes | None) -> None:
    """Keeps a head value; one of another type counts as missing."""
    try:
        value = _SCALAR(raw or b"null")
    except BadValueError:
        return
    if key == "id":
        chat.id = int(value) if value is not None and _NUMBER.fullmatch(str(value)) else None
    elif isinstance(value, str):
        setattr(chat, key, value)
