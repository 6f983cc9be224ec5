"""The slots that reports share with chat: read by the chat grammars, spans moved into the file."""

from typing import TypeVar

import msgspec

from ingest.extract.claims import exclusivity, freshness, test_claim
from ingest.extract.contacts import Contact
from ingest.extract.escrow import read_escrow
from ingest.extract.fields import field_codes, read_fields
from ingest.extract.figures import read_prices, read_quantities
from ingest.extract.methods import read_methods
from ingest.extract.places import read_jurisdictions
from ingest.extract.products import choose_products, goods_tokens, product_refs
from ingest.extract.rules import Rules
from ingest.extract.scene import Scene as Chat
from ingest.extract.sources import read_sources
from ingest.records import (
    ContactRef,
    EscrowRef,
    ListingClaims,
    MethodRef,
    Price,
    ProductRef,
    Quantity,
    SourceClaim,
    Span,
    Text,
)
from ingest.text.normalise import normalise

Slot = TypeVar("Slot", ProductRef, SourceClaim, MethodRef, Quantity, Price, ContactRef, EscrowRef)


class ChatSlots(msgspec.Struct, frozen=True, kw_only=True):
    """Slots of a stretch of text; spans count in the file's text."""

    products: tuple[ProductRef, ...]
    sources: tuple[SourceClaim, ...]
    methods: tuple[MethodRef, ...]
    quantities: tuple[Quantity, ...]
    prices: tuple[Price, ...]
    contacts: tuple[ContactRef, ...]
    escrow: tuple[EscrowRef, ...]
    claims: ListingClaims
    problems: tuple[str, ...]


def read_chat_slots(text: str, span: Span) -> ChatSlots:
    """What the chat grammars find in one stretch of a report."""
    start, end = span
    normal = normalise(text[start:end])
    rules = Rules.load()
    post = Text("", text[start:end], "reported")
    chat = Chat(post, normal, rules.scanner.scan(normal.text), rules)
    fields = read_fields(chat, chat.tokens)
    products = choose_products(chat, goods_tokens(chat), fields)
    sources = read_sources(chat, chat.tokens, products)
    return ChatSlots(
        products=_moved(product_refs(chat, products), start),
        sources=_moved(sources, start),
        methods=_moved(read_methods(chat, chat.tokens, products, [(0, len(chat.text))]), start),
        quantities=_moved(read_quantities(chat, chat.figures, products), start),
        prices=_moved(read_prices(chat, chat.figures, products), start),
        contacts=_moved(tuple(_contact(chat, found) for found in chat.contacts), start),
        escrow=_moved(read_escrow(chat, chat.tokens, products), start),
        claims=ListingClaims(
            freshness(chat, chat.tokens, chat.affirmed),
            exclusivity(chat.affirmed),
            test_claim(chat.text),
            read_jurisdictions(chat, chat.tokens, sources),
            field_codes(fields, products),
        ),
        problems=tuple(figure.words for figure in chat.figures if figure.kind == "problem"),
    )


def _contact(chat: Chat, found: Contact) -> ContactRef:
    quote, span = chat.written(found.start, found.end)
    return ContactRef(found.kind, found.value, quote, found.written or span, "seller")


def _moved(slots: tuple[Slot, ...], by: int) -> tuple[Slot, ...]:
    return tuple(
        msgspec.structs.replace(slot, span=(slot.span[0] + by, slot.span[1] + by)) for slot in slots
    )
