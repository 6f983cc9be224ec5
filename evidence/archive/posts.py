"""Rows of posts, versions and captures for one batch."""

import json
import sqlite3
from collections import deque
from collections.abc import Iterable, Sequence

import msgspec

from evidence.archive.agreeing import Told, agree
from evidence.archive.cleaning import CleanText, clean_id, clean_name, clean_native, clean_time
from evidence.archive.entries import Draft, Entry
from evidence.archive.places import Places
from ingest.posts import ReadPost

RECALL = "recall"
"""The action of a post that its author or an admin took back."""
Rank = tuple[int, int, str]
Row = tuple[object, ...]


class Stored(msgspec.Struct, gc=False):
    """A post of the archive as a batch needs it."""

    n: int
    latest: int
    """The version that the post shows."""
    versions: dict[bytes, int]
    fresh: bool = False
    """Made by this batch."""
    walled: bool = True
    """It has a time as a clock showed it, or none at all."""
    recalled: bool = False
    notice: bool = False
    """Only that it was taken back is known, not what it said."""


class Latest(msgspec.Struct, frozen=True, gc=False):
    """An entry whose text became the latest version of its post."""

    entry: Entry
    post: Stored


class Known(msgspec.Struct, frozen=True, gc=False):
    """What the archive held of the posts of a batch, before it was stored."""

    posts: dict[str, Stored]
    since: int
    """How many batches had been stored."""


class PostRows:
    """Collects the rows of a batch; `write` stores them. Row numbers are given out here."""

    def __init__(self, connection: sqlite3.Connection, places: Places) -> None:
        self._connection = connection
        self._places = places
        self._next_post = _next(connection, "post")
        self._next_version = _next(connection, "post_version")
        self._batches = 0
        self._late: deque[tuple[int, dict[str, Stored]]] = deque()
        """The last batches by number: who looked before them does not know their posts."""

    def store(self, entries: Sequence[Entry], known: Known, file_n: int) -> list[Latest]:
        """Stores what is new in the entries, in their order; gives those now latest."""
        rows = _Rows()
        posts = self._now(known, {entry.draft.id for entry in entries})
        latest: dict[int, Latest] = {}
        for entry in entries:
            draft = entry.draft
            post = posts.get(draft.id)
            if post is None:
                posts[draft.id] = post = self._add_post(entry, rows)
                latest[post.n] = Latest(entry, post)
            else:
                if draft.key not in post.versions:
                    # The rows collected so far hold what the comparison looks at.
                    rows.write(self._connection)
                    if self._add_version(entry, post, rows):
                        latest[post.n] = Latest(entry, post)
                rows.told.append((draft.read, draft.utc, post.n, post.versions[draft.key]))
            read = draft.read
            if _says_more(read, post):
                rows.write(self._connection)
                self._fill(draft, post)
            rows.captures.append((post.versions[draft.key], file_n, read.place, read.offset))
        self._name(entries, file_n)
        rows.write(self._connection)
        self._late.append((self._batches, posts))
        self._batches += 1
        return list(latest.values())

    def _name(self, entries: Sequence[Entry], file_n: int) -> None:
        """Keeps what the file calls each account: a post keeps the name of its first file alone."""
        drafts = (entry.draft for entry in entries)
        said = {(draft.account, draft.read.sender) for draft in drafts}
        self._connection.executemany(
            _NAMED,
            [(file_n, account, clean_name(name)) for account, name in said if account and name],
        )

    def _now(self, known: Known, wanted: set[str]) -> dict[str, Stored]:
        """The posts of a batch as they are by now: others were stored since they were looked up."""
        while self._late and self._late[0][0] < known.since:
            self._late.popleft()
        posts = known.posts
        for _, stored in self._late:
            for post in wanted & stored.keys():
                posts[post] = stored[post]
                posts[post].fresh = False
        return posts

    def look_up(self, drafts: Sequence[Draft]) -> Known:
        """What the archive holds of these posts. Batches are stored in the order of looking up."""
        rows = self._connection.execute(
            "SELECT p.id, p.n, p.version_n, p.wall IS NOT NULL, p.action IS 'recall', p.kind,"
            # Asked for one after the other: no table of them is made and sorted first.
            " v.text_key, v.n FROM json_each(?) j CROSS JOIN post p ON p.id = j.value"
            " JOIN post_version v ON v.post_n = p.n",
            (json.dumps([draft.id for draft in drafts]),),
        )
        known: dict[str, Stored] = {}
        for post, number, latest, walled, recalled, kind, key, version in rows:
            stored = known.get(post)
            if stored is None:
                known[post] = stored = Stored(
                    number,
                    latest,
                    {},
                    walled=bool(walled),
                    recalled=bool(recalled),
                    notice=bool(recalled) and kind == "service",
                )
            stored.versions[key] = version
        return Known(known, self._batches)

    def forget(self) -> None:
        """Drops what is remembered, after rows were deleted. Nothing may be under way."""
        self._late.clear()

    def _add_post(self, entry: Entry, rows: "_Rows") -> Stored:
        number, version = self._next_post, self._next_version
        self._next_post += 1
        self._next_version += 1
        draft = entry.draft
        if _is_bare(draft.read):
            rows.bare.append((number, draft.id, *self._bare_fields(draft), version))
        else:
            rows.posts.append((number, draft.id, *self._post_fields(draft), version))
        rows.add_version(version, number, entry)
        rows.add_attachments(number, draft.read)
        read = draft.read
        return Stored(
            number,
            version,
            {draft.key: version},
            fresh=True,
            walled=read.wall is not None or draft.utc is None,
            recalled=read.action == RECALL,
            notice=_is_notice(read),
        )

    def _fill(self, draft: Draft, post: Stored) -> None:
        """Fills the row of a post from an export that says more, so the order makes no difference.

        An exchange format has seconds and no wall time; a recall may follow what was said.
        """
        read = draft.read
        if not _is_notice(read) and (post.notice or (read.wall is not None and not post.walled)):
            fields = self._post_fields(draft)
            self._connection.execute(_FILLED, (*fields[2:], post.n))
            post.walled, post.notice = read.wall is not None or post.walled, False
        post.recalled = post.recalled or read.action == RECALL
        if post.recalled:
            self._connection.execute(_TAKEN_BACK, (RECALL, post.n))

    def _bare_fields(self, draft: Draft) -> Row:
        """The fields of `_BARE`, absent ones as in `_post_fields`."""
        read = draft.read
        sender, raw_time = read.sender, read.raw_time
        return (
            self._places.venue(draft.venue) if draft.venue else 0,
            self._places.account(draft.account, bot=read.bot) if draft.account else 0,
            clean_name(sender) if sender else "",
            read.kind,
            read.wall or "",
            -1 if draft.utc is None else draft.utc,
            clean_time(raw_time) if raw_time else "",
        )

    def _post_fields(self, draft: Draft) -> Row:
        """The fields of `_POST`, absent ones as 0, -1 or the empty string."""
        read = draft.read
        sender, native, raw_time = read.sender, read.native_id, read.raw_time
        return (
            self._places.venue(draft.venue) if draft.venue else 0,
            self._places.account(draft.account, bot=read.bot) if draft.account else 0,
            clean_name(sender) if sender else "",
            (clean_native(native) or "") if native else "",
            read.kind,
            read.wall or "",
            -1 if draft.utc is None else draft.utc,
            clean_time(raw_time) if raw_time else "",
            0 if read.edited_unix is None and read.edited_wall is None else 1,
            clean_name(read.heading) if read.heading else "",
            *self._ties(read),
            int(read.action == RECALL),
        )

    def _ties(self, read: ReadPost) -> tuple[str, int, str, str, str, str]:
        """Reply, forward and service fields; most posts have none."""
        if not (read.reply_to or read.forwarded or read.action):
            return "", 0, "", "", "", ""
        return (
            (clean_native(read.reply_to) or "") if read.reply_to else "",
            int(read.forwarded),
            clean_id(read.forwarded_account) if read.forwarded_account else "",
            clean_name(read.forwarded_name or ""),
            clean_name(read.action or ""),
            _members(read.members) if read.members else "",
        )

    def _add_version(self, entry: Entry, post: Stored, rows: "_Rows") -> bool:
        """Adds a version to a known post; True where it is the latest now."""
        version = self._next_version
        self._next_version += 1
        shown = self._connection.execute(
            "SELECT edited_at, text FROM post_version WHERE n = ?", (post.latest,)
        ).fetchone()
        rows.add_version(version, post.n, entry)
        post.versions[entry.draft.key] = version
        newer = _rank(entry.draft.edited, _text(entry).text) > _rank(*shown)
        told = post.notice or _is_notice(entry.draft.read)
        if told:
            # A notice is no text of the post, and never in the place of one.
            newer = post.notice and not _is_notice(entry.draft.read)
        if newer:
            post.latest = version
            self._show(entry, post, rows)
        if not told:
            self._connection.execute("UPDATE post SET edited = 1 WHERE n = ?", (post.n,))
        return newer

    def _show(self, entry: Entry, post: Stored, rows: "_Rows") -> None:
        read = entry.draft.read
        self._connection.execute(
            "UPDATE post SET version_n = ?, heading = ? WHERE n = ?",
            (post.latest, clean_name(read.heading), post.n),
        )
        # Their spans count in the text that is shown.
        self._connection.execute("DELETE FROM mention WHERE post_n = ?", (post.n,))
        rows.add_attachments(post.n, read)


class _Rows:
    """Rows of one batch by table, written in the order of the foreign keys."""

    def __init__(self) -> None:
        self.posts: list[Row] = []
        self.bare: list[Row] = []
        """Posts with nothing but a sender, a time and a text."""
        self.versions: list[Row] = []
        self.captures: list[Row] = []
        self.identifiers: list[Row] = []
        self.mentions: list[Row] = []
        self.media: list[Row] = []
        self.told: list[Told] = []
        """Of posts that are known."""

    def add_version(self, version: int, post_n: int, entry: Entry) -> None:
        text, draft = _text(entry), entry.draft
        edited = -1 if draft.edited is None else draft.edited
        fields = (text.text, bytearray(draft.key), text.masked, edited)
        self.versions.append((version, post_n, *fields))
        if text.identifiers:
            self.identifiers += [
                (version, found.start, found.end, found.kind, found.key)
                for found in text.identifiers
            ]

    def add_attachments(self, post_n: int, read: ReadPost) -> None:
        for m in read.mentions:
            value = clean_id(m.value) if m.kind == "account" else clean_name(m.value)
            self.mentions.append((post_n, m.start, m.end, m.kind, value))
        for name in read.media:
            self.media.append((post_n, clean_name(name)))

    def write(self, connection: sqlite3.Connection) -> None:
        """Inserts all rows and forgets them."""
        for statement, rows in (
            (_POST, self.posts),
            (_BARE, self.bare),
            (_VERSION, self.versions),
            (_CAPTURE, self.captures),
            (_IDENTIFIER, self.identifiers),
            (_MENTION, self.mentions),
            (_MEDIA, self.media),
        ):
            if rows:
                connection.executemany(statement, rows)
                rows.clear()
        if self.told:
            agree(connection, self.told)
            self.told.clear()


# The driver binds int, str and bytearray at once, and searches for an adapter for every None, bool
# and bytes: that took half of the time of this insert.
_POST = (
    "INSERT INTO post (n, id, venue_n, account_n, sender, native_id, kind, wall, utc, raw_time,"
    " edited, heading, reply_to, forwarded, forwarded_account, forwarded_name, action, members,"
    " deleted, version_n) VALUES (?, ?, nullif(?, 0), nullif(?, 0), nullif(?, ''), nullif(?, ''),"
    " ?, nullif(?, ''), nullif(?, -1), nullif(?, ''), ?, ?, nullif(?, ''), ?, nullif(?, ''),"
    " nullif(?, ''), nullif(?, ''), nullif(?, ''), ?, ?)"
)
_BARE = (
    "INSERT INTO post (n, id, venue_n, account_n, sender, kind, wall, utc, raw_time, version_n)"
    " VALUES (?, ?, nullif(?, 0), nullif(?, 0), nullif(?, ''), ?, nullif(?, ''), nullif(?, -1),"
    " nullif(?, ''), ?)"
)
"""What it leaves out is as the schema has it for a row that does not say."""
_FILLED = (
    "UPDATE post SET sender = nullif(?, ''), native_id = nullif(?, ''), kind = ?,"
    " wall = nullif(?, ''), utc = nullif(?, -1), raw_time = nullif(?, ''), edited = max(edited, ?),"
    " heading = ?, reply_to = nullif(?, ''), forwarded = ?, forwarded_account = nullif(?, ''),"
    " forwarded_name = nullif(?, ''), action = nullif(?, ''), members = nullif(?, ''),"
    " deleted = max(deleted, ?) WHERE n = ?"
)
_TAKEN_BACK = "UPDATE post SET action = ?, deleted = 1 WHERE n = ?"
_VERSION = (
    "INSERT INTO post_version (n, post_n, text, text_key, masked, edited_at)"
    " VALUES (?, ?, ?, ?, ?, nullif(?, -1))"
)
_CAPTURE = "INSERT OR IGNORE INTO capture VALUES (?, ?, ?, ?)"
_IDENTIFIER = "INSERT OR IGNORE INTO identifier VALUES (?, ?, ?, ?, ?)"
_MENTION = "INSERT OR IGNORE INTO mention VALUES (?, ?, ?, ?, ?)"
_NAMED = "INSERT OR IGNORE INTO named VALUES (?, ?, ?)"
_MEDIA = "INSERT OR IGNORE INTO media (post_n, name) VALUES (?, ?)"


def _says_more(read: ReadPost, post: Stored) -> bool:
    """Whether a post that is known says something new about the state it is in."""
    if post.notice:
        return not _is_notice(read)
    return (read.wall is not None and not post.walled) or (
        read.action == RECALL and not post.recalled
    )


def _is_bare(read: ReadPost) -> bool:
    """Whether `_BARE` holds all that is to be stored of a post itself."""
    return not (
        read.native_id
        or read.heading
        or read.reply_to
        or read.forwarded
        or read.action
        or read.edited_unix is not None
        or read.edited_wall is not None
    )


def _is_notice(read: ReadPost) -> bool:
    return read.action == RECALL and read.kind == "service"


def _text(entry: Entry) -> CleanText:
    if entry.text is None:
        raise AssertionError("a new version came without its masked text")
    return entry.text


def _rank(edited: int | None, text: str) -> Rank:
    """Order of versions: the latest edit; without one the longer text, whichever came first."""
    return (-1 if edited is None else edited, len(text), text)


def _members(names: Iterable[str]) -> str:
    return json.dumps([clean_name(name) for name in names], ensure_ascii=False)


def _next(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT coalesce(max(n), 0) + 1 FROM {table}").fetchone()[0])
