"""Forwards of another's offer or request under the forwarder's own contact."""

import sqlite3

from graph.build.contacts import Uses
from graph.build.goods import settled
from graph.build.parties import Parties
from graph.build.pieces import Piece, Side
from graph.build.rows import POST_COLUMNS, Account, ListingRecord, Post, post_of
from graph.build.world import World
from ingest.text.normalise import normalise

# The contact may stand in the forwarder's next words.
FOLLOW_UP_S = 1_800
_SIDES: dict[str, Side] = {"offer": "supply", "request": "demand"}
_NEXT = f"""
SELECT v.text, {POST_COLUMNS} FROM post p JOIN post_version v ON v.n = p.version_n
WHERE p.account_n = ? AND p.venue_n = ? AND p.utc BETWEEN ? AND ? AND p.n <> ? AND NOT p.forwarded
ORDER BY p.utc, p.id LIMIT 3
"""
_OWN = "SELECT v.text FROM post p JOIN post_version v ON v.n = p.version_n WHERE p.n = ?"


def forwarded(world: World, parties: Parties, uses: Uses) -> list[Piece]:
    """One piece for each forwarded offer or request with the forwarder's contact beside it."""
    own = _own_values(uses)
    pieces = []
    seen: set[int] = set()
    for listing in world.listings:
        post = listing.post
        if not post.forwarded or listing.body.polarity not in _SIDES or post.n in seen:
            continue
        seen.add(post.n)
        forwarder, origin = world.author(post), origin_of(world, parties, post)
        if forwarder is None or origin is None or origin.id == forwarder.id:
            continue
        follow = _with_contact(world, parties, forwarder, post, own.get(forwarder.id, set()))
        if follow is not None:
            pieces.append(_piece(world, listing, forwarder, origin, follow))
    return pieces


def origin_of(world: World, parties: Parties, post: Post) -> Account | None:
    """The account that a forward names as its origin."""
    if post.forwarded_account is not None:
        return world.account_by_id.get(post.forwarded_account)
    return parties.named(post.forwarded_name, post) if post.forwarded_name else None


def _own_values(uses: Uses) -> dict[str, set[str]]:
    own: dict[str, set[str]] = {}
    for contact, found in uses.by_contact.items():
        for use in found:
            if not use.copied:
                own.setdefault(use.account.id, set()).add(contact.split(":", 2)[2])
    return own


def _with_contact(
    world: World, parties: Parties, forwarder: Account, post: Post, own: set[str]
) -> tuple[Post, ...] | None:
    """The posts that show the contact: the forward alone, or it and the next words."""
    row = world.connection.execute(_OWN, (post.n,)).fetchone()
    if row is not None and _shows(row[0], own):
        return (post,)
    for text, after in _next_posts(world.connection, forwarder, post):
        named = [parties.named(name, after) for name in parties.handles(after)]
        if _shows(text, own) or any(each is not None and each.id == forwarder.id for each in named):
            return (post, after)
    return None


def _next_posts(
    connection: sqlite3.Connection, forwarder: Account, post: Post
) -> list[tuple[str, Post]]:
    if post.utc is None or post.venue_n is None:
        return []
    limits = (forwarder.n, post.venue_n, post.utc, post.utc + FOLLOW_UP_S, post.n)
    return [(text, post_of(tuple(row))) for text, *row in connection.execute(_NEXT, limits)]


def _shows(text: str, own: set[str]) -> bool:
    normal = normalise(text).text
    return any(value in normal for value in own)


def _piece(
    world: World,
    listing: ListingRecord,
    forwarder: Account,
    origin: Account,
    posts: tuple[Post, ...],
) -> Piece:
    polarity = listing.body.polarity
    listings = [
        each for each in world.listings_of[listing.post.n] if each.body.polarity == polarity
    ]
    return Piece(
        "forward",
        "BROKERS_FOR",
        forwarder,
        origin,
        settled(listings, ()),
        posts,
        tuple(each.id for each in listings),
        side=_SIDES[polarity],
    )
