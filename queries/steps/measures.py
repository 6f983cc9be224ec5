"""Where somebody stands in the flow of goods: what hangs on them, and whom they join."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence

from graph.analysis.communities import Communities
from graph.analysis.measures.betweenness import PIVOTS, SEED
from graph.analysis.network import Network
from graph.analysis.position import Measures, Position
from queries.steps import ties
from queries.steps.base import Context, Row
from queries.steps.details import Details, read_details
from queries.steps.removal import Removals, Removed, removals
from queries.steps.supply import Supply
from queries.steps.ties import Hop, Ties
from queries.steps.triples import Triples, triples

_ARCS = """
MATCH (a:Account|Actor)-[f:FLOWS_TO]->(b:Account|Actor)
WHERE f.confidence >= $min_confidence
  AND NOT coalesce(a.own, false) AND NOT coalesce(b.own, false)
RETURN a.id AS giver, collect(DISTINCT b.id) AS takers ORDER BY giver LIMIT $limit
"""
_RANKS = ("rank_with_shared", "rank_without_shared")
Arc = tuple[str, str]


def run(rows: list[Row], context: Context) -> list[Row]:
    """Break points where `pairs_lost` is returned, else brokers by role-valid triples."""
    if "pairs_lost" in context.header.returns:
        return _break_points(rows, context)
    return _brokers(rows, context)


def _break_points(rows: list[Row], context: Context) -> list[Row]:
    known = ties.read_ties(context.read, context.parameters)
    supply = Supply(known, known.starts())
    among = {known.who(row["actor"]) for row in rows}
    found = removals(supply, among, context.parameters["top"])
    _warn_of_sample(found, context)
    position = Position(Network((hop.giver, hop.taker) for hop in supply.hops))
    own = _hops_of(supply.hops, {row.holder for row in found.rows})
    details = read_details(context.read, (hop for hops in own.values() for hop in hops))
    return [
        _break_point(row, own[row.holder], supply, position)
        | _support(row.holder, own[row.holder], known, details)
        for row in found.rows
    ]


def _warn_of_sample(found: Removals, context: Context) -> None:
    if found.followed < found.suppliers:
        context.warnings.append(
            f"pairs are counted from {found.followed} of {found.suppliers} suppliers, seed {SEED}"
        )


def _break_point(row: Removed, hops: Sequence[Hop], supply: Supply, position: Position) -> Row:
    takers = {(hop.product, hop.taker) for hop in hops if hop.giver == row.holder}
    others = {hop.giver for hop in supply.hops if (hop.product, hop.taker) in takers} - {row.holder}
    return {
        "pairs_lost": row.alone,
        "lost_in_turn": row.in_turn,
        "component_lost": position.cut_off(row.holder),
        "articulation": position.is_cut(row.holder),
        "alternative_suppliers": len(others),
        "interval_low": row.low,
        "interval_high": row.high,
    }


def _brokers(rows: list[Row], context: Context) -> list[Row]:
    everybody = ties.read_ties(context.read, context.parameters, exclude_shared=False)
    without = everybody.without_shared()
    arcs = _arcs(everybody, context)
    found = [triples(known, _tied(arcs)) for known in (everybody, without)]
    ranks = [_ranks(each) for each in found]
    excluded = context.parameters.get("exclude_shared", True)
    known, chosen = (without, found[1]) if excluded else (everybody, found[0])
    gone = everybody.shared if excluded else frozenset()
    position = Position(Network(arc for arc in arcs if not gone.intersection(arc)))
    _warn_of_pivots(position, context)
    among = {known.who(row["actor"]) for row in rows}
    ranked = sorted(among & chosen.keys(), key=lambda one: (-len(chosen[one].found), one))
    shown = ranked[: context.parameters["top"]]
    hops = {
        broker: [chosen[broker].hops[id_] for id_ in sorted(chosen[broker].hops)]
        for broker in shown
    }
    details = read_details(context.read, (hop for each in hops.values() for hop in each))
    careless = Communities(position.network).indiscriminate
    return [
        _broker(chosen[broker], position.measures(broker))
        | {"warnings": ["indiscriminate"] if broker in careless else []}
        | {name: rank.get(broker) for name, rank in zip(_RANKS, ranks, strict=True)}
        | _support(broker, hops[broker], known, details)
        for broker in shown
    ]


def _warn_of_pivots(position: Position, context: Context) -> None:
    if position.approximate:
        arcs = len(position.network.arcs)
        context.warnings.append(
            f"betweenness of {arcs} arcs is sampled from {PIVOTS} pivots, seed {SEED}"
        )


def _arcs(known: Ties, context: Context) -> list[Arc]:
    """Who gives to whom, also where the goods or the time are not told."""
    least = context.parameters.get("min_confidence") or 0.0
    found = context.read(_ARCS, {"min_confidence": least, "limit": ties.READ_LIMIT})
    return [
        (known.who(row["giver"]), known.who(taker))
        for row in found
        for taker in sorted(row["takers"])
    ]


def _tied(arcs: Iterable[Arc]) -> Callable[[str, str], bool]:
    known = frozenset(arcs)
    return lambda giver, taker: (giver, taker) in known


def _ranks(found: Mapping[str, Triples]) -> dict[str, int]:
    """Rank by number of triples; equal numbers share a rank."""
    counts = sorted((len(each.found) for each in found.values()), reverse=True)
    first = {count: place for place, count in reversed([*enumerate(counts, 1)])}
    return {broker: first[len(each.found)] for broker, each in found.items()}


def _broker(made: Triples, measures: Measures) -> Row:
    return {
        "valid_triples": len(made.found),
        "suppliers": len({supplier for supplier, _, _ in made.found}),
        "buyers": len({buyer for _, buyer, _ in made.found}),
        "betweenness": measures.betweenness,
        "constraint": measures.constraint,
    }


def _support(holder: str, hops: Sequence[Hop], known: Ties, details: Details) -> Row:
    first, last = min(hop.first for hop in hops), max(hop.last for hop in hops)
    return {
        "actor": holder,
        "name": details.name(holder),
        "role": known.role(holder, first, last),
        "composed_of": len(hops),
        "first_seen": first,
        "last_seen": last,
        "confidence": min(hop.confidence for hop in hops),
        "evidence": [post for hop in hops for post in details.posts(hop)],
    }


def _hops_of(hops: Iterable[Hop], holders: Container[str]) -> dict[str, list[Hop]]:
    found: dict[str, list[Hop]] = {}
    for hop in sorted(hops, key=lambda one: one.id):
        for end in (hop.giver, hop.taker):
            if end in holders:
                found.setdefault(end, []).append(hop)
    return found
