"""Posts that hold evidence, with where they stand and what they point to."""

from itertools import islice

from graph.build.draft import Ref, moment, short
from graph.build.rows import REPLY_JOIN, Post, chunks
from graph.build.world import World

EXCERPT = 200
_JSON_LIST = "(SELECT value FROM json_each(?))"
_DETAIL = f"""
SELECT p.n, p.native_id, p.heading, p.wall, p.raw_time, p.edited, p.deleted, p.reply_to,
  substr(v.text, 1, {EXCERPT})
FROM post p JOIN post_version v ON v.n = p.version_n WHERE p.n IN {_JSON_LIST}
"""
_PLACES = """
SELECT p.n, c.file_n, c.place FROM (
  SELECT value AS n, value AS read_n FROM json_each(?1)
  UNION ALL SELECT kept_n, post_n FROM joined WHERE kept_n IN (SELECT value FROM json_each(?1))
) p JOIN post_version v ON v.post_n = p.read_n JOIN capture c ON c.version_n = v.n
ORDER BY c.byte_offset DESC, c.place DESC
"""
_FILES = "SELECT n, id FROM file"
_REPLIES = f"""
SELECT p.id, q.id FROM post p {REPLY_JOIN}
WHERE p.n IN {_JSON_LIST}
"""
_PRECISION = {10: "day", 16: "minute"}


def add_posts(world: World, first: int = 0) -> list[int]:
    """The needed posts from the `first` on, in the order of need; returns those that reply."""
    by_number = {post.n: post for post in islice(world.needed.values(), first, None)}
    languages = {listing.post.n: listing.body.lang for listing in world.listings}
    files = {n: Ref(id_, "File") for n, id_ in world.connection.execute(_FILES)}
    replies: list[int] = []
    for chunk in chunks(sorted(by_number)):
        wanted = (str(chunk),)
        for n, *detail, reply_to, text in world.connection.execute(_DETAIL, wanted):
            _add_post(world, by_number[n], languages.get(n), text, *detail)
            if reply_to is not None:
                replies.append(n)
        _add_places(world, by_number, files, wanted)
    return replies


def add_replies(world: World, replies: list[int]) -> None:
    """What these posts reply to. Call it when all that needs posts has said so."""
    for chunk in chunks(sorted(replies)):
        for id_, target in world.connection.execute(_REPLIES, (str(chunk),)):
            if target in world.needed:
                world.draft.rel("REPLIES_TO", Ref(id_, "Post"), Ref(target, "Post"))


def _add_post(
    world: World,
    post: Post,
    lang: str | None,
    text: str,
    native_id: str | None,
    heading: str,
    wall: str | None,
    raw: str | None,
    edited: int,
    deleted: int,
) -> None:
    when = "" if post.utc is None else f"{world.clock.written(post.utc)} "
    node = world.draft.node(
        "Post",
        post.id,
        short(when + text) or post.kind,
        native_id=native_id,
        kind=post.kind,
        heading=short(heading, EXCERPT) or None,
        excerpt=short(text, EXCERPT),
        posted_at=None if post.utc is None else moment(post.utc),
        posted_raw=raw or wall,
        precision=None if post.utc is None else _PRECISION.get(len(wall or ""), "second"),
        lang=lang,
        edited=bool(edited),
        deleted=bool(deleted),
    )
    if (author := world.author(post)) is not None:
        world.draft.rel("POSTED", author.ref, node)
    if post.venue_n is not None:
        world.draft.rel("IN_VENUE", node, world.venues[post.venue_n].ref)


def _add_places(
    world: World, posts: dict[int, Post], files: dict[int, Ref], wanted: tuple[str]
) -> None:
    # The last row wins: the first place in the file.
    rows = world.connection.execute(_PLACES, wanted)
    places = {(n, file_n): place for n, file_n, place in rows}
    for (n, file_n), place in places.items():
        world.draft.rel("CAPTURED_AS", posts[n].ref, files[file_n], position=place)
