"""Listing findings of an English report."""

from typing import Final, Literal

import msgspec

from ingest.extract.confidence import confidence
from ingest.extract.report import english_slots as slots
from ingest.extract.report.chat_slots import read_chat_slots
from ingest.extract.report.dates import DateHit
from ingest.extract.report.english_sources import read_sources
from ingest.extract.report.findings import ListingFinding
from ingest.extract.report.offers import Offer
from ingest.extract.report.scene import Scene
from ingest.extract.report.tables import overlaps
from ingest.records import ListingClaims

_MASK: Final = "▮"
_Freshness = Literal["realtime", "daily", "recent", "historical", None]
_Exclusivity = Literal["first_hand", "exclusive", "resold", None]
_Test = Literal["offered", "refused", None]


def make_listing(scene: Scene, offer: Offer, number: int) -> ListingFinding | None:
    """The record of an offer; None where it names nothing of the trade."""
    page, stretches = scene.page, offer.goods
    span = offer.span
    jurisdictions = slots.read_jurisdictions(scene, stretches)
    goods = slots.drop_own_citizens(slots.read_goods(scene, stretches), jurisdictions)
    methods = slots.read_methods(page, stretches, goods)
    if not goods and not methods:
        return None
    dated = offer_date(scene, offer)
    days = [(hit.start, hit.end) for hit in scene.dates_in(*span)]
    shared = read_chat_slots(page.text, span, scene.terms.rules)
    record = ListingFinding(
        post=str(offer.line.number),
        listing=number,
        text=page.quote(span),
        lang="en",
        voice="reported",
        date=dated.iso if dated else None,
        precision=dated.precision if dated and dated.iso else None,
        polarity=offer.polarity,
        confidence=0.0,
        products=goods,
        sources=read_sources(scene, stretches),
        methods=methods,
        quantities=tuple(
            one
            for one in slots.read_quantities(page, stretches, goods)
            if not overlaps(one.span, days)
        ),
        prices=shared.prices,
        contacts=shared.contacts,
        escrow=shared.escrow,
        roles=slots.read_roles(page, stretches),
        claims=ListingClaims(
            msgspec.convert(slots.read_claim(page, stretches, "freshness"), _Freshness),
            msgspec.convert(slots.read_claim(page, stretches, "exclusivity"), _Exclusivity),
            msgspec.convert(slots.read_claim(page, stretches, "test"), _Test),
            jurisdictions,
            shared.claims.fields,
        ),
        masked=count_masked(page.quote(span)),
        problems=(*undated(scene, dated), *shared.problems),
        quote=page.quote(span),
        span=span,
    )
    return with_confidence(record)


def with_confidence(record: ListingFinding) -> ListingFinding:
    """The confidence of the reading, by the same evidence as a post's."""
    generic = all(item.id == "product/data_generic" for item in record.products)
    value = confidence(record, act=True, weak=generic, unsure=0)
    return msgspec.structs.replace(record, confidence=value)


def offer_date(scene: Scene, offer: Offer) -> DateHit | None:
    """When it was offered: a date in front of the verb, else behind it, else at the line's head."""
    sentence = offer.sentences[0]
    if offer.head is not None:
        said = scene.dates_in(offer.head.start, offer.head.end)
        return said[0] if said else None
    hits = [hit for hit in scene.dates_in(sentence.start, sentence.end) if hit.use == "on"]
    before = [hit for hit in hits if hit.end <= offer.verb[0]]
    if before:
        return before[-1]
    if hits:
        return hits[0]
    head = scene.dates_in(offer.line.start, min(sentence.start, offer.line.start + 40))
    return head[0] if head and head[0].start == offer.line.start else None


def count_masked(text: str) -> int:
    """How many masked identifiers a stretch holds: runs of the mask character."""
    return sum(
        char == _MASK and (place == 0 or text[place - 1] != _MASK)
        for place, char in enumerate(text)
    )


def undated(scene: Scene, dated: DateHit | None) -> tuple[str, ...]:
    """The problem of a date whose year the text does not tell."""
    if dated is None or dated.iso:
        return ()
    return (f"no year for {scene.page.quote((dated.start, dated.end))!r}",)
