"""Listings with what they offer or seek, and who expressed them where."""

from collections import defaultdict
from datetime import date

from evidence.archive.claims import listing_span
from graph import ids
from graph.build import slots, vocabulary
from graph.build.draft import Ref, moment
from graph.build.rows import ListingRecord
from graph.build.vocabulary import Terms
from graph.build.world import World
from ingest.records import Listing, ProductRef

RECRUITED = {"service/insider_recruitment": "insider"}


def add_listings(world: World) -> None:
    """Every listing with its slots."""
    terms = Terms(world.draft)
    for record in world.listings:
        _add(world, terms, record)


def add_listing(world: World, record: ListingRecord) -> None:
    """One listing with its slots."""
    _add(world, Terms(world.draft), record)


def _add(world: World, terms: Terms, record: ListingRecord) -> None:
    world.need(record.post)
    node = _node(world, record)
    _expressed(world, record, node)
    _add_products(terms, record, node)
    slots.add_sources(terms, record, node)
    slots.add_methods(terms, record, node)
    slots.add_prices(terms, record, node)
    slots.add_escrow(terms, record, node)
    slots.add_contacts(terms, record, node)
    slots.add_roles(terms, record, node)
    slots.add_coverage(terms, record, node)


def _node(world: World, record: ListingRecord) -> Ref:
    body, post = record.body, record.post
    amount = body.quantities[0] if body.quantities else None
    return world.draft.node(
        "Listing",
        record.id,
        _name(body),
        polarity=body.polarity,
        status=record.status,
        voice=body.voice,
        lang=body.lang,
        confidence=float(body.confidence),
        posted_at=None if post.utc is None else moment(post.utc),
        date=None if body.date is None else date.fromisoformat(body.date),
        precision=body.precision,
        freshness=body.claims.freshness,
        exclusivity=body.claims.exclusivity,
        exclusive=body.claims.exclusivity == "exclusive",
        test=body.claims.test,
        qty_value=None if amount is None else float(amount.value),
        qty_unit=None if amount is None else amount.unit,
        qty_period=None if amount is None else amount.period,
        qty_raw=None if amount is None else amount.quote,
        masked=body.masked,
    )


def _name(body: Listing) -> str:
    first = f" {vocabulary.words(body.products[0].id)}" if body.products else ""
    return f"{body.polarity}{first}"


def _expressed(world: World, record: ListingRecord, node: Ref) -> None:
    body, post = record.body, record.post
    start, end = listing_span(body) or (None, None)
    world.draft.rel(
        "EXPRESSED_IN",
        node,
        post.ref,
        modality="derived",
        confidence=float(body.confidence),
        claims=[],
        span_start=start,
        span_end=end,
        extractor=record.extractor,
        version=record.lexicon,
    )
    if (lister := lister_of(world, record)) is not None:
        world.draft.rel(
            "LISTED",
            lister,
            node,
            modality="derived",
            confidence=float(body.confidence),
            claims=[],
        )


def lister_of(world: World, record: ListingRecord) -> Ref | None:
    """Whose offer it is: the author; for a report an unnamed actor of its own."""
    if record.body.voice == "reported":
        return world.draft.node(
            "Actor",
            ids.actor(record.id),
            f"unnamed, {_name(record.body)}",
            kind="unknown",
            basis="report",
            shared=False,
        )
    author = world.author(record.post)
    return None if author is None else author.ref


def _add_products(terms: Terms, record: ListingRecord, node: Ref) -> None:
    body = record.body
    if body.polarity == "warning":
        return
    type_ = "SEEKS" if body.polarity in ("request", "recruit") else "OFFERS"
    grouped: dict[str, list[ProductRef]] = defaultdict(list)
    for product in body.products:
        grouped[product.id].append(product)
    for canonical, found in grouped.items():
        sought = RECRUITED.get(canonical) if body.polarity == "recruit" else None
        end = (
            terms.of(vocabulary.product, canonical)
            if sought is None
            else terms.of(vocabulary.role, sought)
        )
        terms.draft.rel(
            type_,
            node,
            end,
            **slots.stated(record, "derived", "products", *found),
            claims=[slots.claim_of(record, "product", each.span[0], canonical) for each in found],
            quotes=[each.quote for each in found],
            starts=[each.span[0] for each in found],
            ends=[each.span[1] for each in found],
        )
