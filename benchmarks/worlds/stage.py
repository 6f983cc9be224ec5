"""The world while it is played: what has been said, offered and dealt so far."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from benchmarks.worlds.cast import Cast
from benchmarks.worlds.goods import GOODS, price_text
from benchmarks.worlds.model import Advert, Face, Mark, Message, Person, Planted, Venue
from benchmarks.worlds.scenario import Scenario
from benchmarks.worlds.speech import (
    CONTACT,
    PRICE,
    small_talk,
    styled,
    tongue,
    trade_slots,
    trade_talk,
)
from demo.rng import Rng

OPEN, CLOSE = "\x01", "\x02"
_HOURS = (9, 10, 10, 11, 11, 13, 14, 14, 15, 16, 16, 17, 19, 20, 20, 21, 21, 22, 22, 23, 0, 1)


def mention(face: Face, how: str) -> str:
    """A mark in a text for an account: `handle`, or `name` as a link, or `plain` as mere words."""
    return f"{OPEN}{how}:{face.key}{CLOSE}"


class Stage:
    """Holds the cast and everything said; scenes speak through it."""

    def __init__(self, scenario: Scenario, seed: int, size: int) -> None:
        self.scenario, self.seed = scenario, seed
        self.cast = Cast(scenario, seed, size)
        self.muted = frozenset(scenario.muted)
        self.messages: list[Message] = []
        self.adverts: list[Advert] = []
        self.requests: list[tuple[Message, Person, str]] = []
        self.planted: list[Planted] = []

    def rng(self, *names: str | int) -> Rng:
        """The stream of a scene, independent of all others."""
        return Rng(self.scenario.name, self.seed, *names)

    def moment(self, rng: Rng, first: int = 0, last: int | None = None) -> datetime:
        """A time on a day from the first to the last, in the hours when people write."""
        last = self.cast.days - 1 if last is None else last
        day = rng.between(first, max(first, last))
        hour, minute, second = rng.pick(_HOURS), rng.below(60), rng.below(60)
        return self.cast.start + timedelta(days=day, hours=hour, minutes=minute, seconds=second)

    def shared(self, one: Person, other: Person) -> list[Venue]:
        """The venues that two people share."""
        both = sorted(set(one.venues) & set(other.venues))
        return [self.cast.venue(key) for key in both]

    def place(self, person: Person, rng: Rng) -> Venue:
        """One of a person's venues."""
        return self.cast.venue(rng.pick(person.venues))

    def face(self, person: Person, platform: str, when: datetime, side: str = "") -> Face:
        """The account a person uses on a platform at a time, for selling, buying or praising."""
        able = [face for face in person.faces if face.platform == platform]
        able = [face for face in able if face.since <= when < face.until] or able
        fit = [face for face in able if face.side == side]
        return (fit or [face for face in able if not face.side] or able)[0]

    def name_of(self, person: Person, venue: Venue, when: datetime, rng: Rng, side: str) -> str:
        """How others name a person: by handle, by a link, or by the name alone."""
        face = self.face(person, venue.platform, when, side)
        if venue.platform == "telegram":
            return mention(face, rng.pick(("handle", "handle", "handle", "name", "plain")))
        return mention(face, "plain")

    def contact(self, person: Person, venue: Venue, when: datetime, rng: Rng, side: str) -> str:
        """How a person gives a way to be reached: a handle, or a QQ number."""
        face = self.face(person, venue.platform, when, side)
        elsewhere = [f for f in person.faces if f.platform == "telegram" and not f.side]
        if face.platform == "qq" and elsewhere and rng.chance(45):
            return f"飞机{mention(elsewhere[0], 'handle')}"
        if face.platform == "telegram":
            return mention(face, "handle")
        return rng.pick(("QQ{}", "扣扣{}", "Q{}", "加Q {}", "{}")).format(face.native)

    def say(
        self,
        person: Person,
        venue: Venue,
        when: datetime,
        text: str,
        *,
        reply: Message | None = None,
        forward: Face | None = None,
        side: str = "",
        act: str = "",
    ) -> Message:
        """A message; a reply to another venue's message becomes a plain one."""
        face = self.face(person, venue.platform, when, side)
        answered = reply if reply is not None and reply.venue.key == venue.key else None
        if answered is not None and venue.platform == "qq" and answered.serial % 5 < 3:
            text = f"{mention(answered.face, 'plain')} {text}"
        serial = answered.serial if answered is not None and venue.platform != "qq" else None
        message = Message(len(self.messages), venue, when, face, text, serial, forward, act)
        self.messages.append(message)
        return message

    def phrase(
        self,
        person: Person,
        venue: Venue,
        when: datetime,
        section: str,
        rng: Rng,
        *,
        product: str = "",
        quantity: int = 0,
        price: float | None = None,
        side: str = "",
        named: Mapping[str, str] | None = None,
    ) -> str:
        """A phrase of the trade in a person's manner."""
        language = tongue(person, venue)
        slots = trade_slots(
            product or rng.pick(tuple(GOODS)), quantity, price or 0.0, language, rng
        )
        slots |= {"contact": self.contact(person, venue, when, rng, side), **(named or {})}
        text = trade_talk(section, language, slots, self.muted, rng)
        return styled(text, person.voice, language, rng)

    def pattern(
        self, person: Person, venue: Venue, section: str, product: str, quantity: int, rng: Rng
    ) -> str:
        """An advert in a person's manner, with places for price and contact."""
        language = tongue(person, venue)
        slots = trade_slots(product, quantity, None, language, rng)
        text = trade_talk(section, language, slots, self.muted, rng)
        return styled(text, person.voice, language, rng)

    def advertise(
        self,
        person: Person,
        venue: Venue,
        when: datetime,
        product: str,
        price: float,
        pattern: str,
        rng: Rng,
        *,
        side: str = "sell",
        act: str = "offer",
    ) -> Advert:
        """An advert posted by somebody, at a price, with the own contact."""
        goods, language = GOODS[product], tongue(person, venue)
        text = pattern.replace(PRICE, price_text(price, goods, language, rng))
        text = text.replace(CONTACT, self.contact(person, venue, when, rng, side))
        message = self.say(person, venue, when, text, side=side, act=act)
        advert = Advert(message, person.key, product, price, pattern)
        self.adverts.append(advert)
        return advert

    def chat(self, person: Person, venue: Venue, section: str, rng: Rng) -> str:
        """A remark that trades nothing, in a person's manner."""
        language = tongue(person, venue)
        text = small_talk(section, language, rng)
        if not section.endswith("single"):
            text += small_talk("tail", language, rng)
        return styled(text, person.voice, language, rng)

    def plant(
        self,
        kind: str,
        parties: tuple[Person, tuple[Person, ...], Person],
        goods: tuple[str, int, float],
        when: datetime,
        marks: list[Mark],
    ) -> None:
        """Keeps a dealing: supplier, those between, buyer; goods, quantity, price; its traces."""
        supplier, through, buyer = parties
        self.planted.append(
            Planted(kind, supplier, buyer, through, *goods, when=when, marks=tuple(marks))
        )
