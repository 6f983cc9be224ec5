"""The slots of a listing: source, method, price, escrow, contact, role, coverage."""

from collections import Counter
from collections.abc import Callable

from evidence.corrections.slots import SlotValue
from graph import ids
from graph.build import vocabulary
from graph.build.draft import Ref, moment
from graph.build.rates import shipped
from graph.build.rows import ListingRecord
from graph.build.world import World
from ingest.records import ContactRef, Price, SourceClaim

ClaimIds = Callable[[str, int, str | None], list[str]]


def add_sources(world: World, record: ListingRecord, node: Ref, claims: ClaimIds) -> None:
    """What the text calls its sources, and the organisations that the words name."""
    entries: Counter[tuple[str, int]] = Counter()
    for source in record.body.sources:
        place = (source.kind, source.span[0])
        reference = world.draft.node(
            "SourceRef",
            ids.source(record.id, source.kind, source.span[0], entries[place]),
            source.quote,
            text=source.quote,
            cardinality=source.cardinality,
            resolved=source.id is not None,
        )
        entries[place] += 1
        code = f"{source.kind} {source.id or ''}".rstrip()
        named = claims("source", source.span[0], code)
        world.draft.rel(
            "CLAIMS_SOURCE",
            node,
            reference,
            **_claimed(record, named, "sources", source),
            kind=source.kind,
            quote=source.quote,
            span_start=source.span[0],
            span_end=source.span[1],
            expanded=source.expanded,
        )
        if source.id is not None:
            _resolve(world, record, reference, source, named)


def _resolve(
    world: World,
    record: ListingRecord,
    reference: Ref,
    source: SourceClaim,
    claims: list[str],
) -> None:
    name = source.name
    same = name is not None and ids.normal_name(name) == ids.normal_name(source.quote)
    by_person = ("sources", source) in record.assessed
    world.draft.rel(
        "RESOLVES_TO",
        reference,
        vocabulary.organisation(world.draft, source.id or "", name),
        **stated(record, "derived", "sources", source),
        claims=claims,
        basis="analyst" if by_person else "name" if same else "alias",
    )


def stated(
    record: ListingRecord, modality: str, slot: str, *values: SlotValue
) -> dict[str, str | float]:
    """Modality and confidence: the reading's, or a person's where all values are theirs."""
    if record.assessed and all((slot, value) in record.assessed for value in values):
        return {"modality": "analyst", "confidence": 1.0}
    return {"modality": modality, "confidence": float(record.body.confidence)}


def _claimed(
    record: ListingRecord, claims: list[str], slot: str, value: SlotValue
) -> dict[str, str | float | list[str]]:
    return {**stated(record, "claimed", slot, value), "claims": claims}


def add_methods(world: World, record: ListingRecord, node: Ref, claims: ClaimIds) -> None:
    """How the data is said to be taken."""
    for method in record.body.methods:
        world.draft.rel(
            "CLAIMS_METHOD",
            node,
            vocabulary.method(world.draft, method.id),
            **_claimed(record, claims("method", method.span[0], method.id), "methods", method),
            quote=method.quote,
            span_start=method.span[0],
            span_end=method.span[1],
        )


def add_prices(world: World, record: ListingRecord, node: Ref, claims: ClaimIds) -> None:
    """Prices, and the rails that they are asked in."""
    day = None if record.post.utc is None else moment(record.post.utc).date()
    for price in record.body.prices:
        turned = shipped().convert(float(price.value), price.currency, day)
        quote = world.draft.node(
            "PriceQuote",
            ids.quote(record.id, price.span[0]),
            _price_name(price),
            kind=_price_kind(record, price),
            value=float(price.value),
            currency=price.currency,
            per=price.per,
            min_quantity=None if price.min_quantity is None else float(price.min_quantity),
            raw=price.quote,
            value_cny=_whole(turned.cny),
            value_usd=_whole(turned.usd),
            fx_date=turned.day,
        )
        found = claims("price", price.span[0], None)
        world.draft.rel(
            "QUOTES",
            node,
            quote,
            **_claimed(record, found, "prices", price),
            span_start=price.span[0],
            span_end=price.span[1],
        )
        if price.currency in vocabulary.CRYPTO:
            rail = vocabulary.payment(world.draft, price.currency)
            world.draft.rel("TAKES_PAYMENT", node, rail, **_claimed(record, found, "prices", price))


def _whole(value: float | None) -> float | None:
    """Six digits: the last ones of a quotient differ from machine to machine."""
    return None if value is None else round(value, 6)


def _price_kind(record: ListingRecord, price: Price) -> str:
    if price.per == "percent":
        return "commission"
    return "budget" if record.body.polarity == "request" and price.per == "total" else "unit_price"


def _price_name(price: Price) -> str:
    unit = f" {price.currency}" if price.currency else ""
    return f"{price.value:g}{unit}" + (f" per {price.per}" if price.per else "")


def add_escrow(world: World, record: ListingRecord, node: Ref, claims: ClaimIds) -> None:
    """Guarantees that are accepted."""
    for escrow in record.body.escrow:
        world.draft.rel(
            "ACCEPTS_ESCROW",
            node,
            vocabulary.escrow(world.draft, escrow.id),
            **_claimed(record, claims("escrow", escrow.span[0], escrow.id), "escrow", escrow),
            named=escrow.named,
        )


def add_contacts(world: World, record: ListingRecord, node: Ref, claims: ClaimIds) -> None:
    """Contacts that are printed, the seller's before those of others."""
    for contact in sorted(record.body.contacts, key=lambda each: each.owner != "seller"):
        reference = contact_node(world, contact)
        world.draft.seen(reference, record.post.utc)
        world.draft.rel(
            "GIVES_CONTACT",
            node,
            reference,
            **stated(record, "observed", "contacts", contact),
            claims=claims("contact", contact.span[0], f"{contact.kind}:{contact.value}"),
            owner=contact.owner,
            quote=contact.quote,
        )


def contact_node(world: World, contact: ContactRef) -> Ref:
    """The node of a contact."""
    id_ = ids.contact(contact.kind, contact.value)
    return world.draft.node(
        "Contact",
        id_,
        f"{contact.kind} {contact.value}",
        kind=contact.kind,
        value=id_.split(":", 2)[2],
    )


def add_roles(world: World, record: ListingRecord, node: Ref, claims: ClaimIds) -> None:
    """Roles that the author claims in this listing; `cheat` is never the author's."""
    basis = "report" if record.body.voice == "reported" else "self_described"
    for role in record.body.roles:
        if role.role == "cheat":
            continue
        found = (claims("role", cue.span[0], role.role) for cue in role.cues)
        world.draft.rel(
            "HAS_ROLE",
            node,
            vocabulary.role(world.draft, role.role),
            **stated(record, "derived", "roles", role),
            claims=sorted({id_ for each in found for id_ in each}),
            basis="analyst" if ("roles", role) in record.assessed else basis,
            score=float(role.score),
        )


def add_coverage(world: World, record: ListingRecord, node: Ref) -> None:
    """Countries and data fields."""
    by_source = {vocabulary.country_of(s.id) for s in record.body.sources if s.id is not None}
    for code in record.body.claims.jurisdictions:
        place = vocabulary.jurisdiction(world.draft, code)
        implied = code in by_source
        claimed = _claimed(record, [], "jurisdictions", code)
        world.draft.rel("COVERS", node, place, **claimed, implied=implied)
    for code in record.body.claims.fields:
        claimed = _claimed(record, [], "fields", code)
        world.draft.rel("HAS_FIELD", node, vocabulary.field(world.draft, code), **claimed)
