"""Those who only post: copyists of others' offers, spammers, posters of one kind of goods."""

from datetime import timedelta

from benchmarks.worlds.model import Advert, Message, Person, Venue
from benchmarks.worlds.scenes.crowd import Wish, ask_price, lot, onlookers, rivals
from benchmarks.worlds.scenes.forwarding import pass_on
from benchmarks.worlds.stage import Stage
from demo.rng import Rng

_SELLERS = ("supplier", "trader", "hub", "broker", "reseller")


def copycats(stage: Stage) -> None:
    """Offers of others appear again under a strange contact; there is nothing behind them."""
    for person in stage.cast.of("copycat"):
        rng = stage.rng("copy", person.key)
        sellers = {p.key for p in stage.cast.of(*_SELLERS)}
        seen = [
            advert
            for advert in stage.adverts
            if advert.owner in sellers and advert.message.venue.key in person.venues
        ]
        copies = [_copy(stage, person, one, rng) for one in rng.sample(seen, rng.between(6, 14))]
        person.goods = sorted({advert.product for advert in copies} or set(person.goods))
        if copies and rng.chance(45):
            _accused(stage, person, rng.pick(copies), rng)


def _copy(stage: Stage, person: Person, seen: Advert, rng: Rng) -> Advert:
    venue = stage.place(person, rng)
    when = seen.message.when + timedelta(minutes=rng.between(100, 6500))
    price = ask_price(seen.product, rng, rng.between(85, 130))
    if rng.chance(25):
        copied = pass_on(stage, person, venue, seen, when, price, rng)
    else:
        copied = stage.advertise(person, venue, when, seen.product, price, seen.pattern, rng)
    if rng.chance(55):
        onlookers(stage, copied, person, rng)
    return copied


def _accused(stage: Stage, person: Person, copied: Advert, rng: Rng) -> None:
    venue = copied.message.venue
    angry = [p for p in stage.cast.of("buyer", "supplier") if venue.key in p.venues]
    if not angry:
        return
    who, when = rng.pick(angry), copied.message.when + timedelta(hours=rng.between(5, 90))
    other = stage.name_of(person, venue, when, rng, "sell")
    text = stage.phrase(
        who, venue, when, "accuse", rng, product=copied.product, named={"other": other}
    )
    said = stage.say(who, venue, when, text, reply=copied.message, act="accuse")
    if rng.chance(50):
        later = when + timedelta(minutes=rng.between(4, 300))
        text = stage.phrase(person, venue, later, "deny", rng, side="sell")
        stage.say(person, venue, later, text, reply=said, side="sell", act="denial")


def spammers(stage: Stage) -> None:
    """The same few adverts for everything, again and again, in every venue."""
    for person in stage.cast.of("spammer"):
        rng = stage.rng("spam", person.key)
        texts = {key: [_spam(stage, person, key, rng) for _ in range(2)] for key in person.venues}
        scale = min(240, stage.cast.size)
        for _ in range(rng.between(16, 36) * scale // 240):
            key = rng.pick(person.venues)
            said = stage.say(
                person, stage.cast.venue(key), stage.moment(rng), rng.pick(texts[key]), act="spam"
            )
            if rng.chance(4):
                _gripe(stage, said, rng)


def _spam(stage: Stage, person: Person, key: str, rng: Rng) -> str:
    venue, product = stage.cast.venue(key), rng.pick(person.goods)
    return stage.phrase(
        person, venue, stage.cast.start, "spam", rng, product=product, price=ask_price(product, rng)
    )


def _gripe(stage: Stage, said: Message, rng: Rng) -> None:
    people = [p for p in stage.cast.of("talker", "buyer") if said.venue.key in p.venues]
    if people:
        who, when = rng.pick(people), said.when + timedelta(minutes=rng.between(1, 90))
        text = stage.phrase(who, said.venue, when, "spam_gripe", rng)
        reply = said if rng.chance(60) else None
        stage.say(who, said.venue, when, text, reply=reply, act="gripe")


def focused(stage: Stage) -> None:
    """One kind of goods, offered and asked for, with steady talk and never a receipt."""
    for person in stage.cast.of("focused"):
        rng = stage.rng("focused", person.key)
        product = person.goods[0]
        for _ in range(rng.between(6, 18)):
            _post(stage, person, product, rng)
        known = [a for a in stage.adverts if a.product == product and a.owner != person.key]
        known = [a for a in known if a.message.venue.key in person.venues]
        for advert in rng.sample(known, rng.between(3, 9)):
            section = rng.pick(("asks", "asks", "takes"))
            _remark(stage, person, advert.message, section, product, rng)


def _post(stage: Stage, person: Person, product: str, rng: Rng) -> None:
    venue, when = stage.place(person, rng), stage.moment(rng)
    if rng.chance(68):
        pattern = stage.pattern(person, venue, "offer", product, lot(product, rng), rng)
        advert = stage.advertise(
            person, venue, when, product, ask_price(product, rng), pattern, rng
        )
        onlookers(stage, advert, person, rng)
        return
    wish = Wish(person, product, lot(product, rng))
    text = stage.phrase(
        person, venue, when, "request", rng, product=product, quantity=wish.quantity
    )
    rivals(stage, stage.say(person, venue, when, text, act="request"), wish, rng)


def _remark(
    stage: Stage, person: Person, to: Message, section: str, product: str, rng: Rng
) -> None:
    venue: Venue = to.venue
    when = to.when + timedelta(minutes=rng.between(2, 400), seconds=rng.below(60))
    text = stage.phrase(
        person, venue, when, section, rng, product=product,
        quantity=lot(product, rng), price=ask_price(product, rng),
    )  # fmt: skip
    stage.say(person, venue, when, text, reply=to, act="remark")


def spam_answers(stage: Stage) -> None:
    """Spammers answer requests and offers alike, some in the words of the trade."""
    rng, share = stage.rng("spam answers"), stage.scenario.spam_answers
    spammers_here = stage.cast.of("spammer")
    for asked, person, product in list(stage.requests):
        near = [p for p in spammers_here if asked.venue.key in p.venues and p is not person]
        if near and rng.chance(share):
            _remark(stage, rng.pick(near), asked, rng.pick(("spam_has", "has")), product, rng)
    for advert in list(stage.adverts):
        near = [p for p in spammers_here if advert.message.venue.key in p.venues]
        if near and rng.chance(share // 3):
            section = rng.pick(("spam_asks", "asks", "takes"))
            _remark(stage, rng.pick(near), advert.message, section, advert.product, rng)
