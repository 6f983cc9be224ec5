"""What people marked and graded, laid over what the build derives."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping

import msgspec

from evidence.grading.grades import Standing, standings
from evidence.grading.handling import file_marks, marked_posts, marked_senders, strictest
from graph.build.rows import chunks
from graph.build.world import World

_HOLDERS = """
SELECT DISTINCT v.post_n, c.file_n FROM post_version v JOIN capture c ON c.version_n = v.n
WHERE v.post_n IN (SELECT value FROM json_each(?))
"""
_RESTS = ("EXPRESSED_IN", "SUPPORTED_BY", "REPORTED_IN")


def add_handling(world: World) -> None:
    """A mark overrides every rule, in both directions. Call it when all nodes are there."""
    for target, mark in sorted(world.marks.items()):
        if mark.shared is not None:
            reason = "analyst" if mark.shared else None
            world.draft.put(target, shared=mark.shared, shared_reason=reason)
    for sender, tlp in marked_senders(world.connection):
        world.draft.put(sender, tlp=tlp)
    _add_tlp(world)
    _add_grades(world)


def _add_tlp(world: World) -> None:
    """Posts that a person marked, and what is told by them, get the strictest of their marks."""
    posts = {post.id: post for post in marked_posts(world.connection)}
    if not posts:
        return
    files = _file_marks(world, [post.n for post in posts.values()])
    found = {id_: strictest([post.tlp, *files[post.n]]) for id_, post in posts.items()}
    resting: dict[str, list[str | None]] = defaultdict(list)
    for start, end in world.draft.ends_of_types(_RESTS):
        if end in found:
            resting[start].append(found[end])
    found |= {id_: strictest(marks) for id_, marks in resting.items()}
    for id_, tlp in found.items():
        world.draft.put(id_, tlp=tlp)


def _file_marks(world: World, posts: list[int]) -> Mapping[int, list[str]]:
    """Marks of the files in which posts stand, by the posts' row numbers."""
    marks, default = file_marks(world.connection), world.settings.tlp
    found: dict[int, list[str]] = defaultdict(list)
    for chunk in chunks(sorted(posts)):
        for post_n, file_n in _holders(world.connection, chunk):
            found[post_n].append(marks[file_n] or default)
    return found


def _holders(connection: sqlite3.Connection, posts: Collection[int]) -> list[tuple[int, int]]:
    return connection.execute(_HOLDERS, (msgspec.json.encode(posts).decode(),)).fetchall()


def _add_grades(world: World) -> None:
    """Grades that a person gave, in Admiralty: a claim's own, and that of the account behind it.

    A default is nobody's judgement: it is computed where it is shown and never stored.
    """
    graded = standings(world.connection)
    if not graded:
        return
    for claim in world.draft.of_label("Claim"):
        item = graded.get(claim, Standing()).item
        source = graded.get(str(world.draft.of(claim, "made_by")), Standing()).source
        world.draft.put(
            claim,
            grade_info=None if item is None else item.admiralty("item"),
            grade_source=None if source is None else source.admiralty("source"),
        )
