"""Listings with what they offer or seek, and who expressed them where."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from evidence.archive.claims import slot_claims
from graph import ids
from graph.build import slots, vocabulary
from graph.build.draft import Ref, moment
from graph.build.rows import ListingRecord
from graph.build.world import World
from ingest.records import Listing, ProductRef

ClaimIds = Callable[[str, int, str | None], list[str]]
RECRUITED = {"service/insider_recruitment": "insider"}


def add_listings(world: World) -> None:
    """Every listing with its slots."""
    for record in world.listings:
        add_listing(world, record)


def add_listing(world: World, record: ListingRecord) -> None:
    """One listing with its slots."""
    world.need(record.post)
    node = _node(world, record)
    claims = _claims(record)
    _expressed(world, record, node)
    _add_products(world, record, node, claims)
    slots.add_sources(world, record, node, claims)
    slots.add_methods(world, record, node, claims)
    slots.add_prices(world, record, node, claims)
    slots.add_escrow(world, record, node, claims)
    slots.add_contacts(world, record, node, claims)
    slots.add_roles(world, record, node, claims)
    slots.add_coverage(world, record, node)


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


def _claims(record: ListingRecord) -> ClaimIds:
    found: dict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
    for claim in slot_claims(record.body, record.post.id, record.id):
        found[claim.kind, claim.span[0]].append((claim.code, claim.id))

    def of(kind: str, start: int, code: str | None) -> list[str]:
        return [id_ for known, id_ in found[kind, start] if code is None or known == code]

    return of


def _expressed(world: World, record: ListingRecord, node: Ref) -> None:
    body, post = record.body, record.post
    spans = list(_spans(body))
    world.draft.rel(
        "EXPRESSED_IN",
        node,
        post.ref,
        modality="derived",
        confidence=float(body.confidence),
        claims=[],
        span_start=min((start for start, _ in spans), default=None),
        span_end=max((end for _, end in spans), default=None),
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


def _spans(body: Listing) -> Iterable[tuple[int, int]]:
    for slot in (
        body.products,
        body.sources,
        body.methods,
        body.quantities,
        body.prices,
        body.contacts,
        body.escrow,
    ):
        yield from (each.span for each in slot)
    yield from (cue.span for role in body.roles for cue in role.cues)


def _add_products(world: World, record: ListingRecord, node: Ref, claims: ClaimIds) -> None:
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
            vocabulary.product(world.draft, canonical)
            if sought is None
            else vocabulary.role(world.draft, sought)
        )
        world.draft.rel(
            type_,
            node,
            end,
            **slots.stated(record, "derived", "products", *found),
            claims=[id_ for each in found for id_ in claims("product", each.span[0], canonical)],
            quotes=[each.quote for each in found],
            starts=[each.span[0] for each in found],
            ends=[each.span[1] for each in found],
        )
