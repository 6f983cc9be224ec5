"""What one page says of an account or an actor, and who stands behind a name or a contact."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from statistics import median
from typing import Any

import msgspec

from graph.store.base import GraphStore

_ACCOUNTS = {
    "Actor": """
MATCH (a:Account)-[r:RESOLVED_TO]->(n:Actor) WHERE n.id = $id
RETURN a.id AS account, a.name AS name, r.basis AS how, 1 AS n, a.first_seen AS first,
  a.last_seen AS last ORDER BY account
""",
    "Account": """
MATCH (n:Account)-[r:MAYBE_SAME]-(a:Account) WHERE n.id = $id
RETURN a.id AS account, a.name AS name, r.status AS how, r.n AS n, a.first_seen AS first,
  a.last_seen AS last ORDER BY account
""",
    "Contact": """
MATCH (a:Account)-[r:USES_CONTACT]->(n:Contact) WHERE n.id = $id
RETURN a.id AS account, a.name AS name, 'gives it' AS how, r.n AS n, r.first_seen AS first,
  r.last_seen AS last ORDER BY account
""",
    "Handle": """
MATCH (a:Account)-[r:WEARS]->(n:Handle) WHERE n.id = $id
RETURN a.id AS account, a.name AS name, 'wore it' AS how, r.n AS n, r.valid_from AS first,
  r.valid_to AS last ORDER BY account, first
""",
    "Venue": """
MATCH (a:Account)-[r:ACTIVE_IN]->(n:Venue) WHERE n.id = $id
RETURN a.id AS account, a.name AS name, 'posts here' AS how, r.n AS n, r.first_at AS first,
  r.last_at AS last ORDER BY account, first
""",
}
_BEHIND = """
MATCH (a:Account)-[r:RESOLVED_TO]->(n:Actor) WHERE a.id = $id
RETURN n.id AS account, n.name AS name, r.basis AS how, 1 AS n, n.first_seen AS first,
  n.last_seen AS last ORDER BY account
"""
_NAMES = """
MATCH (a:Account)-[w:WEARS]->(h:Handle) WHERE a.id IN $ids
RETURN h.text AS name, w.valid_from AS since, w.valid_to AS until, w.n AS n, a.id AS account
ORDER BY since, name, account
"""
_GOODS = """
MATCH (a)-[:LISTED]->(l:Listing)-[r:OFFERS|SEEKS]->(p:Product) WHERE a.id IN $ids
RETURN p.id AS product, p.name AS name, l.polarity AS side, l.id AS listing, l.posted_at AS time
ORDER BY product, side, listing
"""
_PRICES = """
MATCH (a)-[:LISTED]->(l:Listing)-[:QUOTES]->(q:PriceQuote) WHERE a.id IN $ids
RETURN q.kind AS kind, q.currency AS currency, q.per AS per, q.value AS value, l.polarity AS side
ORDER BY kind, currency, per, value
"""
_VENUES = """
MATCH (a:Account)-[r:ACTIVE_IN]->(v:Venue) WHERE a.id IN $ids
RETURN v.id AS venue, v.name AS name, r.n AS n, r.listings AS listings, r.first_at AS first,
  r.last_at AS last ORDER BY venue
"""
_CONTACTS = """
MATCH (a:Account)-[r:USES_CONTACT]->(c:Contact) WHERE a.id IN $ids
RETURN c.id AS contact, r.n AS n, r.first_seen AS first, r.last_seen AS last,
  c.shared_reason AS shared ORDER BY contact, first
"""
_SPEECH = """
MATCH (a:Account)-[r:ACCUSES|VOUCHES_FOR]->(b) WHERE {end}.id IN $ids
RETURN type(r) AS what, a.id AS speaker, a.name AS speaker_name, b.id AS about,
  b.name AS about_name, r.n AS n, r.outcome AS outcome, r.first_seen AS first,
  r.last_seen AS last, r.id AS rel ORDER BY what, first, rel
"""
_DEALINGS = """
MATCH (a)-[r:FLOWS_TO]->(b) WHERE a.id IN $ids OR b.id IN $ids
RETURN a.id AS giver, a.name AS giver_name, b.id AS taker, b.name AS taker_name,
  r.product AS product, r.n AS n, r.first_seen AS first, r.last_seen AS last, r.id AS rel
ORDER BY n DESC, rel
"""


class Held(msgspec.Struct, frozen=True):
    """An account or actor that stands behind the node, or beside it, and how."""

    account: str
    name: str
    how: str | None
    n: int
    first: datetime | None
    last: datetime | None


class Named(msgspec.Struct, frozen=True):
    """A display name with the days between which it was seen."""

    name: str
    since: datetime | None
    until: datetime | None
    n: int
    account: str


class Goods(msgspec.Struct, frozen=True):
    """A product with what is done with it and in how many listings."""

    product: str
    name: str
    side: str
    listings: int
    first: datetime | None
    last: datetime | None


class Prices(msgspec.Struct, frozen=True):
    """Prices of one kind as they are asked or bid: how many, from, middle, to."""

    side: str
    kind: str
    currency: str | None
    per: str | None
    n: int
    low: float
    median: float
    high: float


class Place(msgspec.Struct, frozen=True):
    """A venue with posts and listings there."""

    venue: str
    name: str
    posts: int
    listings: int
    first: datetime | None
    last: datetime | None


class Given(msgspec.Struct, frozen=True):
    """A contact that is given as one's own; `shared` says why it tells nobody apart."""

    contact: str
    n: int
    first: datetime | None
    last: datetime | None
    shared: str | None


class Speech(msgspec.Struct, frozen=True):
    """Who accuses or praises whom; that it was said is seen, its content is not."""

    what: str
    speaker: str
    speaker_name: str
    about: str
    about_name: str
    n: int
    outcome: str | None
    first: datetime | None
    last: datetime | None
    rel: str


class Dealing(msgspec.Struct, frozen=True):
    """Goods that are said to pass, or seem to: from whom, to whom."""

    giver: str
    giver_name: str
    taker: str
    taker_name: str
    product: str | None
    n: int
    first: datetime | None
    last: datetime | None
    rel: str


class Page(msgspec.Struct, frozen=True):
    """The parts of a profile, each sorted; empty where the node has nothing of the kind."""

    accounts: list[Held] = []
    names: list[Named] = []
    products: list[Goods] = []
    prices: list[Prices] = []
    venues: list[Place] = []
    contacts: list[Given] = []
    disputes: list[Speech] = []
    dealings: list[Dealing] = []


def page(store: GraphStore, label: str, identifier: str) -> Page:
    """The page of a node; of an actor over all its accounts."""
    beside = _held(store, _ACCOUNTS.get(label), identifier)
    if label not in ("Account", "Actor"):
        return Page(accounts=beside)
    behind = _held(store, _BEHIND, identifier) if label == "Account" else []
    members = [held.account for held in beside] if label == "Actor" else []
    ids = [identifier, *members]
    return Page(
        accounts=[*behind, *beside],
        names=[Named(**row) for row in _rows(store, _NAMES, ids)],
        products=_goods(_rows(store, _GOODS, ids)),
        prices=list(_prices(_rows(store, _PRICES, ids))),
        venues=_places(_rows(store, _VENUES, ids)),
        contacts=[Given(**row) for row in _rows(store, _CONTACTS, ids)],
        disputes=_speech(store, ids),
        dealings=[Dealing(**row) for row in _rows(store, _DEALINGS, ids)],
    )


def _held(store: GraphStore, query: str | None, identifier: str) -> list[Held]:
    if query is None:
        return []
    groups: dict[str, list[Held]] = defaultdict(list)
    for row in store.run(query, {"id": identifier}).rows:
        groups[row["account"]].append(Held(**{**row, "n": row["n"] or 0}))
    found = [
        msgspec.structs.replace(
            held[0],
            n=sum(each.n for each in held),
            first=_first(each.first for each in held),
            last=_last(each.last for each in held),
        )
        for held in groups.values()
    ]
    return sorted(found, key=lambda each: (-each.n, each.account))


def _goods(rows: Sequence[dict[str, Any]]) -> list[Goods]:
    groups: dict[tuple[str, str, str], dict[str, datetime | None]] = defaultdict(dict)
    for row in rows:
        key = (row["product"], row["name"] or row["product"], row["side"])
        groups[key][row["listing"]] = row["time"]
    found = [
        Goods(*key, len(times), _first(times.values()), _last(times.values()))
        for key, times in groups.items()
    ]
    return sorted(found, key=lambda each: (-each.listings, each.product, each.side))


def _prices(rows: Sequence[dict[str, Any]]) -> Iterator[Prices]:
    groups: dict[tuple[str, str, str, str], list[float]] = defaultdict(list)
    for row in rows:
        if row["value"] is not None:
            key = (row["side"], row["kind"], row["currency"] or "", row["per"] or "")
            groups[key].append(row["value"])
    for (side, kind, currency, per), values in sorted(
        groups.items(), key=lambda each: (-len(each[1]), each[0])
    ):
        middle = float(median(values))
        bounds = (len(values), min(values), middle, max(values))
        yield Prices(side, kind, currency or None, per or None, *bounds)


def _places(rows: Sequence[dict[str, Any]]) -> list[Place]:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["venue"]].append(row)
    found = [
        Place(
            venue,
            days[0]["name"] or venue,
            sum(day["n"] or 0 for day in days),
            sum(day["listings"] or 0 for day in days),
            _first(day["first"] for day in days),
            _last(day["last"] for day in days),
        )
        for venue, days in groups.items()
    ]
    return sorted(found, key=lambda each: (-each.posts, each.venue))


def _speech(store: GraphStore, ids: list[str]) -> list[Speech]:
    """What was said about the node, or about a name or contact of its own, then its own words."""
    worn = "MATCH (a:Account)-[:WEARS|USES_CONTACT]->(x) WHERE a.id IN $ids RETURN x.id AS id"
    targets = sorted({*ids, *(row["id"] for row in store.run(worn, {"ids": ids}).rows)})
    rows = [
        *store.run(_SPEECH.format(end="b"), {"ids": targets}).rows,
        *store.run(_SPEECH.format(end="a"), {"ids": ids}).rows,
    ]
    return [Speech(**row) for row in {row["rel"]: row for row in rows}.values()]


def _rows(store: GraphStore, query: str, ids: list[str]) -> list[dict[str, Any]]:
    return store.run(query, {"ids": ids}).rows


def _first(times: Iterable[datetime | None]) -> datetime | None:
    return min((time for time in times if time is not None), default=None)


def _last(times: Iterable[datetime | None]) -> datetime | None:
    return max((time for time in times if time is not None), default=None)
