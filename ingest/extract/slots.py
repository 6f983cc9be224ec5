"""The slots of a text whose listing somebody else tells: no gate, no stance, no units."""

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
from ingest.extract.scene import Scene
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
    Text,
)


class Slots(msgspec.Struct, frozen=True, kw_only=True):
    """The slots of a listing record, spans in code points of the stretch."""

    products: tuple[ProductRef, ...]
    sources: tuple[SourceClaim, ...]
    methods: tuple[MethodRef, ...]
    quantities: tuple[Quantity, ...]
    prices: tuple[Price, ...]
    contacts: tuple[ContactRef, ...]
    escrow: tuple[EscrowRef, ...]
    claims: ListingClaims
    problems: tuple[str, ...]


def read_slots(text: str, rules: Rules) -> Slots:
    """All slots that the grammars of posts find in a text."""
    normal, hits = rules.views.view(text)
    scene = Scene(Text("", text, "reported"), normal, hits, rules)
    fields = read_fields(scene, scene.tokens)
    products = choose_products(scene, goods_tokens(scene), fields)
    sources = read_sources(scene, scene.tokens, products)
    return Slots(
        products=product_refs(scene, products),
        sources=sources,
        methods=read_methods(scene, scene.tokens, products, [(0, len(scene.text))]),
        quantities=read_quantities(scene, scene.figures, products),
        prices=read_prices(scene, scene.figures, products),
        contacts=tuple(_contact(scene, found) for found in scene.contacts),
        escrow=read_escrow(scene, scene.tokens, products),
        claims=ListingClaims(
            freshness(scene, scene.tokens, scene.affirmed),
            exclusivity(scene.affirmed),
            test_claim(scene.text),
            read_jurisdictions(scene, scene.tokens, sources),
            field_codes(fields, products),
        ),
        problems=tuple(figure.words for figure in scene.figures if figure.kind == "problem"),
    )


def _contact(scene: Scene, found: Contact) -> ContactRef:
    quote, span = scene.written(found.start, found.end)
    return ContactRef(found.kind, found.value, quote, found.written or span, "seller")
