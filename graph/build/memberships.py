"""Who joined, left or ran a venue, by its service lines."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator

import msgspec

from graph.build.draft import moment
from graph.build.parties import Parties
from graph.build.rows import POST_COLUMNS, Account, Post, post_of
from graph.build.world import World

# The sign keeps SQLite from walking all posts by venue.
_SERVICE = f"""
SELECT p.action, p.members, {POST_COLUMNS} FROM post p
WHERE p.action IS NOT NULL AND +p.venue_n IS NOT NULL ORDER BY p.utc, p.id
"""
_JOINS = frozenset({"join", "join_group_by_link", "join_group_by_request"})
# Whom such a line names is the inviter: who joined is its author.
_INVITED_BY = frozenset({"join_group_by_link", "join_group_by_request"})
_INVITES = frozenset({"invite_members", "create_group"})
_LEAVES = frozenset({"leave", "remove_members"})
_RUNS = frozenset({"create_group", "create_channel", "pin_message"})


class _Stay(msgspec.Struct):
    account: Account
    venue_n: int
    since: int | None
    until: int | None = None
    n: int = 1


def add_memberships(world: World, parties: Parties) -> None:
    """MEMBER_OF_VENUE from joins to leaves, ADMINISTERS from what only admins do."""
    stays: dict[tuple[str, int], list[_Stay]] = defaultdict(list)
    runs: dict[tuple[str, int], _Stay] = {}
    for action, names, post in _service(world.connection):
        people = _people(world, parties, action, names, post)
        for account in people:
            _note(stays[account.id, post.venue_n or 0], action, account, post)
        author = world.author(post)
        if action in _RUNS and author is not None:
            key = (author.id, post.venue_n or 0)
            stay = runs.setdefault(key, _Stay(author, key[1], post.utc, post.utc, 0))
            stay.until = post.utc
            stay.n += 1
    for found in stays.values():
        for stay in found:
            _add(world, "MEMBER_OF_VENUE", stay)
    for stay in runs.values():
        _add(world, "ADMINISTERS", stay)


def _service(connection: sqlite3.Connection) -> Iterator[tuple[str, list[str], Post]]:
    for action, members, *post in connection.execute(_SERVICE):
        names = msgspec.json.decode(members, type=list[str]) if members else []
        yield action, names, post_of(tuple(post))


def _people(
    world: World, parties: Parties, action: str, names: list[str], post: Post
) -> list[Account]:
    """Whom a line is about: the people named in it, else its author."""
    if action not in _JOINS | _INVITES | _LEAVES:
        return []
    author = world.author(post)
    if action in _INVITED_BY:
        return [] if author is None else [author]
    named = [parties.named(name, post) for name in names]
    if not names and author is not None and action not in _INVITES:
        named.append(author)
    return [account for account in named if account is not None]


def _note(stays: list[_Stay], action: str, account: Account, post: Post) -> None:
    last = stays[-1] if stays else None
    is_open = last is not None and last.until is None
    if action in _LEAVES:
        if last is not None and is_open:
            last.until = post.utc
            last.n += 1
        return
    if last is not None and is_open:
        last.n += 1
    else:
        stays.append(_Stay(account, post.venue_n or 0, post.utc))


def _add(world: World, type_: str, stay: _Stay) -> None:
    since = None if stay.since is None else moment(stay.since)
    world.draft.rel(
        type_,
        stay.account.ref,
        world.venues[stay.venue_n].ref,
        since,
        valid_from=since,
        valid_to=None if stay.until is None else moment(stay.until),
        n=stay.n,
    )
