"""Listing findings of a Chinese report: the sentence read by the chat grammars."""

import re
from typing import Final

from ingest.extract.report.chat_slots import read_chat_slots
from ingest.extract.report.findings import ListingFinding
from ingest.extract.report.listings import count_masked, offer_date, undated, with_confidence
from ingest.extract.report.offers import Offer
from ingest.extract.report.scene import Scene

# "在电报群发帖" posts in a group; it sells no mass messages.
_SENT: Final = re.compile("群发(?=[帖布文言消])|群发?(?=发帖)")


def make_listing(scene: Scene, offer: Offer, number: int) -> ListingFinding | None:
    """The record of an offer; None where it names nothing of the trade."""
    page, span = scene.page, offer.span
    slots = read_chat_slots(page.text, span, scene.terms.rules)
    goods = tuple(one for one in slots.products if not _SENT.match(page.view, one.span[0]))
    if not goods and not slots.methods:
        return None
    dated = offer_date(scene, offer)
    record = ListingFinding(
        post=str(offer.line.number),
        listing=number,
        text=page.quote(span),
        lang="zh",
        voice="reported",
        date=dated.iso if dated else None,
        precision=dated.precision if dated and dated.iso else None,
        polarity=offer.polarity,
        confidence=0.0,
        products=goods,
        sources=slots.sources,
        methods=slots.methods,
        quantities=slots.quantities,
        prices=slots.prices,
        contacts=slots.contacts,
        escrow=slots.escrow,
        claims=slots.claims,
        masked=count_masked(page.quote(span)),
        problems=(*undated(scene, dated), *slots.problems),
        quote=page.quote(span),
        span=span,
    )
    return with_confidence(record)
