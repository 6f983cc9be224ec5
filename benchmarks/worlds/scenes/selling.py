"""Dealings from one's own source to a user of the goods, with nobody between."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from benchmarks.worlds.model import Person
from benchmarks.worlds.scenes.crowd import ask_price, lot
from benchmarks.worlds.scenes.leg import Leg, Terms
from benchmarks.worlds.stage import Stage
from demo.rng import Rng


def sale(
    stage: Stage, seller: Person, buyer: Person, product: str, when: datetime, rng: Rng
) -> None:
    """A direct dealing, opened by a request, an advert or a regular's word."""
    quantity, price = lot(product, rng), ask_price(product, rng)
    venue = rng.pick(stage.shared(seller, buyer))
    leg = Leg(stage, Terms(seller, buyer, product, quantity, price, venue), rng)
    begin(leg, when, rng)
    received = leg.close(leg.when + timedelta(minutes=rng.between(20, 2400)))
    stage.plant("direct", (seller, (), buyer), (product, quantity, price), received, leg.marks)


def begin(leg: Leg, when: datetime, rng: Rng, hold: int = 10) -> None:
    """Opens a sale in one of the three ways."""
    way = rng.below(100)
    if way < 40:
        leg.by_request(when, hold=hold)
    elif way < 80:
        leg.by_advert(when)
    else:
        leg.again(when)


def takers(stage: Stage, seller: Person, product: str, roles: Sequence[str]) -> list[Person]:
    """Who wants the goods of a seller and shares a venue and a language with them."""
    return [
        person
        for person in stage.cast.of(*roles)
        if product in person.wants
        and product not in person.goods
        and stage.shared(seller, person)
        and set(seller.languages) & set(person.languages)
    ]


def direct(stage: Stage) -> None:
    """Suppliers, and traders with goods of their own, sell to users; few have many clients."""
    rng = stage.rng("direct")
    sellers = stage.cast.of("supplier")
    for _ in range(round(stage.cast.size * 0.4)):
        seller = rng.pick(sellers[: 1 + rng.below(len(sellers))])
        _sell_some(stage, seller, 1, rng)
    for trader in stage.cast.of("trader"):
        _sell_some(stage, trader, rng.between(3, 10), rng)
    for person in stage.cast.of("selfstyled"):
        if rng.chance(40):
            person.goods = person.goods[:1]
            _sell_some(stage, person, rng.between(1, 3), rng)


def _sell_some(stage: Stage, seller: Person, count: int, rng: Rng) -> None:
    for _ in range(count):
        product = rng.pick(seller.goods)
        buyers = takers(stage, seller, product, ("buyer",)) or _newcomers(stage, seller)
        if not buyers:
            continue
        buyer = rng.pick(buyers[: 1 + rng.below(1 + rng.below(len(buyers)))])
        sale(stage, seller, buyer, product, stage.moment(rng, 0, stage.cast.days - 3), rng)


def _newcomers(stage: Stage, seller: Person) -> list[Person]:
    """Talkers who might buy for once, where no user of the goods meets the seller."""
    return [
        person
        for person in stage.cast.of("buyer", "talker")
        if stage.shared(seller, person) and set(seller.languages) & set(person.languages)
    ][:4]


def shops(stage: Stage) -> None:
    """A popular shop sells goods of its own to many, also to people who only talk."""
    for hub in stage.cast.of("hub"):
        rng = stage.rng("shop", hub.key)
        low, high = stage.scenario.hub_sales
        count = round(rng.between(low, high) * min(240, stage.cast.size) / 240)
        near = [p for p in stage.cast.of("buyer", "talker") if stage.shared(hub, p)]
        for _ in range(count if near else 0):
            product = rng.pick(hub.goods)
            when = stage.moment(rng, 0, stage.cast.days - 3)
            sale(stage, hub, rng.pick(near), product, when, rng)


def own_needs(stage: Stage) -> None:
    """Traders and shops buy, for their own use, goods that they do not sell."""
    for person in stage.cast.of("trader", "hub"):
        rng = stage.rng("needs", person.key)
        for _ in range(rng.between(3, 9) if person.role == "trader" else rng.between(1, 4)):
            product = rng.pick(person.wants)
            able = [
                seller
                for seller in stage.cast.of("supplier", "hub")
                if product in seller.goods and seller is not person and stage.shared(seller, person)
            ]
            if able:
                when = stage.moment(rng, 0, stage.cast.days - 3)
                sale(stage, rng.pick(able), person, product, when, rng)
