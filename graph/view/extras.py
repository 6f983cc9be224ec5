"""What a page shows beside the plan: quotes, roles with their windows, broker badges."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

import msgspec

from graph.analysis.wording import Pair
from graph.export.clean.words import plain

Clean = Callable[[str], str]
Clock = Callable[[datetime], str]
LENGTH: Final = 220
"""Code points of a quote on the page."""


class Quote(msgspec.Struct, frozen=True):
    """Words of a post, masked as stored. `time` stands in the case's zone; `cut`: there is more."""

    post: str
    time: str
    venue: str
    sender: str
    text: str
    cut: bool = False


class RoleClaim(msgspec.Struct, frozen=True):
    """A role as it is claimed or read, by its basis; `acts` of `days` days between two days."""

    role: str
    basis: str
    since: str = ""
    until: str = ""
    acts: int = 0
    days: int = 0
    score: float = 0.0


class Passed(msgspec.Struct, frozen=True):
    """Goods that passed through a broker: who to whom, and what speaks for each side."""

    head: Pair
    sides: list[Pair]

    def changed(self, text: Clean) -> "Passed":
        """With every text as `text` makes it."""
        return Passed(both(text, self.head), [both(text, side) for side in self.sides])


class Badge(msgspec.Struct, frozen=True):
    """A place among the brokers, and why; `composed` is said where anything is `passed`."""

    rank: int
    reasons: list[Pair]
    passed: list[Passed] = []
    composed: Pair = ("", "")

    def changed(self, text: Clean) -> "Badge":
        """With every text as `text` makes it."""
        reasons = [both(text, reason) for reason in self.reasons]
        return Badge(self.rank, reasons, [one.changed(text) for one in self.passed], self.composed)


def both(text: Clean, pair: Pair) -> Pair:
    """Both languages as `text` makes them."""
    return text(pair[0]), text(pair[1])


class Backing(msgspec.Struct, frozen=True):
    """Numbers of quotes (places in `Extras.quotes`), and how many posts there are in all."""

    quotes: list[int]
    posts: int


class Extras(msgspec.Struct, frozen=True, kw_only=True):
    """By ids of the plan. `clock`: a time as people of the case's zone read it."""

    zone: str = "UTC"
    clock: Clock = plain
    quotes: list[Quote] = []
    of_nodes: Mapping[str, Backing] = {}
    of_edges: Mapping[str, Backing] = {}
    roles: Mapping[str, list[RoleClaim]] = {}
    brokers: Mapping[str, Badge] = {}
    notes: list[str] = []

    def cleaned(self, text: Clean, identifier: Clean) -> "Extras":
        """With every text and every id as they stand in a plan that was cleaned alike."""
        return Extras(
            zone=self.zone,
            clock=self.clock,
            quotes=[_quote(quote, text, identifier) for quote in self.quotes],
            of_nodes={identifier(name): one for name, one in self.of_nodes.items()},
            of_edges={identifier(name): one for name, one in self.of_edges.items()},
            roles={identifier(name): claims for name, claims in self.roles.items()},
            brokers={identifier(name): badge.changed(text) for name, badge in self.brokers.items()},
            notes=self.notes,
        )


def _quote(quote: Quote, text: Clean, identifier: Clean) -> Quote:
    return Quote(
        identifier(quote.post),
        quote.time,
        text(quote.venue),
        text(quote.sender),
        text(quote.text),
        quote.cut,
    )
