"""Middlemen by their own word only, second-hand goods, and those who keep order."""

from datetime import timedelta

from benchmarks.worlds.model import Message, Person
from benchmarks.worlds.scenes.crowd import lot
from benchmarks.worlds.stage import Stage
from demo.rng import Rng


def self_styled(stage: Stage) -> None:
    """They praise their ties and promise goods to those who ask; nothing follows."""
    for person in stage.cast.of("selfstyled"):
        rng = stage.rng("selfstyled", person.key)
        for _ in range(rng.between(4, 12)):
            venue, when = stage.place(person, rng), stage.moment(rng)
            product = rng.pick(person.goods)
            text = stage.phrase(person, venue, when, "selfstyled", rng, product=product)
            said = stage.say(person, venue, when, text, act="selfstyled")
            if rng.chance(18):
                _doubt(stage, person, said, rng)
        _promises(stage, person, rng)


def _doubt(stage: Stage, person: Person, said: Message, rng: Rng) -> None:
    near = [p for p in stage.cast.of("buyer", "talker") if said.venue.key in p.venues]
    if near:
        who, when = rng.pick(near), said.when + timedelta(minutes=rng.between(2, 700))
        other = stage.name_of(person, said.venue, when, rng, "")
        text = stage.phrase(who, said.venue, when, "selfstyled_doubt", rng, named={"other": other})
        stage.say(who, said.venue, when, text, reply=said, act="doubt")


def _promises(stage: Stage, person: Person, rng: Rng) -> None:
    near = [found for found in stage.requests if found[0].venue.key in person.venues]
    for asked, _, product in rng.sample(near, rng.between(3, 8)):
        when = asked.when + timedelta(minutes=rng.between(3, 240), seconds=rng.below(60))
        text = stage.phrase(
            person, asked.venue, when, rng.pick(("wait", "wait", "pmd", "has")), rng,
            product=product, quantity=lot(product, rng), price=0.5,
        )  # fmt: skip
        stage.say(person, asked.venue, when, text, reply=asked, act="promise")


def second_hand(stage: Stage) -> None:
    """Old telephones and the like change hands, also through escrow."""
    rng = stage.rng("second hand")
    people = stage.cast.of("talker", "buyer", "trader", "supplier", "broker", "reseller")
    for _ in range(stage.cast.size // 4):
        who = rng.pick(people)
        _odd_sale(stage, who, rng)


def _odd_sale(stage: Stage, who: Person, rng: Rng) -> None:
    venue, when = stage.place(who, rng), stage.moment(rng)
    section = "odd_offer" if rng.chance(65) else "odd_request"
    text = stage.phrase(who, venue, when, section, rng)
    said = stage.say(who, venue, when, text, act="odd")
    near = [p for p in stage.cast.of("talker", "buyer", "broker", "trader", "supplier")
            if venue.key in p.venues and p is not who]  # fmt: skip
    takers = rng.sample(near, rng.pick((0, 1, 1, 2)))
    for person in takers:
        when += timedelta(minutes=rng.between(2, 90))
        text = stage.phrase(person, venue, when, "odd_answer", rng)
        stage.say(person, venue, when, text, reply=said, act="odd")
    if takers and rng.chance(stage.scenario.escrow // 2):
        _odd_notice(stage, who, takers[0], said, rng)


def _odd_notice(stage: Stage, who: Person, taker: Person, said: Message, rng: Rng) -> None:
    venue, when = said.venue, said.when + timedelta(hours=rng.between(2, 20))
    hands = [p for p in stage.cast.of("escrow") if venue.key in p.venues]
    if not hands:
        return
    hand = rng.pick(hands)
    language = "en" if venue.language == "en" else "zh"
    section = "notice" if venue.platform == "telegram" else "escrow_hand"
    named = {
        "kind": rng.pick(_ODD[language]),
        "qty": "1",
        "no": rng.digits(5),
        "sum": str(rng.between(20, 300)),
        "buyer": stage.name_of(taker, venue, when, rng, ""),
        "seller": stage.name_of(who, venue, when, rng, ""),
    }
    text = stage.phrase(hand, venue, when, section, rng, named=named)
    stage.say(hand, venue, when, text, act="escrow")


_ODD = {"zh": ("显卡", "二手手机", "显示器"), "en": ("gpu", "old iphone", "monitor")}


def moderators(stage: Stage) -> None:
    """Those who run a venue remind of its rules."""
    for person in stage.cast.of("admin"):
        rng = stage.rng("admin", person.key)
        for _ in range(rng.between(8, 20)):
            venue, when = stage.place(person, rng), stage.moment(rng)
            text = stage.phrase(person, venue, when, "admin", rng)
            stage.say(person, venue, when, text, act="admin")
