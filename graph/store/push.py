"""Puts a case's graph on a server: the same load each time, so it can be run again."""

import msgspec

from graph.elements import Graph
from graph.store.marks import DEFAULT_MARK, up_to
from graph.store.neo4j import Neo4jStore
from graph.store.neo4j_load import LoadCounts, Stages


class PushReport(msgspec.Struct, frozen=True):
    """What a push did; `left_out` counts nodes and relationships that are too strict to travel."""

    nodes: int
    relationships: int
    left_out: int
    counts: LoadCounts


def push(
    graph: Graph,
    store: Neo4jStore,
    *,
    replace: bool = False,
    tlp_max: str | None = None,
    default_mark: str = DEFAULT_MARK,
    stages: Stages | None = None,
) -> PushReport:
    """Make the server hold the graph; only differences travel. `replace` empties it first.

    Raises StoreError where the database holds another case (unless replaced) or foreign nodes.
    """
    sent = graph if tlp_max is None else up_to(graph, tlp_max, default_mark)
    if replace:
        store.clear()
    counts = store.load_counted(sent, stages)
    left_out = len(graph.nodes) + len(graph.relationships)
    left_out -= len(sent.nodes) + len(sent.relationships)
    return PushReport(len(sent.nodes), len(sent.relationships), left_out, counts)
