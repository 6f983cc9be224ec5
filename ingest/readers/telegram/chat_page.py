"""What a page of a Telegram HTML export says of its chat, and the pages that lie beside it."""

import re
import stat
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import msgspec
from selectolax.lexbor import LexborHTMLParser

from evidence.errors import HeichanError, InputError
from graph import ids
from ingest.posts import ReadVenue, VenueKind
from ingest.readers.base import ReadOptions, Source, native_part
from ingest.readers.jsonvalue import BadValueError, whole_text
from ingest.readers.telegram.media import own_text
from ingest.readers.telegram.notice import NOBODY, Notice, read_notice
from ingest.readers.telegram.page import Piece, read_pieces
from ingest.readers.telegram.shown import Shown, read_shown

_FILE = re.compile(r"messages([2-9]|[1-9]\d{1,6})?\.html", re.ASCII)
_HEAD_LENGTH = 1 << 16
_MOST_TAGS = 1000
_LONGEST_NAME = 1024
_LOOKED_AT = 300
_LIST_LIMIT = 8 << 20
_GROUP_ACTIONS = (
    "create_group edit_group_title migrate_from_group migrate_to_supergroup invite_members "
    "remove_members join_group_by_link join_group_by_request topic_created"
)
_GROUP = frozenset(_GROUP_ACTIONS.split())
_STATED_KIND = re.compile(r'class="pull_right info details">\s{0,40}(\w{3,10})\s{0,40}</div>')
_KINDS: dict[str, VenueKind] = {
    "private": "private",
    "bot": "private",
    "group": "group",
    "channel": "channel",
}
_CHANNEL = frozenset({"create_channel", "edit_channel_title"})


class Signs(msgspec.Struct):
    """What the first messages of a chat show of its kind."""

    names: set[str] = msgspec.field(default_factory=set)
    actions: set[str] = msgspec.field(default_factory=set)
    calls: bool = False
    first: str = ""
    """Number and time of the first message."""


def chat_name(head: str) -> str:
    """The chat's name as the page's header shows it; the empty string where there is none."""
    begin = head[:_HEAD_LENGTH]
    if begin.count("<") > _MOST_TAGS:
        return ""
    header = LexborHTMLParser(begin).css_first(".page_header .text")
    return whole_text(own_text(header)) if header is not None else ""


def venue_of(source: Source, head: str, options: ReadOptions) -> ReadVenue:
    """The venue of a page; InputError where the page names no chat and the user named none."""
    name = chat_name(head)
    named = options.venue_id("telegram")
    if named is None and not 0 < len(name) <= _LONGEST_NAME:
        raise InputError(
            f"{source.name}: the page names no chat",
            hint="say which it is with --venue",
            where={"file": source.name},
        )
    signs = _look_at(_first_page(source, name))
    kind = _listed_kind(source.path) or _kind(signs, name)
    if name in NOBODY and signs.first:
        # Every chat with a deleted account has this name.
        name = f"{name}, {signs.first}"
    venue = named or ids.venue_name("telegram", name)
    native = native_part(venue)
    return ReadVenue(
        id=venue,
        platform="telegram",
        kind=kind,
        name=name or native,
        native=not native.startswith("name/"),
        private=kind == "private",
    )


def pages_before(source: Source, head: str) -> Iterator[Source]:
    """The pages of this chat before this one, the nearest first, as far as they lie beside it."""
    name, number = chat_name(head), _number(source.path)
    for before in range(number - 1, 0, -1):
        page = _beside(source, before, name)
        if page is None:
            return
        yield page


def _messages(pieces: Iterator[Piece]) -> Iterator[Shown]:
    """The messages that can be read, without the page's head."""
    for piece in islice(pieces, 1, None):
        try:
            if not piece.fault:
                yield read_shown(piece.text)
        except BadValueError:
            continue


def _first_page(source: Source, name: str) -> Source:
    first = _beside(source, 1, name) if _number(source.path) > 1 else None
    return source if first is None else first


def _look_at(page: Source) -> Signs:
    signs = Signs()
    for shown in islice(_messages(read_pieces(page)), _LOOKED_AT):
        notice = read_notice(shown.text) if shown.service else Notice("")
        signs.actions.add(notice.action)
        signs.calls = signs.calls or shown.is_call
        signs.names |= {name for name in (shown.name, notice.who) if name}
        if not (signs.first or shown.service):
            signs.first = f"{shown.native} {shown.written}"
    return signs


def _kind(signs: Signs, name: str) -> VenueKind:
    """Pages do not state it: what is done in the chat, and who speaks, tells it."""
    if signs.actions & _GROUP:
        return "group"
    if signs.actions & _CHANNEL:
        return "channel"
    if signs.calls:
        return "private"
    if name in NOBODY:
        return "private"
    others = signs.names - {name}
    if name not in signs.names or len(others) > 1:
        return "group"
    return "private" if others else "channel"


def _listed_kind(path: Path) -> VenueKind | None:
    """The kind that the list of chats states in the export of a whole account."""
    folder = path.absolute().parent
    listed = folder.parent.parent / "lists" / "chats.html"
    try:
        if not stat.S_ISREG(listed.lstat().st_mode):
            return None
        with listed.open("rb") as stream:
            text = stream.read(_LIST_LIMIT).decode("utf-8", "replace")
    except OSError:
        return None
    address = f'/{folder.parent.name}/{folder.name}/messages.html#allow_back"'
    entry = text.partition(address)[2].partition("#allow_back")[0]
    found = _STATED_KIND.search(entry)
    return _KINDS.get(found[1]) if found else None


def _number(path: Path) -> int:
    """The page's number by its file's name; 1 for a page that is called otherwise."""
    found = _FILE.fullmatch(path.name)
    return int(found[1]) if found and found[1] else 1


def _beside(source: Source, number: int, name: str) -> Source | None:
    """Page `number` in the same folder, where it is a page of the same chat."""
    file = f"messages{number if number > 1 else ''}.html"
    page = Source(source.path.with_name(file), file)
    try:
        if not stat.S_ISREG(page.path.lstat().st_mode):
            return None
        head = next(iter(read_pieces(page)))
    except (OSError, HeichanError):
        return None
    return page if chat_name(head.text) == name else None
