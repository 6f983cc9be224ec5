"""Signs from contacts: one given by few accounts alone, and one that is another account."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from graph import ids
from graph.build.contacts import MANY_ACCOUNTS, Use, Uses
from graph.build.identity.gathered import Gathered
from graph.build.rows import Post
from graph.build.world import World
from graph.resolve.signs import Kind

_ADDRESSING: Final = 2
"""A name that begins so near the start of a post addresses somebody."""
HANDED_ON: Final = 0.5
"""On one platform a contact used by one account after the other may have a new holder."""
ONCE: Final = 0.5
"""Who gives a contact once, where another gives it often, may have quoted it."""
OFTEN: Final = 3
LEAST_DAYS: Final = 2
"""On so many days another's handle or number is given before it is taken for an own one."""
_DAY: Final = 86_400
_ESCROW: Final = "service/escrow"
_WALLETS: Final = frozenset({"btc", "eth", "trx", "xmr"})


def add_contacts(world: World, gathered: Gathered, uses: Uses) -> None:
    """Contacts that two to five accounts give: nobody's own handle or number, and no escrow's."""
    for contact in sorted(uses.by_contact):
        found = uses.by_contact[contact]
        if wearer_of(world, contact) is not None or of_escrow(found) or world.serves(contact):
            continue
        by_account = _by_account(contact, found)
        if 1 < len(by_account) <= MANY_ACCOUNTS:
            kind, _, value = contact.removeprefix("contact:").partition(":")
            words = f"both give {kind} {value}"
            sort: Kind = "wallet" if kind in _WALLETS else "contact"
            gathered.add_all(by_account, sort, words, _share(by_account))


def _share(by_account: dict[str, list[Post]]) -> float:
    share = 2 / len(by_account)
    one_platform = len({account.split(":")[1] for account in by_account}) == 1
    if one_platform and not interleaved(by_account):
        share *= HANDED_ON
    times = sorted(len({post.id for post in posts}) for posts in by_account.values())
    return share * (ONCE if times[0] == 1 and times[-1] >= OFTEN and one_platform else 1.0)


def interleaved(by_account: dict[str, list[Post]]) -> bool:
    """Whether the accounts give it by turns; one after the other may be a new holder."""
    spans = sorted(
        (min(times), max(times))
        for times in (
            [post.utc for post in posts if post.utc is not None] for posts in by_account.values()
        )
        if times
    )
    return any(two[0] < one[1] for one, two in pairwise(spans))


def add_given_accounts(world: World, gathered: Gathered, uses: Uses) -> None:
    """Contacts that are another account's own number or handle."""
    for contact in sorted(uses.by_contact):
        owner = wearer_of(world, contact)
        if owner is None:
            continue
        by_account = _by_account(contact, uses.by_contact[contact])
        by_account.pop(owner, None)
        if len(by_account) > MANY_ACCOUNTS:
            continue
        for account, posts in sorted(by_account.items()):
            if len(_days(posts)) >= LEAST_DAYS:
                words = f"{account} gives {owner} as contact"
                gathered.add(account, owner, "gives_account", words, posts, 1 / len(by_account))


def of_escrow(found: Sequence[Use]) -> bool:
    """Whether it is given for escrow: such a contact stands in everybody's rules and offers."""
    return any(each.id == _ESCROW for use in found for each in use.listing.body.products)


def _days(posts: list[Post]) -> set[int]:
    return {post.utc // _DAY for post in posts if post.utc is not None}


def _by_account(contact: str, found: list[Use]) -> dict[str, list[Post]]:
    """Posts in which each account gives a contact as its own.

    Copied adverts carry the original's contact, and a handle in front is who is spoken to.
    """
    by_account: dict[str, list[Post]] = defaultdict(list)
    for use in found:
        if not use.copied and use.listing.body.polarity != "warning" and _given(contact, use):
            by_account[use.account.id].append(use.listing.post)
    return by_account


def _given(contact: str, use: Use) -> bool:
    contacts = use.listing.body.contacts
    if len(contacts) == 1:
        return contacts[0].span[0] > _ADDRESSING
    own = f":{use.account.native_id}"
    given = [ids.contact(each.kind, each.value) for each in contacts]
    if any(each.endswith(own) and each != contact for each in given):
        # Beside the author's own number the other is somebody else's.
        return False
    return any(
        each.span[0] > _ADDRESSING
        for each, id_ in zip(contacts, given, strict=True)
        if id_ == contact
    )


def wearer_of(world: World, contact: str) -> str | None:
    """The one account whose number or handle a contact is."""
    _, kind, value = contact.split(":", 2)
    if kind in ("qq", "qq_group"):
        known = world.account_by_id.get(f"account:qq:{value}")
        return None if known is None else known.id
    worn = world.names.by_handle.get(f"handle:{kind}:{value}", ())
    wearers = {each.account.id for each in worn}
    return wearers.pop() if len(wearers) == 1 else None
