"""The words behind a node, a relationship, a listing or a claim."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

import msgspec

from evidence.archive.archive import Archive
from evidence.errors import NotFoundError
from graph.store.base import GraphStore

CHUNK = 500

_SPANS = """
SELECT p.id, p.utc, p.sender, a.id, v.id, v.name, pv.text, f.path, f.id, c.place, c.byte_offset
FROM post p
JOIN post_version pv ON pv.n = p.version_n
LEFT JOIN account a ON a.n = p.account_n
LEFT JOIN venue v ON v.n = p.venue_n
JOIN capture c ON c.version_n = pv.n
JOIN file f ON f.n = c.file_n
WHERE p.id IN ({marks})
ORDER BY p.utc, p.id, f.id, c.place
"""
_NODE_POSTS = """
MATCH (n)-[r]-(m) WHERE n.id = $id AND r.posts IS NOT NULL RETURN r.id AS id, r.posts AS posts
ORDER BY id
"""
_NODE_DIRECT = """
MATCH (n)-[r:POSTED|EXPRESSED_IN|REPORTED_IN|SUPPORTED_BY|IN_CLUSTER]-(p:Post) WHERE n.id = $id
RETURN p.id AS id ORDER BY id
"""
_LISTED_POSTS = """
MATCH (n)--(l:Listing)-[:EXPRESSED_IN]->(p:Post) WHERE n.id = $id
RETURN DISTINCT p.id AS id ORDER BY id
"""


class Quote(msgspec.Struct, frozen=True):
    """One span of one post as it stands in one file. `offset`: bytes from the file's start."""

    post: str
    time: datetime | None
    account: str | None
    sender: str | None
    venue: str | None
    quote: str
    span: tuple[int, int]
    file: str
    sha256: str
    place: str
    offset: int


def evidence(store: GraphStore, archive: Archive, identifier: str) -> list[Quote]:
    """Every span behind an id, by time. Raises NotFoundError where nothing is known of it."""
    kind = identifier.partition(":")[0]
    if kind == "post":
        return _quotes(archive, [identifier], {})
    if kind in ("listing", "claim"):
        return _of_record(archive, identifier)
    posts = (
        _of_relationship(store, archive, identifier)
        if kind == "rel"
        else posts_of_node(store, identifier)
    )
    if not posts:
        raise NotFoundError(f"no evidence is known behind {identifier}", hint="heichan search TEXT")
    return _quotes(archive, posts, {})


def quotes_of(
    archive: Archive, posts: Sequence[str], spans: Mapping[str, tuple[int, int]] | None = None
) -> dict[str, Quote]:
    """Post id -> its latest text, or the span of it, as it stands in the first of its files."""
    found: dict[str, Quote] = {}
    for quote in _quotes(archive, posts, spans or {}):
        found.setdefault(quote.post, quote)
    return found


def words(archive: Archive, posts: Sequence[str], limit: int = 120) -> dict[str, str]:
    """Post id -> the first `limit` code points of its latest text, on one line."""
    found = {quote.post: " ".join(quote.quote.split()) for quote in _quotes(archive, posts, {})}
    return {
        post: text if len(text) <= limit else f"{text[:limit]}…" for post, text in found.items()
    }


def _of_record(archive: Archive, identifier: str) -> list[Quote]:
    row = archive.connection.execute(
        "SELECT p.id, coalesce(c.span_start, r.span_start), coalesce(c.span_end, r.span_end) "
        "FROM record r JOIN post_version pv ON pv.n = r.version_n JOIN post p ON p.n = pv.post_n "
        "LEFT JOIN claim c ON c.record_n = r.n AND c.id = :id "
        "WHERE (r.id = :id OR c.id = :id) AND r.kind <> 'superseded'",
        {"id": identifier},
    ).fetchone()
    if row is None:
        raise NotFoundError(f"{identifier} is not in this case", hint="heichan search TEXT")
    post, start, end = row
    spans = {} if start is None else {post: (int(start), int(end))}
    return _quotes(archive, [post], spans)


def _of_relationship(store: GraphStore, archive: Archive, identifier: str) -> list[str]:
    found = store.run(
        "MATCH (a)-[r]->(b) WHERE r.id = $id "
        "RETURN type(r) AS kind, a.id AS start, b.id AS end, "
        "r.posts AS posts, r.product AS product",
        {"id": identifier},
    ).rows
    if not found:
        raise NotFoundError(f"{identifier} is not in this graph", hint="heichan search TEXT")
    row = found[0]
    whole = _pieces(archive, row["kind"], row["start"], row["end"], row["product"])
    return whole or list(row["posts"] or _ends(row["start"], row["end"]))


def _pieces(archive: Archive, kind: str, start: str, end: str, product: str | None) -> list[str]:
    """All posts of a tie: a relationship itself names at most twenty."""
    rows = archive.connection.execute(
        "SELECT posts FROM tie_piece WHERE type = ? AND from_id = ? AND to_id = ? "
        "AND product IS ? ORDER BY utc",
        (kind, start, end, product),
    )
    return list(dict.fromkeys(post for (posts,) in rows for post in json.loads(posts)))


def _ends(*ends: str) -> list[str]:
    return [end for end in ends if end.startswith("post:")]


def posts_of_node(store: GraphStore, identifier: str) -> list[str]:
    """Ids of the posts behind a node, as the graph names them, each once."""
    posts = [row["id"] for row in store.run(_NODE_DIRECT, {"id": identifier}).rows]
    posts += [row["id"] for row in store.run(_LISTED_POSTS, {"id": identifier}).rows]
    for row in store.run(_NODE_POSTS, {"id": identifier}).rows:
        posts += row["posts"]
    return list(dict.fromkeys(posts))


def _quotes(
    archive: Archive, posts: Sequence[str], spans: Mapping[str, tuple[int, int]]
) -> list[Quote]:
    return [
        _quote(row, spans.get(row[0], (0, len(row[6]))))
        for chunk in _chunks(posts)
        for row in archive.connection.execute(
            _SPANS.format(marks=",".join("?" * len(chunk))), chunk
        )
    ]


def _quote(row: Sequence[object], span: tuple[int, int]) -> Quote:
    post, utc, sender, account, venue, _, text, path, file, place, offset = row
    assert isinstance(text, str)
    return Quote(
        post=str(post),
        time=datetime.fromtimestamp(utc, UTC) if isinstance(utc, int) else None,
        account=None if account is None else str(account),
        sender=None if sender is None else str(sender),
        venue=None if venue is None else str(venue),
        quote=text[span[0] : span[1]],
        span=span,
        file=str(path),
        sha256=str(file).removeprefix("file:"),
        place=str(place),
        offset=int(str(offset)),
    )


def _chunks(posts: Iterable[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    for post in posts:
        chunk.append(post)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
