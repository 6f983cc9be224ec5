"""What a QQ Chat Exporter file says beside its messages: the chat, the exporter, its chunks."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from evidence.errors import InputError
from graph import ids
from ingest.posts import Item, OwnAccount, Problem
from ingest.readers.base import ReadOptions, Source
from ingest.readers.jsonstream import NotJsonError, StreamEndsError, Window, keys
from ingest.readers.jsonvalue import BadValueError, ValueDecoder, whole_text
from ingest.readers.qq.conversation import Conversation, account_of

MANIFEST = "manifest.json"
CHUNK_FOLDER = "chunks"
Id = str | int | float | None
_VALUE_LIMIT = 1 << 16
_GROUPS = {"group": True, "2": True, "private": False, "friend": False, "c2c": False, "1": False}
_NUMBER = re.compile(r"[1-9]\d{4,11}", re.ASCII)
_UID = re.compile(r"[\w.~+/=-]{1,128}", re.ASCII)
# The address of a group's picture holds its number twice.
_GROUP_PICTURE = re.compile(r"https?://p\.qlogo\.cn/gh/([1-9]\d{4,11})/\1(?:/|\Z)", re.ASCII)
_CHUNK_NAME = re.compile(r"[^/\\\0]{1,120}\.jsonl", re.IGNORECASE)


class ChatInfo(msgspec.Struct, gc=False):
    """The `chatInfo` of a file or a manifest."""

    name: str | None = None
    type: str | int | None = None
    self_uid: Id = msgspec.field(name="selfUid", default=None)
    self_uin: Id = msgspec.field(name="selfUin", default=None)


_CHAT_KEYS = frozenset({"name", "type", "selfUid", "selfUin"})
_CHAT = ValueDecoder(ChatInfo)
_OBJECT: ValueDecoder[dict[str, object]] = ValueDecoder(dict[str, object])
_TEXT: ValueDecoder[str | None] = ValueDecoder(str | None)  # type: ignore[arg-type]


class Head:
    """Gathers the values of a root object that are not its messages."""

    def __init__(self) -> None:
        self.chat: ChatInfo | None = None
        self.group_number: str | None = None
        self.exporter = ""

    def note(self, key: str, window: Window) -> None:
        """Takes the value that stands here, or passes over it."""
        if key == "chatInfo" and window.peek() == ord("{"):
            self._note_chat(window)
        elif key == "metadata" and window.peek() == ord("{"):
            self.exporter = _exporter(window.cut(_VALUE_LIMIT))
        else:
            window.skip()

    def _note_chat(self, window: Window) -> None:
        window.expect(b"{")
        parts: list[bytes] = []
        for key in keys(window):
            if key == "avatar":
                self.group_number = _group_number(window.cut(4096))
            elif key not in _CHAT_KEYS:
                window.skip()
            elif raw := window.cut(_VALUE_LIMIT):
                parts.append(b'"%s":%s' % (key.encode(), raw))
        self.chat = _chat(parts)


def _chat(parts: list[bytes]) -> ChatInfo:
    """The chat of these members; those of another type than they should be are left out."""
    good = []
    for part in parts:
        try:
            _CHAT(b"{%s}" % part)
        except BadValueError:
            continue
        good.append(part)
    return _CHAT(b"{%s}" % b",".join(good))


def _group_number(raw: bytes | None) -> str | None:
    try:
        address = _TEXT(raw or b"null")
    except BadValueError:
        return None
    found = _GROUP_PICTURE.match(address or "")
    return found[1] if found else None


def _exporter(raw: bytes | None) -> str:
    """Name and version of the exporter, as far as stated."""
    try:
        stated = _OBJECT(raw or b"{}")
    except BadValueError:
        return ""
    shown = [stated.get("name"), stated.get("version")]
    return " ".join(str(part) for part in shown if isinstance(part, str | int | float))[:200]


def read_head(source: Source, start: int, *, behind: bool = False) -> Head:
    """The head values from the root's opening brace on, or `behind` a value inside of it."""
    head = Head()
    with source.open() as stream:
        stream.seek(start)
        window = Window(stream, start)
        try:
            if behind:
                window.skip()
            if window.accept(b"," if behind else b"{"):
                for key in keys(window):
                    head.note(key, window)
        except (StreamEndsError, NotJsonError):
            pass
    return head


def manifest_beside(source: Source) -> Source | None:
    """The manifest of the export that a chunk belongs to: in its folder or the one above."""
    if source.alone:
        return None
    for folder in (source.path.absolute().parent.parent, source.path.absolute().parent):
        path = folder / MANIFEST
        if path.is_file() and not path.is_symlink():
            return Source(path, MANIFEST)
    return None


def conversation(head: Head, options: ReadOptions, otherwise: str) -> Conversation:
    """The conversation: by the user's word, the group's number, its name, or this other name."""
    chat = head.chat or ChatInfo()
    group = _GROUPS.get(str(chat.type).strip().casefold())
    venue = options.venue_id("qq")
    if venue is None and head.group_number and group is not False:
        venue = ids.venue("qq", head.group_number)
    name = whole_text(chat.name or "").strip() or otherwise
    return Conversation(name, group, venue)


def own_account(head: Head) -> Iterator[Item]:
    """The account that collected the export, where it is stated."""
    chat = head.chat or ChatInfo()
    if account := account_by(chat.self_uin, chat.self_uid):
        yield OwnAccount(account)


def account_by(uin: Id, uid: Id) -> str | None:
    """A person's account: by the QQ number where there is one, else by the uid."""
    number = id_text(uin)
    if _NUMBER.fullmatch(number):
        return account_of(number)
    native = id_text(uid)
    return ids.account("qq", ids.encoded(native)) if _UID.fullmatch(native) else None


def id_text(value: Id) -> str:
    """An id as text; the empty string for none, for 0, and for a fraction."""
    if isinstance(value, float):
        value = int(value) if value.is_integer() else None
    text = "" if value is None else whole_text(str(value)).strip()
    return "" if text == "0" else text


def chunk_names(raw: bytes | None) -> list[str] | None:
    """File names of the chunks that a manifest lists; None where its list is not readable."""
    try:
        chunks = _OBJECT(raw or b"").get("chunks")
    except BadValueError:
        return None
    if not isinstance(chunks, list):
        return None
    return [name for chunk in chunks if (name := _chunk_name(chunk))]


def _chunk_name(chunk: object) -> str | None:
    """The name of a file in an entry, whatever its key is called."""
    values = list(chunk.values()) if isinstance(chunk, dict) else [chunk]
    for value in values:
        if isinstance(value, str):
            name = value.replace("\\", "/").rsplit("/", 1)[-1]
            if _CHUNK_NAME.fullmatch(name):
                return name
    return None


def missing_chunks(names: list[str], source: Source) -> Iterator[Problem]:
    """A problem for each listed chunk that does not lie beside the manifest."""
    if source.alone:
        return
    folder = Path(source.path.absolute().parent)
    for number, name in enumerate(names):
        if not ((folder / CHUNK_FOLDER / name).is_file() or (folder / name).is_file()):
            yield Problem(f"chunks[{number}]", f"{name} is missing")


def no_manifest(source: Source) -> InputError:
    """For a chunk of which nothing says what chat it belongs to."""
    return InputError(
        f"{source.name}: a chunk of an export without its {MANIFEST}",
        hint="ingest the whole folder of the export, or say --venue",
        where={"file": source.name},
    )
