"""Posts on their way into the archive: read, given an id and a time, then masked and extracted."""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from evidence.archive.cleaning import CleanText
from ingest.posts import Problem, ReadPost, ReadVenue, SetAside, VenueRenamed
from ingest.records import Reading, Voice

_LAST_UNIX = 1 << 40
_UNREAD = frozenset({"service", "unsupported"})


class Draft(msgspec.Struct, frozen=True, gc=False):
    """A post with its ids, its time and the key of its text. The text is not yet masked."""

    id: str
    read: ReadPost
    venue: str | None
    account: str | None
    utc: int | None
    key: bytes
    """`text_key` of the text as written."""

    @property
    def extracted(self) -> bool:
        """Whether extraction reads this post by itself; a report is read as a whole."""
        return self.read.kind not in _UNREAD and self.read.kind != "report_passage"

    @property
    def voice(self) -> Voice:
        if self.read.kind == "report_passage":
            return "reported"
        return "forwarded" if self.read.forwarded else "own"


class Entry(msgspec.Struct, frozen=True, gc=False):
    """A draft ready to be stored. `text` is None where the archive knew the version already."""

    draft: Draft
    text: CleanText | None
    reading: Reading | None = None
    """What extraction gave; None where the post is not extracted by itself."""


class Batch(msgspec.Struct):
    """A stretch of one file: what one transaction stores."""

    entries: list[Entry]
    venues: list[ReadVenue] = []
    renames: list[VenueRenamed] = []
    problems: list[Problem] = []
    asides: list[SetAside] = []


def utc_of(post: ReadPost, zone: ZoneInfo) -> int | None:
    """Seconds since 1970 UTC, by the file or by the wall time in `zone`; ValueError if no time."""
    if post.unix is not None:
        if not 0 <= post.unix < _LAST_UNIX:
            raise ValueError("date out of range")
        return post.unix
    if post.wall is None:
        return None
    try:
        return int(datetime.fromisoformat(post.wall).replace(tzinfo=zone).timestamp())
    except OverflowError as error:
        raise ValueError("date out of range") from error
