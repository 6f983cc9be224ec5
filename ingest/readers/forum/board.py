"""From what a forum page shows to venues, posts and service posts, with their ids."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from selectolax.lexbor import LexborNode

from graph import ids
from ingest.posts import Item, PostKind, Problem, ReadPost, ReadVenue, SetAside
from ingest.readers.base import ReadOptions, native_part
from ingest.readers.clock import Moment, NotATimeError
from ingest.readers.forum.clock import PageClock, forum_time
from ingest.readers.forum.text import Words
from ingest.readers.jsonvalue import whole_text
from ingest.readers.pages.nodes import behind
from ingest.readers.tables.post import platform_code

NO_TIME = Moment(None, None)
_LONGEST_NOTICE = 300


class Quote(msgspec.Struct, frozen=True):
    """Words of somebody else inside a post. `post`: native id of where they come from."""

    words: Words
    name: str | None = None
    uid: str | None = None
    post: str | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A post as a page shows it; names, numbers and times as written."""

    native: str | None
    place: str
    sender: str = ""
    uid: str | None = None
    named: bool = True
    """The name alone tells the account: not so for guests and the anonymous."""
    written: str = ""
    """The time as shown."""
    exact: str | None = None
    """The time as the page states it beside the shown one."""
    words: Words = Words()
    heading: str = ""
    reply_to: str | None = None
    edited: str = ""
    quotes: tuple[Quote, ...] = ()
    hidden: tuple[str, ...] = ()
    """What the forum says of parts that it does not show."""
    signature: str = ""
    kind: PostKind = "thread_post"
    action: str | None = None
    members: tuple[str, ...] = ()


class Site(msgspec.Struct, frozen=True):
    """A forum. `known`: its host or name is stated, so numbers of accounts are its own."""

    platform: str
    known: bool = True


def site_of(options: ReadOptions, host: str | None, name: str, software: str) -> Site:
    """The forum that a page belongs to: as the user says, by its host, by its name."""
    stated = options.mapping.platform if options.mapping else None
    if options.venue and options.venue.startswith("venue:"):
        stated = options.venue.split(":", 2)[1]
    for given in (stated, host, name):
        if given and given.strip():
            return Site(platform_code(given))
    return Site(software, known=False)


def board_venue(site: Site, number: str | None, name: str, named: str | None) -> ReadVenue:
    """The board as a venue; `named`: the venue id that the user gave."""
    if named:
        venue = named
    elif number:
        venue = ids.venue(site.platform, ids.encoded(number))
    else:
        venue = ids.venue_name(site.platform, name or site.platform)
    return ReadVenue(
        id=venue,
        platform=site.platform,
        kind="board",
        name=whole_text(name or number or site.platform),
        native=not native_part(venue).startswith("name/"),
    )


@dataclass
class Board:
    """Makes the items of one page.

    `number`: the board's, where stated; `offsets`: byte offset by the id of an element; `whole`:
    the page has its end.
    """

    site: Site
    venue: ReadVenue
    number: str | None
    heading: str
    clock: PageClock
    offsets: Mapping[str, int] = field(default_factory=dict)
    whole: bool = True
    _signed: set[str] = field(default_factory=set)

    def account(self, uid: str | None, name: str) -> str | None:
        """The account id by number, else by name in this board; None for nobody."""
        if uid and self.site.known:
            return ids.account(self.site.platform, ids.encoded(uid))
        if not name:
            return None
        return ids.account_name(self.site.platform, native_part(self.venue.id), name)

    def breaks_off(self, node: LexborNode) -> bool:
        """Whether the page ends inside this element."""
        return not self.whole and not behind(node)

    def items(self, entry: Entry, mark: str = "") -> Iterator[Item]:
        """The post, the words in it that are another's, and what belongs to it. `mark`: the id
        of the element that holds it."""
        try:
            moment = self._moment(entry)
        except NotATimeError as error:
            yield Problem(entry.place, str(error))
            return
        post = self._post(entry, moment, self.offsets.get(mark, 0))
        yield post
        for number, quote in enumerate(entry.quotes, 1):
            if quote.words.text or quote.words.media:
                yield self._quote(post, quote, number)
        for notice in entry.hidden:
            said = f"{entry.place}: {notice[:_LONGEST_NOTICE]}"
            yield SetAside(said, "a part of a post that the forum does not show")
        if entry.signature and post.account and post.account not in self._signed:
            self._signed.add(post.account)
            yield self._signature(post, entry.signature)

    def _moment(self, entry: Entry) -> Moment:
        """The stated time; a relative one that says no more is no time, and no fault."""
        shown = forum_time(entry.written, self.clock)
        exact = forum_time(entry.exact, self.clock) if entry.exact else NO_TIME
        if exact.unix is None or self.clock.zone is None:
            return exact if exact.wall else shown
        # Machines are told the time in UTC, readers the time of the forum's zone.
        there = datetime.fromtimestamp(exact.unix, self.clock.zone).replace(tzinfo=None)
        return Moment(there.isoformat()[: len(exact.wall or "")], exact.unix)

    def _post(self, entry: Entry, moment: Moment, offset: int) -> ReadPost:
        heading = " ".join((entry.heading or self.heading).split())
        quoted = next((quote.post for quote in entry.quotes if quote.post), None)
        return ReadPost(
            venue=self.venue.id,
            account=self.account(entry.uid, entry.sender if entry.named else ""),
            sender=whole_text(entry.sender) or None,
            native_id=entry.native,
            kind=entry.kind,
            wall=moment.wall,
            unix=moment.unix,
            raw_time=" ".join((entry.exact or entry.written).split()) or None,
            text=whole_text(entry.words.text),
            heading=whole_text(heading),
            reply_to=entry.reply_to or quoted,
            edited_unix=(edited := self._edited(entry.edited)).unix,
            edited_wall=edited.wall,
            mentions=entry.words.mentions,
            media=entry.words.media,
            action=entry.action,
            members=entry.members,
            place=entry.place,
            offset=offset,
        )

    def _edited(self, written: str) -> Moment:
        try:
            return forum_time(written, self.clock) if written else NO_TIME
        except NotATimeError:
            return NO_TIME

    def _quote(self, post: ReadPost, quote: Quote, number: int) -> ReadPost:
        """Quoted words stand apart: kept and found, counted and read as nobody's post."""
        name = whole_text(quote.name or "")
        return msgspec.structs.replace(
            post,
            native_id=f"{post.native_id}/quote/{number}" if post.native_id else None,
            kind="service",
            action="quote",
            text=whole_text(quote.words.text),
            media=quote.words.media,
            mentions=(),
            reply_to=quote.post,
            forwarded=True,
            forwarded_account=self.account(quote.uid, ""),
            forwarded_name=name or None,
            edited_unix=None,
            edited_wall=None,
            place=f"{post.place}, quote {number}",
        )

    def _signature(self, post: ReadPost, text: str) -> ReadPost:
        """The signature of an account, once a page: no words of the post above it."""
        return ReadPost(
            venue=post.venue,
            account=post.account,
            sender=post.sender,
            native_id=f"signature/{native_part(post.account or '::')}",
            kind="service",
            action="signature",
            text=whole_text(text),
            place=f"{post.place}, signature",
            offset=post.offset,
        )
