"""The findings of a report: one tagged struct a kind, spans in code points of the file's text."""

from typing import Literal

import msgspec

from ingest.records import Listing, Precision, Span

Measure = Literal[
    "apprehended",
    "detained",
    "charged",
    "convicted",
    "asked_to_assist",
    "operations_seized",
    "restricted",
    "exposed",
]


class ListingFinding(Listing, frozen=True, kw_only=True, tag_field="kind", tag="listing"):
    """A listing that a report tells of. `post` is the number of its line among the non-empty ones.

    `text` is the sentences that tell of it; every span, those of the slots too, counts in the
    file's text.
    """

    quote: str
    span: Span


class Mention(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """What every other finding has: the sentence, and the words it was read from."""

    text: str
    quote: str
    span: Span


class OrganisationRef(msgspec.Struct, frozen=True):
    """An organisation as the text names it; `id` only for a name or exact alias of the lexicon."""

    id: str | None
    name: str
    aliases: tuple[str, ...] = ()


class OrganisationFinding(Mention, frozen=True, kw_only=True, tag="organisation"):
    id: str | None
    name: str
    aliases: tuple[str, ...] = ()


class MarketFinding(Mention, frozen=True, kw_only=True, tag="market"):
    id: str | None
    name: str
    aliases: tuple[str, ...] = ()


class PlaceFinding(Mention, frozen=True, kw_only=True, tag="place"):
    name: str
    code: str | None
    """ISO 3166 alpha-2 of the country it is or lies in."""


class EventFinding(Mention, frozen=True, kw_only=True, tag="event"):
    """A measure taken, as the report words it. Being named in one is not guilt."""

    date: str | None
    precision: Precision | None
    measure: Measure
    organisation: OrganisationRef | None
    persons: tuple[str, ...] = ()


class FigureFinding(Mention, frozen=True, kw_only=True, tag="figure"):
    value: int | float
    unit: str | None
    """ISO currency, `percent`, `times`, `pgd`, `mgd`, or the singular noun that is counted."""
    counts: str | None
    """The words for what is counted; `limit of …` where the text says "up to"."""
    period: str | None
    """Year, month or day that the number holds for: `2013`, `2013-06`, `2013-06-04`."""


class RoleFinding(Mention, frozen=True, kw_only=True, tag="role"):
    role: str
    says: str


Finding = (
    ListingFinding
    | OrganisationFinding
    | MarketFinding
    | PlaceFinding
    | EventFinding
    | FigureFinding
    | RoleFinding
)
