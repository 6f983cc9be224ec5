"""The words behind a node, a relationship, a listing or a claim."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from evidence.archive.archive import Archive
from evidence.errors import NotFoundError
from evidence.provenance.integrity import NOT_SHOWN, integrity
from evidence.settings import DEFAULT_ZONE, zone_of
from graph.explore.stored_posts import posts_of_tie, stored_posts
from graph.knowledge.assertion import MODALITY
from graph.knowledge.shown import Words, words_behind
from graph.store.base import GraphStore

CHUNK = 500

_SPANS = """
SELECT p.id, p.utc, p.sender, a.id, v.id, v.name, pv.text, f.path, f.id, c.place, c.byte_offset,
  pv.text = shown.text AS same
FROM post p
JOIN post_version shown ON shown.n = p.version_n
JOIN post_version pv ON pv.n IN
  (SELECT p.version_n UNION ALL SELECT j.version_n FROM joined j WHERE j.kept_n = p.n)
LEFT JOIN account a ON a.n = p.account_n
LEFT JOIN venue v ON v.n = p.venue_n
JOIN capture c ON c.version_n = pv.n
JOIN file f ON f.n = c.file_n
WHERE p.id IN ({marks})
ORDER BY p.utc, p.id, same DESC, f.id, c.place
"""
_ORIGINS = """
SELECT f.id, r.id, f.reader, f.zone FROM file f JOIN run r ON r.n = f.run_n
WHERE f.id IN (SELECT value FROM json_each(?))
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
_WEARERS = "MATCH (a:Account)-[:WEARS]->(h:Handle) WHERE h.id = $id RETURN a.id AS id ORDER BY id"
_FURTHER_POSTS = (
    """
MATCH (n)--(s:SourceRef)--(l:Listing)-[:EXPRESSED_IN]->(p:Post) WHERE n.id = $id
RETURN DISTINCT p.id AS id ORDER BY id
""",
    """
MATCH (n)--(e:Event)-[:REPORTED_IN]->(p:Post) WHERE n.id = $id
RETURN DISTINCT p.id AS id ORDER BY id
""",
    """
MATCH (n)--(c:Claim)-[:SUPPORTED_BY]->(p:Post) WHERE n.id = $id
RETURN DISTINCT p.id AS id ORDER BY id
""",
)
"""One step further: what a text calls its source, what a report says of an organisation."""


class Quote(msgspec.Struct, frozen=True):
    """One span of one post as it stands in one file. `offset`: bytes from the file's start.

    `layer` is `assessed` for the words of an analyst: `post` is the decision then, `file` their
    source as they name it.
    """

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
    layer: str = "observed"
    run: str | None = None
    reader: str | None = None
    zone: str | None = None
    integrity: str | None = None
    """Whether a change of the file since its collection would have been seen."""


def evidence(store: GraphStore, archive: Archive, identifier: str) -> list[Quote]:
    """Every span behind an id, by time, then what analysts say of it themselves.

    Raises NotFoundError where nothing is known of it.
    """
    said = _assessed(archive, identifier)
    try:
        return [*with_origin(archive, _stated(store, archive, identifier)), *said]
    except NotFoundError:
        if not said:
            raise
        return said


def _assessed(archive: Archive, identifier: str) -> list[Quote]:
    found = words_behind(archive.connection, identifier)
    cited = [each.post for each in found if each.post and identifier.startswith("claim:")]
    return [*_quotes(archive, cited, {}), *(_words_of(each) for each in found)]


def _words_of(words: Words) -> Quote:
    return Quote(
        post=words.decision,
        time=datetime.fromtimestamp(words.at, UTC),
        account=None,
        sender=words.author,
        venue=None,
        quote=words.reason,
        span=(0, len(words.reason)),
        file=words.source,
        sha256="",
        place="assessment",
        offset=0,
        layer="assessed",
    )


def _stated(store: GraphStore, archive: Archive, identifier: str) -> list[Quote]:
    kind = identifier.partition(":")[0]
    if kind == "post":
        found = _quotes(archive, [identifier], {})
        if not found:
            raise NotFoundError(f"{identifier} is not in this case", hint="heichan search TEXT")
        return found
    if kind in ("listing", "claim"):
        return _of_record(archive, identifier)
    posts = (
        _of_relationship(store, archive, identifier)
        if kind == "rel"
        else _of_node(store, archive, identifier)
    )
    posts = list(dict.fromkeys(posts))
    if not posts:
        raise NotFoundError(f"no evidence is known behind {identifier}", hint="heichan search TEXT")
    return _quotes(archive, posts, {})


def with_origin(archive: Archive, quotes: Sequence[Quote]) -> list[Quote]:
    """The quotes with the run, the reader and the zone of their files."""
    files = {f"file:{quote.sha256}" for quote in quotes if quote.sha256}
    rows = archive.connection.execute(_ORIGINS, (json.dumps(sorted(files)),))
    origins = {file: row for file, *row in rows}
    shown = integrity(archive.connection)
    found = []
    for quote in quotes:
        file = f"file:{quote.sha256}"
        if file in origins:
            run, reader, zone = origins[file]
            words = shown[file].words if file in shown else NOT_SHOWN
            quote = replace(quote, run=run, reader=reader, zone=zone, integrity=words)
        found.append(quote)
    return found


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
    found = {
        post: " ".join(quote.quote.split()) for post, quote in quotes_of(archive, posts).items()
    }
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
        "r.posts AS posts, r.product AS product, r.modality AS modality, r.day AS day",
        {"id": identifier},
    ).rows
    if not found:
        raise NotFoundError(f"{identifier} is not in this graph", hint="heichan search TEXT")
    row = found[0]
    if row["modality"] == MODALITY:
        return list(row["posts"] or ())
    whole = _pieces(archive, row["kind"], row["start"], row["end"], row["product"])
    ends = (row["start"], row["end"])
    # Of a watched day `posts` is their number.
    known = whole or (row["posts"] if isinstance(row["posts"], list) else [])
    known = known or posts_of_tie(archive, row["kind"], ends, row["day"], _zone(store))
    if not known and ends[0].startswith(("source:", "event:")):
        return posts_of_node(store, ends[0])
    return list(known)


def _zone(store: GraphStore) -> ZoneInfo:
    """The zone by which the graph counts days."""
    return zone_of(str((store.build_info() or {}).get("tz", DEFAULT_ZONE)))


def _pieces(archive: Archive, kind: str, start: str, end: str, product: str | None) -> list[str]:
    """All posts of a tie: a relationship itself names at most twenty."""
    rows = archive.connection.execute(
        "SELECT posts FROM tie_piece WHERE type = ? AND from_id = ? AND to_id = ? "
        "AND product IS ? ORDER BY utc",
        (kind, start, end, product),
    )
    return list(dict.fromkeys(post for (posts,) in rows for post in json.loads(posts)))


def _of_node(store: GraphStore, archive: Archive, identifier: str) -> list[str]:
    posts = [*stored_posts(archive, identifier), *posts_of_node(store, identifier)]
    for row in store.run(_WEARERS, {"id": identifier}).rows:
        posts += posts_of_tie(archive, "WEARS", (row["id"], identifier), None, _zone(store))
    return posts


def posts_of_node(store: GraphStore, identifier: str) -> list[str]:
    """Ids of the posts behind a node, as the graph names them, each once."""
    posts = [row["id"] for row in store.run(_NODE_DIRECT, {"id": identifier}).rows]
    posts += [row["id"] for row in store.run(_LISTED_POSTS, {"id": identifier}).rows]
    for row in store.run(_NODE_POSTS, {"id": identifier}).rows:
        # Of a watched day it is their number.
        if isinstance(row["posts"], list):
            posts += row["posts"]
    for query in _FURTHER_POSTS:
        posts += [row["id"] for row in store.run(query, {"id": identifier}).rows]
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
        # A span counts in the text that is shown; another export may write it a little otherwise.
        if row[11] or row[0] not in spans
    ]


def _quote(row: Sequence[object], span: tuple[int, int]) -> Quote:
    post, utc, sender, account, venue, _, text, path, file, place, offset, _ = row
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
