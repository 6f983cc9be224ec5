"""Rows of what was listed, in the one order in which they are counted."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

import msgspec


class Good(msgspec.Struct, frozen=True, gc=False):
    """One product of one listing; `offers`: sold or provided, else wanted.

    `at`: seconds since 1970 UTC. `seller`: the actor where a person put accounts together.
    `text`: a cluster of near-duplicate posts, so that copies are no supply.
    """

    at: int
    listing: str
    product: str
    offers: bool
    account: str
    seller: str
    text: str
    post: str
    venue: str | None


class Escrow(msgspec.Struct, frozen=True, gc=False):
    """A guarantee that a listing accepts; `named`: by its own name, not any."""

    listing: str
    escrow: str
    name: str
    named: bool


class Price(msgspec.Struct, frozen=True, gc=False):
    """A unit price that a listing asks."""

    listing: str
    value: float
    currency: str | None
    per: str | None
    raw: str | None
    confidence: float


class Listed(Protocol):
    """Where the rows are read from; listings without a time have no goods."""

    def goods(self, since: datetime | None = None, until: datetime | None = None) -> Iterable[Good]:
        """In order of time, listing, product and act; `since` included, `until` excluded."""
        ...

    def escrow(self) -> Iterable[Escrow]:
        """In order of listing and service."""
        ...

    def prices(self) -> Iterable[Price]:
        """In order of listing and value."""
        ...
