"""The parts of a world while it is made."""

from dataclasses import dataclass, field
from datetime import datetime

from msgspec import Struct


class Venue(Struct, frozen=True):
    """A group; `first` is the number of its first message, `path` its export file."""

    key: str
    platform: str
    native: str
    name: str
    language: str
    first: int
    path: str


class Worn(Struct, frozen=True):
    """A name or handle, worn from a time on."""

    text: str
    since: datetime


class Voice(Struct, frozen=True):
    """The manner of a writer: what stands between parts, what ends a line, how often typos."""

    gap: str
    ad_gap: str
    tail: str
    typos: int


class Face(Struct, frozen=True):
    """An account. `side` limits it to selling, buying or praising; empty is for everything."""

    key: str
    platform: str
    native: str
    names: tuple[Worn, ...]
    handles: tuple[Worn, ...]
    since: datetime
    until: datetime
    side: str = ""
    bot: bool = False


@dataclass(eq=False)
class Person:
    """Somebody with one account or more; `goods` are sold and `wants` bought."""

    key: str
    role: str
    languages: tuple[str, ...]
    voice: Voice
    weight: int
    goods: list[str] = field(default_factory=list)
    wants: list[str] = field(default_factory=list)
    venues: list[str] = field(default_factory=list)
    faces: list[Face] = field(default_factory=list)
    sources: dict[str, list["Person"]] = field(default_factory=dict)
    clients: dict[str, list["Person"]] = field(default_factory=dict)


class Message(Struct, frozen=True):
    """One message; people named in its text stand as marks (see `stage.mention`)."""

    serial: int
    venue: Venue
    when: datetime
    face: Face
    text: str
    reply: int | None = None
    forward: Face | None = None
    act: str = ""


class Advert(Struct, frozen=True):
    """An offer as written, with places for price and contact, so that it can be copied."""

    message: Message
    owner: str
    product: str
    price: float
    pattern: str
    copied: Message | None = None
    """The forwarded message that the advert is a note to."""


class Mark(Struct, frozen=True):
    """A message as the trace of a dealing: what it does, on the source's side or the sale's."""

    message: Message
    act: str
    part: str


class Planted(Struct, frozen=True):
    """A dealing of the world: goods from a supplier to a buyer, through nobody or others."""

    kind: str
    supplier: Person
    buyer: Person
    through: tuple[Person, ...]
    product: str
    quantity: int
    price: float
    when: datetime
    marks: tuple[Mark, ...]


class Takeover(Struct, frozen=True):
    """A handle that somebody else took after its owner had left it."""

    handle: str
    owner: Face
    taker: Face
    when: datetime
