"""The planted truth of the corpus: who deals with whom, who only seems to; for tests."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from demo.cast import BOTS, CAST, RENAMED
from demo.compose import world_of
from demo.identity import account_id, native_id, venue_id
from demo.rng import SEED
from demo.scenes.noise import COPIERS, SELF_STYLED, SPAMMER
from demo.scenes.shop import SHOP
from demo.world import Message


@dataclass(frozen=True)
class Spot:
    """A message: its venue, number in the export (None in QQ), writer, wall time and text."""

    venue: str
    native_id: str | None
    account: str
    wall: str
    text: str


@dataclass(frozen=True)
class TrueDealing:
    """Goods that passed; `evidence` are the ways in which it shows, `spots` the messages."""

    seller: str
    buyer: str
    product: str
    day: str
    evidence: tuple[str, ...]
    thread: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class TrueAccount:
    """An account of the cast: its id, names, handle and the roles it plays."""

    id: str
    name: str
    handle: str
    roles: tuple[str, ...]
    bot: bool
    later_names: tuple[str, ...]
    same_hand: str | None


@dataclass(frozen=True)
class TrueBroker:
    """A real broker: the pairs (supply, sale) that match in goods and nearness of time."""

    account: str
    style: str
    pairs: tuple[tuple[TrueDealing, TrueDealing], ...]


@dataclass(frozen=True)
class TrueTrap:
    """A line, the rule it tries, and the polarity that it really has."""

    rule: str
    reading: str
    spot: Spot


@dataclass(frozen=True)
class TrueTie:
    """Another shown tie: recruits, agent_of, accuses, deposits, swaps."""

    kind: str
    left: str
    right: str
    spot: Spot


@dataclass(frozen=True)
class Truth:
    """All of it; `chains` by the last part of their thread's name, in order of the goods."""

    accounts: dict[str, TrueAccount]
    dealings: tuple[TrueDealing, ...]
    chains: dict[str, tuple[TrueDealing, ...]]
    brokers: tuple[TrueBroker, ...]
    not_brokers: dict[str, tuple[str, ...]]
    never_met: tuple[str, str]
    ties: tuple[TrueTie, ...]
    copies: tuple[tuple[Spot, Spot], ...]
    traps: tuple[TrueTrap, ...]
    name_worn_again: tuple[tuple[str, str, str], ...]


# Broker -> how this one works.
_STYLES = {
    "laojin": "forwards offers and requests under his own contact",
    "amei": "is answered and taken up on both sides",
    "xiaodao": "agent of suppliers, deals by escrow notices",
    "kev": "sells before he sources",
    "abiao": "buys from channels and sells on, without marked replies",
}
_LOOK_ALIKES = {
    "self_styled": (*SELF_STYLED, "jishuzj"),
    "spammer": (SPAMMER,),
    "hub": (SHOP,),
    "copier": tuple(who for who, _, _ in COPIERS),
    "other_goods": ("zahuo",),
    "backwards": ("daozhuan",),
    "escrow": ("fujibot", "laofu", "escrow_en", "qunzhu1"),
}
# Days between a supply and its sale, in either order.
_NEAR = 14


def _id(key: str) -> str:
    return account_id(CAST[key])


def _spot(message: Message) -> Spot:
    who, wall = account_id(message.person), message.when.isoformat()
    return Spot(venue_id(message), native_id(message), who, wall, message.text)


def _accounts() -> dict[str, TrueAccount]:
    return {
        person.key: TrueAccount(
            account_id(person),
            person.name,
            person.handle,
            person.roles,
            person.key in BOTS,
            tuple(name for _, name in RENAMED.get(person.key, ())),
            _id(person.same) if person.same else None,
        )
        for person in CAST.values()
    }


def _dealings(seed: int) -> tuple[TrueDealing, ...]:
    return tuple(
        TrueDealing(
            _id(deal.seller),
            _id(deal.buyer),
            deal.product,
            deal.day,
            deal.evidence,
            deal.thread,
            tuple(_spot(message) for message in deal.messages),
        )
        for deal in world_of(seed).dealings
    )


def _days(left: TrueDealing, right: TrueDealing) -> int:
    return abs((date.fromisoformat(right.day) - date.fromisoformat(left.day)).days)


def _pairs(broker: str, dealings: tuple[TrueDealing, ...]) -> list[tuple[TrueDealing, TrueDealing]]:
    sales = [deal for deal in dealings if deal.seller == broker]
    pairs: list[tuple[TrueDealing, TrueDealing]] = []
    for supply in (deal for deal in dealings if deal.buyer == broker):
        fitting = [sale for sale in sales if sale.product == supply.product]
        near = min(fitting, key=lambda sale: _days(supply, sale), default=None)
        if near is not None and _days(supply, near) <= _NEAR:
            sales.remove(near)
            pairs.append((supply, near))
    return pairs


def _chains(dealings: tuple[TrueDealing, ...]) -> dict[str, tuple[TrueDealing, ...]]:
    chains: dict[str, list[TrueDealing]] = {}
    for deal in dealings:
        if deal.thread.startswith("chain:"):
            chains.setdefault(deal.thread[6:], []).append(deal)
    return {name: tuple(sorted(hops, key=lambda hop: hop.day)) for name, hops in chains.items()}


@cache
def truth(seed: int = SEED) -> Truth:
    """The planted truth of the corpus of a seed."""
    world, dealings = world_of(seed), _dealings(seed)
    return Truth(
        _accounts(),
        dealings,
        _chains(dealings),
        tuple(
            TrueBroker(_id(who), style, tuple(_pairs(_id(who), dealings)))
            for who, style in _STYLES.items()
        ),
        {why: tuple(map(_id, keys)) for why, keys in _LOOK_ALIKES.items()},
        (_id("guidi"), _id("zhaoren")),
        tuple(TrueTie(t.kind, _id(t.left), _id(t.right), _spot(t.message)) for t in world.ties),
        tuple((_spot(original), _spot(copy)) for original, copy in world.copies),
        tuple(TrueTrap(trap.rule, trap.reading, _spot(trap.message)) for trap in world.traps),
        (
            (CAST["haige"].name, _id("haige"), _id("haige2")),
            (CAST["tongdao2"].name, _id("tongdao2"), _id("fangchan")),
        ),
    )
