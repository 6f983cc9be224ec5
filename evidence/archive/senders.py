"""Who wrote where: row numbers and stored names of the senders of one file."""

import sqlite3
from typing import Final

from evidence.archive.cleaning import clean_name
from evidence.archive.entries import Draft
from evidence.archive.places import Places

_MOST_KEPT: Final = 100_000
_NAMED: Final = "INSERT OR IGNORE INTO named VALUES (?, ?, ?)"
Sender = tuple[int, int, str]
"""Rows of venue and account, and the name; 0 and the empty string where there is none."""


class Senders:
    """Few people write most posts of a file: what is stored of each is looked for once."""

    def __init__(self, connection: sqlite3.Connection, places: Places) -> None:
        self._connection = connection
        self._places = places
        self._file_n = 0
        self._known: dict[tuple[str | None, str | None, str | None, bool], Sender] = {}
        self._said: set[tuple[str | None, str | None]] = set()
        """Accounts, and what the file calls them, since names were stored."""

    def turn_to(self, file_n: int) -> None:
        """The posts to come are of this file."""
        if file_n != self._file_n or len(self._known) > _MOST_KEPT:
            self.forget()
            self._file_n = file_n

    def forget(self) -> None:
        """Drops what is remembered."""
        self._known.clear()

    def of(self, draft: Draft) -> Sender:
        """The sender of a post, whose rows are made when new."""
        read = draft.read
        key = (draft.venue, draft.account, read.sender, read.bot)
        known = self._known.get(key)
        if known is None:
            self._known[key] = known = self._add(draft)
        return known

    def _add(self, draft: Draft) -> Sender:
        self.name(draft)
        read = draft.read
        return (
            self._places.venue(draft.venue) if draft.venue else 0,
            self._places.account(draft.account, bot=read.bot) if draft.account else 0,
            clean_name(read.sender) if read.sender else "",
        )

    def name(self, draft: Draft) -> None:
        """What the file calls the account: a post keeps the name of its first file alone."""
        self._said.add((draft.account, draft.read.sender))

    def store_names(self) -> None:
        """Stores what the file calls each account."""
        self._connection.executemany(
            _NAMED,
            [
                (self._file_n, account, clean_name(name))
                for account, name in self._said
                if account and name
            ],
        )
        self._said.clear()
