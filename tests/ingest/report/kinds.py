"""Picks the findings of one kind, and checks the spans inside listings."""

from typing import TypeVar

from ingest.extract.report import Finding
from ingest.extract.report.findings import (
    EventFinding,
    FigureFinding,
    ListingFinding,
    OrganisationFinding,
    RoleFinding,
)

Kind = TypeVar("Kind")


def _of(kind: type[Kind], found: list[Finding]) -> list[Kind]:
    return [finding for finding in found if isinstance(finding, kind)]


def listings(found: list[Finding]) -> list[ListingFinding]:
    return _of(ListingFinding, found)


def events(found: list[Finding]) -> list[EventFinding]:
    return _of(EventFinding, found)


def figures(found: list[Finding]) -> list[FigureFinding]:
    return _of(FigureFinding, found)


def organisations(found: list[Finding]) -> list[OrganisationFinding]:
    return _of(OrganisationFinding, found)


def roles(found: list[Finding]) -> list[tuple[str, str]]:
    return [(role.role, role.quote) for role in _of(RoleFinding, found)]


def slots_quote_the_text(text: str, listing: ListingFinding) -> None:
    quoted = [
        *((slot.span, slot.quote) for slot in listing.products),
        *((slot.span, slot.quote) for slot in listing.sources),
        *((slot.span, slot.quote) for slot in listing.methods),
        *((slot.span, slot.quote) for slot in listing.quantities),
        *((slot.span, slot.quote) for slot in listing.prices),
        *((slot.span, slot.quote) for slot in listing.contacts),
        *((slot.span, slot.quote) for slot in listing.escrow),
        *((cue.span, cue.quote) for role in listing.roles for cue in role.cues),
    ]
    for (start, end), quote in quoted:
        assert text[start:end] == quote


def products(listing: ListingFinding) -> list[str]:
    return [product.id for product in listing.products]


def measures(found: list[Finding]) -> list[tuple[str, str | None, str | None, tuple[str, ...]]]:
    """(measure, organisation, date, persons) of each event, in order."""
    return [
        (one.measure, one.organisation.name if one.organisation else None, one.date, one.persons)
        for one in events(found)
    ]
