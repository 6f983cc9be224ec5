"""From a file to what rests on it and back: run, file, post, record, claim, node, tie."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

import msgspec

from evidence.archive.archive import Archive
from evidence.provenance.integrity import NOT_SHOWN, integrity
from graph.store.base import GraphStore

_FILES = """
SELECT DISTINCT f.id, r.id, f.path, f.reader, f.zone, f.zone_basis, f.encoding,
  f.encoding_basis, r.operator, r.received_from,
  r.legal_basis, r.purpose, r.tool_version, r.started_at, r.root
FROM post p JOIN post_version v ON v.post_n IN
  (SELECT p.n UNION ALL SELECT j.post_n FROM joined j WHERE j.kept_n = p.n)
JOIN capture c ON c.version_n = v.n
JOIN file f ON f.n = c.file_n JOIN run r ON r.n = f.run_n
WHERE p.id IN (SELECT value FROM json_each(?)) ORDER BY r.id, f.id
"""
_PLACES = """
SELECT p.id, f.id, c.place, c.byte_offset, v.n = p.version_n, v.masked
FROM post p JOIN post_version v ON v.post_n IN
  (SELECT p.n UNION ALL SELECT j.post_n FROM joined j WHERE j.kept_n = p.n)
JOIN capture c ON c.version_n = v.n
JOIN file f ON f.n = c.file_n
WHERE p.id IN (SELECT value FROM json_each(?)) ORDER BY p.utc, p.id, f.id, c.place
"""
_RECORDS = """
SELECT r.id, p.id, r.kind, r.span_start, r.span_end, r.extractor, r.lexicon
FROM post p JOIN record r ON r.version_n = p.version_n
WHERE p.id IN (SELECT value FROM json_each(?)) AND r.kind <> 'superseded'
ORDER BY p.utc, p.id, r.number
"""
_CLAIMS = """
SELECT c.id, r.id, c.kind, c.code, c.span_start, c.span_end,
  substr(v.text, c.span_start + 1, c.span_end - c.span_start)
FROM post p JOIN record r ON r.version_n = p.version_n JOIN claim c ON c.record_n = r.n
JOIN post_version v ON v.n = r.version_n
WHERE p.id IN (SELECT value FROM json_each(?)) AND r.kind <> 'superseded'
ORDER BY p.utc, p.id, r.number, c.span_start, c.id
"""
_TIES = """
MATCH (a)-[r]->(b) WHERE a.id IN $ids OR b.id IN $ids
RETURN r.id AS id, type(r) AS type, a.id AS start, b.id AS end ORDER BY id
"""
_RESTING = """
MATCH (a)-[r]->(b) WHERE r.posts IS NOT NULL AND type(r) <> 'WATCHED'
RETURN r.id AS id, type(r) AS type, a.id AS start, b.id AS end, r.posts AS posts ORDER BY id
"""


class Link(msgspec.Struct, frozen=True):
    """One link: what it is, what it hangs on, where there, and what is said of it."""

    step: str
    """run, file, post, record, claim, tie; node: what a tie leads to."""
    id: str
    of: str
    place: str
    said: str


def chain(store: GraphStore, archive: Archive, posts: Sequence[str]) -> list[Link]:
    """Every link above and below these posts, each once."""
    given = json.dumps(list(posts))
    links = [
        *_sources(archive, given),
        *_places(archive, given),
        *_records(archive, given),
        *_claims(archive, given),
    ]
    records = [link.id for link in links if link.step == "record"]
    links += _graph(store, posts, records)
    return list(dict.fromkeys(links))


def _sources(archive: Archive, given: str) -> Iterator[Link]:
    shown = integrity(archive.connection)
    for row in archive.connection.execute(_FILES, (given,)):
        file, run, path, reader, zone, basis, encoding, known_by, *stated = row
        yield Link("run", run, "", "", _stated(stated))
        words = shown[file].words if file in shown else NOT_SHOWN
        written = f"encoding {encoding} ({known_by}), " if encoding else ""
        said = f"reader {reader}, {written}zone {zone} ({basis}), {words}"
        yield Link("file", file, run, path, said)


def _stated(stated: Sequence[object]) -> str:
    operator, origin, basis, purpose, tool, started, root = stated
    moment = datetime.fromtimestamp(int(str(started)), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    told = {
        "operator": operator,
        "received from": origin,
        "legal basis": basis,
        "purpose": purpose,
        "root": root,
    }
    named = [f"{name} {value or 'not stated'}" for name, value in told.items()]
    return ", ".join([f"heichan {tool}", moment, *named])


def _places(archive: Archive, given: str) -> Iterator[Link]:
    for post, file, place, offset, shown, masked in archive.connection.execute(_PLACES, (given,)):
        text = "shown text" if shown else "another text of it"
        said = f"{text}, {masked} identifiers masked"
        yield Link("post", post, file, f"{place}, byte {offset}", said)


def _records(archive: Archive, given: str) -> Iterator[Link]:
    for id_, post, kind, start, end, extractor, lexicon in archive.connection.execute(
        _RECORDS, (given,)
    ):
        place = "" if start is None else f"{start}-{end}"
        yield Link("record", id_, post, place, f"{kind}, extractor {extractor}, lexicon {lexicon}")


def _claims(archive: Archive, given: str) -> Iterator[Link]:
    for id_, record, kind, code, start, end, quote in archive.connection.execute(_CLAIMS, (given,)):
        yield Link("claim", id_, record, f"{start}-{end}", f"{kind} {code}: {quote}")


def _graph(store: GraphStore, posts: Sequence[str], records: Sequence[str]) -> Iterator[Link]:
    """Ties at the posts and their records, and ties elsewhere that name one of the posts."""
    here = {*posts, *records}
    for row in store.run(_TIES, {"ids": sorted(here)}).rows:
        yield from _tie(row, [end for end in (row["start"], row["end"]) if end in here])
    for row in store.run(_RESTING).rows:
        yield from _tie(row, sorted(here.intersection(row["posts"])))


def _tie(row: dict[str, str], of: Iterable[str]) -> Iterator[Link]:
    said = f"{row['start']} {row['type']} {row['end']}"
    for one in of:
        yield Link("tie", row["id"], one, "", said)
        for end in (row["start"], row["end"]):
            if end != one:
                yield Link("node", end, row["id"], "", "")
