"""One message of a Telegram desktop export as a post."""

import re
from functools import lru_cache

import msgspec

from graph import ids
from ingest.posts import Mention, PostKind, ReadPost
from ingest.readers.clock import NotATimeError, unix_time, wall_time
from ingest.readers.jsonvalue import BadValueError

_SENDER = re.compile(r"(?:user|chat|channel)?\d{1,20}")
_HANDLE_LINK = re.compile(
    r"(?:https?://)?(?:t|telegram)\.(?:me|dog)/(?:s/)?@?([A-Za-z]\w{3,31})(?:/\d+)?/?(?:\?\S*)?",
    re.ASCII,
)
_LINK_WORDS = frozenset(
    {"joinchat", "addstickers", "addemoji", "proxy", "socks", "share", "addlist", "setlanguage"}
    | {"addtheme", "login", "confirmphone", "invoice", "giftcode", "contact"}
)
_USER_LINK = re.compile(r"tg://user\?id=(\d{1,20})")
_PLACEHOLDER = "(File "
_KINDS: dict[str, PostKind] = {
    "message": "message",
    "service": "service",
    "unsupported": "unsupported",
}


class Entity(msgspec.Struct, gc=False):
    """A marked part of a text."""

    type: str = "plain"
    text: str = ""
    href: str = ""
    user_id: str | int | None = None


Parts = str | list[str | Entity]


class Answer(msgspec.Struct, gc=False):
    text: Parts = ""


class Poll(msgspec.Struct, gc=False):
    question: Parts = ""
    answers: list[Answer] = []


class Message(msgspec.Struct, gc=False):
    """The fields of a message that are read; all others are passed over."""

    id: int
    type: str
    date: str | None = None
    date_unixtime: str | int | None = None
    edited: str | None = None
    edited_unixtime: str | int | None = None
    sender: str | None = msgspec.field(name="from", default=None)
    from_id: str | int | None = None
    author: str | None = None
    actor: str | None = None
    actor_id: str | int | None = None
    action: str | None = None
    members: list[str | None] = []
    inviter: str | None = None
    title: str | None = None
    text: Parts = ""
    text_entities: list[Entity] = []
    reply_to_message_id: int | None = None
    reply_to_peer_id: str | int | None = None
    forwarded_from: str | msgspec.UnsetType | None = msgspec.UNSET
    forwarded_from_id: str | int | None = None
    saved_from: str | None = None
    via_bot: str | None = None
    photo: str | None = None
    file: str | None = None
    file_name: str | None = None
    media_type: str | None = None
    poll: Poll | None = None


def post_of(message: Message, venue: str, place: str, offset: int) -> ReadPost:
    """The message as a post; BadValueError or NotATimeError where it cannot be one."""
    kind = _KINDS.get(message.type)
    if kind is None:
        raise BadValueError(f"unknown type {message.type[:40]}")
    wall = wall_time(message.date) if message.date else None
    stamp = message.date_unixtime
    unix = unix_time(stamp) if stamp is not None else None
    if wall is None and unix is None and kind != "unsupported":
        raise NotATimeError("date is missing")
    service = kind == "service"
    name = message.actor if service else message.sender
    number = message.actor_id if service else message.from_id
    text: Parts = message.text
    mentions: tuple[Mention, ...] = ()
    if not text or not isinstance(text, str):
        text, mentions = read_text(message)
    origin = message.forwarded_from or message.saved_from or None
    edited_unix, edited_wall = _edited(message) if message.edited else (None, None)
    has_media = message.photo or message.file or message.media_type
    return ReadPost(
        venue=venue,
        account=account_id(number) if number is not None else account_by_name(venue, name),
        sender=name or message.author,
        native_id=str(message.id),
        kind=kind,
        wall=wall,
        unix=unix,
        raw_time=message.date,
        text=text,
        reply_to=_reply(message) if message.reply_to_message_id is not None else None,
        forwarded=origin is not None
        or message.forwarded_from is None
        or message.forwarded_from_id is not None,
        forwarded_account=account_id(message.forwarded_from_id),
        forwarded_name=origin,
        edited_unix=edited_unix,
        edited_wall=edited_wall,
        mentions=mentions,
        media=_media(message) if has_media else (),
        action=message.action,
        members=_members(message) if service else (),
        place=place,
        offset=offset,
    )


@lru_cache(maxsize=1 << 16)
def account_id(number: str | int | None) -> str | None:
    """Account id of a `from_id` in the new or the old style; None for anything else."""
    if number is None:
        return None
    native = str(number)
    return ids.account("telegram", native) if _SENDER.fullmatch(native) else None


@lru_cache(maxsize=1 << 16)
def account_by_name(venue: str, name: str | None) -> str | None:
    """Account of a sender without number, as on pages and in old exports: known by name only."""
    return ids.account_name("telegram", venue.split(":", 2)[2], name) if name else None


def _reply(message: Message) -> str | None:
    return None if message.reply_to_peer_id is not None else str(message.reply_to_message_id)


def _edited(message: Message) -> tuple[int | None, str | None]:
    """Time of the last edit; old exports write the year 1970 into messages never edited."""
    stamp = message.edited_unixtime
    if stamp is not None:
        return (None if stamp in (0, "0") else unix_time(stamp)), None
    written = message.edited or ""
    return None, None if written.startswith(("1969-", "1970-")) else wall_time(written)


def _members(message: Message) -> tuple[str, ...]:
    named = [*message.members, message.inviter]
    return tuple(name for name in named if name)


def _media(message: Message) -> tuple[str, ...]:
    names = (message.photo, message.file_name, message.file)
    shown = tuple(name for name in names if name and not name.startswith(_PLACEHOLDER))
    return shown or (message.media_type or ("photo" if message.photo else "file"),)


def read_text(message: Message) -> tuple[str, tuple[Mention, ...]]:
    """The text as shown and the mentions in it; of a poll, question and answers."""
    text, mentions = _joined(message.text or message.text_entities)
    if not text and message.poll is not None:
        parts = [message.poll.question, *(answer.text for answer in message.poll.answers)]
        text = "\n".join(_joined(part)[0] for part in parts)
    return text, mentions


def _joined(parts: Parts | list[Entity]) -> tuple[str, tuple[Mention, ...]]:
    if isinstance(parts, str):
        return parts, ()
    shown: list[str] = []
    mentions: list[Mention] = []
    at = 0
    for part in parts:
        text = part if isinstance(part, str) else part.text
        if isinstance(part, Entity) and (mention := _mention(part, at)):
            mentions.append(mention)
        shown.append(text)
        at += len(text)
    return "".join(shown), tuple(mentions)


def _mention(part: Entity, at: int) -> Mention | None:
    end = at + len(part.text)
    match part.type:
        case "mention":
            return Mention(at, end, "handle", part.text.removeprefix("@"))
        case "mention_name":
            account = account_id(part.user_id)
            return Mention(at, end, "account", account) if account else None
        case "text_link" | "link":
            return linked(part.href or part.text, at, end)
    return None


def linked(address: str, at: int, end: int) -> Mention | None:
    """The handle or account that a link leads to; other links name nobody."""
    if user := _USER_LINK.match(address):
        return Mention(at, end, "account", ids.account("telegram", user[1]))
    link = _HANDLE_LINK.fullmatch(address)
    if link is None or link[1].lower() in _LINK_WORDS:
        return None
    return Mention(at, end, "handle", link[1])
