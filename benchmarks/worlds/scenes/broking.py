"""Brokers: goods of one kind come from one party and go on to another within days."""

from datetime import datetime, timedelta

from benchmarks.worlds.model import Advert, Mark
from benchmarks.worlds.scenes.chain import Chain, draw, keep
from benchmarks.worlds.scenes.forwarding import pass_on
from benchmarks.worlds.scenes.introducing import introduce, meeting
from benchmarks.worlds.scenes.leg import Leg
from benchmarks.worlds.scenes.selling import begin, takers
from benchmarks.worlds.stage import Stage
from demo.rng import Rng


def brokers(stage: Stage) -> None:
    """Every broker's dealings."""
    for broker in stage.cast.of("broker"):
        rng = stage.rng("broker", broker.key)
        for number in range(rng.between(*stage.scenario.deals)):
            product = rng.pick(broker.goods)
            parties = (rng.pick(broker.sources[product]), broker, rng.pick(broker.clients[product]))
            chain = draw(stage, parties, product, number < stage.scenario.sure, rng)
            _play(stage, chain, stage.moment(rng, 0, stage.cast.days - 7), rng)


def once(stage: Stage) -> None:
    """Some suppliers, short of goods, get them from a colleague once: that makes no broker."""
    for person in stage.cast.of("supplier"):
        rng = stage.rng("once", person.key)
        if not rng.chance(18):
            continue
        product = rng.pick(person.goods)
        colleagues = [
            other
            for other in stage.cast.of("supplier")
            if other is not person and product in other.goods and stage.shared(person, other)
        ]
        clients = takers(stage, person, product, ("buyer",))
        if colleagues and clients:
            parties = (rng.pick(colleagues), person, rng.pick(clients))
            when = stage.moment(rng, 0, stage.cast.days - 7)
            on_demand(stage, draw(stage, parties, product, False, rng), when, rng)


def _play(stage: Stage, chain: Chain, when: datetime, rng: Rng) -> None:
    way = 100 if chain.sure else rng.below(100)
    introduced = stage.scenario.introductions
    if way < introduced and meeting(stage, chain):
        introduce(stage, chain, when, rng)
    elif way < introduced + stage.scenario.forwards:
        _on_offer(stage, chain, when, rng, forward=True)
    elif rng.chance(58):
        on_demand(stage, chain, when, rng)
    else:
        _on_offer(stage, chain, when, rng, forward=False)


def on_demand(stage: Stage, chain: Chain, when: datetime, rng: Rng) -> None:
    """A client asks, the goods are found, and handed on."""
    sale, source = chain.sale(stage, rng), chain.source(stage, rng)
    if rng.chance(70) or chain.sure:
        sale.by_request(when, hold=40)
    else:
        sale.again(when)
    _look_for(stage, source, sale.when + timedelta(minutes=rng.between(8, 600)), rng)
    arrived = source.close(source.when + timedelta(minutes=rng.between(40, 1800)))
    received = sale.close(arrived + timedelta(minutes=rng.between(6, 1200)))
    marks = [*source.marks, *sale.marks, *_complaint(stage, chain, received, rng)]
    keep(stage, chain, "brokered", received, marks)


def _look_for(stage: Stage, source: Leg, when: datetime, rng: Rng) -> None:
    client = rng.chance(stage.scenario.client) and "client" not in stage.muted
    if rng.chance(45):
        source.by_request(when, "client_request" if client else "request")
    else:
        begin(source, when, rng)


def _on_offer(stage: Stage, chain: Chain, when: datetime, rng: Rng, forward: bool) -> None:
    """An offer is taken up and offered on, dearer; or it is offered on before it is taken."""
    source, sale = chain.source(stage, rng), chain.sale(stage, rng)
    source.by_advert(when)
    found = [advert for advert in stage.adverts if any(
        mark.message.serial == advert.message.serial for mark in source.marks)]  # fmt: skip
    later = source.when + timedelta(minutes=rng.between(20, 2200))
    offer = _offer_on(stage, chain, found[0] if found else None, later, forward, rng)
    first = rng.chance(50)
    arrived = source.close(later) if first else later
    sale.by_advert(
        max(arrived, offer.message.when) + timedelta(minutes=rng.between(9, 2500)), offer
    )
    if not first:
        arrived = source.close(sale.when + timedelta(minutes=rng.between(15, 900)))
    received = sale.close(max(arrived, sale.when) + timedelta(minutes=rng.between(9, 900)))
    marks = [*source.marks, *sale.marks, *_complaint(stage, chain, received, rng)]
    keep(stage, chain, "brokered", received, marks)


def _offer_on(
    stage: Stage, chain: Chain, seen: Advert | None, when: datetime, forward: bool, rng: Rng
) -> Advert:
    middle, here, product = chain.middle, chain.here, chain.product
    if forward and seen is not None:
        return pass_on(stage, middle, here, seen, when, chain.price, rng)
    if seen is not None and rng.chance(35):
        pattern = seen.pattern
    else:
        pattern = stage.pattern(middle, here, "offer", product, chain.quantity, rng)
    return stage.advertise(middle, here, when, product, chain.price, pattern, rng)


def _complaint(stage: Stage, chain: Chain, when: datetime, rng: Rng) -> list[Mark]:
    """Sometimes the client's complaint goes on to the supplier."""
    if not (rng.chance(8) and rng.chance(stage.scenario.openness)):
        return []
    later = when + timedelta(hours=rng.between(2, 40))
    venue = chain.there
    other = stage.name_of(chain.supplier, venue, later, rng, "sell")
    text = stage.phrase(chain.middle, venue, later, "upset", rng, product=chain.product, side="buy")
    said = stage.say(chain.middle, venue, later, f"{other} {text}", side="buy", act="upset")
    return [Mark(said, "complaint", "source")]


def recruiting(stage: Stage) -> None:
    """Some brokers look for agents; so do shops and spammers."""
    for person in stage.cast.of("broker", "hub", "spammer", "supplier"):
        rng = stage.rng("recruit", person.key)
        share = stage.scenario.recruits
        if not rng.chance(share if person.role == "broker" else share // 3):
            continue
        for _ in range(rng.between(1, 3)):
            venue, when = stage.place(person, rng), stage.moment(rng)
            text = stage.phrase(
                person, venue, when, "recruit", rng, product=rng.pick(person.goods), side="sell"
            )
            stage.say(person, venue, when, text, side="sell", act="recruit")
