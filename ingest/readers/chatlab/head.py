"""What a ChatLab file says of its chat: platform, group, members, the account that exported it."""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import PurePath

import msgspec

from graph import ids
from ingest.posts import Item, OwnAccount, ReadVenue, SetAside, VenueKind
from ingest.readers.base import ReadOptions, Source, native_part
from ingest.readers.jsonvalue import ValueDecoder, whole_text
from ingest.readers.qq.head import SYSTEM_SENDERS
from ingest.readers.tables.post import platform_code
from ingest.readers.telegram.message import account_id

UNKNOWN_PLATFORM = "chat"
META_KEYS = frozenset({"name", "platform", "type", "groupId", "ownerId"})
MEMBER_KEYS = frozenset({"platformId"})
# Bot interfaces write -100 in front of a channel's number and - in front of a group's.
_TELEGRAM_CHAT = re.compile(r"(?:-100(?=\d{9})|-|user|chat|channel)?(\d{1,20})", re.ASCII)
_SYSTEM = frozenset({"", "system", "系统消息"})
LONGEST_ID = 256
Id = str | int | None


class Meta(msgspec.Struct, gc=False):
    """The `meta` of a file."""

    name: str | None = None
    platform: str | None = None
    type: str | None = None
    group: Id = msgspec.field(name="groupId", default=None)
    owner: Id = msgspec.field(name="ownerId", default=None)


class Member(msgspec.Struct, gc=False):
    platform_id: Id = msgspec.field(name="platformId", default=None)


META = ValueDecoder(Meta)
MEMBER = ValueDecoder(Member)


class Peers:
    """Counts the members and keeps the few ids that tell who the other one of a talk is."""

    def __init__(self) -> None:
        self.count = 0
        self.broken = 0
        self._ids: list[str] = []

    def add(self, number: Id) -> None:
        self.count += 1
        if (written := id_text(number)) and len(self._ids) < 3 and written not in self._ids:
            self._ids.append(written)

    def other(self, owner: str) -> str | None:
        """The one member beside the owner of a private talk."""
        others = [one for one in self._ids if one != owner]
        return others[0] if owner in self._ids and len(others) == 1 else None


class Chat:
    """The chat that the messages belong to: makes ids of its venue and senders."""

    def __init__(self, meta: Meta, peers: Peers, source: Source, options: ReadOptions) -> None:
        platform = platform_code(meta.platform or "") if meta.platform else UNKNOWN_PLATFORM
        named = options.venue_id(platform)
        if named and not meta.platform:
            platform = named.split(":", 2)[1]
        self.platform = platform
        self._private = meta.type == "private"
        self._owner = id_text(meta.owner)
        self._name = whole_text(meta.name or "").strip()
        self.venue = named or self._native_venue(meta, peers) or self._named_venue(source)
        self._native = native_part(self.venue)

    def _native_venue(self, meta: Meta, peers: Peers) -> str | None:
        group = id_text(meta.group)
        if not group and self._private and self.platform == "telegram":
            # Telegram's own export gives a personal chat the number of the other one.
            group = peers.other(self._owner) or ""
        if not group:
            return None
        if self.platform == "telegram" and (number := _TELEGRAM_CHAT.fullmatch(group)):
            group = number[1]
        return ids.venue(self.platform, ids.encoded(group))

    def _named_venue(self, source: Source) -> str:
        return ids.venue_name(self.platform, self._name or PurePath(source.name).stem or "?")

    def items(self) -> Iterable[Item]:
        """The venue, and the account that exported it where the file names that."""
        by_number = not self._native.startswith("name/")
        yield ReadVenue(
            id=self.venue,
            platform=self.venue.split(":", 2)[1],
            kind=self._kind(),
            name=self._name or self._native.removeprefix("name/"),
            native=by_number,
            private=self._private,
        )
        if self._owner and (own := self.account(self._owner, None)):
            yield OwnAccount(own)

    def _kind(self) -> VenueKind:
        if self._private:
            return "private"
        return "qq_group" if self.platform == "qq" else "group"

    def account(self, number: str, name: str | None) -> str | None:
        """Account id of a sender; None for the system, and where nobody is named."""
        return _account(self.platform, self._native, number, name or "")


@lru_cache(maxsize=1 << 16)
def _account(platform: str, venue: str, number: str, name: str) -> str | None:
    if number.casefold() in _SYSTEM or (platform == "qq" and number in SYSTEM_SENDERS):
        return ids.account_name(platform, venue, name) if name and not number else None
    if platform != "telegram":
        return ids.account(platform, ids.encoded(number))
    # Telegram's numbers are its ids; anything else there is a name that may change hands.
    return account_id(number) or ids.account_name(platform, venue, number)


def id_text(value: Id) -> str:
    """An id as text; the empty string for none, or for one longer than any platform's."""
    if value is None:
        return ""
    text = whole_text(value if isinstance(value, str) else str(value)).strip()
    return text if len(text) <= LONGEST_ID else ""


def members_aside(peers: Peers) -> Iterable[Item]:
    """The list of members, which holds people and no posts: counted alone."""
    if peers.count:
        yield SetAside(f"{peers.count} members", "a list of people, no posts: only counted")
