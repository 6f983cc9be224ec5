"""The records that extraction gives: listings, report findings and speech acts, with spans.

Spans are `[start, end)` in code points of the text; the text at a span is its quote.
"""

from typing import Literal

import msgspec

Span = tuple[int, int]
Polarity = Literal["offer", "request", "recruit", "swap", "warning", "none"]
Voice = Literal["own", "forwarded", "reported"]
Level = Literal["low", "medium", "high"]
Precision = Literal["day", "month", "season", "year"]
SourceKind = Literal[
    "extraction_point",
    "data_subject_service",
    "employer_of_insider",
    "breached_system",
    "brand_of_kit",
    "unknown",
]
Unit = Literal["record", "set", "account", "host", "message", "query", "file", "gigabyte", "other"]
Owner = Literal["seller", "accused", "other"]


class ProductRef(msgspec.Struct, frozen=True):
    id: str
    quote: str
    span: Span


class SourceClaim(msgspec.Struct, frozen=True):
    id: str | None
    name: str | None
    kind: SourceKind
    quote: str
    span: Span
    expanded: bool = False
    cardinality: int | None = None


class MethodRef(msgspec.Struct, frozen=True):
    id: str
    quote: str
    span: Span


class Quantity(msgspec.Struct, frozen=True):
    value: int | float
    unit: Unit
    period: Literal["day", "week", "month"] | None
    quote: str
    span: Span


class Price(msgspec.Struct, frozen=True):
    value: int | float
    currency: str | None
    per: str | None
    min_quantity: int | float | None
    quote: str
    span: Span


class ContactRef(msgspec.Struct, frozen=True):
    kind: str
    value: str
    quote: str
    span: Span
    owner: Owner


class EscrowRef(msgspec.Struct, frozen=True):
    id: str
    named: bool
    quote: str
    span: Span


class Cue(msgspec.Struct, frozen=True):
    quote: str
    span: Span
    weight: float


class RoleReading(msgspec.Struct, frozen=True):
    role: str
    confidence: Level
    score: float
    """Logistic of the summed cue weights: an order among readings, no probability."""
    cues: tuple[Cue, ...]


class ListingClaims(msgspec.Struct, frozen=True):
    freshness: Literal["realtime", "daily", "recent", "historical"] | None = None
    exclusivity: Literal["first_hand", "exclusive", "resold"] | None = None
    test: Literal["offered", "refused"] | None = None
    jurisdictions: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """The listing record of the public interface, section 3; the key order is part of it."""

    post: str
    listing: int
    text: str
    lang: Literal["zh", "zh-Hant", "en", "mixed", "other"]
    voice: Voice
    date: str | None = None
    precision: Precision | None = None
    polarity: Polarity
    confidence: float
    products: tuple[ProductRef, ...] = ()
    sources: tuple[SourceClaim, ...] = ()
    methods: tuple[MethodRef, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    prices: tuple[Price, ...] = ()
    contacts: tuple[ContactRef, ...] = ()
    escrow: tuple[EscrowRef, ...] = ()
    roles: tuple[RoleReading, ...] = ()
    claims: ListingClaims = ListingClaims()
    masked: int = 0
    problems: tuple[str, ...] = ()


class Text(msgspec.Struct, frozen=True):
    """One masked text to extract from."""

    id: str
    text: str
    voice: Voice = "own"
    masked: int = 0


ActKind = Literal[
    "buying_words",
    "answer",
    "taken_up",
    "delivers",
    "vouch",
    "received",
    "escrow_notice",
    "delivery_notice",
    "agent_of",
    "joins",
    "deposit",
    "accusation",
]


class Party(msgspec.Struct, frozen=True):
    """Somebody named in an act. `value` is normalised, without `@`."""

    side: Literal["buyer", "seller", "principal", "praised", "accused", "escrow", "other"]
    kind: Literal["handle", "qq", "contact"]
    value: str
    quote: str
    span: Span


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """What a post does to another party, beside any listing in it.

    `buying_words`: asks to buy what is on offer ("多少钱", "来一份", "how much").
    `answer`: a short reply that goes on with a deal ("私聊", "pm me", a price, "有货").
    `taken_up`: a requester accepts an answer ("成交", "deal", "已付"). `delivers`: goods went out
    or are made good ("发你了", "uploaded"). `vouch`: praise of a named party; `received`: the
    writer bought or received, from a named party or, in a short turn, from the one spoken to.
    `escrow_notice`, `delivery_notice`: a notice that names a buyer and a seller, or two parties
    (`other`) without saying which is which.
    `agent_of`: sells for a named principal. `joins`: answers a recruitment. `deposit`: a deposit
    lodged with a service. `accusation`: accuses a named party.
    """

    kind: ActKind
    span: Span
    quote: str
    parties: tuple[Party, ...] = ()
    products: tuple[str, ...] = ()
    """Lexicon ids, `product/…` or `service/…`, where the act states them."""
    amount: float | None = None
    currency: str | None = None
    escrow: str | None = None
    """`escrow/…` where a service is named."""


class Reading(msgspec.Struct, frozen=True):
    """Everything one text gave."""

    listings: tuple[Listing, ...] = ()
    acts: tuple[Act, ...] = ()
    mentions: tuple[str, ...] = ()
    """Lexicon ids of products and services named in the text, each once, listing or not."""
