"""Listing findings of a Chinese report: the sentence read by the chat grammars."""

import re
from typing import Final

from ingest.extract.report.chat_slots import read_chat_slots
from ingest.extract.report.findings import ListingFinding
from ingest.extract.report.listings import count_masked, offer_date, undated, with_confidence
from ingest.extract.report.offers import Offer
from ingest.extract.report.page import Page
from ingest.extract.report.scene import Scene
from ingest.records import ProductRef

_INSIDERS: Final = "service/insider_recruitment"
_POSTERS: Final = frozenset({"买家", "卖家", "商家", "用户", "黑客", "网友"})
# "在电报群发帖" posts in a group; it sells no mass messages.
_SENT: Final = re.compile("群发(?=[帖布文言消])|群发?(?=发帖)")


_PEOPLE: Final = re.compile(
    r"[\u3400-\u9fff]{0,6}?(?:内部人员|内部员工|内鬼|员工|柜员|职员|工作人员|在职人员|从业人员|客服|快递员|内线)"
)
_WAYS: Final = frozenset({"入侵", "渗透", "攻击", "脱库", "拖库", "黑客"})


def _is_good(page: Page, one: ProductRef, offer: Offer) -> bool:
    """Whether a term is what is traded: no word for the poster, and no way of getting it."""
    if _SENT.match(page.view, one.span[0]):
        return False
    poster = one.quote in _POSTERS and not page.view.startswith(("数据", "信息"), one.span[1])
    way = one.quote in _WAYS and one.span[0] > offer.verb[1]
    return not (poster or way)


def _with_people(page: Page, offer: Offer, goods: tuple[ProductRef, ...]) -> tuple[ProductRef, ...]:
    """Insiders whom an advert seeks are what it asks for."""
    sought = _PEOPLE.search(page.view, offer.verb[0], offer.span[1])
    if sought is None or any(one.id == _INSIDERS for one in goods):
        return goods
    own = tuple(one for one in goods if one.id != "product/data_generic")
    return (*own, ProductRef(_INSIDERS, page.quote(sought.span()), sought.span()))


def make_listing(scene: Scene, offer: Offer, number: int) -> ListingFinding | None:
    """The record of an offer; None where it names nothing of the trade."""
    page, span = scene.page, offer.span
    slots = read_chat_slots(page.text, span, scene.terms.rules)
    goods = tuple(one for one in slots.products if _is_good(page, one, offer))
    if offer.polarity == "recruit":
        goods = _with_people(page, offer, goods)
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
