"""One QQ conversation, whatever format it was exported in: its venue, senders and posts."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from graph import ids
from ingest.posts import Item, Problem, ReadPost, ReadVenue
from ingest.readers.base import native_part
from ingest.readers.jsonvalue import whole_text
from ingest.readers.qq.head import QQHead
from ingest.readers.qq.notice import read_notice

_PLACEHOLDERS = re.compile(r"\s*(?:\[(?:图片|表情|语音|视频|文件|动画表情|闪照)\]\s*)+")
_PLACEHOLDER = re.compile(r"\[[^\]]+\]")
_FRIENDS = frozenset({"我的好友", "朋友", "家人", "同学", "同事", "陌生人", "企业好友"})
_WAITING = 400


def is_group(grouping: str) -> bool | None:
    """Whether a conversation filed under this name is a group; None where the name does not say."""
    if "群" in grouping:
        return True
    return False if grouping in _FRIENDS else None


def text_of(body: str) -> tuple[str, tuple[str, ...]]:
    """The body without the blank lines around it; one of placeholders alone is media, no text."""
    text = body.strip("\r\n \t")
    if text[:1] == "[" and _PLACEHOLDERS.fullmatch(text):
        return "", tuple(_PLACEHOLDER.findall(text))
    return text, ()


@lru_cache(maxsize=1 << 16)
def account_of(number: str) -> str:
    """Account id of a QQ number."""
    return ids.account("qq", number)


class Conversation:
    """The posts of one conversation, held back until it is known to be a group or private."""

    def __init__(self, subject: str, group: bool | None, venue: str | None) -> None:
        self.venue = venue or ids.venue_name("qq", subject or "?")
        self.settled = False
        self._native = native_part(self.venue)
        self._name = whole_text(subject) or self._native
        self._group = group
        self._senders: set[str] = set()
        self._held: list[Item] = []

    def take(
        self, item: Item, sender: str | None = None, *, titled: bool = False
    ) -> Iterable[Item]:
        """The item, and before the first one the venue, as soon as its kind is known.

        `sender`: what tells people apart, None where nobody speaks; `titled`: a group's title.
        """
        return (item,) if self.settled else self._hold(item, sender, titled)

    def take_head(self, head: QQHead, item: Item) -> Iterable[Item]:
        """The same for the item of a message with this head."""
        sender = None if head.system else head.number or head.address or head.nickname
        return self.take(item, sender, titled=bool(head.title))

    def _hold(self, item: Item, sender: str | None, titled: bool) -> Iterator[Item]:
        self._held.append(item)
        if sender is not None:
            self._senders.add(sender)
        if self._group is None and (len(self._senders) > 2 or titled):
            self._group = True
        if self._group is not None or len(self._held) > _WAITING:
            yield from self.settle()

    def settle(self) -> Iterator[Item]:
        """The venue and what was held back; two senders at most make a private conversation."""
        if self.settled:
            return
        self.settled = True
        if self._held:
            yield self._read_venue()
            yield from self._held
        self._held = []

    def _read_venue(self) -> ReadVenue:
        return ReadVenue(
            id=self.venue,
            platform="qq",
            kind="qq_group" if self._group else "private",
            name=self._name,
            native=not self._native.startswith("name/"),
            private=not self._group,
        )

    def account(self, number: str | None, name: str | None) -> str | None:
        """A sender by number; one known by an address or a name only, by that in this venue."""
        if number:
            return account_of(number)
        return ids.account_name("qq", self._native, name) if name else None

    def post(self, head: QQHead, body: str, place: str, offset: int) -> ReadPost | Problem:
        """The message with this head and body; a Problem where its time is none."""
        if head.fault:
            return Problem(place, head.fault)
        if head.system:
            return self._system_post(head, body, place, offset)
        text, media = text_of(body)
        return ReadPost(
            venue=self.venue,
            account=self.account(head.number, head.address or head.nickname),
            sender=head.nickname or None,
            wall=head.wall,
            raw_time=head.written,
            text=text,
            media=media,
            place=place,
            offset=offset,
        )

    def _system_post(self, head: QQHead, body: str, place: str, offset: int) -> ReadPost:
        text, _ = text_of(body)
        notice = read_notice(text)
        return ReadPost(
            venue=self.venue,
            account=self.account(notice.number, None),
            sender=notice.name or head.nickname or None,
            kind="service",
            wall=head.wall,
            raw_time=head.written,
            text=text,
            action=notice.action,
            members=tuple(name for name in (notice.name, notice.by) if name),
            place=place,
            offset=offset,
        )
