"""Offers and requests that stand there and lead to nothing that shows."""

from datetime import timedelta

from benchmarks.worlds.model import Person
from benchmarks.worlds.scenes.crowd import Wish, ask_price, lot, onlookers, rivals
from benchmarks.worlds.stage import Stage
from demo.rng import Rng

_ADVERTS = {"supplier": (2, 8), "trader": (2, 7), "hub": (14, 30), "broker": (0, 5)}
_REQUESTS = {"buyer": (0, 4), "trader": (0, 4), "broker": (0, 3), "hub": (0, 2)}


def standing_adverts(stage: Stage) -> None:
    """Sellers advertise over the weeks, often with the same words."""
    for person in stage.cast.of(*_ADVERTS):
        rng = stage.rng("adverts", person.key)
        low, high = _ADVERTS[person.role]
        if person.role == "broker":
            high = max(low, high * stage.scenario.broker_chat // 100)
        for product in person.goods:
            _campaign(stage, person, product, rng.between(low, high) // len(person.goods), rng)


def _campaign(stage: Stage, person: Person, product: str, count: int, rng: Rng) -> None:
    venue = stage.place(person, rng)
    price = ask_price(product, rng, 125 if person.role == "broker" else 100)
    pattern = stage.pattern(person, venue, "offer", product, lot(product, rng), rng)
    for _ in range(count):
        if rng.chance(45):
            venue = stage.place(person, rng)
            pattern = stage.pattern(person, venue, "offer", product, lot(product, rng), rng)
        when = stage.moment(rng)
        advert = stage.advertise(person, venue, when, product, price, pattern, rng)
        if rng.chance(30):
            onlookers(stage, advert, person, rng)
        if rng.chance(12):
            section = rng.pick(("bump", "bump", "soldout"))
            when += timedelta(minutes=rng.between(90, 900))
            text = stage.phrase(
                person, venue, when, section, rng, product=product,
                quantity=lot(product, rng), side="sell",
            )  # fmt: skip
            stage.say(person, venue, when, text, side="sell", act=section)


def standing_requests(stage: Stage) -> None:
    """Some ask for goods and take nothing, or nothing that anybody sees."""
    for person in stage.cast.of(*_REQUESTS):
        rng = stage.rng("requests", person.key)
        low, high = _REQUESTS[person.role]
        if person.role == "broker":
            high = max(low, high * stage.scenario.broker_chat // 100)
        products = person.goods if person.role == "broker" else person.wants
        for _ in range(rng.between(low, high)):
            ask(stage, person, rng.pick(products), rng)


def ask(stage: Stage, person: Person, product: str, rng: Rng) -> None:
    """A request with whatever answers it gets."""
    venue, when, quantity = stage.place(person, rng), stage.moment(rng), lot(product, rng)
    broker = person.role == "broker"
    client = rng.chance(stage.scenario.client if broker else 5)
    section = "client_request" if client and "client" not in stage.muted else "request"
    text = stage.phrase(
        person, venue, when, section, rng, product=product, quantity=quantity, side="buy"
    )
    asked = stage.say(person, venue, when, text, side="buy", act="request")
    rivals(stage, asked, Wish(person, product, quantity), rng)
