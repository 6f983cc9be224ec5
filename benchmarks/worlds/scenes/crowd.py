"""What others say to an offer or a request that is none of their dealing."""

from datetime import timedelta

from msgspec import Struct

from benchmarks.worlds.goods import GOODS, priced
from benchmarks.worlds.model import Advert, Message, Person
from benchmarks.worlds.stage import Stage
from demo.rng import Rng

_RIVALS = ("supplier", "hub", "trader", "broker", "reseller", "focused", "copycat")
_CURIOUS = ("buyer", "buyer", "trader", "broker", "reseller", "focused", "talker")


class Wish(Struct, frozen=True):
    """Goods that somebody asks for."""

    person: Person
    product: str
    quantity: int


def ask_price(product: str, rng: Rng, percent: int = 100) -> float:
    """A seller's price: the usual one, a quarter up or down, times a mark-up."""
    return priced(GOODS[product].price * rng.between(75, 125) * percent / 10000)


def lot(product: str, rng: Rng) -> int:
    """A usual quantity of some goods."""
    return rng.pick(GOODS[product].lots)


def rivals(
    stage: Stage, asked: Message, wish: Wish, rng: Rng, besides: tuple[Person, ...] = ()
) -> None:
    """Others who have the goods, or say so, answer a request; keeps it for the spammers too."""
    stage.requests.append((asked, wish.person, wish.product))
    able = [
        person
        for person in stage.cast.of(*_RIVALS)
        if wish.product in person.goods
        and asked.venue.key in person.venues
        and person not in (*besides, wish.person)
    ]
    for person in rng.sample(able, rng.pick((0, 0, 1, 1, 2, 3))):
        when = asked.when + timedelta(minutes=rng.between(2, 180), seconds=rng.below(60))
        section = "wait" if rng.chance(12) else "has"
        text = stage.phrase(
            person, asked.venue, when, section, rng, product=wish.product,
            quantity=wish.quantity, price=ask_price(wish.product, rng), side="sell",
        )  # fmt: skip
        stage.say(person, asked.venue, when, text, reply=asked, side="sell", act="rival")


def onlookers(stage: Stage, advert: Advert, seller: Person, rng: Rng, most: int = 2) -> None:
    """Some ask about an advert and leave it at that; the seller sometimes answers."""
    venue = advert.message.venue
    able = [
        person
        for person in stage.cast.of(*_CURIOUS)
        if venue.key in person.venues
        and person is not seller
        and advert.product not in person.goods
        and (advert.product in person.wants or rng.chance(6))
    ]
    for person in rng.sample(able, rng.between(0, most)):
        when = advert.message.when + timedelta(minutes=rng.between(2, 300), seconds=rng.below(60))
        product, quantity = advert.product, lot(advert.product, rng)
        text = stage.phrase(
            person, venue, when, "asks", rng, side="buy", product=product, quantity=quantity
        )
        asked = stage.say(
            person, venue, when, text, reply=advert.message, side="buy", act="curious"
        )
        if rng.chance(40):
            when += timedelta(minutes=rng.between(1, 60))
            text = stage.phrase(
                seller,
                venue,
                when,
                "has",
                rng,
                price=advert.price,
                side="sell",
                product=product,
                quantity=quantity,
            )
            stage.say(seller, venue, when, text, reply=asked, side="sell", act="price")
