"""An invented market as a graph of the real schema, of any size, by a fixed seed."""

from datetime import date
from typing import Final

import msgspec

from benchmarks.big_market import NODES, Market
from benchmarks.big_reports import report
from benchmarks.big_ties import tie_together
from benchmarks.messages import SEED
from graph.build.draft import Ref
from graph.build.snapshot import snapshot
from graph.elements import Graph, Node

RELATIONSHIPS: Final = 400_000
CASE: Final = "big"
__all__ = ["CASE", "NODES", "RELATIONSHIPS", "big_graph"]


def big_graph(
    nodes: int = NODES, relationships: int = RELATIONSHIPS, *, case_id: str = CASE, seed: int = SEED
) -> Graph:
    """A graph with exactly these numbers, sorted by id; each call gives the same one.

    About a tenth of 100,000 nodes and 400,000 relationships is left for filling, so the ratio may
    move a little and not more.
    """
    market = Market(nodes, seed)
    market.write_listings()
    tie_together(market)
    report(market)
    return _built(_filled(market, relationships), case_id)


def _filled(market: Market, relationships: int) -> Graph:
    """The graph, filled up with chatter and with days of activity to the asked numbers."""
    made, chance = market.made, market.chance
    for _ in range(market.size - len(made.graph().nodes)):
        market.post(chance.choice(market.accounts), market.often(market.venues))
    missing = relationships - len(made.graph().relationships)
    active: dict[tuple[Ref, Ref, date], None] = {}
    while len(active) < missing:
        account, venue = market.often(market.accounts), market.often(market.venues)
        active[account, venue, market.day()] = None
    for account, venue, day in active:
        n, at = chance.randint(1, 40), chance.randrange(24)
        hours = [n if hour == at else 0 for hour in range(24)]
        made.active(account, venue, day, n=n, by_hour=hours)
    return made.graph()


def _built(graph: Graph, case_id: str) -> Graph:
    nodes = [_stamped(node, case_id) if node.label == "Build" else node for node in graph.nodes]
    for tie in graph.relationships:
        # The import tool cannot tell an empty list from none.
        for name in [name for name, value in tie.props.items() if value == []]:
            del tie.props[name]
    build = next(node for node in nodes if node.label == "Build")
    build.props["snapshot"] = snapshot(Graph(nodes, graph.relationships))
    return Graph(nodes, graph.relationships)


def _stamped(build: Node, case_id: str) -> Node:
    props = {**build.props, "case_id": case_id, "version": "0", "lexicon_version": "0"}
    return msgspec.structs.replace(build, props=props)
