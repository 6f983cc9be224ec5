"""Signs from own words: "new account, use @x; @y is dead"."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import msgspec

from graph import ids
from graph.build.identity.gathered import Gathered
from graph.build.identity.names import Span
from graph.build.parties import Parties
from graph.build.rows import Post, read_posts
from graph.build.world import World
from ingest.lexicon.frames import frame

_NAME: Final = re.compile(r"@([a-z0-9_]{4,40})|(?<![\da-z_@])(?:q{1,2}|qq号)?[::]?(\d{5,11})(?!\d)")
_MAY_NAME: Final = re.compile(r"@|\d{5}")
BY_OTHERS: Final = 0.5
GOES_ON: Final = 0.5
"""An account that is said to be dead and goes on may be somebody else's, who is imitated."""
STILL: Final = 3 * 86_400
LEAD: Final = 14 * 86_400
"""A new account may have been in use for so long before it is announced."""


class _Named(msgspec.Struct, frozen=True):
    """A handle or a number in an announcement, and whether it is called the old one."""

    value: str
    number: bool
    old: bool


def may_announce(text: str) -> bool:
    """Told before a text is normalised, which takes longer."""
    return _MAY_NAME.search(text) is not None


def announces(normal: str) -> bool:
    """Whether a normal text says that somebody changed accounts, and names one."""
    said = frame("moved_account").search(normal)
    return said is not None and _NAME.search(normal) is not None


def add_moved(
    world: World,
    parties: Parties,
    gathered: Gathered,
    spans: Mapping[str, Span],
    found: Mapping[int, str],
) -> None:
    """Whoever says that they changed accounts, and the accounts that they name.

    `found`: normal texts that announce a change, by post number. An old name is whose it was
    before, a new one whose it is from then on: strangers take names that were left.
    """
    announced = _Announced(world, parties, gathered, spans)
    for post in _posts(world, found):
        author = world.author(post)
        if author is not None and not _accuses(world, post):
            announced.add(author.id, post, _named(found[post.n]))


def _named(normal: str) -> list[_Named]:
    left = [match.span() for match in frame("left_account").finditer(normal)]
    named = [
        _Named(
            match[1] or match[2],
            match[1] is None,
            any(start <= match.start() < end for start, end in left),
        )
        for match in _NAME.finditer(normal)
    ]
    # A name in front that is not called the old one is who is spoken to.
    addressed = normal.startswith("@") and named and not named[0].old
    return named[1:] if addressed else named


def _posts(world: World, numbers: Iterable[int]) -> Iterator[Post]:
    posts = read_posts(world.connection, numbers)
    yield from (posts[n] for n in sorted(posts))


def _accuses(world: World, post: Post) -> bool:
    acts, listings = world.acts_of.get(post.n, ()), world.listings_of.get(post.n, ())
    return any(record.act.kind == "accusation" for record in acts) or any(
        listing.body.polarity == "warning" for listing in listings
    )


class _Announced:
    """Adds the signs that announcements give."""

    def __init__(
        self, world: World, parties: Parties, gathered: Gathered, spans: Mapping[str, Span]
    ) -> None:
        self._world = world
        self._parties = parties
        self._gathered = gathered
        self._spans = spans

    def add(self, author: str, post: Post, named: list[_Named]) -> None:
        """What one announcement says of its author, or of two others."""
        old = {each for one in named if one.old for each in self._holder(one, post)}
        new = {each for one in named if not one.old for each in self._holder(one, post)}
        # With more names the words are a list, or a tale about others.
        if len(old) > 1 or len(new) > 1 or len(named) > 2 or old == new:
            return
        if old and new and author not in old | new:
            words = "others say: changed accounts"
            self._gathered.add(min(old), min(new), "announced", words, [post], BY_OTHERS)
            return
        for other in sorted((old | new) - {author}):
            goes_on = other in old and self._goes_on(other, post)
            words = "own words: changed accounts"
            words += ", though the old one goes on" if goes_on else ""
            share = GOES_ON if goes_on else 1.0
            self._gathered.add(author, other, "announced", words, [post], share)

    def _goes_on(self, account: str, post: Post) -> bool:
        span = self._spans.get(account)
        return span is not None and post.utc is not None and span[1] > post.utc + STILL

    def _holder(self, named: _Named, post: Post) -> set[str]:
        """Whose account the name was before the post, or is since; empty where none can be told."""
        if named.number:
            known = self._world.account_by_id.get(ids.account("qq", named.value))
            return set() if known is None else {known.id}
        held = (
            self._parties.before(named.value, post)
            if named.old
            else self._parties.since(named.value, post, LEAD)
        )
        return held if len(held) == 1 else set()
