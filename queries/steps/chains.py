"""Chains composed of ties of one product: pairs joined, or role sequences counted."""

from collections import defaultdict
from collections.abc import Iterator

from queries.header import Header
from queries.steps import ties
from queries.steps.base import Context, Row, Step
from queries.steps.ties import Chain, Hop, Ties

HOPS = 6
START_ROLES = frozenset({"insider", "hacker", "collector"})
END_ROLES = frozenset({"end_user"})
_ANY: frozenset[str] = frozenset()


def run(rows: list[Row], context: Context) -> list[Row]:
    """The shortest chain of each pair and product, or role sequences where these are returned."""
    known = ties.read_ties(context.read, context.parameters)
    if "role_sequence" in context.header.returns:
        return _sequences(rows, known, context)
    pairs: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        pairs[row["source"]].add(row["target"])
    most = context.parameters.get("max_hops") or HOPS
    found = [
        chain
        for source in sorted(pairs)
        for chain in _shortest(known, source, pairs[source], most, context)
    ]
    least = context.parameters.get("min_hops") or 1
    return [_row(chain, known) for chain in sorted(found, key=_rank) if len(chain) >= least]


def _rank(chain: Chain) -> tuple[int, float, str, str, list[str]]:
    weakest = min(hop.confidence for hop in chain)
    ends = chain[0].giver.id, chain[-1].taker.id
    return len(chain), -weakest, *ends, [hop.tie.id for hop in chain]


def _shortest(
    known: Ties, source: str, targets: set[str], most: int, context: Context
) -> Iterator[Chain]:
    """For each target and product the shortest chain from the source, the surest of its length."""
    layer: list[Chain] = [(hop,) for hop in known.by_giver.get(source, [])]
    layer = [chain for chain in layer if _plays(known, source, chain[0], START_ROLES)]
    done: set[tuple[str, str]] = set()
    while layer:
        reached: dict[tuple[str, str], Chain] = {}
        for chain in sorted(layer, key=_rank):
            last = chain[-1]
            key = last.taker.id, last.product
            if last.taker.id in targets and _plays(known, last.taker.id, last, END_ROLES):
                reached.setdefault(key, chain)
        yield from (chain for key, chain in sorted(reached.items()) if key not in done)
        done |= reached.keys()
        layer = [more for chain in layer for more in ties.extended(known, chain, most)]
        if len(layer) > ties.MOST_CHAINS:
            context.warnings.append(f"more than {ties.MOST_CHAINS} chains from {source}: cut off")
            layer = sorted(layer, key=_rank)[: ties.MOST_CHAINS]


def _plays(known: Ties, holder: str, hop: Hop, codes: frozenset[str]) -> bool:
    return any(role.code in codes for role in known.held(holder, hop.first, hop.last))


def _row(chain: Chain, known: Ties) -> Row:
    nodes = [chain[0].giver, *(hop.taker for hop in chain)]
    weakest = min(hop.confidence for hop in chain)
    posts = [post for hop in chain for post in _posts(hop)]
    return {
        "path": [node.id for node in nodes],
        "names": [str(node.props.get("name", node.id)) for node in nodes],
        "roles": _roles_of(chain, known, START_ROLES, END_ROLES),
        "product": chain[0].product,
        "length": len(chain),
        "hop_dates": [hop.first.date() for hop in chain],
        "hop_modalities": [hop.modality for hop in chain],
        "weakest_hop_confidence": weakest,
        "composed_of": len(chain),
        "n_posts": len(set(posts)),
        "first_seen": min(hop.first for hop in chain),
        "last_seen": max(hop.last for hop in chain),
        "evidence": posts,
        "chain": ties.drawn(chain),
    }


def _posts(hop: Hop) -> list[str]:
    posts = hop.tie.props.get("posts", [])
    return [str(post) for post in posts] if isinstance(posts, list) else []


def _sequences(rows: list[Row], known: Ties, context: Context) -> list[Row]:
    """Whole chains of at least two hops, those that nothing extends, grouped by their roles."""
    starts = {(row["source"], row["target"]) for row in rows}
    found: dict[str, list[Chain]] = defaultdict(list)
    for chain in _whole_chains(known, starts, context):
        found[" > ".join(_roles_of(chain, known))].append(chain)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return [_sequence(roles, chains) for roles, chains in ordered]


def _whole_chains(known: Ties, starts: set[tuple[str, str]], context: Context) -> Iterator[Chain]:
    all_hops = known.starts()
    layer: list[Chain] = [
        (hop,)
        for hop in all_hops
        if (hop.giver.id, hop.taker.id) in starts and not _fed(hop, all_hops)
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


def _fed(hop: Hop, all_hops: list[Hop]) -> bool:
    """Whether a chain could begin earlier, at somebody who gave the goods to this giver."""
    return any(
        other.taker.id == hop.giver.id
        and other.product == hop.product
        and other.giver.id != hop.taker.id
        and other.first <= hop.last
        for other in all_hops
    )


def _roles_of(
    chain: Chain, known: Ties, first: frozenset[str] = _ANY, last: frozenset[str] = _ANY
) -> list[str]:
    """The best role of each at the time; at the ends the best among `first` and `last`."""
    nodes = [chain[0].giver, *(hop.taker for hop in chain)]
    hops = [chain[0], *chain]
    wanted = [first, *([_ANY] * (len(nodes) - 2)), last]
    return [
        known.role(node.id, hop.first, hop.last, codes)
        for node, hop, codes in zip(nodes, hops, wanted, strict=True)
    ]


def _sequence(roles: str, chains: list[Chain]) -> Row:
    hops = {hop.tie.id: hop for chain in chains for hop in chain}
    actors = {end for hop in hops.values() for end in (hop.giver.id, hop.taker.id)}
    posts = [post for hop in hops.values() for post in _posts(hop)]
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
    return ["source", "target"]


_USES = frozenset({"product", "min_confidence", "exclude_shared", "listing_roles", "min_hops"})
CHAINS = Step(run, _takes, _USES)
