"""Accounts, and the names they wore."""

from graph import ids
from graph.build.draft import moment
from graph.build.provenance import add_platform
from graph.build.shared import noticing
from graph.build.skeleton import skeleton
from graph.build.world import World


def add_accounts(world: World) -> None:
    """Every account with its platform and names. Who wrote notices is settled as shared later."""
    later = noticing(world)
    for account in world.accounts.values():
        bot = world.is_bot(account)
        node = world.draft.node(
            "Account",
            account.id,
            world.names.latest(account),
            platform=account.platform,
            native_id=account.native_id,
            native=account.native,
            category=account.category,
            own=account.own,
            bot=bot,
            shared=bot if bot or account.id not in later else None,
            shared_reason="bot" if bot else None,
        )
        world.draft.rel("ON_PLATFORM", node, add_platform(world.draft, account.platform))
    _add_worn(world)


def _add_worn(world: World) -> None:
    for id_, stretches in sorted(world.names.by_handle.items()):
        text = min(stretches, key=lambda worn: (worn.first or 0, worn.text)).text
        norm = ids.normal_name(text)
        handle = world.draft.node(
            "Handle", id_, text, text=text, norm=norm, skeleton=skeleton(norm)
        )
        for worn in stretches:
            since = None if worn.first is None else moment(worn.first)
            until = None if worn.last is None else moment(worn.last)
            world.draft.seen(handle, worn.first, worn.last)
            world.draft.rel(
                "WEARS", worn.account.ref, handle, since, valid_from=since, valid_to=until, n=worn.n
            )
