"""Rows of posts, versions and captures for one batch."""

import json
import sqlite3
from collections import deque
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from evidence.archive.cleaning import clean_id, clean_name, clean_native, clean_time
from evidence.archive.entries import Draft, Entry
from evidence.archive.outline import NOTHING
from evidence.archive.places import Places
from evidence.archive.rows import Row, Rows, masked_text
from evidence.archive.senders import Senders
from ingest.posts import ReadPost

if TYPE_CHECKING:
    from evidence.archive.met import Met

RECALL = "recall"
"""The action of a post that its author or an admin took back."""
Rank = tuple[int, int, str]


class Stored(msgspec.Struct, gc=False):
    """A post of the archive as a batch needs it."""

    n: int
    latest: int
    """The version that the post shows."""
    versions: dict[bytes, int]
    fresh: bool = False
    """Made by this batch."""
    walled: bool = True
    """It has a time as a clock showed it."""
    recalled: bool = False
    notice: bool = False
    """Only that it was taken back is known, not what it said."""


class Latest(msgspec.Struct, frozen=True, gc=False):
    """An entry whose text became the latest version of its post."""

    entry: Entry
    post_n: int
    version_n: int
    fresh: bool
    """The post was made by this batch."""


class Outcome:
    """What a batch did to the latest versions of posts."""

    def __init__(self) -> None:
        self._latest: dict[int, Latest] = {}
        self._silent: dict[int, int] = {}

    @property
    def latest(self) -> Iterable[Latest]:
        """Those that became the latest and are not among the silent."""
        return self._latest.values()

    @property
    def silent(self) -> Iterable[int]:
        """Versions of new posts that were read and say nothing: most of a chat."""
        return self._silent.values()

    @property
    def new(self) -> int:
        """New posts, service posts left out."""
        told = sum(one.fresh and one.entry.draft.read.kind != "service" for one in self.latest)
        return told + len(self._silent)

    def add_post(self, entry: Entry, number: int, version: int) -> None:
        """A new post."""
        if entry.reading is NOTHING:
            self._silent[number] = version
        else:
            self._latest[number] = Latest(entry, number, version, fresh=True)

    def turn(self, entry: Entry, post: Stored) -> None:
        """Another version became the latest of a post."""
        self._silent.pop(post.n, None)
        self._latest[post.n] = Latest(entry, post.n, post.latest, post.fresh)


class Known(msgspec.Struct, frozen=True, gc=False):
    """What the archive held of the posts of a batch, before it was stored."""

    posts: dict[str, Stored]
    asked: list[str]
    """Ids that it may have held; of the others it is known that they are new."""
    since: int
    """How many batches had been stored."""


class PostRows:
    """Collects the rows of a batch; `write` stores them. Row numbers are given out here."""

    def __init__(self, connection: sqlite3.Connection, places: Places) -> None:
        self._connection = connection
        self._senders = Senders(connection, places)
        self._next_post = _next(connection, "post")
        self._next_version = _next(connection, "post_version")
        # An archive that holds posts would have to be read for it first.
        self._met = _nothing_met() if self._next_post == 1 else None
        self._batches = 0
        self._late: deque[tuple[int, set[str]]] = deque()
        """The last batches by number: who looked before them does not know their posts."""

    def store(self, entries: Sequence[Entry], known: Known, file_n: int) -> Outcome:
        """Stores what is new in the entries, in their order."""
        rows, outcome = Rows(), Outcome()
        posts, added = self._now(known), set[str]()
        self._senders.turn_to(file_n)
        for entry in entries:
            name = entry.draft.id
            post = posts.get(name)
            if post is None and name not in added:
                added.add(name)
                version = self._add_post(entry, rows, outcome)
            else:
                if post is None:
                    posts[name] = post = self._just_added(name, rows)
                version = self._tell(entry, post, rows, outcome)
            read = entry.draft.read
            rows.captures.append((version, file_n, read.place, read.offset))
        self._senders.store_names()
        rows.write(self._connection)
        self._late.append((self._batches, added | posts.keys()))
        self._batches += 1
        return outcome

    def _just_added(self, name: str, rows: Rows) -> Stored:
        """A post that this batch made."""
        rows.write(self._connection)
        post = self._held([name])[name]
        post.fresh = True
        return post

    def _tell(self, entry: Entry, post: Stored, rows: Rows, outcome: Outcome) -> int:
        """Adds what an entry says of a known post; the number of its version."""
        draft = entry.draft
        self._senders.name(draft)
        if draft.key not in post.versions:
            # The rows collected so far hold what the comparison looks at.
            rows.write(self._connection)
            if self._add_version(entry, post, rows):
                outcome.turn(entry, post)
        version = post.versions[draft.key]
        rows.told.append((draft.read, draft.utc, post.n, version))
        if _says_more(draft.read, post):
            rows.write(self._connection)
            self._fill(draft, post)
        return version

    def _now(self, known: Known) -> dict[str, Stored]:
        """The posts of a batch as they are by now: others were stored since they were looked up."""
        while self._late and self._late[0][0] < known.since:
            self._late.popleft()
        asked = set(known.asked)
        changed = {post for _, stored in self._late for post in asked & stored}
        return known.posts | self._held(list(changed))

    def look_up(self, drafts: Sequence[Draft]) -> Known:
        """What the archive holds of these posts. Batches are stored in the order of looking up."""
        asked = [draft.id for draft in drafts]
        if self._met is not None:
            asked = self._met.meet(asked)
        return Known(self._held(asked), asked, self._batches)

    def _held(self, asked: Sequence[str]) -> dict[str, Stored]:
        if not asked:
            return {}
        rows = self._connection.execute(
            "SELECT p.id, p.n, p.version_n, p.wall IS NOT NULL, p.action IS 'recall', p.kind,"
            # Asked for one after the other: no table of them is made and sorted first.
            " v.text_key, v.n FROM json_each(?) j CROSS JOIN post p ON p.id = j.value"
            " JOIN post_version v ON v.post_n = p.n",
            (json.dumps(asked),),
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
        return known

    def forget(self) -> None:
        """Drops what is remembered, after rows were deleted. Nothing may be under way."""
        self._late.clear()
        self._senders.forget()

    def _add_post(self, entry: Entry, rows: Rows, outcome: Outcome) -> int:
        """Adds a post; the number of its version."""
        number, version = self._next_post, self._next_version
        self._next_post += 1
        self._next_version += 1
        draft = entry.draft
        read = draft.read
        rows.add_version(version, number, entry)
        if read.mentions or read.media:
            rows.add_attachments(number, read)
        if _is_bare(read):
            row = self._bare_row(draft, number, version)
            (rows.full if _is_full(row) else rows.bare).append(row)
        else:
            rows.posts.append((number, draft.id, *self._post_fields(draft), version))
        outcome.add_post(entry, number, version)
        return version

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

    def _bare_row(self, draft: Draft, number: int, version: int) -> Row:
        """The fields of `_BARE`, absent ones as in `_post_fields`."""
        read = draft.read
        venue, account, sender = self._senders.of(draft)
        return (
            number,
            draft.id,
            venue,
            account,
            sender,
            read.kind,
            read.wall or "",
            -1 if draft.utc is None else draft.utc,
            _time_of(read),
            version,
        )

    def _post_fields(self, draft: Draft) -> Row:
        """The fields of `_POST`, absent ones as 0, -1 or the empty string."""
        read = draft.read
        native = read.native_id
        return (
            *self._senders.of(draft),
            (clean_native(native) or "") if native else "",
            read.kind,
            read.wall or "",
            -1 if draft.utc is None else draft.utc,
            _time_of(read),
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

    def _add_version(self, entry: Entry, post: Stored, rows: Rows) -> bool:
        """Adds a version to a known post; True where it is the latest now."""
        version = self._next_version
        self._next_version += 1
        shown = self._connection.execute(
            "SELECT edited_at, text FROM post_version WHERE n = ?", (post.latest,)
        ).fetchone()
        rows.add_version(version, post.n, entry)
        post.versions[entry.draft.key] = version
        newer = _rank(entry.draft.edited, masked_text(entry).text) > _rank(*shown)
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

    def _show(self, entry: Entry, post: Stored, rows: Rows) -> None:
        read = entry.draft.read
        self._connection.execute(
            "UPDATE post SET version_n = ?, heading = ? WHERE n = ?",
            (post.latest, clean_name(read.heading), post.n),
        )
        # Their spans count in the text that is shown.
        self._connection.execute("DELETE FROM mention WHERE post_n = ?", (post.n,))
        rows.add_attachments(post.n, read)


_FILLED = (
    "UPDATE post SET sender = nullif(?, ''), native_id = nullif(?, ''), kind = ?,"
    " wall = nullif(?, ''), utc = nullif(?, -1), raw_time = nullif(?, ''), edited = max(edited, ?),"
    " heading = ?, reply_to = nullif(?, ''), forwarded = ?, forwarded_account = nullif(?, ''),"
    " forwarded_name = nullif(?, ''), action = nullif(?, ''), members = nullif(?, ''),"
    " deleted = max(deleted, ?) WHERE n = ?"
)
_TAKEN_BACK = "UPDATE post SET action = ?, deleted = 1 WHERE n = ?"


def _nothing_met() -> "Met":
    # Half of the time to start a command would go into numpy: only a writer needs it.
    from evidence.archive.met import Met

    return Met()


def _says_more(read: ReadPost, post: Stored) -> bool:
    """Whether a post that is known says something new about the state it is in."""
    if post.notice:
        return not _is_notice(read)
    return (read.wall is not None and not post.walled) or (
        read.action == RECALL and not post.recalled
    )


def _time_of(read: ReadPost) -> str:
    """The time as written. One that is the wall time by another separator needs no masking."""
    written, wall = read.raw_time or "", read.wall
    # The hour of most has two digits, so that nothing is put together for them.
    if (wall and written[10:11] == " ") and (
        written.replace(" ", "T", 1) == wall or f"{written[:10]}T{written[11:]:0>8}" == wall
    ):
        return written
    return clean_time(written)


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


def _is_full(row: Row) -> bool:
    """Whether nothing in a row of `_BARE` stands for what is absent."""
    return all(row) and row[7] != -1


def _is_notice(read: ReadPost) -> bool:
    return read.action == RECALL and read.kind == "service"


def _rank(edited: int | None, text: str) -> Rank:
    """Order of versions: the latest edit; without one the longer text, whichever came first."""
    return (-1 if edited is None else edited, len(text), text)


def _members(names: Iterable[str]) -> str:
    return json.dumps([clean_name(name) for name in names], ensure_ascii=False)


def _next(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT coalesce(max(n), 0) + 1 FROM {table}").fetchone()[0])
