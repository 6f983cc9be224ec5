"""Posts of a conversation: who speaks, to whom, and what is done."""

import re
from collections.abc import Iterator, Set

import msgspec

from graph import ids
from graph.build.calling import Called
from graph.build.parties import Parties
from graph.build.rows import (
    REPLY_JOIN,
    Account,
    ActRecord,
    ListingRecord,
    Post,
    chunks,
    read_posts,
)
from graph.build.world import World

_DEEPEST = 12
# Below a listing: the first reply, the answer to it, and what follows that.
_PLAIN_DEPTH = 3
_LONGEST_NAME = 40
_AT = re.compile("@")
_REPLIES = f"""
SELECT p.n, q.n FROM post p {REPLY_JOIN}
WHERE p.reply_to IS NOT NULL
"""
# A name that opens a message without a sign before it stands in a short one.
_TEXTS = """
SELECT p.n, v.text FROM post p JOIN post_version v ON v.n = p.version_n
WHERE p.n IN (SELECT value FROM json_each(?)) AND (instr(v.text, '@') OR length(v.text) <= 80)
"""


class Turn(msgspec.Struct, frozen=True):
    """One post that says or offers something. `said_to`: accounts it speaks to, best first."""

    post: Post
    author: Account
    acts: tuple[ActRecord, ...]
    listings: tuple[ListingRecord, ...]
    said_to: tuple[Account, ...]
    answered: tuple[int, ...]
    """Row numbers of the posts above it in its thread, nearest first."""
    named: tuple[str, ...]
    """Lexicon ids of the goods in its words."""

    def does(self, *kinds: str) -> bool:
        """Whether it holds an act of one of these kinds."""
        return any(record.act.kind in kinds for record in self.acts)

    def holds(self, *polarities: str) -> list[ListingRecord]:
        """Its listings of these polarities."""
        return [each for each in self.listings if each.body.polarity in polarities]


def read_turns(world: World, parties: Parties, calling: Set[int]) -> list[Turn]:
    """All turns by venue and time: posts with an act or a listing, and the replies around them.

    `calling`: numbers of the posts that begin with a name and reply to nothing.
    """
    replies: dict[int, int] = dict(world.connection.execute(_REPLIES).fetchall())
    speaking = _speaking(world, replies, calling)
    above = {n: tuple(_above(replies, n)) for n in speaking if n in replies}
    targets = read_posts(world.connection, {thread[0] for thread in above.values()})
    called = _called(world, parties, speaking, above)
    turns = []
    for n, post in speaking.items():
        author = world.author(post)
        if author is None or post.venue_n is None:
            continue
        thread = above.get(n, ())
        said_to = _said_to(world, parties, post, targets.get(thread[0]) if thread else None)
        calls, opens = called.get(n, ([], None))
        said_to += calls
        if opens is not None and not said_to:
            said_to = [opens]
        others = {account.id: account for account in said_to if account.id != author.id}
        acts, listings = tuple(world.acts_of.get(n, ())), tuple(world.listings_of.get(n, ()))
        goods = tuple(world.goods_of.get(n, ()))
        turns.append(Turn(post, author, acts, listings, tuple(others.values()), thread, goods))
    ranks = {
        n: rank for rank, n in enumerate(sorted(world.venues, key=lambda n: world.venues[n].id))
    }
    turns.sort(key=lambda turn: (ranks[turn.post.venue_n or 0], turn.post.order))
    return turns


def _speaking(world: World, replies: dict[int, int], calling: Set[int]) -> dict[int, Post]:
    """Posts with an act or a listing of their author's own, and plain replies below a listing."""
    found = {act.post.n: act.post for act in world.acts}
    found.update((listing.post.n, listing.post) for listing in world.listings)
    found = {n: post for n, post in found.items() if not post.forwarded}
    plain = set(calling)
    below = {listing.post.n for listing in world.listings}
    for _ in range(_PLAIN_DEPTH):
        below = {n for n, target in replies.items() if target in below}
        plain |= below
    plain -= found.keys()
    more = read_posts(world.connection, plain)
    found.update((n, more[n]) for n in sorted(more) if not more[n].forwarded)
    return found


def _above(replies: dict[int, int], n: int) -> Iterator[int]:
    seen = {n}
    while (target := replies.get(n)) is not None and target not in seen and len(seen) <= _DEEPEST:
        yield target
        seen.add(target)
        n = target


def _said_to(world: World, parties: Parties, post: Post, target: Post | None) -> list[Account]:
    found = [] if target is None else [world.author(target)]
    found += parties.mentioned(post)
    for record in world.acts_of.get(post.n, ()):
        if record.act.kind in ("buying_words", "answer", "taken_up", "joins"):
            found += [parties.account(party, post) for party in record.act.parties]
    return [account for account in found if account is not None]


def _called(
    world: World,
    parties: Parties,
    speaking: dict[int, Post],
    above: dict[int, tuple[int, ...]],
) -> dict[int, tuple[list[Account], Account | None]]:
    """Accounts called by `@name`, or by the name in front, where software knows no replies."""
    found: dict[int, tuple[list[Account], Account | None]] = {}
    by_name = Called(world, speaking)
    for chunk in chunks(sorted(speaking.keys() - above.keys())):
        for n, text in world.connection.execute(_TEXTS, (str(chunk),)):
            post = speaking[n]
            if "@" in text:
                found[n] = _called_in(world, parties, post, text), None
            elif (opens := by_name.opening(post, text)) is not None:
                found[n] = [], opens
    return found


def _called_in(world: World, parties: Parties, post: Post, text: str) -> list[Account]:
    found = [_called_at(world, parties, post, text, at.end()) for at in _AT.finditer(text)]
    return [account for account in found if account is not None]


def _called_at(world: World, parties: Parties, post: Post, text: str, start: int) -> Account | None:
    """The longest name worn on the platform that stands here, by whoever wore it then."""
    if post.venue_n is None:
        return None
    platform = world.venues[post.venue_n].platform
    for end in range(min(len(text), start + _LONGEST_NAME), start, -1):
        if ids.handle(platform, text[start:end]) in world.names.by_handle:
            return parties.named(text[start:end], post)
    return None
