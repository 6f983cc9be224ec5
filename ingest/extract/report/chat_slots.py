"""The slots that reports share with posts: read by their grammars, spans moved into the file."""

from typing import TypeVar

import msgspec

from ingest.extract.rules import Rules
from ingest.extract.slots import Slots, read_slots
from ingest.records import (
    ContactRef,
    EscrowRef,
    MethodRef,
    Price,
    ProductRef,
    Quantity,
    SourceClaim,
    Span,
)

Slot = TypeVar("Slot", ProductRef, SourceClaim, MethodRef, Quantity, Price, ContactRef, EscrowRef)


def read_chat_slots(text: str, span: Span, rules: Rules) -> Slots:
    """What the grammars of posts find in one stretch of a report; spans count in the report."""
    found, by = read_slots(text[span[0] : span[1]], rules), span[0]
    return msgspec.structs.replace(
        found,
        products=_moved(found.products, by),
        sources=_moved(found.sources, by),
        methods=_moved(found.methods, by),
        quantities=_moved(found.quantities, by),
        prices=_moved(found.prices, by),
        contacts=_moved(found.contacts, by),
        escrow=_moved(found.escrow, by),
    )


def _moved(slots: tuple[Slot, ...], by: int) -> tuple[Slot, ...]:
    return tuple(
        msgspec.structs.replace(slot, span=(slot.span[0] + by, slot.span[1] + by)) for slot in slots
    )
