"""Pairs of venues with sellers or texts in common."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import combinations
from typing import Any

import msgspec

from queries.header import Header
from queries.steps.base import Context, Read, Row, Step

_LIMIT = 1_000_000
_TEXTS = """
MATCH (s:Account|Actor)-[:LISTED]->(:Listing)-[:EXPRESSED_IN]->(po:Post)
WHERE NOT $exclude_shared OR NOT coalesce(s.shared, false)
MATCH (po)-[:IN_CLUSTER]->(t:TextCluster)
MATCH (po)-[:IN_VENUE]->(v:Venue)
WHERE NOT $exclude_shared OR NOT coalesce(v.shared, false)
RETURN v.id AS venue, v.name AS name, collect(DISTINCT t.id) AS texts ORDER BY venue LIMIT $limit
"""
_POSTS_OF_SELLERS = """
UNWIND $ids AS id
MATCH (n:Account|Actor)
WHERE n.id = id
OPTIONAL MATCH (n)<-[:RESOLVED_TO]-(x:Account)
WITH id, n, collect(x) AS accounts
UNWIND accounts + [n] AS d
MATCH (d)-[:LISTED]->(m:Listing)-[:EXPRESSED_IN]->(e:Post)-[:IN_VENUE]->(v:Venue)
WHERE v.id IN $venues
RETURN id, v.id AS venue, collect(DISTINCT e.id) AS posts, min(m.posted_at) AS first,
       max(m.posted_at) AS last
ORDER BY id, venue LIMIT $limit
"""
_POSTS_OF_TEXTS = """
UNWIND $ids AS id
MATCH (k:TextCluster {id: id})<-[:IN_CLUSTER]-(e:Post)-[:IN_VENUE]->(v:Venue)
WHERE v.id IN $venues
MATCH (e)<-[:EXPRESSED_IN]-(m:Listing)<-[:LISTED]-(:Account|Actor)
RETURN id, v.id AS venue, collect(DISTINCT e.id) AS posts, min(m.posted_at) AS first,
       max(m.posted_at) AS last
ORDER BY id, venue LIMIT $limit
"""
Pair = tuple[str, str]


class _Pair(msgspec.Struct, frozen=True):
    """Two venues in order of id, and what stands in both."""

    venues: Pair
    sellers: set[str]
    texts: set[str]


def run(rows: list[Row], context: Context) -> list[Row]:
    """A row a pair that shares at least `min_shared` sellers or as many texts."""
    excluded = {"exclude_shared": context.parameters["exclude_shared"], "limit": _LIMIT}
    known = context.read(_TEXTS, excluded)
    names = {row["venue"]: row["name"] for row in (*rows, *known)}
    sellers = {row["venue"]: set(row["sellers"]) for row in rows}
    texts = {row["venue"]: set(row["texts"]) for row in known}
    ranked = _ranked(sellers, texts, int(context.parameters["min_shared"]))
    shown = [
        _Pair(pair, *(_both(held, pair) for held in (sellers, texts)))
        for pair in ranked[: context.wanted]
    ]
    posts = _posts(context.read, shown)
    return [_row(pair, names, sellers, posts) for pair in shown]


def _ranked(
    sellers: Mapping[str, set[str]], texts: Mapping[str, set[str]], least: int
) -> list[Pair]:
    """Pairs with so much in common: most sellers first, then most texts, then by id."""
    one, other = (_shared(held) for held in (sellers, texts))
    enough = (pair for pair in one.keys() | other.keys() if max(one[pair], other[pair]) >= least)
    return sorted(enough, key=lambda pair: (-one[pair], -other[pair], pair))


def _shared(held: Mapping[str, set[str]]) -> Counter[Pair]:
    """How much each pair of venues has in common, of pairs that have something."""
    venues: dict[str, list[str]] = defaultdict(list)
    for venue in sorted(held):
        for key in held[venue]:
            venues[key].append(venue)
    return Counter(pair for each in venues.values() for pair in combinations(each, 2))


def _both(held: Mapping[str, set[str]], pair: Pair) -> set[str]:
    one, other = (held.get(venue, set()) for venue in pair)
    return one & other


def _posts(read: Read, pairs: Iterable[_Pair]) -> dict[Pair, Row]:
    """Posts with offers by seller or text, and venue."""
    listed = list(pairs)
    given: dict[str, Any] = {"venues": sorted({v for pair in listed for v in pair.venues})}
    found: dict[Pair, Row] = {}
    asked = (
        (_POSTS_OF_SELLERS, set[str]().union(*(pair.sellers for pair in listed))),
        (_POSTS_OF_TEXTS, set[str]().union(*(pair.texts for pair in listed))),
    )
    for text, ids in asked:
        for row in read(text, {**given, "ids": sorted(ids), "limit": _LIMIT}):
            found[row["id"], row["venue"]] = row
    return found


def _row(
    pair: _Pair,
    names: Mapping[str, str | None],
    sellers: Mapping[str, set[str]],
    posts: Mapping[Pair, Row],
) -> Row:
    one, other = pair.venues
    keys = ((key, venue) for key in pair.sellers | pair.texts for venue in pair.venues)
    found = [posts[key] for key in keys if key in posts]
    together = len(sellers.get(one, set()) | sellers.get(other, set()))
    evidence = {post for row in found for post in row["posts"]}
    return {
        "venue_a": one,
        "name_a": names[one],
        "venue_b": other,
        "name_b": names[other],
        "shared_sellers": len(pair.sellers),
        "shared_clusters": len(pair.texts),
        "jaccard": len(pair.sellers) / together if together else None,
        "n_posts": len(evidence),
        "first_seen": min(_times(found, "first"), default=None),
        "last_seen": max(_times(found, "last"), default=None),
        "evidence": sorted(evidence),
    }


def _times(rows: Iterable[Row], end: str) -> Iterator[datetime]:
    return (row[end] for row in rows if row[end] is not None)


def _takes(header: Header) -> list[str]:
    return ["venue", "name", "sellers"]


OVERLAPS = Step(run, _takes, frozenset({"min_shared"}))
