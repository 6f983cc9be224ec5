"""One message of a ChatLab file as a post."""

import re

import msgspec

from ingest.posts import PostKind, ReadPost
from ingest.readers.chatlab.head import Chat, Id, id_text
from ingest.readers.chatlab.native_once import NativeIds
from ingest.readers.clock import NotATimeError, unix_time
from ingest.readers.jsonvalue import BadValueError, whole_text
from ingest.readers.qq.notice import read_notice

MESSAGE_KEYS = frozenset(
    {"_type", "sender", "accountName", "groupNickname", "timestamp", "type", "content"}
    | {"platformMessageId", "replyToMessageId"}
)
_TEXT, _FILE, _REPLY, _FORWARD, _SYSTEM, _RECALLED = 0, 4, 25, 26, 80, 81
_MEDIA = {1: "photo", 2: "voice", 3: "video", _FILE: "file", 5: "emoji"}
_WORDS = frozenset({_TEXT, 7, 8, 20, 21, 24, _REPLY, _FORWARD, 27})
"""Text, link, location, red packet, transfer, share, reply, forward, contact card."""
_ACTIONS = {22: "poke", 23: "phone_call"}
_OTHER = 99
_PLACEHOLDERS = re.compile(r"\s*(?:\[[^\[\]\n]{1,40}\]\s*)+")
_PLACEHOLDER = re.compile(r"\[[^\[\]\n]{1,40}\]")
_ANY_FILE = re.compile(r"[^\n]{0,400}\.[A-Za-z0-9]{1,8}")
_MEDIA_FILE = re.compile(
    r"\S{1,400}\.(?:jpe?g|png|gif|webp|bmp|heic|dat|pic|mp4|mov|avi|mkv|webm|3gp"
    r"|mp3|amr|silk?|slk|ogg|opus|m4a|wav|aac)",
    re.IGNORECASE,
)
_RECALL = re.compile(r"撤回|recalled|withdr[ae]w|unsent|deleted a message", re.IGNORECASE)
_QUOTES = "\"'“”「」 "
_MILLISECONDS = 100_000_000_000


class Message(msgspec.Struct, gc=False):
    """The fields that are read; all others are passed over."""

    record: str | None = msgspec.field(name="_type", default=None)
    sender: Id = None
    name: str | None = msgspec.field(name="accountName", default=None)
    card: str | None = msgspec.field(name="groupNickname", default=None)
    timestamp: int | float | str | None = None
    type: int | float | str | None = None
    content: str | None = None
    id: Id = msgspec.field(name="platformMessageId", default=None)
    reply_to: Id = msgspec.field(name="replyToMessageId", default=None)


class _Said(msgspec.Struct, frozen=True, gc=False):
    """What a message says, by its type."""

    kind: PostKind = "message"
    text: str = ""
    media: tuple[str, ...] = ()
    action: str | None = None
    account: str | None = None
    names: tuple[str, ...] = ()
    forwarded: bool = False


def post_of(message: Message, chat: Chat, native: NativeIds, place: str, offset: int) -> ReadPost:
    """The message as a post; BadValueError or NotATimeError where it cannot be one."""
    unix = _seconds(message.timestamp)
    number = _type(message.type)
    sender = id_text(message.sender)
    if not sender and message.sender not in (None, ""):
        raise BadValueError("sender is longer than any id")
    name = whole_text(message.card or message.name or "") or None
    said = _said(number, message.content or "", chat, name)
    account = said.account or chat.account(sender, name)
    written = id_text(message.id)
    own = bool(written) and native.is_own(written, sender, unix)
    return ReadPost(
        venue=chat.venue,
        account=account,
        sender=said.names[0] if said.kind == "service" and said.names else name,
        native_id=written if own else None,
        kind=said.kind,
        unix=unix,
        raw_time=str(message.timestamp),
        text=said.text,
        reply_to=id_text(message.reply_to) or None,
        forwarded=said.forwarded,
        media=said.media,
        action=said.action,
        members=said.names,
        place=place,
        offset=offset,
    )


def _seconds(stamp: int | float | str | None) -> int:
    """Seconds since 1970 UTC; a number of milliseconds is told by its size."""
    if stamp is None or stamp == "":
        raise NotATimeError("timestamp is missing")
    try:
        seconds = float(stamp)
        whole = int(seconds // 1000) if abs(seconds) >= _MILLISECONDS else int(seconds)
    except (ValueError, OverflowError) as error:
        raise NotATimeError("timestamp is not a number") from error
    return unix_time(whole)


def _type(written: int | float | str | None) -> int:
    try:
        return _TEXT if written is None else int(written)
    except (ValueError, OverflowError):
        return -1


def _said(number: int, content: str, chat: Chat, name: str | None) -> _Said:
    text = whole_text(content).strip("\r\n")
    if number in _WORDS:
        return _words(text, forwarded=number == _FORWARD)
    if number in _MEDIA:
        return _media(text, _MEDIA[number], _ANY_FILE if number == _FILE else _MEDIA_FILE)
    if number == _SYSTEM:
        return _notice(text, chat)
    if number == _RECALLED:
        return _recalled(text, name)
    if number in _ACTIONS:
        return _Said("service", text, action=_ACTIONS[number])
    return _Said("unsupported", text, ("other" if number == _OTHER else f"type {number}",))


def _words(text: str, *, forwarded: bool) -> _Said:
    """Words; placeholders alone are media, as in the platforms' own exports."""
    if text[:1] == "[" and _PLACEHOLDERS.fullmatch(text):
        return _Said(media=tuple(_PLACEHOLDER.findall(text)), forwarded=forwarded)
    return _Said(text=text, forwarded=forwarded)


def _media(text: str, word: str, file_name: re.Pattern[str]) -> _Said:
    """A picture or file by its name; words beside it (a caption, a transcript) are text."""
    if not text.strip():
        return _Said(media=(word,))
    if _PLACEHOLDERS.fullmatch(text):
        return _Said(media=tuple(_PLACEHOLDER.findall(text)))
    if file_name.fullmatch(text):
        return _Said(media=(text.strip(),))
    return _Said(text=text, media=(word,))


def _notice(text: str, chat: Chat) -> _Said:
    notice = read_notice(text.replace("群聊", "群"))
    names = tuple(
        name for name in ((part or "").strip(_QUOTES) for part in (notice.name, notice.by)) if name
    )
    account = chat.account(notice.number, None) if notice.number else None
    return _Said("service", text, action=notice.action, account=account, names=names)


def _recalled(text: str, name: str | None) -> _Said:
    """A recall; where the exporter kept what was said, those words, marked as taken back."""
    if text and not _RECALL.search(text) and not _PLACEHOLDERS.fullmatch(text):
        return _Said(text=text, action="recall")
    return _Said("service", text, action="recall", names=(name,) if name else ())
