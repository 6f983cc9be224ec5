"""Rows of posts on their way into the archive, and the statements that insert them."""

import sqlite3
from typing import Final

from evidence.archive.agreeing import Told, agree
from evidence.archive.cleaning import CleanText, clean_id, clean_name
from evidence.archive.entries import Entry
from evidence.archive.inserting import Insertion
from ingest.posts import ReadPost

Row = tuple[object, ...]

# The driver binds int, str and bytearray at once, and searches for an adapter for every None, bool
# and bytes: that took half of the time of this insert.
_POST: Final = (
    "INSERT INTO post (n, id, venue_n, account_n, sender, native_id, kind, wall, utc, raw_time,"
    " edited, heading, reply_to, forwarded, forwarded_account, forwarded_name, action, members,"
    " deleted, version_n) VALUES (?, ?, nullif(?, 0), nullif(?, 0), nullif(?, ''), nullif(?, ''),"
    " ?, nullif(?, ''), nullif(?, -1), nullif(?, ''), ?, ?, nullif(?, ''), ?, nullif(?, ''),"
    " nullif(?, ''), nullif(?, ''), nullif(?, ''), ?, ?)"
)
_BARE: Final = (
    "INSERT INTO post (n, id, venue_n, account_n, sender, kind, wall, utc, raw_time, version_n)"
    " VALUES (?, ?, nullif(?, 0), nullif(?, 0), nullif(?, ''), ?, nullif(?, ''), nullif(?, -1),"
    " nullif(?, ''), ?)"
)
"""What it leaves out is as the schema has it for a row that does not say."""
_FULL: Final = Insertion(
    "INSERT OR FAIL INTO post (n, id, venue_n, account_n, sender, kind, wall, utc, raw_time,"
    " version_n)",
    "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
)
"""`_BARE` where nothing is absent."""
_VERSION: Final = Insertion(
    "INSERT OR FAIL INTO post_version (n, post_n, text, text_key, masked)", "(?, ?, ?, ?, ?)"
)
_EDITED: Final = Insertion(
    "INSERT OR FAIL INTO post_version (n, post_n, text, text_key, masked, edited_at)",
    "(?, ?, ?, ?, ?, ?)",
)
_CAPTURE: Final = Insertion("INSERT OR IGNORE INTO capture", "(?, ?, ?, ?)")
_IDENTIFIER: Final = Insertion("INSERT OR IGNORE INTO identifier", "(?, ?, ?, ?, ?)")
_MENTION: Final = Insertion("INSERT OR IGNORE INTO mention", "(?, ?, ?, ?, ?)")
_MEDIA: Final = Insertion("INSERT OR IGNORE INTO media (post_n, name)", "(?, ?)")


class Rows:
    """Rows of one batch by table, written in the order of the foreign keys."""

    def __init__(self) -> None:
        self.posts: list[Row] = []
        self.bare: list[Row] = []
        """Posts with nothing but a sender, a time and a text."""
        self.full: list[Row] = []
        """Those of them that lack none of these."""
        self.versions: list[Row] = []
        self.edited: list[Row] = []
        """Versions with a time of their own."""
        self.captures: list[Row] = []
        self.identifiers: list[Row] = []
        self.mentions: list[Row] = []
        self.media: list[Row] = []
        self.told: list[Told] = []
        """Of posts that are known."""

    def add_version(self, version: int, post_n: int, entry: Entry) -> None:
        text, draft = masked_text(entry), entry.draft
        row = version, post_n, text.text, bytearray(draft.key), text.masked
        if draft.edited is None:
            self.versions.append(row)
        else:
            self.edited.append((*row, draft.edited))
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
        for statement, rows in ((_POST, self.posts), (_BARE, self.bare)):
            if rows:
                connection.executemany(statement, rows)
                rows.clear()
        for insertion, rows in (
            (_FULL, self.full),
            (_VERSION, self.versions),
            (_EDITED, self.edited),
            (_CAPTURE, self.captures),
            (_IDENTIFIER, self.identifiers),
            (_MENTION, self.mentions),
            (_MEDIA, self.media),
        ):
            if rows:
                insertion.run(connection, rows)
                rows.clear()
        if self.told:
            agree(connection, self.told)
            self.told.clear()


def masked_text(entry: Entry) -> CleanText:
    """The masked text of an entry that has one."""
    if entry.text is None:
        raise AssertionError("a new version came without its masked text")
    return entry.text
