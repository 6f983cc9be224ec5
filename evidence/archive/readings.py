"""Records, claims and product mentions that extraction gave for the latest version of a post."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from evidence.archive.claims import SlotClaim, placed_claims
from evidence.archive.inserting import Insertion
from evidence.archive.outline import NOTHING, ReadingOutline, RecordOutline, body_of, body_with
from graph import ids
from ingest.records import Span

SUPERSEDED = "superseded"
_SILENT = "INSERT OR REPLACE INTO reading SELECT value, ?, ? FROM json_each(?)"
_READING: Final = Insertion("INSERT OR REPLACE INTO reading", "(?, ?, ?)")
_RECORD: Final = Insertion("INSERT OR FAIL INTO record", "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
_CLAIM: Final = Insertion("INSERT OR FAIL INTO claim", "(?, ?, ?, ?, ?, ?, ?, ?)")
_REVISION: Final = Insertion("INSERT OR REPLACE INTO claim_revision", "(?, ?, ?, ?)")
_MENTION: Final = Insertion("INSERT OR IGNORE INTO product_mention", "(?, ?)")

__all__ = ["SUPERSEDED", "Read", "ReadingWriter", "Record", "body_of", "read_of"]


class Record(msgspec.Struct, frozen=True, gc=False):
    """A record to store. `body` is JSON without the post's text."""

    id: str
    kind: str
    number: int
    span: Span | None
    body: str
    claims: Sequence[SlotClaim] = ()
    confidence: float | None = None


class Read(msgspec.Struct, frozen=True, gc=False):
    """What was read from one version, which is the latest of its post."""

    post_n: int
    version_n: int
    records: Sequence[Record]
    mentions: Sequence[str] = ()
    """Node ids of products and services."""
    fresh: bool = False
    """The post is new: nothing can be in the way."""


def read_of(
    outline: ReadingOutline,
    post: str,
    author: str | None,
    post_n: int,
    version_n: int,
    *,
    fresh: bool,
) -> Read:
    """The rows that a reading of this post gives."""
    if outline is NOTHING or not (outline.records or outline.mentions):
        return Read(post_n, version_n, (), (), fresh)
    records = [_placed(record, post, author) for record in outline.records]
    mentions = sorted({ids.vocabulary(mention) for mention in outline.mentions})
    return Read(post_n, version_n, records, mentions, fresh)


def _placed(outline: RecordOutline, post: str, author: str | None) -> Record:
    number, span = outline.number, outline.span
    if outline.kind == "act":
        assert span is not None
        claim = ids.claim("act", post, author or post, span[0], outline.code)
        return Record(claim, "act", number, span, outline.body)
    listing_id = ids.listing(post, number)
    claims = placed_claims(outline.slots, post, listing_id)
    body = body_with(post, outline.body)
    return Record(listing_id, "listing", number, span, body, claims, outline.confidence)


class ReadingWriter:
    """Stores what was read, inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection, extractor: str, lexicon: str) -> None:
        self._connection = connection
        self._by = (extractor, lexicon)
        self._next_record = _next(connection, "record")
        self._next_claim = _next(connection, "claim")

    def store(self, reads: Sequence[Read]) -> None:
        """Stores the readings of latest versions; what they no longer hold is superseded."""
        self._clear([read for read in reads if not read.fresh])
        connection = self._connection
        _READING.run(connection, [(read.version_n, *self._by) for read in reads])
        full = [read for read in reads if read.records or read.mentions]
        if full:
            self._store_records(full)
            mentions = [(read.post_n, product) for read in full for product in read.mentions]
            _MENTION.run(connection, mentions)

    def note_silent(self, versions: Iterable[int]) -> None:
        """Notes that these versions of new posts were read and say nothing."""
        self._connection.execute(_SILENT, (*self._by, json.dumps(list(versions))))

    def _clear(self, reads: Sequence[Read]) -> None:
        posts = json.dumps([read.post_n for read in reads])
        if not reads:
            return
        self._connection.execute(
            "DELETE FROM product_mention WHERE post_n IN (SELECT value FROM json_each(?))", (posts,)
        )
        # Claims are append-only: the record stays with them, out of sight of every `kind`.
        self._connection.execute(
            f"UPDATE record SET kind = '{SUPERSEDED}' WHERE version_n IN (SELECT n FROM"
            " post_version WHERE post_n IN (SELECT value FROM json_each(?)))",
            (posts,),
        )

    def _store_records(self, reads: Sequence[Read]) -> None:
        pairs = [(read, record) for read in reads for record in read.records]
        older = [pair for pair in pairs if not pair[0].fresh]
        known = self._known("record", [record.id for _, record in older])
        claimed = self._known("claim", [claim.id for _, r in older for claim in r.claims])
        new, again, numbers = [], [], []
        for read, record in pairs:
            number = known.get(record.id)
            if number is None:
                known[record.id] = number = self._next_record
                self._next_record += 1
                new.append((number, record.id, *self._fields(read, record)))
            else:
                again.append((*self._fields(read, record), number))
            numbers.append(number)
        _RECORD.run(self._connection, new)
        self._connection.executemany(
            "UPDATE record SET version_n = ?, kind = ?, number = ?, span_start = ?, span_end = ?,"
            " body = ?, extractor = ?, lexicon = ? WHERE n = ?",
            again,
        )
        placed = [(n, record) for n, (_, record) in zip(numbers, pairs, strict=True)]
        self._store_claims(placed, claimed)

    def _fields(self, read: Read, record: Record) -> tuple[object, ...]:
        start, end = record.span or (None, None)
        return read.version_n, record.kind, record.number, start, end, record.body, *self._by

    def _store_claims(self, records: Sequence[tuple[int, Record]], known: dict[str, int]) -> None:
        new, revisions = [], []
        for record_n, record in records:
            for claim in record.claims:
                number = known.get(claim.id)
                if number is None:
                    known[claim.id] = number = self._next_claim
                    self._next_claim += 1
                    fields = (claim.kind, claim.subject, claim.code, *claim.span)
                    new.append((number, claim.id, record_n, *fields))
                revisions.append((number, *self._by, record.confidence))
        _CLAIM.run(self._connection, new)
        _REVISION.run(self._connection, revisions)

    def _known(self, table: str, wanted: Sequence[str]) -> dict[str, int]:
        if not wanted:
            return {}
        rows = self._connection.execute(
            f"SELECT id, n FROM {table} WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(wanted),),
        )
        return dict(rows.fetchall())


def _next(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT coalesce(max(n), 0) + 1 FROM {table}").fetchone()[0])
