"""Posts on their way into the archive: read, given an id and a time, then masked and extracted."""

import msgspec

from evidence.archive.cleaning import CleanText
from evidence.archive.outline import ReadingOutline
from ingest.posts import Problem, ReadPost, ReadVenue, SetAside, VenueRenamed
from ingest.records import Voice

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
    edited: int | None = None
    """Time of the last edit, seconds UTC, where the file states one."""

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
    reading: ReadingOutline | None = None
    """What extraction gave; None where the post is not extracted by itself."""


class Batch(msgspec.Struct):
    """A stretch of one file: what one transaction stores."""

    entries: list[Entry]
    venues: list[ReadVenue] = []
    renames: list[VenueRenamed] = []
    problems: list[Problem] = []
    asides: list[SetAside] = []
    own: list[str] = []
    """Ids of accounts that are the collector's own."""
