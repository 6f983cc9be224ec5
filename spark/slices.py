"""A part of the posts as a small archive in memory, read by the same code as a whole one.

All places of a post, and all posts of an account, stand in one slice. So what the build says of
posts, listings and accounts is said of the slice in full, and what spans several slices is merged.
"""

import sqlite3
from collections.abc import Iterator, Sequence, Set
from contextlib import closing, contextmanager
from importlib.resources import files
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Final

from evidence.archive.archive import Archive
from evidence.archive.cleaning import CleanText
from evidence.archive.entries import Batch, Entry
from evidence.archive.filing import FileFacts, RunFacts, add_run, begin_file
from evidence.archive.writer import ArchiveWriter
from evidence.settings import Settings
from graph import ids
from graph.build.accounts import add_accounts
from graph.build.activity import add_activity, add_seen
from graph.build.contacts import Uses, add_uses
from graph.build.draft import Draft
from graph.build.interactions import add_adverts
from graph.build.listings import add_listing
from graph.build.posts import add_posts, add_replies
from graph.build.provenance import add_holds
from graph.build.rows import TALK_SQL
from graph.build.shared import add_shared
from graph.build.world import World
from graph.elements import Node, Relationship
from spark.captured import Row as Captured
from spark.captured import draft_of
from spark.elements import Row, node_row, node_table, rows_of, tie_row
from spark.reading import decode_reading

Rules = tuple[str, str]
"""Versions of extractor and lexicon by which the posts were read."""
HEADS: Final = "posts"
"""Table of one row a post: what replies are joined by."""
OWN, LISTED, NAMED, SEEN = "1", "2", "3", "4"
"""Ranks: an account or post itself, what listings mention, who is only named, a time alone."""
_HEADS: Final = f"""
SELECT p.id, a.id, v.id, p.native_id, p.reply_to, p.utc, p.kind IN {TALK_SQL}
FROM post p LEFT JOIN account a ON a.n = p.account_n LEFT JOIN venue v ON v.n = p.venue_n
WHERE p.native_id IS NOT NULL OR p.reply_to IS NOT NULL ORDER BY p.id
"""
_FORWARDS: Final = f"""
SELECT a.id, p.forwarded_account, p.forwarded_name, p.utc, p.id
FROM post p JOIN account a ON a.n = p.account_n
WHERE p.forwarded_account IS NOT NULL AND p.kind IN {TALK_SQL} ORDER BY p.id
"""
_HANDLE, _CONTACT = node_table("Handle"), node_table("Contact")
_TABLES: Final = files("evidence.archive").joinpath("schema.sql").read_text("utf-8")


@contextmanager
def empty_archive() -> Iterator[Archive]:
    """An archive in memory, without a secret: nothing can be keyed in it."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(_TABLES)
        yield Archive(connection, None, Path(":memory:"))


def derived(rows: Sequence[Captured], by: Rules, zone: str, own: Set[str]) -> Iterator[Row]:
    """What the posts of these rows add to the graph; `own`: the collector's accounts."""
    with empty_archive() as archive, archive.transaction() as connection:
        _store(archive, rows, by, own)
        world = World(connection, Settings(id="", zone=zone))
        yield from _of_accounts(world)
        yield from _of_listings(world)
        yield from _of_posts(world)
        yield from _heads(connection)
        yield from _forwards(world)


def _store(archive: Archive, rows: Sequence[Captured], by: Rules, own: Set[str]) -> None:
    """Stores each place in the order of reading, as the one writer of a case does."""
    run_n = add_run(archive.connection, RunFacts(id="", options={}, tz="", tool_version=""), 0)
    writer = ArchiveWriter(archive, *by)
    ordered = sorted(rows, key=itemgetter("part", "file_n", "number"))
    for (_, _, file), found in groupby(ordered, key=itemgetter("part", "file_n", "file")):
        entries = list(map(_entry, found))
        file_n = begin_file(archive.connection, _file(file), run_n, 0)
        known = writer.look_up([entry.draft for entry in entries])
        writer.store(Batch(entries), known, file_n, run_n)
    for account in sorted({row["account"] for row in rows} & own):
        writer.places.mark_own(account)


def _file(id_: str) -> FileFacts:
    """A file of which posts tell the id alone."""
    return FileFacts(
        sha256=id_.removeprefix("file:"),
        path="",
        size=0,
        media_kind="",
        reader="",
        options={},
        zone="",
        zone_basis="case",
    )


def _entry(row: Captured) -> Entry:
    reading = row["reading"]
    text = CleanText(row["text"], (), row["masked"])
    return Entry(draft_of(row), text, None if reading is None else decode_reading(reading))


def _of_accounts(world: World) -> Iterator[Row]:
    add_accounts(world)
    add_seen(world)
    add_activity(world)
    add_adverts(world)
    add_holds(world)
    add_uses(world, Uses(world, {}))
    add_shared(world, {})
    for row in rows_of(world.draft, OWN):
        if row["table"] == _HANDLE:
            # A handle may be worn in many slices: who wore it first says how it is written.
            row["rank"] = _worn_first(world, row["id"])
        # How a contact is written is said by the first listing.
        if row["table"] != _CONTACT:
            yield row
    yield from _venues_seen(world.draft)


def _worn_first(world: World, handle: str) -> str:
    first, text = min((worn.first or 0, worn.text) for worn in world.names.by_handle[handle])
    return f"{OWN} {first:020d} {text}"


def _venues_seen(draft: Draft) -> Iterator[Row]:
    """When something was said in a venue, whose node is made from what the files say of it."""
    held = {node.id for node in draft.untimed().nodes}
    for id_, times in draft.seen_times().items():
        if id_ not in held:
            yield node_row(Node(id_, "Venue", {}), SEEN, times)


def _of_listings(world: World) -> Iterator[Row]:
    """Each listing by itself: what several mention is named as the first of them names it."""
    nodes: dict[str, Row] = {}
    for record in world.listings:
        world.draft = Draft()
        add_listing(world, record)
        for row in rows_of(world.draft, f"{LISTED} {record.post.id} {record.body.listing:09d}"):
            if row["start"] is not None:
                yield row
            elif (known := nodes.setdefault(row["id"], row)) is not row:
                _widen(known, row)
    yield from nodes.values()


def _widen(known: Row, row: Row) -> None:
    for name, furthest in (("first", min), ("last", max)):
        times = [each for each in (known[name], row[name]) if each is not None]
        known[name] = furthest(times, default=None)


def _of_posts(world: World) -> Iterator[Row]:
    world.draft = Draft()
    add_replies(world, add_posts(world))
    return rows_of(world.draft, OWN)


def _heads(connection: sqlite3.Connection) -> Iterator[Row]:
    """The posts that reply or may be replied to; `n` is 1 for talk."""
    for id_, account, venue, native, reply, utc, talk in connection.execute(_HEADS):
        said = [(name, text) for name, text in (("native", native), ("reply", reply)) if text]
        yield {
            "table": HEADS,
            "id": id_,
            "start": account,
            "end": venue,
            "rank": OWN,
            "first": utc,
            "last": utc,
            "n": talk,
            "props": said,
        }


def _forwards(world: World) -> Iterator[Row]:
    """Who forwards whom; an account that is only named so is made from its id."""
    world.draft = Draft()
    for start, end, name, utc, post in world.connection.execute(_FORWARDS).fetchall():
        world.account_ref(end, name)
        yield from rows_of(world.draft, f"{NAMED} {post}")
        world.draft = Draft()
        if start != end:
            yield interaction("forward", start, end, 1, utc, utc)


def interaction(
    kind: str, start: str, end: str, n: int, first: int | None, last: int | None
) -> Row:
    """The row of a number of one-way signs between two accounts."""
    id_ = ids.rel("INTERACTS_WITH", start, end, kind)
    tie = Relationship(id_, "INTERACTS_WITH", start, "Account", end, "Account", {"kind": kind})
    return tie_row(tie, OWN, n, first, last)
