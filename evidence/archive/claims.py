"""The claims of a listing: one for each slot value that has a span."""

from collections.abc import Iterable, Iterator
from operator import itemgetter

import msgspec

from graph import ids
from ingest.records import Act, Listing, Price, Quantity, SourceClaim, Span


class SlotClaim(msgspec.Struct, frozen=True, gc=False):
    """A slot value by its stable id."""

    id: str
    kind: str
    subject: str
    code: str
    span: Span


class Slot(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A slot value, whatever post it stands in."""

    kind: str
    code: str
    span: Span


def slots_of(listing: Listing) -> tuple[Slot, ...]:
    """Each distinct slot value of a listing, in the order of the record's slots."""
    found: dict[tuple[str, int, str], Slot] = {}
    for kind, code, span in _slots(listing):
        found.setdefault((kind, span[0], code), Slot(kind, code, span))
    return tuple(found.values())


def slot_claims(listing: Listing, post: str, listing_id: str) -> list[SlotClaim]:
    """One claim for each distinct slot value of a listing, in the order of the record's slots."""
    return placed_claims(slots_of(listing), post, listing_id)


def placed_claims(slots: Iterable[Slot], post: str, listing_id: str) -> list[SlotClaim]:
    """The claims that slot values make in one listing of one post."""
    return [
        SlotClaim(
            ids.claim(slot.kind, post, listing_id, slot.span[0], slot.code),
            slot.kind,
            listing_id,
            slot.code,
            slot.span,
        )
        for slot in slots
    ]


def _slots(listing: Listing) -> Iterator[tuple[str, str, Span]]:
    for product in listing.products:
        yield "product", product.id, product.span
    for source in listing.sources:
        yield "source", source_code(source), source.span
    for method in listing.methods:
        yield "method", method.id, method.span
    for quantity in listing.quantities:
        yield "quantity", _quantity_code(quantity), quantity.span
    for price in listing.prices:
        yield "price", price_code(price), price.span
    for contact in listing.contacts:
        yield "contact", f"{contact.kind}:{contact.value}", contact.span
    for escrow in listing.escrow:
        yield "escrow", escrow.id, escrow.span
    for role in listing.roles:
        for cue in role.cues:
            yield "role", role.role, cue.span


def source_code(source: SourceClaim) -> str:
    """Value code of a source."""
    return f"{source.kind} {source.id or ''}".rstrip()


def _quantity_code(quantity: Quantity) -> str:
    return _words(_number(quantity.value), quantity.unit, quantity.period)


def price_code(price: Price) -> str:
    """Value code of a price."""
    return _words(_number(price.value), price.currency, price.per, _number(price.min_quantity))


def _number(value: float | None) -> str | None:
    if value is None:
        return None
    return str(int(value)) if value == int(value) else repr(value)


def _words(*words: str | None) -> str:
    return " ".join(["-" if word is None else word for word in words])


def act_claim(act: Act, post: str, author: str | None) -> str:
    """Id of an act: what it is, where it stands, by whom and towards whom."""
    return ids.claim("act", post, author or post, act.span[0], act_code(act))


def act_code(act: Act) -> str:
    """Value code of an act: what it is, and towards whom."""
    parties = sorted(f"{party.side}={party.kind}:{party.value}" for party in act.parties)
    return " ".join([act.kind, *parties])


def listing_span(listing: Listing) -> Span | None:
    """From the first to the last slot value; None where no slot is filled."""
    spans = [
        each.span
        for slot in (
            listing.products,
            listing.sources,
            listing.methods,
            listing.quantities,
            listing.prices,
            listing.contacts,
            listing.escrow,
        )
        for each in slot
    ]
    spans += [cue.span for role in listing.roles for cue in role.cues]
    if not spans:
        return None
    return min(spans)[0], max(map(itemgetter(1), spans))
