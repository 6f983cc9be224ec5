"""Signs from one advert that several accounts post by turns, contact and all.

A copyist puts an own contact in; whoever leaves another's there works for them, or is them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from graph.build.contacts import Use, Uses
from graph.build.identity.contacts import LEAST_DAYS, interleaved, of_escrow, wearer_of
from graph.build.identity.gathered import Gathered
from graph.build.rows import Post
from graph.build.world import World

MOST: Final = 3
"""More accounts are agents, who post what they are given."""
AGENTS: Final = 0.75
"""Few may be agents, too."""
_DAY: Final = 86_400


def add_adverts(world: World, gathered: Gathered, uses: Uses) -> None:
    """Contacts that few accounts give in one text, by turns, and that is the only one of each."""
    given: dict[str, set[str]] = defaultdict(set)
    for contact, found in uses.by_contact.items():
        for use in found:
            given[use.account.id].add(contact)
    for contact in sorted(uses.by_contact):
        found = uses.by_contact[contact]
        by_account = _by_account(found)
        if not any(use.copied for use in found) or of_escrow(found):
            continue
        if wearer_of(world, contact) is not None:
            continue
        if 1 < len(by_account) <= MOST and _one_desk(by_account, given, contact):
            kind, _, value = contact.removeprefix("contact:").partition(":")
            words = f"both post one advert with {kind} {value}, by turns"
            gathered.add_all(by_account, "contact", words, AGENTS * 2 / len(by_account))


def _by_account(found: Sequence[Use]) -> dict[str, list[Post]]:
    by_account: dict[str, list[Post]] = defaultdict(list)
    for use in found:
        if use.listing.body.polarity != "warning":
            by_account[use.account.id].append(use.listing.post)
    return by_account


def _one_desk(
    by_account: dict[str, list[Post]], given: Mapping[str, set[str]], contact: str
) -> bool:
    """Whether all of them go on posting it, none after another, and give nothing else."""
    return interleaved(by_account) and all(
        given[account] == {contact}
        and len({post.utc // _DAY for post in posts if post.utc is not None}) >= LEAST_DAYS
        for account, posts in by_account.items()
    )
