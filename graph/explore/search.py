"""Nodes and posts that hold a text, by substring after folding; names that are nearly the text."""

import json
import sqlite3
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Final

import msgspec

from evidence.archive.archive import Archive
from evidence.archive.search_posts import find_posts
from evidence.errors import UsageError
from evidence.pace import Progress
from graph.explore.alike import Row, alike
from graph.explore.directory import NAMES, has_names
from ingest.text.fold import fold

_MATCHES: Final = ("whole", "beginning", "part")
# In this order: the text is the whole name or end of the id, begins one, stands in one. The words
# of claims and of text families stand in posts: these are listed only where they are asked for.
_NODES = f"""
SELECT CASE WHEN instr(folded, char(10) || :wanted || char(10)) THEN 0
            WHEN instr(folded, char(10) || :wanted) THEN 1 ELSE 2 END AS rank,
  label, id, name, last_seen
FROM {NAMES} WHERE instr(folded, :wanted) AND CASE WHEN :kind IS NULL
  THEN label NOT IN ('Claim', 'TextCluster') ELSE label = :kind END
  AND (:among IS NULL OR id IN (SELECT value FROM json_each(:among)))
ORDER BY rank, last_seen DESC, id LIMIT :limit
"""
_POSTS = """
SELECT p.n, p.id, p.utc, coalesce(v.name, ''), coalesce(p.sender, ''), pv.text, p.heading
FROM post p JOIN post_version pv ON pv.n = p.version_n LEFT JOIN venue v ON v.n = p.venue_n
WHERE p.n IN (SELECT value FROM json_each(?))
"""


_AMONG = """
WITH named AS (SELECT value AS id FROM json_each(:among))
SELECT n FROM post WHERE id IN named
UNION SELECT n FROM post WHERE venue_n IN (SELECT n FROM venue WHERE id IN named)
UNION SELECT n FROM post WHERE account_n IN (SELECT n FROM account WHERE id IN named)
"""


class Hit(msgspec.Struct, frozen=True):
    """A node or a post that holds the text; `match` says how: whole, beginning, part, alike."""

    kind: str
    id: str
    name: str
    time: datetime | None
    text: str
    match: str = "part"


class Hits(msgspec.Struct, frozen=True):
    """Hits, nodes first; `cut`: there are more; `unindexed`: blocks of posts that no index knew."""

    hits: list[Hit]
    cut: bool
    unindexed: int
    names: bool
    """False where no build has left a directory of names yet."""


def search(
    archive: Archive,
    text: str,
    limit: int,
    progress: Progress | None = None,
    *,
    kind: str | None = None,
    among: Collection[str] | None = None,
) -> Hits:
    """The best hits: nodes by how they match, then posts, newest first.

    `among`: only these nodes, and posts of them or in them. Nodes take at most half of the places
    where posts want them. Names that are only nearly the
    text come where no node holds it. Raises UsageError for a text without a visible character.
    """
    wanted = fold(text)
    if not wanted:
        raise UsageError("nothing to search for", hint="heichan search TEXT")
    connection = archive.connection
    names = has_names(connection)
    listed = None if among is None else json.dumps(sorted(among))
    nodes = _nodes(connection, wanted, limit, kind, listed) if names and kind != "Post" else []
    if kind not in (None, "Post"):
        return Hits(nodes[:limit], len(nodes) > limit, 0, names)
    rows = () if listed is None else connection.execute(_AMONG, {"among": listed})
    only = None if listed is None else {n for (n,) in rows}
    found = find_posts(connection, wanted, limit, progress, only)
    room = max(limit // 2, limit - len(found.posts))
    posts = found.posts[: limit - min(len(nodes), room)]
    cut = found.cut or len(nodes) > room or len(posts) < len(found.posts)
    hits = [*nodes[:room], *_posts(connection, posts)]
    return Hits(hits, cut, found.unindexed, names)


def _nodes(
    connection: sqlite3.Connection, wanted: str, limit: int, kind: str | None, among: str | None
) -> list[Hit]:
    # A handle is stored without its sign.
    name = wanted.removeprefix("@").strip() or wanted
    values = {"wanted": name, "limit": limit + 1, "kind": kind, "among": among}
    rows = connection.execute(_NODES, values).fetchall()
    if rows:
        return [_node(row[1:], _MATCHES[row[0]]) for row in rows]
    if among is not None:
        return []
    return [_node(row, "alike") for row in alike(connection, name, limit + 1, kind)]


def _node(row: Row, match: str) -> Hit:
    label, identifier, name, seen = row
    return Hit(label, identifier, name, _time(seen), "", match)


def _posts(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[Hit]:
    wanted = list(numbers)
    rows = connection.execute(_POSTS, (json.dumps(wanted),)).fetchall()
    found = {row[0]: row[1:] for row in rows}
    return [_post(*found[number]) for number in wanted]


def _post(post: str, utc: int | None, venue: str, sender: str, text: str, heading: str) -> Hit:
    titled = f": {heading}" if heading else ""
    return Hit("Post", post, f"{sender} in {venue}{titled}", _time(utc), text)


def _time(utc: int | None) -> datetime | None:
    return None if utc is None else datetime.fromtimestamp(utc, UTC)
