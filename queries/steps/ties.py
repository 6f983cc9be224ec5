"""Ties of the flow of goods with the roles of their ends, read once and composed into chains."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from graph.elements import Node, Relationship
from graph.store.base import Path
from queries.steps.base import Read

MOST_CHAINS = 20_000
_READ_LIMIT = 200_000
_TIES = """
MATCH (a:Account|Actor)-[f:FLOWS_TO]->(b:Account|Actor)
WHERE f.product IS NOT NULL AND f.first_seen IS NOT NULL
  AND ($product IS NULL OR f.product = $product)
  AND f.confidence >= $min_confidence
  AND (NOT $exclude_shared OR (NOT coalesce(a.shared, false) AND NOT coalesce(b.shared, false)))
RETURN f.id AS id, f AS tie, a, b ORDER BY id LIMIT $limit
"""
_ROLES = """
MATCH (a:Account|Actor)-[h:HAS_ROLE]->(r:Role)
RETURN a.id AS holder, r.code AS code, r.layer AS layer, h.valid_from AS since,
       h.valid_to AS until, h.score AS score, h.id AS id
ORDER BY id LIMIT $limit
"""
_LISTING_ROLES = """
MATCH (a:Account|Actor)-[:LISTED]->(l:Listing)-[h:HAS_ROLE]->(r:Role)
WHERE l.posted_at IS NOT NULL
RETURN a.id AS holder, r.code AS code, r.layer AS layer, l.posted_at AS at, h.score AS score,
       h.id AS id
ORDER BY id LIMIT $limit
"""
# The window of the roles that accounts hold for a period.
LISTING_DAYS = timedelta(days=90)
_MODALITIES = """
MATCH (a:Account|Actor)-[t:SUPPLIES|BUYS_FROM|BROKERS_FOR]->(b:Account|Actor)
RETURN a.id AS a, b.id AS b, t.product AS product, t.modality AS modality, t.id AS id
ORDER BY id LIMIT $limit
"""


_FIRST_DAY, _LAST_DAY = date(1, 1, 2), date(9999, 12, 30)


class Hop(msgspec.Struct, frozen=True):
    """One tie in the direction of the goods."""

    tie: Relationship
    giver: Node
    taker: Node
    product: str
    first: datetime
    last: datetime
    confidence: float
    modality: str


class Held(msgspec.Struct, frozen=True):
    """A role that somebody held, with the days between which it was seen."""

    code: str
    layer: int | None
    since: date
    until: date
    score: float

    def valid(self, first: datetime, last: datetime) -> bool:
        """Whether the window touches these times, a day of slack for the case's zone."""
        slack = timedelta(days=1)
        return self.since - slack <= last.date() and first.date() <= self.until + slack


Chain = tuple[Hop, ...]


class Ties(msgspec.Struct, frozen=True):
    """All hops by giver, all roles by holder."""

    by_giver: dict[str, list[Hop]]
    roles: dict[str, list[Held]]

    def starts(self) -> list[Hop]:
        """Every hop, by giver and id."""
        return [hop for giver in sorted(self.by_giver) for hop in self.by_giver[giver]]

    def held(self, holder: str, first: datetime, last: datetime) -> list[Held]:
        """Roles valid then: those held for a period first, then by score."""
        return [role for role in self.roles.get(holder, []) if role.valid(first, last)]

    def role(
        self, holder: str, first: datetime, last: datetime, among: frozenset[str] = frozenset()
    ) -> str:
        """The code of the best role valid then (among these, if any), else `unknown`."""
        codes = (role.code for role in self.held(holder, first, last))
        return next((code for code in codes if not among or code in among), "unknown")


def read_ties(read: Read, parameters: dict[str, Any]) -> Ties:
    """Reads hops and roles; ties without product or time cannot be composed and are left out."""
    given = {
        "product": parameters.get("product"),
        "min_confidence": parameters.get("min_confidence") or 0.0,
        "exclude_shared": parameters.get("exclude_shared", True),
        "limit": _READ_LIMIT,
    }
    modalities = _modalities(read)
    by_giver: dict[str, list[Hop]] = defaultdict(list)
    for row in read(_TIES, given):
        hop = _hop(row["tie"], row["a"], row["b"], modalities)
        by_giver[hop.giver.id].append(hop)
    return Ties(dict(by_giver), _roles(read, parameters.get("listing_roles", False)))


def extended(ties: Ties, chain: Chain, most_hops: int) -> Iterator[Chain]:
    """Chains of one hop more: same product, nobody twice, no tie over before an earlier began."""
    if len(chain) >= most_hops:
        return
    met = {chain[0].giver.id, *(hop.taker.id for hop in chain)}
    began = max(hop.first for hop in chain)
    for hop in ties.by_giver.get(chain[-1].taker.id, []):
        same = hop.product == chain[-1].product
        if same and hop.taker.id not in met and hop.last >= began:
            yield (*chain, hop)


def drawn(chain: Chain) -> Path:
    """The chain as a path."""
    return Path([chain[0].giver, *(hop.taker for hop in chain)], [hop.tie for hop in chain])


def _hop(
    tie: Relationship, giver: Node, taker: Node, modalities: dict[tuple[str, str, str], set[str]]
) -> Hop:
    props: dict[str, Any] = tie.props
    product = props["product"]
    first, last = sorted((giver.id, taker.id))
    under = modalities.get((first, last, product), {props.get("modality", "derived")})
    return Hop(
        tie=tie,
        giver=giver,
        taker=taker,
        product=product,
        first=props["first_seen"],
        last=props.get("last_seen", props["first_seen"]),
        confidence=props.get("confidence", 0.0),
        modality="+".join(sorted(under)),
    )


def _modalities(read: Read) -> dict[tuple[str, str, str], set[str]]:
    """How the ties under a flow were stated, by both ends and product."""
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in read(_MODALITIES, {"limit": _READ_LIMIT}):
        first, last = sorted((row["a"], row["b"]))
        found[first, last, row["product"]].add(row["modality"])
    return found


def _roles(read: Read, listing_roles: bool) -> dict[str, list[Held]]:
    """Roles by holder: those held for a period first, each sort by score."""
    found: dict[str, list[Held]] = defaultdict(list)
    for row in read(_ROLES, {"limit": _READ_LIMIT}):
        since, until = row["since"] or _FIRST_DAY, row["until"] or _LAST_DAY
        found[row["holder"]].append(_held(row, since, until))
    shown: dict[str, list[Held]] = defaultdict(list)
    for row in read(_LISTING_ROLES, {"limit": _READ_LIMIT}) if listing_roles else ():
        day = row["at"].date()
        shown[row["holder"]].append(_held(row, day - LISTING_DAYS, day + LISTING_DAYS))
    holders = found.keys() | shown.keys()
    return {holder: _best(found[holder]) + _best(shown[holder]) for holder in holders}


def _held(row: dict[str, Any], since: date, until: date) -> Held:
    # A day of slack is added to these, which the ends of the calendar do not bear.
    since, until = max(since, _FIRST_DAY), min(until, _LAST_DAY)
    return Held(row["code"], row["layer"], since, until, row["score"] or 0.0)


def _best(roles: list[Held]) -> list[Held]:
    return sorted(roles, key=lambda role: (-role.score, role.code))
