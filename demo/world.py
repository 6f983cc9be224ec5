"""The invented world while it is made: venues, messages, and the plain truth about them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from demo.cast import CAST, Person
from demo.rng import Rng
from demo.venues import VENUES, Venue


@dataclass(frozen=True)
class Mark:
    """A marked stretch of a text, as Telegram writes it: its kind and what it points to."""

    kind: str
    text: str
    target: str = ""


Part = str | Mark


@dataclass(eq=False)
class Message:
    """One message; its number is given when the venue is written."""

    venue: Venue
    when: datetime
    person: Person
    parts: tuple[Part, ...]
    reply: "Message | None" = None
    forward: Person | None = None
    edited: datetime | None = None
    action: str = ""
    members: tuple[Person, ...] = ()
    media: str = ""
    number: int = 0
    heading: str = ""

    @property
    def text(self) -> str:
        """The text without marks."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)


@dataclass(frozen=True)
class Dealing:
    """Goods that passed from a seller to a buyer, and the messages that show it."""

    seller: str
    buyer: str
    product: str
    day: str
    venue: str
    evidence: tuple[str, ...]
    thread: str
    messages: tuple[Message, ...]


@dataclass(frozen=True)
class Tie:
    """Another stated or shown tie: `recruits`, `agent_of`, `accuses`, `deposits`, `swaps`."""

    kind: str
    left: str
    right: str
    message: Message


@dataclass(frozen=True)
class Trap:
    """A message that must not be read as what it looks like; `reading` is its true polarity."""

    rule: str
    reading: str
    message: Message


@dataclass
class World:
    """What has been said so far."""

    seed: int
    messages: list[Message] = field(default_factory=list)
    dealings: list[Dealing] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    traps: list[Trap] = field(default_factory=list)
    stalls: dict[str, list[str]] = field(default_factory=dict)
    copies: list[tuple[Message, Message]] = field(default_factory=list)

    def rng(self, *names: str | int) -> Rng:
        """The stream of a scene, independent of all others."""
        return Rng(self.seed, *names)

    def stall(self, goods: str, who: str) -> int:
        """The place of a seller among those of the goods, in order of appearance."""
        sellers = self.stalls.setdefault(goods, [])
        if who not in sellers:
            sellers.append(who)
        return sellers.index(who)

    def say(
        self, venue: str, who: str, when: datetime, *parts: Part, reply: Message | None = None
    ) -> Message:
        """A message of a person in a venue at a wall time."""
        return self.add(Message(VENUES[venue], when, CAST[who], parts, reply))

    def answer(self, to: Message, who: str, minutes: int, *parts: Part) -> Message:
        """A reply, so many minutes later."""
        return self.say(to.venue.key, who, later(to, minutes), *parts, reply=to)

    def add(self, message: Message) -> Message:
        """Keeps a message."""
        self.messages.append(message)
        return message

    def of(self, venue: str) -> list[Message]:
        """The messages of a venue in order of time, numbered from 1 up with small gaps."""
        found = [message for message in self.messages if message.venue.key == venue]
        found.sort(key=lambda message: message.when)
        rng, number = self.rng("numbers", venue), VENUES[venue].first
        for message in found:
            message.number = number
            number += 1 + (rng.between(1, 3) if rng.chance(8) else 0)
        return found


def later(message: Message, minutes: int) -> datetime:
    """A time after a message, with odd seconds."""
    return message.when + timedelta(minutes=minutes, seconds=(minutes * 17 + 11) % 53 + 3)


def at(day: str, hour: int = 12, minute: int = 0) -> datetime:
    """The wall time on an ISO day, with odd seconds."""
    second = (hour * 31 + minute * 7) % 60
    return datetime.fromisoformat(day).replace(hour=hour, minute=minute, second=second)
