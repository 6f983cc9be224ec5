"""One-way signs between accounts, and where listings are put: observed, and no ties."""

from collections import defaultdict
from collections.abc import Iterator

import msgspec

from graph import ids
from graph.build.draft import Support, moment
from graph.build.parties import Parties
from graph.build.rows import POST_COLUMNS, REPLY_JOIN, TALK_SQL, post_of
from graph.build.world import World

_REPLIES = f"""
SELECT p.account_n, q.account_n, p.utc FROM post p
{REPLY_JOIN}
WHERE p.reply_to IS NOT NULL AND p.account_n <> q.account_n AND p.kind IN {TALK_SQL}
"""
# The sign keeps SQLite from reading every post by the index of ids for the sake of the order.
_FORWARDS = f"""
SELECT account_n, forwarded_account, forwarded_name, utc FROM post
WHERE forwarded_account IS NOT NULL AND account_n IS NOT NULL AND kind IN {TALK_SQL}
ORDER BY +id
"""
_MENTIONING = f"""
SELECT {POST_COLUMNS} FROM post p
WHERE p.n IN (SELECT post_n FROM mention) AND p.account_n IS NOT NULL ORDER BY p.id
"""

Sign = tuple[str, str, str, int | None]
"""Kind, account ids from and to, time."""


class _Counts(msgspec.Struct):
    n: int = 0
    first: int | None = None
    last: int | None = None

    def add(self, utc: int | None) -> None:
        self.n += 1
        if utc is not None:
            self.first = utc if self.first is None else min(self.first, utc)
            self.last = utc if self.last is None else max(self.last, utc)


def add_interactions(world: World, parties: Parties) -> None:
    """INTERACTS_WITH by kind."""
    counted: dict[tuple[str, str, str], _Counts] = defaultdict(_Counts)
    for kind, start, end, utc in _signs(world, parties):
        if start != end:
            counted[kind, start, end].add(utc)
    for (kind, start, end), counts in sorted(counted.items()):
        world.draft.rel(
            "INTERACTS_WITH",
            world.account_ref(start),
            world.account_ref(end),
            kind,
            kind=kind,
            n=counts.n,
            first_seen=None if counts.first is None else moment(counts.first),
            last_seen=None if counts.last is None else moment(counts.last),
        )


def _signs(world: World, parties: Parties) -> Iterator[Sign]:
    accounts = world.accounts
    for start, end, utc in world.connection.execute(_REPLIES):
        yield "reply", accounts[start].id, accounts[end].id, utc
    for start, end, name, utc in world.connection.execute(_FORWARDS):
        world.account_ref(end, name)
        yield "forward", accounts[start].id, end, utc
    for row in world.connection.execute(_MENTIONING):
        post = post_of(row)
        for account in parties.mentioned(post):
            yield "mention", accounts[row[3]].id, account.id, post.utc


def add_mentions(world: World, parties: Parties) -> None:
    """MENTIONS of the posts that are nodes."""
    for post in world.needed.values():
        for account in parties.mentioned(post):
            world.draft.rel("MENTIONS", post.ref, account.ref)
        if post.venue_n is None:
            continue
        platform = world.venues[post.venue_n].platform
        for name in parties.handles(post):
            norm = ids.normal_name(name)
            handle = world.draft.node(
                "Handle", ids.handle(platform, name), name, text=name, norm=norm
            )
            world.draft.rel("MENTIONS", post.ref, handle)


def add_adverts(world: World) -> None:
    """ADVERTISES_ON: where an account's own and forwarded listings stand."""
    supports: dict[tuple[int, int], Support] = {}
    for listing in world.listings:
        author, venue_n = world.author(listing.post), listing.post.venue_n
        if author is None or venue_n is None or listing.body.polarity == "warning":
            continue
        support = supports.get((author.n, venue_n))
        if support is None:
            support = supports[author.n, venue_n] = Support()
        support.add([listing.post.dated], float(listing.body.confidence))
    for (account_n, venue_n), support in supports.items():
        start, end = world.accounts[account_n].ref, world.venues[venue_n].ref
        world.draft.supported("ADVERTISES_ON", start, end, support, "observed")
