"""The claims that a person's values make: beside those of the reading, which stay."""

import sqlite3
from collections.abc import Iterator

from evidence.archive.claims import Slot, slots_of
from evidence.corrections.attach import Corrected, Overlay
from evidence.corrections.slots import SPANNED, SlotValue, claim_kind, values_of, with_values
from graph import ids
from ingest.records import Listing, Span

ANALYST = "analyst"
_BARE = Listing(
    post="", listing=0, text="", lang="other", voice="own", polarity="none", confidence=0.0
)


def keep_claims(connection: sqlite3.Connection, over: Overlay) -> None:
    """Adds the claims of values that a person put in, with the decision as their version."""
    posts = {
        each.id: (post.post, each) for post in over.readings.values() for each in post.listings
    }
    for listing, body in sorted(over.listings.items()):
        post, read = posts[listing]
        for slot, decision in _slots(body, (read.ground[0][0], read.ground[-1][1])):
            claim = ids.claim(slot.kind, post, listing, slot.span[0], slot.code)
            connection.execute(
                "INSERT OR IGNORE INTO claim (id, record_n, kind, subject, code, span_start,"
                " span_end) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (claim, body.n, slot.kind, listing, slot.code, *slot.span),
            )
            connection.execute(
                "INSERT OR IGNORE INTO claim_revision SELECT n, ?, ?, NULL FROM claim WHERE id = ?",
                (ANALYST, decision, claim),
            )


def _slots(body: Corrected, whole: Span) -> Iterator[tuple[Slot, str]]:
    for (slot, value), decision in body.judged.items():
        if value in values_of(body.body, slot):
            for each in _claimed(slot, value, whole):
                yield each, decision


def _claimed(slot: str, value: SlotValue, whole: Span) -> tuple[Slot, ...]:
    if slot in SPANNED:
        return slots_of(with_values(_BARE, slot, (value,)))
    # A word about the listing as a whole rests on all of its words.
    return (Slot(claim_kind(slot), str(value), whole),)
