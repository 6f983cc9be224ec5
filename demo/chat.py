"""Small talk: threads of a topic among plain members, the larger part of every venue."""

from datetime import datetime

from demo.cast import CAST, CROWD, Person, name_on
from demo.rng import Rng
from demo.stock import Stock, stock
from demo.venues import VENUES
from demo.world import Message, World, later

_STOCKS = {"chuhai": "chatter_en", "duanxin": "chatter_qq", "jishu": "chatter_qq"}
# Those who only post: spam, the two who never meet, one banned, one who comes late.
_SILENT = ("shuaping", "guidi", "zhaoren", "xiaochen", "haige2")
_QUIET_HANDS = ("boss", "escrow_agent", "venue_admin")


def talkers(venue: str) -> tuple[Person, ...]:
    """The plain members of a venue and the traders who also talk."""
    traders = [
        person
        for person in CAST.values()
        if venue in person.home
        and person.contact
        and not set(person.roles) & set(_QUIET_HANDS)
        and person.key not in _SILENT
    ]
    return (*CROWD[venue], *traders)


def _phrases(venue: str) -> Stock:
    return stock(_STOCKS.get(venue, "chatter"))


def _topics(phrases: Stock) -> list[str]:
    return [name[:-5] for name in phrases.sections if name.endswith(".open")]


def remark(venue: str, rng: Rng, section: str) -> str:
    """One remark, sometimes with a tail of the writer's own."""
    phrases = _phrases(venue)
    return phrases.say(rng, section) + phrases.say(rng, "tail")


def thread(
    world: World, venue: str, when: datetime, people: list[Person], length: int, rng: Rng
) -> list[Message]:
    """A conversation of so many messages, begun at a wall time, among the people named."""
    topic = rng.pick(_topics(_phrases(venue)))
    said = [world.say(venue, rng.pick(people).key, when, remark(venue, rng, f"{topic}.open"))]
    while len(said) < length:
        said.append(_next(world, venue, topic, people, said, rng))
    return said


def _next(
    world: World, venue: str, topic: str, people: list[Person], said: list[Message], rng: Rng
) -> Message:
    before = said[-1]
    others = [person for person in people if person is not before.person] or people
    who, minutes = rng.pick(others), rng.between(0, 6)
    single = rng.chance(18)
    text = _phrases(venue).say(rng, "single") if single else remark(venue, rng, f"{topic}.reply")
    to = rng.pick(said)
    if VENUES[venue].platform == "qq":
        if rng.chance(15) and to.person is not who:
            text = f"@{name_on(to.person, before.when.date().isoformat())} {text}"
        return world.say(venue, who.key, later(before, minutes), text)
    reply = to if rng.chance(38) and to.person is not who else None
    return world.say(venue, who.key, later(before, minutes), text, reply=reply)


def aside(world: World, venue: str, when: datetime, who: Person, rng: Rng) -> Message:
    """A single remark out of any conversation."""
    return world.say(venue, who.key, when, _phrases(venue).say(rng, "single"))
