"""Nodes that serve many: bots, issuers of notices. Contacts and services mark themselves."""

from collections.abc import Set
from typing import Final

from graph.build.world import World

UNRELATED_PAIRS = 3
NOTICES: Final = ("escrow_notice", "delivery_notice")


def noticing(world: World) -> set[str]:
    """Ids of the accounts that wrote notices: whether they serve many is settled later."""
    authors = (world.author(each.post) for each in world.acts if each.act.kind in NOTICES)
    return {author.id for author in authors if author is not None}


def add_shared(world: World, pairs: dict[str, set[frozenset[str]]]) -> set[str]:
    """Marks accounts and fills what is unmarked; returns the accounts that issue notices.

    Accounts that wrote none, and bots, say so from the beginning.
    """
    issuers = {account for account, found in pairs.items() if unrelated(found)}
    # Few of them all: an account that is filled in later is told to the store twice.
    for account in sorted(noticing(world)):
        reason = "notices" if account in issuers else None
        world.draft.node("Account", account, "", shared=reason is not None, shared_reason=reason)
    for id_ in world.draft.of_label("Contact"):
        world.draft.node("Contact", id_, "", shared=False)
    return issuers


def unrelated(pairs: Set[frozenset[str]], wanted: int = UNRELATED_PAIRS) -> bool:
    """Whether so many of these pairs have no member in common."""
    if wanted == 0:
        return True
    for pair in sorted(pairs, key=sorted):
        apart = {other for other in pairs if not other & pair}
        if len(apart) >= wanted - 1 and unrelated(apart, wanted - 1):
            return True
    return False
