"""Nodes and posts that hold a text, by substring after folding."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import msgspec

from evidence.archive.archive import Archive
from graph.store.base import GraphStore
from ingest.text.fold import fold

_NODES = """
MATCH (n) WHERE NOT n:Post AND NOT n:Listing AND n.name IS NOT NULL
RETURN n.id AS id, labels(n)[0] AS kind, n.name AS name, n.last_seen AS time ORDER BY id
"""
_POSTS = """
SELECT p.id, p.utc, coalesce(v.name, ''), coalesce(p.sender, ''), pv.text, p.heading
FROM post p JOIN post_version pv ON pv.n = p.version_n LEFT JOIN venue v ON v.n = p.venue_n
ORDER BY p.utc DESC, p.id
"""
_EVERY = 20_000


class Hit(msgspec.Struct, frozen=True):
    """A node or a post that holds the text."""

    kind: str
    id: str
    name: str
    time: datetime | None
    text: str


def search(
    store: GraphStore,
    archive: Archive,
    text: str,
    limit: int,
    progress: Callable[[str, int, int | None], None],
) -> tuple[list[Hit], bool]:
    """Hits, nodes first, then posts, newest first; and whether more were there than `limit`."""
    wanted = fold(text)
    hits: list[Hit] = []
    for hit in _all(store, archive, wanted, progress):
        if len(hits) == limit:
            return hits, True
        hits.append(hit)
    return hits, False


def _all(
    store: GraphStore,
    archive: Archive,
    wanted: str,
    progress: Callable[[str, int, int | None], None],
) -> Iterator[Hit]:
    for row in store.run(_NODES).rows:
        if wanted in fold(f"{row['id']}\n{row['name']}"):
            yield Hit(row["kind"], row["id"], row["name"], row["time"], "")
    for number, (post, utc, venue, sender, body, heading) in enumerate(
        archive.connection.execute(_POSTS)
    ):
        if number % _EVERY == 0:
            progress("searching posts", number, None)
        if wanted in fold(f"{sender}\n{heading}\n{body}"):
            time = None if utc is None else datetime.fromtimestamp(utc, UTC)
            titled = f": {heading}" if heading else ""
            yield Hit("Post", post, f"{sender} in {venue}{titled}", time, body)
