"""Telegram Desktop's HTML export: the pages of one chat, names without numbers of accounts."""

import re
from collections.abc import Iterator
from datetime import timedelta

from ingest.posts import BreaksOff, Item, Problem, ReadPost, ReadVenue, VenueRenamed
from ingest.readers.base import NO_SIGNS, Head, ReadOptions, Signs, Source, weighed
from ingest.readers.clock import Moment, NotATimeError
from ingest.readers.encoding import Encoding
from ingest.readers.jsonvalue import BadValueError, whole_text
from ingest.readers.telegram.chat_page import venue_of
from ingest.readers.telegram.message import account_by_name
from ingest.readers.telegram.notice import Notice, is_unsupported, read_notice
from ingest.readers.telegram.page import Piece, read_pieces
from ingest.readers.telegram.page_time import day_of, page_time
from ingest.readers.telegram.shown import Shown, read_shown
from ingest.readers.telegram.speaker import UNKNOWN, Speaker, follow, speaker_before

_SIGNS = (
    (re.compile(r"class=[\"']page_wrap[\"' ]"), 25),
    (re.compile(r"class=[\"']history[\"' ]"), 25),
    (re.compile(r"class=[\"']message (?:default|service)[\"' ]"), 40),
    (re.compile(r"id=[\"']message-?\d"), 10),
)
_ENOUGH = 50
_RENAMING = frozenset({"edit_group_title", "edit_channel_title", "migrate_from_group"})
_UNKNOWN_DAY = Moment(None, None)
_EMPTY_CHAT = "No exported messages"


class TelegramHtmlReader:
    """Reads a page of messages; the pages beside it complete what it leaves out."""

    name = "telegram-html"

    def sniff(self, head: Head) -> Signs:
        """Strength of the signs: the blocks of a page, its history and its messages."""
        text = head.text.lstrip("\ufeff \t\r\n")
        if not text.startswith("<"):
            return NO_SIGNS
        return weighed(_SIGNS, text, _ENOUGH, "the blocks of a page of messages")

    def encoding(self, source: Source) -> Encoding | None:
        """How its text is encoded."""
        return source.encoding()

    def read(self, source: Source, options: ReadOptions) -> Iterator[Item]:
        """Venue and posts in the page's order; BreaksOff last where the page is cut off."""
        pieces = read_pieces(source)
        head = next(pieces)
        if head.last and not head.ends_page:
            yield BreaksOff("the head of the page", "the file ends before the page does")
            return
        venue = venue_of(source, head.text, options)
        yield venue
        reading = _Reading(source, head.text, venue)
        for number, piece in enumerate(pieces, 1):
            if not piece.last or piece.ends_page or piece.is_whole:
                yield from reading.take(piece, number)
            if piece.last and not piece.ends_page:
                yield BreaksOff(f"message {number}", "the file ends before the page does")


class _Reading:
    """One pass over one page: who spoke last, on which day, at which offset from UTC."""

    def __init__(self, source: Source, head: str, venue: ReadVenue) -> None:
        self._source = source
        self._head = head
        self._venue = venue.id
        self._last: Speaker | None = None
        self._offset = _first_offset(source)
        self._day = _UNKNOWN_DAY
        self._earliest: int | None = None
        """Time of the message before on this day: a line of service states none."""
        self._written_day: str | None = None

    def take(self, piece: Piece, number: int) -> Iterator[Item]:
        """What one piece of the page gives: a post, a problem, or nothing for the line of a day."""
        try:
            shown = self._shown(piece)
            place = f"message{shown.native}" if shown.native else f"message {number}"
            if shown.service:
                yield from self._service(shown, place, piece.offset)
            else:
                yield self._post(shown, place, piece.offset)
        except (BadValueError, NotATimeError) as error:
            yield Problem(f"message {number} at byte {piece.offset}", str(error))

    def _shown(self, piece: Piece) -> Shown:
        try:
            if piece.fault:
                raise BadValueError(piece.fault)
            return read_shown(whole_text(piece.text))
        except BadValueError:
            self._last = UNKNOWN
            raise

    def _post(self, shown: Shown, place: str, offset: int) -> ReadPost:
        speaker = self._speaker(shown)
        moment, from_utc = page_time(shown.written)
        if from_utc is not None:
            self._offset = from_utc
        if self._day.wall is not None:
            self._earliest = moment.unix
        return ReadPost(
            venue=self._venue,
            account=account_by_name(self._venue, speaker.name),
            sender=speaker.name or shown.signature,
            native_id=shown.native,
            kind="service" if shown.is_call else "message",
            wall=moment.wall,
            unix=moment.unix,
            raw_time=shown.written,
            text=shown.text,
            reply_to=shown.reply_to,
            forwarded=shown.forwarded,
            forwarded_name=speaker.origin if shown.forwarded else None,
            mentions=shown.mentions,
            media=shown.media,
            action="phone_call" if shown.is_call else None,
            place=place,
            offset=offset,
        )

    def _speaker(self, shown: Shown) -> Speaker:
        """Sender and origin, of a joined message those of the one before."""
        if self._last is None:
            before = shown.joined
            self._last = speaker_before(self._source, self._head) if before else UNKNOWN
        self._last = follow(self._last, shown)
        return self._last

    def _service(self, shown: Shown, place: str, offset: int) -> Iterator[Item]:
        if shown.is_mark and (day := day_of(shown.text, self._offset)):
            self._day, self._earliest, self._written_day = day, day.unix, shown.text
            return
        if shown.is_mark and shown.text == _EMPTY_CHAT:
            return
        unsupported = is_unsupported(shown.text)
        notice = Notice("") if unsupported else read_notice(shown.text)
        self._last = UNKNOWN
        yield ReadPost(
            venue=self._venue,
            account=account_by_name(self._venue, notice.who),
            sender=notice.who,
            native_id=shown.native,
            kind="unsupported" if unsupported else "service",
            wall=self._day.wall,
            unix=self._earliest,
            raw_time=self._written_day,
            text=notice.text,
            mentions=shown.mentions if notice.text else (),
            action=notice.action or None,
            members=notice.members,
            place=place,
            offset=offset,
        )
        if notice.title and notice.action in _RENAMING:
            yield VenueRenamed(self._venue, "name", notice.title, self._earliest)


_FIRST_TIME = re.compile(r'title="(\d{2}\.\d{2}\.\d{4} \d{2}:\d{2}:\d{2} UTC[^"]{0,6})"')


def _first_offset(source: Source) -> timedelta | None:
    """The offset from UTC of the first message: the line of the first day stands before it."""
    found = _FIRST_TIME.search(source.head().text)
    try:
        return page_time(found[1])[1] if found else None
    except NotATimeError:
        return None
