"""The slots of a listing, each as a row of values that can be named, replaced and taken out."""

import math
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final, Literal

import msgspec

from graph.schema import ROLES
from ingest.records import (
    ContactRef,
    EscrowRef,
    Listing,
    MethodRef,
    Polarity,
    Price,
    ProductRef,
    Quantity,
    RoleReading,
    SourceClaim,
    Span,
)

SlotValue = (
    ProductRef
    | SourceClaim
    | MethodRef
    | Quantity
    | Price
    | ContactRef
    | EscrowRef
    | RoleReading
    | str
)

SPANNED: Final[dict[str, Any]] = {
    "products": ProductRef,
    "sources": SourceClaim,
    "methods": MethodRef,
    "quantities": Quantity,
    "prices": Price,
    "contacts": ContactRef,
    "escrow": EscrowRef,
    "roles": RoleReading,
}
"""Slots whose values stand somewhere in the text, with the type of a value."""
SINGLE: Final = ("polarity", "freshness", "exclusivity", "test")
"""Slots of at most one word."""
LISTED: Final = ("jurisdictions", "fields")
"""Slots of codes without a place in the text."""
TYPES: Final[dict[str, Any]] = {
    **SPANNED,
    "polarity": Polarity,
    "freshness": Literal["realtime", "daily", "recent", "historical"],
    "exclusivity": Literal["first_hand", "exclusive", "resold"],
    "test": Literal["offered", "refused"],
    "jurisdictions": str,
    "fields": str,
}
SLOTS: Final = ("polarity", *SPANNED, *SINGLE[1:], *LISTED)
_KINDS: Final = {
    "products": "product",
    "sources": "source",
    "methods": "method",
    "quantities": "quantity",
    "prices": "price",
    "contacts": "contact",
    "roles": "role",
    "jurisdictions": "jurisdiction",
    "fields": "field",
}


_IDS: Final = {
    "products": re.compile(r"(?:product|service)/[a-z0-9_/]+"),
    "sources": re.compile(r"org/[a-z0-9_]+/[a-z0-9_/]+"),
    "escrow": re.compile(r"escrow/[a-z0-9_]+"),
    "methods": re.compile(r"[a-z_]+"),
    "jurisdictions": re.compile(r"[A-Z]{2,3}"),
    "fields": re.compile(r"[a-z_]+"),
}


def sound(slot: str, value: SlotValue) -> bool:
    """Whether a value that was kept may go into a record: its id, its numbers and its spans."""
    if any(not 0 <= start < end for start, end in spans_of(value)):
        return False
    if isinstance(value, RoleReading):
        return value.role in ROLES and bool(value.cues)
    if isinstance(value, Quantity | Price):
        return math.isfinite(value.value) and value.value >= 0
    if isinstance(value, ContactRef):
        return bool(value.kind and value.value)
    name = value if isinstance(value, str) else value.id
    pattern = _IDS.get(slot)
    return name is None or pattern is None or pattern.fullmatch(name) is not None


def claim_kind(slot: str) -> str:
    """The kind of claim that a value of this slot makes."""
    return _KINDS.get(slot, slot)


def values_of(listing: Listing, slot: str) -> tuple[SlotValue, ...]:
    """The values of a slot in the order of the record."""
    if slot == "polarity":
        return (listing.polarity,)
    if slot in SPANNED:
        return tuple(getattr(listing, slot))
    given = getattr(listing.claims, slot)
    if slot in LISTED:
        return tuple(given)
    return () if given is None else (given,)


def with_values(listing: Listing, slot: str, values: Sequence[SlotValue]) -> Listing:
    """The listing with exactly these values in a slot; roles are put best first."""
    if slot == "polarity":
        return msgspec.structs.replace(listing, polarity=values[0])
    if slot == "roles":
        values = sorted(values, key=_best_first)
    if slot in SPANNED:
        return msgspec.structs.replace(listing, **{slot: tuple(values)})
    given = tuple(values) if slot in LISTED else (values[0] if values else None)
    claims = msgspec.structs.replace(listing.claims, **{slot: given})
    return msgspec.structs.replace(listing, claims=claims)


def _best_first(value: SlotValue) -> tuple[float, str]:
    assert isinstance(value, RoleReading)
    return -value.score, value.role


def written(value: SlotValue) -> str:
    """A value as a person types it; equal values are written alike, wherever they stand."""
    match value:
        case str():
            return value
        case Quantity():
            return f"{number(value.value)} {value.unit}" + (
                f"/{value.period}" if value.period else ""
            )
        case Price():
            return _price(value)
        case ContactRef():
            return f"{value.kind}:{value.value} owner {value.owner}"
        case SourceClaim():
            count = "" if value.cardinality is None else f" cardinality {value.cardinality}"
            return f"{value.kind} {value.id or '-'}{count}"
        case RoleReading():
            return value.role
    return value.id


def _price(price: Price) -> str:
    if price.per == "percent" and price.currency is None:
        text = f"{number(price.value)} percent"
    else:
        unit = f"/{price.per}" if price.per else ""
        text = f"{number(price.value)} {price.currency or '-'}{unit}"
    return text if price.min_quantity is None else f"{text} min {number(price.min_quantity)}"


def number(value: float) -> str:
    """A number without a needless fraction or exponent."""
    if value == int(value):
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def span_of(value: SlotValue) -> Span | None:
    """Where a value stands; None for a code without a place."""
    if isinstance(value, str):
        return None
    if isinstance(value, RoleReading):
        spans = [cue.span for cue in value.cues]
        return (min(s for s, _ in spans), max(e for _, e in spans)) if spans else None
    return value.span


def spans_of(value: SlotValue) -> tuple[Span, ...]:
    """Every stretch of text that a value rests on; of a role, one a cue."""
    if isinstance(value, RoleReading):
        return tuple(cue.span for cue in value.cues)
    return () if isinstance(value, str) else (value.span,)


def moved(value: SlotValue, by: int) -> SlotValue:
    """The same value in a text in which its words stand `by` code points further on."""
    if isinstance(value, str) or not by:
        return value
    if isinstance(value, RoleReading):
        cues = (
            msgspec.structs.replace(cue, span=(cue.span[0] + by, cue.span[1] + by))
            for cue in value.cues
        )
        return msgspec.structs.replace(value, cues=tuple(cues))
    return msgspec.structs.replace(value, span=(value.span[0] + by, value.span[1] + by))


def stands(value: SlotValue, text: str) -> bool:
    """Whether the quotes of a value are what the text says at its spans."""
    if isinstance(value, str):
        return True
    places = value.cues if isinstance(value, RoleReading) else (value,)
    return all(text[place.span[0] : place.span[1]] == place.quote for place in places)
