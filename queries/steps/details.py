"""What a row shows of its ties: names, posts, how they were stated, and the drawing."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import msgspec

from graph.elements import Node, Relationship
from graph.store.base import Path
from queries.steps.base import Read
from queries.steps.ties import READ_LIMIT, Chain, Hop

_TIES = """
UNWIND $given AS one
MATCH (a:Account|Actor)
WHERE a.id = one.giver
MATCH (a)-[f:FLOWS_TO]->(b:Account|Actor)
WHERE f.id IN one.ties
RETURN f.id AS id, f.posts AS posts, f.modality AS modality, a.id AS giver,
       a.name AS giver_name, b.id AS taker, b.name AS taker_name
ORDER BY id LIMIT $limit
"""
_WHOLE_TIES = (
    f"{_TIES.partition('RETURN')[0]}RETURN f.id AS id, f AS tie, a, b ORDER BY id LIMIT $limit"
)
_ACTORS = """
UNWIND $accounts AS account
MATCH (a:Account)
WHERE a.id = account
MATCH (a)-[r:RESOLVED_TO]->(x:Actor)
RETURN x.id AS actor, x.name AS name ORDER BY actor LIMIT $limit
"""
_WHOLE_ACTORS = (
    f"{_ACTORS.partition('RETURN')[0]}RETURN a.id AS account, x.id AS actor, r AS link, x AS node "
    "ORDER BY account, actor LIMIT $limit"
)
_STATED = """
UNWIND $ends AS one
MATCH (a:Account|Actor)
WHERE a.id = one.start
MATCH (a)-[t:SUPPLIES|BUYS_FROM|BROKERS_FOR]->(b:Account|Actor)
WHERE b.id IN one.ends
RETURN a.id AS a, b.id AS b, t.product AS product, t.modality AS modality, t.id AS id
ORDER BY id LIMIT $limit
"""


class Details(msgspec.Struct, frozen=True):
    """What the graph tells of ties, accounts and actors, by id."""

    names: dict[str, str]
    posted: dict[str, list[str]]
    own: dict[str, str]
    """Tie -> how it was stated itself."""
    stated: dict[tuple[str, str, str], set[str]]
    """Both ends and goods -> how the ties under a tie were stated."""

    def name(self, identifier: str) -> str:
        """A name to show."""
        return self.names.get(identifier, identifier)

    def posts(self, hop: Hop) -> list[str]:
        """Ids of the posts behind a hop."""
        return self.posted[hop.id]

    def modality(self, hop: Hop) -> str:
        """How the ties under a hop were stated."""
        first, last = sorted(hop.ends)
        return "+".join(sorted(self.stated.get((first, last, hop.product), {self.own[hop.id]})))


class Drawing(msgspec.Struct, frozen=True):
    """Whole ties, accounts and actors, by id."""

    ties: dict[str, Relationship]
    nodes: dict[str, Node]
    links: dict[str, Relationship]
    """Account -> the decision about the actor behind it."""

    def drawn(self, chain: Chain) -> Path:
        """The chain as a path; accounts of one actor are joined by the decisions about them."""
        nodes, links = [chain[0].ends[0]], [self.ties[chain[0].id]]
        for before, hop in pairwise(chain):
            nodes.append(before.ends[1])
            joined = [end for end in (before.ends[1], hop.ends[0]) if end != hop.giver]
            if before.ends[1] != hop.ends[0]:
                links += [self.links[end] for end in joined]
                nodes += [hop.giver, hop.ends[0]] if len(joined) > 1 else [hop.ends[0]]
            links.append(self.ties[hop.id])
        return Path([self.nodes[id_] for id_ in (*nodes, chain[-1].ends[1])], links)


def read_details(read: Read, hops: Iterable[Hop]) -> Details:
    """Reads what rows tell of these hops."""
    listed = list(hops)
    found = Details({}, {}, {}, defaultdict(set))
    for row in read(_TIES, _asked(listed)):
        found.posted[row["id"]] = [str(post) for post in row["posts"] or ()]
        found.own[row["id"]] = str(row["modality"] or "derived")
        for end in ("giver", "taker"):
            found.names[row[end]] = row[f"{end}_name"] or row[end]
    for row in read(_ACTORS, _ends(listed)):
        found.names[row["actor"]] = row["name"] or row["actor"]
    pairs = _grouped(pair for hop in listed for pair in (hop.ends, hop.ends[::-1]))
    stated = [{"start": start, "ends": others} for start, others in pairs.items()]
    for row in read(_STATED, {"ends": stated, "limit": READ_LIMIT}):
        first, last = sorted((row["a"], row["b"]))
        found.stated[first, last, row["product"]].add(row["modality"])
    return found


def read_drawing(read: Read, hops: Iterable[Hop]) -> Drawing:
    """Reads these hops whole, with their ends and the actors behind them."""
    listed = list(hops)
    found = Drawing({}, {}, {})
    for row in read(_WHOLE_TIES, _asked(listed)):
        found.ties[row["id"]] = row["tie"]
        found.nodes.update({node.id: node for node in (row["a"], row["b"])})
    for row in reversed(read(_WHOLE_ACTORS, _ends(listed))):
        found.links[row["account"]] = row["link"]
        found.nodes[row["actor"]] = row["node"]
    return found


def _asked(hops: Iterable[Hop]) -> dict[str, Any]:
    given = _grouped((hop.ends[0], hop.id) for hop in hops)
    asked = [{"giver": giver, "ties": ids} for giver, ids in given.items()]
    return {"given": asked, "limit": READ_LIMIT}


def _ends(hops: Iterable[Hop]) -> dict[str, Any]:
    return {"accounts": sorted({end for hop in hops for end in hop.ends}), "limit": READ_LIMIT}


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The second parts by the first, all sorted and each once."""
    found: dict[str, list[str]] = defaultdict(list)
    for first, second in sorted(set(pairs)):
        found[first].append(second)
    return found
