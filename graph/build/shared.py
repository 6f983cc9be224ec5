"""Nodes that serve many: bots, issuers of notices. Contacts and services mark themselves."""

from collections.abc import Set

from graph.build.world import World

UNRELATED_PAIRS = 3


def add_shared(world: World, pairs: dict[str, set[frozenset[str]]]) -> set[str]:
    """Marks accounts and fills what is unmarked; returns the accounts that issue notices."""
    issuers = {account for account, found in pairs.items() if unrelated(found)}
    for account in world.accounts.values():
        reason = None
        if world.is_bot(account):
            reason = "bot"
        elif account.id in issuers:
            reason = "notices"
        world.draft.node(
            "Account",
            account.id,
            "",
            shared=reason is not None,
            shared_reason=reason,
        )
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
