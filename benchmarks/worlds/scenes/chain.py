"""A dealing that passes through somebody: its parties, goods, prices and venues."""

from datetime import datetime

from msgspec import Struct

from benchmarks.worlds.goods import priced
from benchmarks.worlds.model import Mark, Person, Venue
from benchmarks.worlds.scenes.crowd import ask_price, lot
from benchmarks.worlds.scenes.leg import Leg, Terms
from benchmarks.worlds.stage import Stage
from demo.rng import Rng


class Chain(Struct, frozen=True):
    """A dealing through somebody: who, what, at which two prices, and where each side meets."""

    supplier: Person
    middle: Person
    client: Person
    product: str
    quantity: int
    cost: float
    price: float
    there: Venue
    here: Venue
    sure: bool

    def source(self, stage: Stage, rng: Rng) -> Leg:
        """The side on which the goods come in."""
        terms = Terms(self.supplier, self.middle, self.product, self.quantity, self.cost,
                      self.there, self.sure)  # fmt: skip
        return Leg(stage, terms, rng, "source")

    def sale(self, stage: Stage, rng: Rng) -> Leg:
        """The side on which they go out."""
        terms = Terms(self.middle, self.client, self.product, self.quantity, self.price,
                      self.here, self.sure)  # fmt: skip
        return Leg(stage, terms, rng, "sale")


def draw(
    stage: Stage, parties: tuple[Person, Person, Person], product: str, sure: bool, rng: Rng
) -> Chain:
    """A chain of supplier, middle and client in goods, the sale dearer than the source."""
    supplier, middle, client = parties
    cost = ask_price(product, rng)
    inward, outward = stage.shared(supplier, middle), stage.shared(middle, client)
    here = rng.pick(outward)
    there = rng.pick([venue for venue in inward if venue is not here] or inward)
    price = priced(cost * rng.between(108, 165) / 100)
    return Chain(
        supplier, middle, client, product, lot(product, rng), cost, price, there, here, sure
    )


def keep(stage: Stage, chain: Chain, kind: str, when: datetime, marks: list[Mark]) -> None:
    """Keeps the chain as a dealing."""
    parties = (chain.supplier, (chain.middle,), chain.client)
    stage.plant(kind, parties, (chain.product, chain.quantity, chain.price), when, marks)
