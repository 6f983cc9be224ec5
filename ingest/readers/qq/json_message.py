"""One message of QQ Chat Exporter as a post."""

import re
from datetime import UTC, datetime

import msgspec

from ingest.posts import ReadPost
from ingest.readers.chatlab.native_once import NativeIds
from ingest.readers.clock import Moment, NotATimeError, read_time
from ingest.readers.jsonvalue import whole_text
from ingest.readers.qq.conversation import Conversation, text_of
from ingest.readers.qq.head import SYSTEM_SENDERS
from ingest.readers.qq.json_head import Id, account_by, id_text
from ingest.readers.qq.notice import Notice, read_quoted_notice

Word = str | int | float | bool | None
_LONGEST_ID = 64
_LONGEST_NAME = 300
_FALSE = frozenset({"", "0", "false", "no", "none"})
_RECALL = re.compile(r"撤回|recalled", re.IGNORECASE)


class Sender(msgspec.Struct, gc=False):
    uid: Id = None
    uin: Id = None
    name: Word = None
    nickname: Word = None
    card: Word = msgspec.field(name="groupCard", default=None)
    remark: Word = None


class Resource(msgspec.Struct, gc=False):
    type: Word = None
    filename: Word = None


class Reply(msgspec.Struct, gc=False):
    message_id: Id = msgspec.field(name="messageId", default=None)
    referenced: Id = msgspec.field(name="referencedMessageId", default=None)


class Content(msgspec.Struct, gc=False):
    text: Word = None
    resources: list[Resource | Word] | None = None
    emojis: list[msgspec.Raw] | None = None
    reply: Reply | Word = None


class RawMessage(msgspec.Struct, gc=False):
    uin: Id = msgspec.field(name="senderUin", default=None)
    uid: Id = msgspec.field(name="senderUid", default=None)
    nickname: Word = msgspec.field(name="sendNickName", default=None)
    card: Word = msgspec.field(name="sendMemberName", default=None)


class Message(msgspec.Struct, gc=False):
    """The fields that are read, under their older and newer names; all others are passed over."""

    id: Id = msgspec.field(name="messageId", default=None)
    timestamp: str | int | float | None = None
    sender: Sender | Word = None
    type: Word = msgspec.field(name="messageType", default=None)
    system: Word = None
    was_system: Word = msgspec.field(name="isSystemMessage", default=None)
    recalled: Word = None
    was_recalled: Word = msgspec.field(name="isRecalled", default=None)
    content: Content | Word = None
    raw: RawMessage | Word = msgspec.field(name="rawMessage", default=None)


class Person(msgspec.Struct, frozen=True, gc=False):
    """Who sent a message."""

    account: str | None
    name: str
    is_system: bool


def post_of(
    message: Message, talk: Conversation, native: NativeIds, place: str, offset: int
) -> ReadPost:
    """The message as a post; NotATimeError where its time is missing or none."""
    written = "" if message.timestamp is None else str(message.timestamp).strip()
    if not written:
        raise NotATimeError("timestamp is missing")
    moment = read_time(written)
    person = _person(message, talk)
    content = message.content if isinstance(message.content, Content) else Content(message.content)
    number = id_text(message.id)[:_LONGEST_ID]
    own = bool(number) and native.is_own(number, person.account, moment.unix, moment.wall)
    post = ReadPost(
        venue=talk.venue,
        account=person.account,
        sender=person.name or None,
        native_id=number if own else None,
        wall=moment.wall if own else _wall(moment),
        unix=moment.unix,
        raw_time=written[:_LONGEST_ID],
        reply_to=_reply(content, number),
        place=place,
        offset=offset,
    )
    return _said(message, content, post, person, talk)


def _wall(moment: Moment) -> str | None:
    """The wall time that goes into the id of a post without one: UTC where none is written."""
    if moment.wall is not None or moment.unix is None:
        return moment.wall
    return datetime.fromtimestamp(moment.unix, UTC).replace(tzinfo=None).isoformat()


def _person(message: Message, talk: Conversation) -> Person:
    sender = message.sender if isinstance(message.sender, Sender) else Sender(name=message.sender)
    raw = message.raw if isinstance(message.raw, RawMessage) else RawMessage()
    number = id_text(sender.uin) or id_text(raw.uin)
    # A remark is what the collector calls somebody: it is taken where nothing else is left.
    names = (sender.card, raw.card, sender.name, sender.nickname, raw.nickname, sender.remark)
    name = next((shown for one in names if (shown := _word(one))), "")[:_LONGEST_NAME]
    system = number in SYSTEM_SENDERS or _is_true(message.system) or _is_true(message.was_system)
    if number in SYSTEM_SENDERS:
        return Person(None, name, system)
    account = account_by(number, id_text(sender.uid) or id_text(raw.uid))
    return Person(account or (None if system else talk.account(None, name)), name, system)


def _said(
    message: Message, content: Content, post: ReadPost, person: Person, talk: Conversation
) -> ReadPost:
    """The post with what was said in it: words, media, a notice, or a recall."""
    text, media = text_of(whole_text(_text(content.text)))
    if person.is_system:
        return _notice_post(post, text, person, talk)
    media = tuple(_resource(one) for one in content.resources or ()) or media
    if not text and not media and content.emojis:
        media = ("[表情]",)
    if _is_true(message.recalled) or _is_true(message.was_recalled):
        if not text or _RECALL.search(text):
            return msgspec.structs.replace(
                post, kind="service", action="recall", text=text, members=_names(person.name)
            )
        return msgspec.structs.replace(post, action="recall", text=text, media=media)
    if not text and not media:
        shown = _word(message.type)[:_LONGEST_NAME]
        return msgspec.structs.replace(post, kind="unsupported", media=_names(shown))
    return msgspec.structs.replace(post, text=text, media=media)


def _notice_post(post: ReadPost, text: str, person: Person, talk: Conversation) -> ReadPost:
    notice = read_quoted_notice(text)
    return msgspec.structs.replace(
        post,
        account=_acting(notice, person, talk),
        sender=notice.name or person.name or None,
        kind="service",
        text=text,
        action=notice.action,
        members=_names(notice.name, notice.by),
    )


def _acting(notice: Notice, person: Person, talk: Conversation) -> str | None:
    """Whom a notice is about; the stated sender of a join may be the one who invited."""
    if notice.number:
        return talk.account(notice.number, None)
    if notice.action in ("join", "leave") and notice.name != person.name:
        return None
    return person.account


def _names(*names: str | None) -> tuple[str, ...]:
    return tuple(name for name in names if name)


def _reply(content: Content, own: str) -> str | None:
    """Native id of the message replied to; never the message's own."""
    if not isinstance(content.reply, Reply):
        return None
    number = id_text(content.reply.referenced) or id_text(content.reply.message_id)
    return number[:_LONGEST_ID] if number and number != own else None


def _resource(resource: Resource | Word) -> str:
    if isinstance(resource, Resource):
        return (_word(resource.filename) or _word(resource.type) or "file")[:_LONGEST_NAME]
    return _word(resource)[:_LONGEST_NAME] or "file"


def _text(word: Word) -> str:
    return "" if word is None or isinstance(word, bool) else str(word)


def _word(word: Word) -> str:
    return whole_text(_text(word)).strip()


def _is_true(word: Word) -> bool:
    return word is not None and str(word).strip().casefold() not in _FALSE
