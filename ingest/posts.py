"""What a reader yields: venues, posts, problems and things set aside, in file order."""

from typing import Literal

import msgspec

PostKind = Literal[
    "message", "thread_post", "table_row", "report_passage", "service", "unsupported"
]
VenueKind = Literal["qq_group", "group", "channel", "board", "market_section", "private", "report"]


class ReadVenue(msgspec.Struct, frozen=True, kw_only=True):
    """A group, channel or board met in a file. `id` as in `graph.ids.venue`."""

    id: str
    platform: str
    kind: VenueKind
    name: str
    native: bool = True
    """False where only a name is known."""
    private: bool = False


class Mention(msgspec.Struct, frozen=True):
    """A mention marked by the export itself. `start`, `end`: code points of the post's text."""

    start: int
    end: int
    kind: Literal["handle", "account"]
    value: str
    """Handle without `@`, or an account id."""


class ReadPost(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One post as written, before masking. Ids of posts are made by the archive's writer."""

    venue: str | None
    """Venue id; None only for a report passage."""
    account: str | None
    """Account id; None where the sender is unknown (deleted account, report passage)."""
    sender: str | None = None
    """Display name as written."""
    native_id: str | None = None
    kind: PostKind = "message"
    wall: str | None = None
    """Wall time as written: ISO, 24 hours, no zone."""
    unix: int | None = None
    """Seconds since 1970 UTC where the file states them; else the wall time is read in a zone."""
    raw_time: str | None = None
    text: str = ""
    heading: str = ""
    reply_to: str | None = None
    """Native id of the post replied to, in the same venue."""
    forwarded: bool = False
    forwarded_account: str | None = None
    forwarded_name: str | None = None
    edited_unix: int | None = None
    edited_wall: str | None = None
    """Wall time of the last edit, where the file states no `edited_unix`."""
    mentions: tuple[Mention, ...] = ()
    media: tuple[str, ...] = ()
    """Names of pictures and files that belong to the post; never opened."""
    action: str | None = None
    """For service posts: join_group_by_link, invite_members, …; QQ: join, leave, recall."""
    members: tuple[str, ...] = ()
    """For service posts: names of the people acted on."""
    bot: bool = False
    """The export itself says that the sender is a bot."""
    place: str = ""
    """Where in the file: `messages[17]`, `line 12`, `row 3`."""
    offset: int = 0
    """Byte offset of the record in the file (code-point offset for a report passage)."""


class Problem(msgspec.Struct, frozen=True):
    """A record that could not be read: skipped, counted, listed."""

    where: str
    reason: str


class SetAside(msgspec.Struct, frozen=True):
    """Something that is no text: a picture, a sticker, an unknown file inside a folder."""

    name: str
    reason: str


class VenueRenamed(msgspec.Struct, frozen=True):
    """A later name or another id of one venue (title change, group to supergroup)."""

    venue: str
    kind: Literal["name", "alias"]
    value: str
    """The new name, or the other venue id."""
    unix: int | None = None


class OwnAccount(msgspec.Struct, frozen=True):
    """The export says whose account made it: the collector's unless received from others."""

    account: str
    """Account id."""


class BreaksOff(msgspec.Struct, frozen=True):
    """The file ends before its format does; what stood before the break was read."""

    where: str
    reason: str


Item = ReadVenue | ReadPost | Problem | SetAside | VenueRenamed | OwnAccount | BreaksOff
