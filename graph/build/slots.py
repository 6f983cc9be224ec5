"""The slots of a listing: source, method, price, escrow, contact, role, coverage."""

from collections.abc import Sequence
from functools import lru_cache

from evidence.archive.claims import price_code, source_code
from evidence.corrections.slots import SlotValue
from graph import ids
from graph.build import vocabulary
from graph.build.draft import Ref, moment
from graph.build.rates import shipped
from graph.build.rows import ListingRecord
from graph.build.vocabulary import Terms
from ingest.records import ContactRef, Price, SourceClaim

_REMEMBERED = 20_000


def claim_of(record: ListingRecord, kind: str, start: int, code: str) -> str:
    """Id of the claim that a slot value of a listing makes."""
    return ids.claim(kind, record.post.id, record.id, start, code)


def add_sources(terms: Terms, record: ListingRecord, node: Ref) -> None:
    """What the text calls its sources, and the organisations that the words name."""
    entries: dict[tuple[str, int], int] = {}
    for source in record.body.sources:
        place = (source.kind, source.span[0])
        entry = entries[place] = entries.get(place, -1) + 1
        reference = terms.draft.node(
            "SourceRef",
            ids.source(record.id, source.kind, source.span[0], entry),
            source.quote,
            text=source.quote,
            cardinality=source.cardinality,
            resolved=source.id is not None,
        )
        named = [claim_of(record, "source", source.span[0], source_code(source))]
        terms.draft.rel(
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
            _resolve(terms, record, reference, source, named)


def _resolve(
    terms: Terms,
    record: ListingRecord,
    reference: Ref,
    source: SourceClaim,
    claims: list[str],
) -> None:
    name = source.name
    same = name is not None and ids.normal_name(name) == ids.normal_name(source.quote)
    by_person = ("sources", source) in record.assessed
    terms.draft.rel(
        "RESOLVES_TO",
        reference,
        vocabulary.organisation(terms.draft, source.id or "", name),
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


def add_methods(terms: Terms, record: ListingRecord, node: Ref) -> None:
    """How the data is said to be taken."""
    for method in record.body.methods:
        claim = claim_of(record, "method", method.span[0], method.id)
        terms.draft.rel(
            "CLAIMS_METHOD",
            node,
            terms.of(vocabulary.method, method.id),
            **_claimed(record, [claim], "methods", method),
            quote=method.quote,
            span_start=method.span[0],
            span_end=method.span[1],
        )


def add_prices(terms: Terms, record: ListingRecord, node: Ref) -> None:
    """Prices, and the rails that they are asked in."""
    day = None if record.post.utc is None else moment(record.post.utc).date()
    for price in record.body.prices:
        turned = shipped().convert(float(price.value), price.currency, day)
        quote = terms.draft.node(
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
        found = _price_claims(record, price)
        terms.draft.rel(
            "QUOTES",
            node,
            quote,
            **_claimed(record, found, "prices", price),
            span_start=price.span[0],
            span_end=price.span[1],
        )
        if price.currency in vocabulary.CRYPTO:
            rail = terms.of(vocabulary.payment, price.currency)
            terms.draft.rel("TAKES_PAYMENT", node, rail, **_claimed(record, found, "prices", price))


def _price_claims(record: ListingRecord, price: Price) -> list[str]:
    """The claims of all prices that stand at one place."""
    start, prices = price.span[0], record.body.prices
    if len(prices) == 1:
        return [claim_of(record, "price", start, _price_code(price))]
    there = [_price_code(each) for each in prices if each.span[0] == start]
    return [claim_of(record, "price", start, code) for code in dict.fromkeys(there)]


# A market's prices have few forms.
_price_code = lru_cache(_REMEMBERED)(price_code)


def _whole(value: float | None) -> float | None:
    """Six digits: the last ones of a quotient differ from machine to machine."""
    return None if value is None else round(value, 6)


def _price_kind(record: ListingRecord, price: Price) -> str:
    if price.per == "percent":
        return "commission"
    return "budget" if record.body.polarity == "request" and price.per == "total" else "unit_price"


@lru_cache(_REMEMBERED)
def _price_name(price: Price) -> str:
    unit = f" {price.currency}" if price.currency else ""
    return f"{price.value:g}{unit}" + (f" per {price.per}" if price.per else "")


def add_escrow(terms: Terms, record: ListingRecord, node: Ref) -> None:
    """Guarantees that are accepted."""
    for escrow in record.body.escrow:
        claim = claim_of(record, "escrow", escrow.span[0], escrow.id)
        terms.draft.rel(
            "ACCEPTS_ESCROW",
            node,
            terms.of(vocabulary.escrow, escrow.id),
            **_claimed(record, [claim], "escrow", escrow),
            named=escrow.named,
        )


def add_contacts(terms: Terms, record: ListingRecord, node: Ref) -> None:
    """Contacts that are printed, the seller's before those of others."""
    contacts: Sequence[ContactRef] = record.body.contacts
    if len(contacts) > 1:
        contacts = sorted(contacts, key=lambda each: each.owner != "seller")
    for contact in contacts:
        reference = contact_node(terms, contact)
        terms.draft.seen(reference, record.post.utc)
        code = f"{contact.kind}:{contact.value}"
        terms.draft.rel(
            "GIVES_CONTACT",
            node,
            reference,
            **stated(record, "observed", "contacts", contact),
            claims=[claim_of(record, "contact", contact.span[0], code)],
            owner=contact.owner,
            quote=contact.quote,
        )


def contact_node(terms: Terms, contact: ContactRef) -> Ref:
    """The node of a contact, named as it was written first."""
    id_ = ids.contact(contact.kind, contact.value)
    known = terms.contacts.get(id_)
    if known is None:
        known = terms.contacts[id_] = terms.draft.node(
            "Contact",
            id_,
            f"{contact.kind} {contact.value}",
            kind=contact.kind,
            value=id_.split(":", 2)[2],
        )
    return known


def add_roles(terms: Terms, record: ListingRecord, node: Ref) -> None:
    """Roles that the author claims in this listing; `cheat` is never the author's."""
    basis = "report" if record.body.voice == "reported" else "self_described"
    for role in record.body.roles:
        if role.role == "cheat":
            continue
        claims = {claim_of(record, "role", cue.span[0], role.role) for cue in role.cues}
        terms.draft.rel(
            "HAS_ROLE",
            node,
            terms.of(vocabulary.role, role.role),
            **stated(record, "derived", "roles", role),
            claims=sorted(claims),
            basis="analyst" if ("roles", role) in record.assessed else basis,
            score=float(role.score),
        )


def add_coverage(terms: Terms, record: ListingRecord, node: Ref) -> None:
    """Countries and data fields."""
    said, sources = record.body.claims, record.body.sources
    if said.jurisdictions:
        by_source = {vocabulary.country_of(s.id) for s in sources if s.id is not None}
        for code in said.jurisdictions:
            place = terms.of(vocabulary.jurisdiction, code)
            implied = code in by_source
            claimed = _claimed(record, [], "jurisdictions", code)
            terms.draft.rel("COVERS", node, place, **claimed, implied=implied)
    for code in said.fields:
        claimed = _claimed(record, [], "fields", code)
        terms.draft.rel("HAS_FIELD", node, terms.of(vocabulary.field, code), **claimed)
