"""What analysts decided about readings, and where a term comes from, for queries on the archive."""

import hashlib
import math
import re
import sqlite3
from functools import cache, lru_cache
from typing import Final

from evidence.corrections.attach import Corrected, overlay
from evidence.corrections.record import judged
from evidence.corrections.slots import (
    SPANNED,
    SlotValue,
    claim_kind,
    span_of,
    values_of,
)
from evidence.decisions import decisions_in_force
from ingest.lexicon.load import normals, packaged_rows
from ingest.records import ContactRef

_Z: Final = 1.959963984540054
_MARK: Final = re.compile(r"\s*([A-Z])(?::|\s*$)")
_CONTACT: Final = re.compile(r"[a-z_]+:(.*) owner [a-z]+")
Place = tuple[str, str, int]
"""Listing, kind of claim, start of its words."""


def register(connection: sqlite3.Connection, body: str) -> None:
    """Makes the functions that the text of a query names; reads the decisions where it must."""
    if "verdict(" in body:
        known = verdicts(connection)
        connection.create_function("verdict", 3, lambda *place: known.get(place))
    if "in_force(" in body:
        standing = {decision.id for decision in decisions_in_force(connection)}
        connection.create_function("in_force", 1, lambda id_: int(id_ in standing))
    connection.create_function("term_mark", 1, term_mark, deterministic=True)
    connection.create_function("shuffled", 2, _shuffled, deterministic=True)
    connection.create_function("wilson", 3, wilson, deterministic=True)


def verdicts(connection: sqlite3.Connection) -> dict[Place, int]:
    """1 for what a person confirmed or left in a confirmed listing, 0 for what a person took out.

    A value that nobody judged is not there.
    """
    found: dict[Place, int] = {}
    over = overlay(connection)
    for listing, body in over.listings.items():
        for slot in SPANNED:
            after = {_key(value) for value in values_of(body.body, slot)}
            for value in values_of(body.read, slot):
                verdict = _verdict(body, slot, value, after)
                start = span_of(value)
                if verdict is not None and start is not None:
                    found[listing, claim_kind(slot), start[0]] = verdict
    return found


def _verdict(body: Corrected, slot: str, value: SlotValue, after: set[str]) -> int | None:
    if body.rejected or _key(value) not in after:
        return 0
    agreed = any(slot == name and _key(each) == _key(value) for name, each in body.judged)
    return 1 if body.status == "confirmed" or agreed else None


def _key(value: SlotValue) -> str:
    return repr(value)


def decided_contacts(connection: sqlite3.Connection) -> frozenset[str]:
    """Letters and digits of the contacts that analysts put into a reading or confirmed in one."""
    found: set[str] = set()
    for each in judged(connection):
        correction = each.correction
        if correction is None:
            continue
        value = correction.value()
        if isinstance(value, ContactRef):
            found.add(plain(value.value))
        for held in correction.held:
            if held.slot == "contacts" and (match := _CONTACT.fullmatch(held.code)):
                found.add(plain(match[1]))
    return frozenset(found)


def plain(text: str) -> str:
    """Letters and digits only, in lower case."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


@cache
def _marks() -> dict[str, str]:
    rows = [*packaged_rows("lexicon"), *packaged_rows("additions")]
    found: dict[str, str] = {}
    for term, row in zip(normals([row[0] for row in rows]), rows, strict=True):
        marks = {m[1] for part in row[5].split(";") if (m := _MARK.match(part))}
        own = "M" if marks <= {"M"} else "cited"
        found[term] = own if found.get(term, own) == own else "cited"
    return found


@lru_cache(maxsize=100_000)
def term_mark(quote: str) -> str:
    """`M` for a term without a published source, `cited` for one with, empty for other words."""
    return _marks().get(normals([quote])[0], "")


def _shuffled(seed: int, text: str) -> str:
    return hashlib.blake2b(f"{seed}\x1f{text}".encode(), digest_size=8).hexdigest()


def wilson(right: int, of: int, side: int) -> float | None:
    """Lower (side -1) or upper (side 1) end of the 95 % interval of a share (Wilson 1927)."""
    if not of:
        return None
    share, square = right / of, _Z * _Z
    middle = share + square / (2 * of)
    reach = _Z * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    return min(1.0, max(0.0, (middle + side * reach) / (1 + square / of)))
