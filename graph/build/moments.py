"""When accounts write: messages by account and time."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import msgspec
import numpy as np

from graph.build.talk import NOWHERE, UNDATED, Numbers, Talk, changes

Times = Numbers
"""Seconds since 1970 UTC, or numbers of rows, accounts, venues or slots."""

SLOT: Final = 600
"""Two accounts that write in one stretch of so many seconds write at once."""


class Spans(msgspec.Struct, frozen=True):
    """Accounts, in order, with their first and last time and the number of their messages."""

    accounts: Times
    first: Times
    last: Times
    count: Times


class Moments:
    """All dated messages of a case, by account and time."""

    def __init__(self, talk: Talk) -> None:
        held = np.flatnonzero((talk.venue != NOWHERE) & (talk.utc != UNDATED))
        order = held[np.lexsort((talk.n[held], talk.utc[held], talk.account[held]))]
        self.account, self.utc = talk.account[order], talk.utc[order]
        self.venue, self.n = talk.venue[order], talk.n[order]
        self._slots: dict[int, Times] = {}
        self._spans: dict[int, Spans] = {}

    def place(self, account: int) -> slice:
        """Where the messages of an account stand."""
        return slice(*np.searchsorted(self.account, (account, account + 1)).tolist())

    def times(self, account: int) -> Times:
        """Times of an account's messages, in order."""
        times: Times = self.utc[self.place(account)]
        return times

    def venues(self, account: int) -> set[int]:
        """Venues in which an account wrote."""
        return set(np.unique(self.venue[self.place(account)]).tolist())

    def slots(self, account: int) -> Times:
        """Slots in which an account wrote, each once, in order."""
        if account not in self._slots:
            self._slots[account] = np.unique(self.times(account) // SLOT)
        return self._slots[account]

    @cached_property
    def crowd(self) -> tuple[Times, Times]:
        """Slots in which anybody wrote, in order, and how many accounts did."""
        slot = self.utc // SLOT
        return np.unique(slot[changes(slot, self.account)], return_counts=True)

    @cached_property
    def _by_venue(self) -> tuple[Times, Times]:
        order = np.argsort(self.venue, kind="stable")
        return order, self.venue[order]

    def _in(self, venue: int) -> Times:
        """Where the messages of a venue stand, by account and time."""
        order, venues = self._by_venue
        return order[slice(*np.searchsorted(venues, (venue, venue + 1)))]

    def within(self, account: int, venues: Sequence[int]) -> Times:
        """Times of an account's messages in these venues, in order."""
        there = np.isin(self.venue[self.place(account)], venues)
        return self.times(account)[there]

    def spans(self, venues: Sequence[int]) -> Spans:
        """First and last time in these venues of each account that wrote there."""
        each = [self._spans_in(venue) for venue in venues]
        columns = ([getattr(one, name) for one in each] for name in Spans.__struct_fields__)
        return _spans(*map(np.concatenate, columns)) if len(each) > 1 else each[0]

    def _spans_in(self, venue: int) -> Spans:
        if venue not in self._spans:
            there = self._in(venue)
            account, utc = self.account[there], self.utc[there]
            self._spans[venue] = _spans(account, utc, utc, np.ones_like(utc))
        return self._spans[venue]


def _spans(account: Times, first: Times, last: Times, count: Times) -> Spans:
    order = np.argsort(account, kind="stable")
    accounts, start = np.unique(account[order], return_index=True)
    return Spans(
        accounts,
        np.minimum.reduceat(first[order], start),
        np.maximum.reduceat(last[order], start),
        np.add.reduceat(count[order], start),
    )
