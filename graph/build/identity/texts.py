"""Signs from text families: texts of two accounts alone that give no contact of their own."""

from typing import Final

from graph.build.families import Families
from graph.build.identity.gathered import Gathered
from graph.build.rows import Post, read_posts
from graph.build.world import World

LEAST: Final = 2
"""Copies that each of the two must have posted; one may be chance or a quotation."""


def add_texts(world: World, gathered: Gathered, families: Families) -> None:
    """Families that two accounts repeat; a copy under an own contact is a copyist's."""
    for numbers in families.of_two(LEAST):
        if any(_gives_contact(world, n) for each in numbers.values() for n in each):
            continue
        posts: list[Post] = [
            post
            for post in read_posts(
                world.connection, {n for each in numbers.values() for n in each}
            ).values()
            if not post.forwarded
        ]
        one, two = sorted(world.accounts[n].id for n in numbers)
        gathered.add(one, two, "texts", "both repeat the same text", posts)


def _gives_contact(world: World, n: int) -> bool:
    return any(listing.body.contacts for listing in world.listings_of.get(n, ()))
