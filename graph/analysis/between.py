"""Between whom an account stands: pairs by name for each of the five brokerage counts."""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice, product

import msgspec

from graph.analysis.measures.brokerage import ROLES
from graph.analysis.network import Network, Side
from graph.analysis.people import People

SHOWN = 3
"""Pairs for each count."""
_SIDES: tuple[Side, ...] = ("supply", "demand", "other")
Pair = tuple[str, str]
"""Who gives and who takes, by id."""


class Between(msgspec.Struct, frozen=True):
    """Two accounts that have no direct tie from the first to the second, by id and by name.

    `sides`: the classes of their roles, that of the account itself in the middle.
    """

    role: str
    giver: str
    taker: str
    names: tuple[str, str]
    sides: tuple[Side, Side, Side]


def stands_between(
    network: Network, name: str, people: People, first: Collection[Pair] = ()
) -> list[Between]:
    """A few pairs for each count that is not 0; those in `first` come first, then by id."""
    if name not in network:
        return []
    own = network.side(name)
    found: dict[str, list[Between]] = {role: [] for role in ROLES}
    for before, after in product(_SIDES, _SIDES):
        pairs = _pairs(network, name, (before, after), first)
        role = role_of(before, own, after)
        found[role] += [
            Between(role, a, b, (people.name(a), people.name(b)), (before, own, after))
            for a, b in pairs
        ]
    return [pair for role in ROLES for pair in found[role][:SHOWN]]


def role_of(before: Side, own: Side, after: Side) -> str:
    """The name of the count for the sides of a -> account -> b."""
    if before == after:
        return "coordinator" if before == own else "itinerant"
    return {before: "representative", after: "gatekeeper"}.get(own, "liaison")


def _pairs(
    network: Network, name: str, sides: tuple[Side, Side], first: Collection[Pair]
) -> list[Pair]:
    """Different givers and different takers, as long as there are any."""
    before, after = (
        frozenset(one for one in ends if network.side(one) == side)
        for ends, side in zip((network.gets[name], network.gives[name]), sides, strict=True)
    )
    known = sorted(
        (a, b)
        for a, b in first
        if a in before and b in after and a != b and b not in network.gives[a]
    )
    found = [*_spread(known), *_spread(_open(network, before, after))]
    return list(dict.fromkeys(found))[:SHOWN]


def _open(network: Network, before: frozenset[str], after: frozenset[str]) -> Iterator[Pair]:
    """For each giver in turn the takers that it does not give to directly."""
    for giver in sorted(before):
        for taker in sorted(after - network.gives[giver] - {giver})[:SHOWN]:
            yield giver, taker


def _spread(pairs: Iterable[Pair]) -> list[Pair]:
    """A few pairs, those with ends that are new before the others."""
    some = list(islice(pairs, SHOWN * SHOWN))
    taken: set[str] = set()
    fresh: list[Pair] = []
    rest: list[Pair] = []
    for pair in some:
        if taken.intersection(pair):
            rest.append(pair)
        else:
            fresh.append(pair)
            taken.update(pair)
    return fresh + rest
