"""Scene: a spammer who answers everybody, brokers in name only, and copiers of advertisements."""

import re
from datetime import timedelta

from demo.cast import CAST
from demo.stock import stock
from demo.venues import VENUES, watched
from demo.world import Message, World, at, later

SPAMMER = "shuaping"
SELF_STYLED = ("wanneng", "liuge")
# Who copies in which venue, and whether letter for letter.
COPIERS = (("copy1", "shuju", True), ("copy2", "shuju", False), ("copy3", "chuhai", False))
_UNIT_PRICE = re.compile(r"(\d+(?:\.\d+)?)(?=元|U|分| cents)")


def _spam(world: World) -> None:
    rng, phrases = world.rng("spam"), stock("noise")
    contact = CAST[SPAMMER].contact
    said = [message for message in world.messages if message.venue.key == "shuju"]
    for message in rng.sample(said, 55):
        text = phrases.say(rng, "spamreply", contact=contact)
        world.answer(message, SPAMMER, rng.between(1, 9), text)
    for venue, every in (("shuju", 4), ("danbao", 7), ("chuhai", 11)):
        day = VENUES[venue].start
        while day <= VENUES[venue].end:
            if watched(venue, day):
                when = at(day.isoformat(), rng.between(8, 23), rng.below(60))
                world.say(venue, SPAMMER, when, phrases.sections["spam"][0].format(contact=contact))
            day += timedelta(days=rng.between(every - 1, every + 2))


def _self_styled(world: World) -> None:
    for who in SELF_STYLED:
        rng, day = world.rng("selfstyled", who), VENUES["shuju"].start
        while day <= VENUES["shuju"].end:
            if watched("shuju", day):
                text = stock("noise").say(rng, f"selfstyled_{who}", contact=CAST[who].contact)
                world.say("shuju", who, at(day.isoformat(), 12 + rng.below(8), rng.below(60)), text)
            day += timedelta(days=rng.between(6, 12))


def _dearer(found: re.Match[str]) -> str:
    old = str(found.group())
    places = len(old.partition(".")[2])
    step = 10**places
    return f"{-(-int(float(old) * step) * 13 // 10) / step:.{places}f}"


def _copied(world: World, original: Message, who: str, exact: bool) -> str:
    text = original.text
    if exact:
        return text
    rng = world.rng("copy", who, original.when.isoformat())
    phrases = stock("noise")
    text = _UNIT_PRICE.sub(_dearer, text)
    text = text.replace(original.person.contact, CAST[who].contact)
    return f"{phrases.say(rng, 'copyhead')}{text}{phrases.say(rng, 'copytail')}".strip()


def _copies(world: World) -> None:
    for who, venue, exact in COPIERS:
        rng = world.rng("copies", who)
        originals = [
            message
            for message in world.messages
            if message.venue.key == venue
            and message.person.key in ("zhuaqu", "miandan", "muying", "qpliao", "yankee")
            and message.forward is None
            and message.person.contact in message.text
            and len(message.text) > 20
            and message.when.date() < VENUES[venue].end - timedelta(days=12)
        ]
        for original in rng.sample(originals, 12):
            copy_at = later(original, rng.between(600, 9000))
            if watched(venue, copy_at.date()):
                copy = world.say(venue, who, copy_at, _copied(world, original, who, exact))
                world.copies.append((original, copy))


def play(world: World) -> None:
    """Plays all three."""
    _self_styled(world)
    _copies(world)
    _spam(world)
