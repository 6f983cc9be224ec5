"""Chains composed of ties of one product: pairs joined, or role sequences counted."""

from collections import defaultdict
from collections.abc import Iterator

from queries.header import Header
from queries.steps import ties
from queries.steps.base import Context, Row, Step
from queries.steps.details import Details, read_details, read_drawing
from queries.steps.shortest import rank, shortest
from queries.steps.ties import Chain, Hop, Ties

HOPS = 6
START_ROLES = frozenset({"insider", "hacker", "collector"})
END_ROLES = frozenset({"end_user"})
SIDES = ("source", "target")
_ANY: frozenset[str] = frozenset()


def run(rows: list[Row], context: Context) -> list[Row]:
    """The shortest chain of each pair and product, or role sequences where these are returned."""
    known = ties.read_ties(context.read, context.parameters)
    if "role_sequence" in context.header.returns:
        return _sequences(rows, known, context)
    sides = {
        side: {known.who(row["holder"]) for row in rows if row["side"] == side} for side in SIDES
    }
    sources, targets = sorted(sides["source"]), sides["target"]
    most = context.parameters.get("max_hops") or HOPS
    least = context.parameters.get("min_hops") or 1
    found = [
        chain
        for source in sources
        for chain in shortest(known, source, targets - {source}, most, (START_ROLES, END_ROLES))
        if len(chain) >= least
    ]
    shown = sorted(found, key=rank)[: context.wanted]
    hops = [hop for chain in shown for hop in chain]
    details, drawing = read_details(context.read, hops), read_drawing(context.read, hops)
    return [_row(chain, known, details) | {"chain": drawing.drawn(chain)} for chain in shown]


def _row(chain: Chain, known: Ties, details: Details) -> Row:
    path = [chain[0].giver, *(hop.taker for hop in chain)]
    weakest = min(hop.confidence for hop in chain)
    posts = [post for hop in chain for post in details.posts(hop)]
    return {
        "path": path,
        "names": [details.name(each) for each in path],
        "roles": _roles_of(chain, known, START_ROLES, END_ROLES),
        "product": chain[0].product,
        "length": len(chain),
        "hop_dates": [hop.first.astimezone(known.zone).date() for hop in chain],
        "hop_modalities": [details.modality(hop) for hop in chain],
        "weakest_hop_confidence": weakest,
        "composed_of": len(chain),
        "n_posts": len(set(posts)),
        "first_seen": min(hop.first for hop in chain),
        "last_seen": max(hop.last for hop in chain),
        "evidence": posts,
    }


def _sequences(rows: list[Row], known: Ties, context: Context) -> list[Row]:
    """Whole chains of at least two hops, those that nothing extends, grouped by their roles."""
    starts = {(known.who(row["source"]), known.who(row["target"])) for row in rows}
    found: dict[str, list[Chain]] = defaultdict(list)
    for chain in _whole_chains(known, starts, context):
        found[" > ".join(_roles_of(chain, known))].append(chain)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))[: context.wanted]
    hops = (hop for _, chains in ordered for chain in chains for hop in chain)
    details = read_details(context.read, hops)
    return [_sequence(roles, chains, details) for roles, chains in ordered]


def _whole_chains(known: Ties, starts: set[tuple[str, str]], context: Context) -> Iterator[Chain]:
    into: dict[tuple[str, str], list[Hop]] = defaultdict(list)
    for hop in known.starts():
        into[hop.taker, hop.product].append(hop)
    layer: list[Chain] = [
        (hop,) for hop in known.starts() if (hop.giver, hop.taker) in starts and not _fed(hop, into)
    ]
    while layer:
        longer: list[Chain] = []
        for chain in layer:
            more = list(ties.extended(known, chain, HOPS))
            longer += more
            if not more and len(chain) > 1:
                yield chain
        if len(longer) > ties.MOST_CHAINS:
            context.warnings.append(f"more than {ties.MOST_CHAINS} chains: cut off")
            longer = longer[: ties.MOST_CHAINS]
        layer = longer


def _fed(hop: Hop, into: dict[tuple[str, str], list[Hop]]) -> bool:
    """Whether a chain could begin earlier, at somebody who gave the goods to this giver."""
    return any(
        other.giver != hop.taker and other.first <= hop.last
        for other in into[hop.giver, hop.product]
    )


def _roles_of(
    chain: Chain, known: Ties, first: frozenset[str] = _ANY, last: frozenset[str] = _ANY
) -> list[str]:
    """The best role of each at the time; at the ends the best among `first` and `last`."""
    holders = [chain[0].giver, *(hop.taker for hop in chain)]
    hops = [chain[0], *chain]
    wanted = [first, *([_ANY] * (len(holders) - 2)), last]
    return [
        known.role(holder, hop.first, hop.last, codes)
        for holder, hop, codes in zip(holders, hops, wanted, strict=True)
    ]


def _sequence(roles: str, chains: list[Chain], details: Details) -> Row:
    hops = {hop.id: hop for chain in chains for hop in chain}
    actors = {end for hop in hops.values() for end in (hop.giver, hop.taker)}
    posts = [post for hop in hops.values() for post in details.posts(hop)]
    return {
        "role_sequence": roles,
        "n_paths": len(chains),
        "n_actors": len(actors),
        "composed_of": len(chains[0]),
        "n_posts": len(set(posts)),
        "first_seen": min(hop.first for hop in hops.values()),
        "last_seen": max(hop.last for hop in hops.values()),
        "confidence": min(hop.confidence for hop in hops.values()),
        "evidence": posts,
    }


def _takes(header: Header) -> list[str]:
    whole = "role_sequence" in header.returns
    return ["source", "target"] if whole else ["holder", "side"]


_FILTERS = ("product", "since", "until", "min_confidence", "exclude_shared")
_USES = frozenset({*_FILTERS, "listing_roles", "min_hops", "max_hops"})
CHAINS = Step(run, _takes, _USES)
