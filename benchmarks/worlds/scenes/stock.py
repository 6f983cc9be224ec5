"""Stock holders: they buy in bulk for themselves and sell from the stock weeks later."""

from datetime import datetime, timedelta

from benchmarks.worlds.model import Person
from benchmarks.worlds.scenes.crowd import ask_price, lot
from benchmarks.worlds.scenes.leg import Leg, Terms
from benchmarks.worlds.scenes.selling import takers
from benchmarks.worlds.stage import Stage
from demo.rng import Rng

WEEKS_HELD = (3, 7)


def holders(stage: Stage) -> None:
    """Every stock holder fills the store a few times and empties it later."""
    for person in stage.cast.of("reseller"):
        rng = stage.rng("stock", person.key)
        for _ in range(rng.between(1, 3)):
            _round(stage, person, rng)


def _round(stage: Stage, holder: Person, rng: Rng) -> None:
    product = rng.pick(holder.goods)
    able = [
        seller
        for seller in stage.cast.of("supplier", "hub", "trader")
        if product in seller.goods and stage.cast.platforms(seller) & stage.cast.platforms(holder)
    ]
    if not able:
        return
    seller = rng.pick(able)
    if not stage.shared(seller, holder):
        near = [key for key in seller.venues if stage.cast.venue(key).platform
                in stage.cast.platforms(holder)]  # fmt: skip
        holder.venues = sorted({*holder.venues, rng.pick(near)})
    bought = _fill(stage, seller, holder, product, rng)
    for _ in range(rng.between(2, 3)):
        _sell(stage, holder, product, bought, rng)


def _fill(stage: Stage, seller: Person, holder: Person, product: str, rng: Rng) -> datetime:
    when = stage.moment(rng, 0, stage.cast.days // 2)
    quantity, price = lot(product, rng) * rng.between(3, 6), ask_price(product, rng, 80)
    venue = rng.pick(stage.shared(seller, holder))
    leg = Leg(stage, Terms(seller, holder, product, quantity, price, venue), rng)
    leg.order = "reseller_buy"
    leg.by_advert(when)
    received = leg.close(leg.when + timedelta(hours=rng.between(1, 40)))
    stage.plant("direct", (seller, (), holder), (product, quantity, price), received, leg.marks)
    return received


def _sell(stage: Stage, holder: Person, product: str, bought: datetime, rng: Rng) -> None:
    buyers = takers(stage, holder, product, ("buyer",))
    if not buyers:
        return
    low, high = WEEKS_HELD
    when = bought + timedelta(days=rng.between(low * 7, high * 7), minutes=rng.between(0, 500))
    buyer, quantity, price = rng.pick(buyers), lot(product, rng), ask_price(product, rng, 110)
    venue = rng.pick(stage.shared(holder, buyer))
    section = "reseller_sell" if rng.chance(45) else "offer"
    pattern = stage.pattern(holder, venue, section, product, quantity, rng)
    advert = stage.advertise(holder, venue, when, product, price, pattern, rng)
    leg = Leg(stage, Terms(holder, buyer, product, quantity, price, venue), rng)
    leg.by_advert(when, advert)
    received = leg.close(leg.when + timedelta(hours=rng.between(1, 30)))
    stage.plant("from_stock", (holder, (), buyer), (product, quantity, price), received, leg.marks)
