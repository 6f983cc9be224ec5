"""Contacts that accounts give as their own, and which are shared by many."""

from collections import defaultdict
from collections.abc import Set
from typing import Final

import msgspec

from graph import ids
from graph.build.draft import Ref, Support
from graph.build.rows import Account, ListingRecord
from graph.build.world import World

MANY_ACCOUNTS = 5
_NOBODY: Final[Set[str]] = frozenset()


class Use(msgspec.Struct, frozen=True):
    """One listing in which an account gives a contact; `copied` with another's earlier text."""

    account: Account
    listing: ListingRecord
    copied: bool


class Uses:
    """Which account gave which contact as its own, by contact id."""

    def __init__(self, world: World, copies: dict[str, str]) -> None:
        self._printed = _printed(world, copies)
        self.by_contact: dict[str, list[Use]] = defaultdict(list)
        self.by_value: dict[str, set[str]] = defaultdict(set)
        for listing in world.listings:
            author = world.author(listing.post)
            if author is not None and listing.body.voice == "own":
                others = _others(world, listing)
                self._add(author, listing, copies.get(listing.post.id), others)

    def _add(
        self, author: Account, listing: ListingRecord, first: str | None, others: Set[str]
    ) -> None:
        for contact in listing.body.contacts:
            if contact.owner == "seller" and contact.value.casefold() not in others:
                id_ = ids.contact(contact.kind, contact.value)
                copied = first is not None and id_ in self._printed[first]
                self.by_contact[id_].append(Use(author, listing, copied))
                self.by_value[id_.split(":", 2)[2]].add(id_)

    def accounts(self, contact: str) -> set[str]:
        """Ids of the accounts that give a contact."""
        return {use.account.id for use in self.by_contact.get(contact, ())}


def _others(world: World, listing: ListingRecord) -> Set[str]:
    """Names in the post that an act reads as somebody else's: buyer, seller, principal, praised."""
    acts = world.acts_of.get(listing.post.n)
    if acts is None:
        return _NOBODY
    return {party.value.casefold() for record in acts for party in record.act.parties}


def _printed(world: World, copies: dict[str, str]) -> dict[str, set[str]]:
    """Contacts that the first posts of text families give, by post id."""
    firsts = set(copies.values())
    printed: dict[str, set[str]] = defaultdict(set)
    for listing in world.listings:
        if listing.post.id in firsts:
            found = (ids.contact(each.kind, each.value) for each in listing.body.contacts)
            printed[listing.post.id].update(found)
    return printed


def add_uses(world: World, uses: Uses) -> None:
    """USES_CONTACT with exclusivity: 1 divided by the number of accounts that give it."""
    for contact in sorted(uses.by_contact):
        supports: dict[str, Support] = defaultdict(Support)
        refs: dict[str, Ref] = {}
        for use in uses.by_contact[contact]:
            supports[use.account.id].add([use.listing.post.dated], use.listing.body.confidence)
            if use.account.id not in refs:
                refs[use.account.id] = use.account.ref
        exclusivity = 1.0 / len(refs)
        many = len(refs) > MANY_ACCOUNTS
        node = world.draft.node(
            "Contact",
            contact,
            contact,
            exclusivity=exclusivity,
            shared=many,
            shared_reason="many_accounts" if many else None,
        )
        for account, support in sorted(supports.items()):
            world.draft.supported(
                "USES_CONTACT", refs[account], node, support, "derived", exclusivity=exclusivity
            )
