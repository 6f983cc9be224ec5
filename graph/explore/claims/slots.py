"""Slot values of listings as statements: what a listing offers, names, asks for and gives."""

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Final

import msgspec

from evidence.archive.claims import slots_of
from evidence.corrections.attach import Corrected, overlay
from evidence.corrections.claims import ANALYST
from evidence.corrections.reading import decoded
from evidence.decisions import decision_log
from graph import ids
from graph.explore.claims.model import Says, Speaker, Statement, Status
from ingest.records import Listing

_ROWS: Final = """
SELECT c.id, c.kind, c.code, c.span_start, c.span_end, r.id, r.kind, r.body,
  v.n = p.version_n, v.text, p.id, p.n, p.utc, a.id, p.sender,
  (SELECT lexicon FROM claim_revision WHERE claim_n = c.n AND extractor = 'analyst'
   ORDER BY lexicon DESC LIMIT 1)
FROM claim c JOIN record r ON r.n = c.record_n JOIN post_version v ON v.n = r.version_n
JOIN post p ON p.n = v.post_n LEFT JOIN account a ON a.n = p.account_n
WHERE {where} ORDER BY c.id
"""
OF_ACCOUNT: Final = "a.id = ?"
OF_LISTING: Final = "c.subject = ?"
OF_POST: Final = "p.id = ?"
OF_CLAIM: Final = "c.id = ?"
OF_SOURCE: Final = "c.kind = 'source' AND substr(c.code, instr(c.code, ' ') + 1) = ?"
OF_SOURCES: Final = (
    "c.kind = 'source' AND substr(c.code, instr(c.code, ' ') + 1) IN"
    " (SELECT value FROM json_each(?))"
)
OF_KIND: Final = "c.kind = '{kind}' AND c.code = ?"


class _Raw(msgspec.Struct, array_like=True, frozen=True):
    """A row as the archive gives it."""

    claim: str
    kind: str
    code: str
    start: int
    end: int
    listing: str
    record: str
    body: str
    latest: bool
    text: str
    post: str
    post_n: int
    utc: int | None
    account: str | None
    sender: str | None
    decision: str | None


class SlotStatements:
    """Reads slot values, with what people corrected laid over them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._over = overlay(connection)
        self._read: dict[str, tuple[Listing, frozenset[tuple[str, int, str]]]] = {}

    def where(self, condition: str, value: str) -> Iterator[Statement]:
        """The statements for which a condition of this module holds."""
        rows = self._connection.execute(_ROWS.format(where=condition), (value,))
        for row in rows:
            yield self._statement(msgspec.convert(row, _Raw, strict=False))

    @cached_property
    def _authors(self) -> Mapping[str, str]:
        return {each.id: each.author for each in decision_log(self._connection)}

    def _statement(self, raw: _Raw) -> Statement:
        body, _ = self._listing(raw)
        assessed = raw.decision is not None
        return Statement(
            id=raw.claim,
            kind=raw.kind,
            value=_value(raw, body),
            subject=raw.listing,
            speaker=self._speaker(raw, body),
            voice=None if assessed else body.voice,
            layer="assessed" if assessed else "claimed",
            status=self._status(raw),
            time=None if raw.utc is None else datetime.fromtimestamp(raw.utc, UTC),
            date=body.date,
            precision=body.precision,
            quote=raw.text[raw.start : raw.end],
            post=raw.post,
            post_n=raw.post_n,
            listing=raw.listing,
            confidence=None if assessed else body.confidence,
            says=tuple(_says(raw, body)),
            vague=_expanded(raw, body),
            basis=ANALYST if assessed else None,
        )

    def _speaker(self, raw: _Raw, body: Listing) -> Speaker:
        if raw.decision is not None:
            return Speaker("analyst", None, self._authors.get(raw.decision))
        if body.voice == "reported":
            return Speaker("seller in a report", ids.actor(raw.listing), "a seller in a report")
        return Speaker("account", raw.account, raw.sender)

    def _listing(self, raw: _Raw) -> tuple[Listing, frozenset[tuple[str, int, str]]]:
        """The listing as it was read, and the slot values that this reading holds."""
        known = self._read.get(raw.listing + raw.body)
        if known is None:
            body = decoded(raw.body)
            known = self._read[raw.listing + raw.body] = body, _held(body)
        return known

    def _status(self, raw: _Raw) -> Status:
        by_person = self._over.listings.get(raw.listing) if raw.latest else None
        if by_person is not None and raw.decision in by_person.judged.values():
            return "active"
        if by_person is not None and by_person.rejected:
            return "withdrawn"
        return self._of_reading(raw, by_person)

    def _of_reading(self, raw: _Raw, by_person: Corrected | None) -> Status:
        value = (raw.kind, raw.start, raw.code)
        read = self._listing(raw)[1]
        now = read if by_person is None else _held(by_person.body)
        if value in now and raw.latest and raw.record == "listing":
            return "active"
        return "superseded" if value in read or raw.decision is None else "withdrawn"


def _held(body: Listing) -> frozenset[tuple[str, int, str]]:
    return frozenset((slot.kind, slot.span[0], slot.code) for slot in slots_of(body))


def _value(raw: _Raw, body: Listing) -> str:
    return f"{body.polarity} {raw.code}" if raw.kind == "product" else raw.code


def _says(raw: _Raw, body: Listing) -> Iterator[Says]:
    """A source is said of an organisation, all else of who lists; a place has one value."""
    yield Says(raw.listing, f"{raw.kind} at {raw.start}", raw.code, single=True)
    seller = ids.actor(raw.listing) if body.voice == "reported" else raw.account or raw.post
    if raw.kind != "source":
        yield Says(seller, raw.kind, raw.code)
        return
    kind, _, organisation = raw.code.partition(" ")
    for product in sorted({each.id for each in body.products}) or [""]:
        if organisation:
            subject = ids.vocabulary(organisation)
            slot = f"source of {ids.vocabulary(product)}" if product else "source"
            yield Says(subject, slot, kind, single=True)


def _expanded(raw: _Raw, body: Listing) -> bool:
    return raw.kind == "source" and any(
        each.expanded for each in body.sources if each.span[0] == raw.start
    )
