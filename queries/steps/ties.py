"""Ties of the flow of goods with the roles of their ends, read once and composed into chains."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from queries.steps.base import Read, Row, zone_of

MOST_CHAINS = 20_000
READ_LIMIT = 500_000
MOST_TEXTS = 50_000
"""Texts of times that are kept beside what they say."""
# A list of texts crosses from the store several times quicker than rows of as many cells.
_TIES = """
MATCH (a:Account|Actor)-[f:FLOWS_TO]->(b:Account|Actor)
WHERE f.product IS NOT NULL AND f.first_seen IS NOT NULL
  AND ($product IS NULL OR f.product = $product)
  AND f.confidence >= $min_confidence
  AND ($since IS NULL OR coalesce(f.last_seen, f.first_seen) >= $since)
  AND ($until IS NULL OR f.first_seen < $until)
  AND NOT coalesce(a.own, false) AND NOT coalesce(b.own, false)
RETURN f.product AS product, collect(f.id) AS ids, collect(a.id) AS givers, collect(b.id) AS takers,
       collect(toString(f.first_seen) + ' ' + toString(coalesce(f.last_seen, f.first_seen)) + ' '
               + toString(f.confidence)) AS terms
ORDER BY product LIMIT $limit
"""
_UNITS = """
MATCH (a:Account)-[:RESOLVED_TO]->(x:Actor)
RETURN a.id AS account, x.id AS actor ORDER BY account, actor LIMIT $limit
"""
_SHARED = """
MATCH (a:Account|Actor)
WHERE a.shared = true
RETURN a.id AS id ORDER BY id LIMIT $limit
"""
_ROLES = """
MATCH (a:Account|Actor)-[h:HAS_ROLE]->(r:Role)
WHERE h.basis IS NULL OR h.basis <> 'accused'
RETURN r.code AS code, r.layer AS layer, collect(a.id) AS holders,
       collect(coalesce(toString(h.valid_from), '') + ' ' + coalesce(toString(h.valid_to), '') + ' '
               + coalesce(toString(h.score), '')) AS terms
ORDER BY code, layer LIMIT $limit
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
UNKNOWN = "unknown"
_FIRST_DAY, _LAST_DAY = date(1, 1, 2), date(9999, 12, 30)
_SLACK = timedelta(days=1)


class Hop(msgspec.Struct, frozen=True):
    """One tie in the direction of the goods, between actors where accounts are resolved to some.

    `ends`: ids of giver and taker as the tie has them.
    """

    id: str
    ends: tuple[str, str]
    giver: str
    taker: str
    product: str
    first: datetime
    last: datetime
    confidence: float


class Held(msgspec.Struct, frozen=True):
    """A role that somebody held, with the days between which it was seen."""

    code: str
    layer: int | None
    since: date
    until: date
    score: float

    def valid(self, first: datetime, last: datetime) -> bool:
        """Whether the window touches these times, a day of slack for the case's zone."""
        return self.since - _SLACK <= last.date() and first.date() <= self.until + _SLACK


Chain = tuple[Hop, ...]


class Ties(msgspec.Struct, frozen=True):
    """All hops by giver, all roles by holder; giver and holder are actors where these are known."""

    by_giver: dict[str, list[Hop]]
    roles: dict[str, list[Held]]
    units: dict[str, str]
    """Account -> the actor behind it."""
    zone: ZoneInfo
    shared: frozenset[str] = frozenset()
    """Accounts and actors that serve many."""

    def who(self, identifier: str) -> str:
        """The actor behind an account, else the account."""
        return self.units.get(identifier, identifier)

    def without_shared(self) -> "Ties":
        """The same without ties of shared accounts and actors."""
        kept = {
            giver: [hop for hop in hops if not self.shared.intersection((*hop.ends, hop.taker))]
            for giver, hops in self.by_giver.items()
            if giver not in self.shared
        }
        return Ties({giver: hops for giver, hops in kept.items() if hops}, *_rest(self))

    def starts(self) -> list[Hop]:
        """Every hop, by giver and id."""
        return [hop for giver in sorted(self.by_giver) for hop in self.by_giver[giver]]

    def held(self, holder: str, first: datetime, last: datetime) -> list[Held]:
        """Roles valid then: those held for a period first, then by score."""
        return [role for role in self.roles.get(holder, ()) if role.valid(first, last)]

    def role(
        self, holder: str, first: datetime, last: datetime, among: frozenset[str] = frozenset()
    ) -> str:
        """The code of the best role valid then (among these, if any), else `unknown`."""
        codes = (role.code for role in self.held(holder, first, last))
        return next((code for code in codes if not among or code in among), UNKNOWN)


def _rest(
    ties: Ties,
) -> tuple[dict[str, list[Held]], dict[str, str], ZoneInfo, frozenset[str]]:
    return ties.roles, ties.units, ties.zone, ties.shared


def read_ties(
    read: Read, parameters: Mapping[str, Any], *, exclude_shared: bool | None = None
) -> Ties:
    """Reads hops and roles; ties without product or time cannot be composed and are left out.

    Shared accounts are left out where the parameter `exclude_shared` says so, or is overruled.
    """
    units = {row["account"]: row["actor"] for row in reversed(read(_UNITS, _LIMIT))}
    shared = frozenset(row["id"] for row in read(_SHARED, _LIMIT))
    found = Ties({}, {}, units, zone_of(read), shared)
    given = {name: parameters.get(name) for name in ("product", "since", "until")}
    least = parameters.get("min_confidence") or 0.0
    rows = read(_TIES, {**given, "min_confidence": least, **_LIMIT})
    for hop in sorted((hop for row in rows for hop in _hops(row, found)), key=lambda hop: hop.id):
        if hop.giver != hop.taker:
            found.by_giver.setdefault(hop.giver, []).append(hop)
    found.roles.update(_roles(read, found, listing_roles=parameters.get("listing_roles", False)))
    left_out = parameters.get("exclude_shared", True) if exclude_shared is None else exclude_shared
    return found.without_shared() if left_out else found


_LIMIT = {"limit": READ_LIMIT}


def extended(ties: Ties, chain: Chain, most_hops: int) -> Iterator[Chain]:
    """Chains of one hop more: same product, nobody twice, no tie over before an earlier began."""
    if len(chain) >= most_hops:
        return
    met = {chain[0].giver, *(hop.taker for hop in chain)}
    began = max(hop.first for hop in chain)
    for hop in ties.by_giver.get(chain[-1].taker, []):
        same = hop.product == chain[-1].product
        if same and hop.taker not in met and hop.last >= began:
            yield (*chain, hop)


def plays(ties: Ties, holder: str, hop: Hop, codes: frozenset[str]) -> bool:
    """Whether somebody held one of these roles at the time of a hop."""
    return any(role.code in codes for role in ties.held(holder, hop.first, hop.last))


def _hops(row: Row, ties: Ties) -> Iterator[Hop]:
    columns = (row[name] for name in ("ids", "givers", "takers", "terms"))
    for id_, giver, taker, terms in zip(*columns, strict=True):
        first, last, confidence = terms.split(" ")
        yield Hop(
            id=id_,
            ends=(giver, taker),
            giver=ties.who(giver),
            taker=ties.who(taker),
            product=row["product"],
            first=_time(first),
            last=_time(last),
            confidence=float(confidence),
        )


@lru_cache(MOST_TEXTS)
def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@lru_cache(MOST_TEXTS)
def _day(text: str) -> date:
    return date.fromisoformat(text)


def _roles(read: Read, ties: Ties, *, listing_roles: bool) -> dict[str, list[Held]]:
    """Roles by holder: those held for a period first, each sort by score."""
    found: dict[str, list[Held]] = defaultdict(list)
    for row in read(_ROLES, _LIMIT):
        for holder, terms in zip(row["holders"], row["terms"], strict=True):
            since, until, score = terms.split(" ")
            days = _day(since) if since else _FIRST_DAY, _day(until) if until else _LAST_DAY
            found[ties.who(holder)].append(_held(row, *days, float(score or 0.0)))
    shown: dict[str, list[Held]] = defaultdict(list)
    for row in read(_LISTING_ROLES, _LIMIT) if listing_roles else ():
        day = row["at"].date()
        held = _held(row, day - LISTING_DAYS, day + LISTING_DAYS, row["score"] or 0.0)
        shown[ties.who(row["holder"])].append(held)
    holders = found.keys() | shown.keys()
    return {holder: _best(found[holder]) + _best(shown[holder]) for holder in holders}


def _held(row: Row, since: date, until: date, score: float) -> Held:
    # A day of slack is added to these, which the ends of the calendar do not bear.
    since, until = max(since, _FIRST_DAY), min(until, _LAST_DAY)
    return Held(row["code"], row["layer"], since, until, score)


def _best(roles: list[Held]) -> list[Held]:
    return sorted(roles, key=lambda role: (-role.score, role.code, role.since, role.until))
