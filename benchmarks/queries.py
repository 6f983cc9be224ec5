"""Seconds of every canned query on one invented graph, in the embedded store and on a server.

Parameters that a query needs are values that the graph holds: those of the nodes with most
relationships, so that no answer is quick for being empty. Needs Java and Maven, as the tests do.
"""

import os
import statistics
import sys
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

import msgspec

from benchmarks.big_graph import CASE, NODES, RELATIONSHIPS, big_graph
from benchmarks.measure import clock
from evidence.errors import HeichanError
from graph.store.base import GraphStore
from graph.store.embedded import EmbeddedStore
from graph.store.neo4j import Neo4jStore
from queries.header import Header
from queries.pack import Query, load_packs
from queries.parameters import sample
from queries.run import run_query
from tests.integration.imported import imported
from tests.integration.java import RELEASES

TIMES: Final = 3
SLOW: Final = 2.0
LABELS: Final = {
    "account": "Account", "actor": "Account", "entity": "Account", "root": "Account",
    "product": "Product", "org": "Organisation", "handle": "Handle", "event": "Event",
    "venue_a": "Venue", "venue_b": "Venue", "syndicate": "Syndicate",
}  # fmt: skip
"""Parameters that hold the id of a node, and its label."""


class Line(msgspec.Struct, frozen=True):
    """Median seconds of a query in each store, and rows; None where it failed or was cut off."""

    query: str
    rows: int | None
    embedded: float | None
    server: float | None


def values(header: Header, store: GraphStore) -> dict[str, object]:
    """Values for the required parameters of a query that the graph holds."""
    given = sample(header)
    for name in given:
        label = LABELS.get(name) or header.params[name].complete.partition(".")[0]
        found = _busiest(store, label, 1 if name == "venue_b" else 0) if label else None
        if name in LABELS and found:
            given[name] = found
    return given


def _busiest(store: GraphStore, label: str, place: int) -> object:
    text = (
        f"MATCH (n:{label}) RETURN n.id AS id, COUNT {{ (n)--() }} AS links "
        "ORDER BY links DESC, id LIMIT 2"
    )
    rows = store.run(text, timeout=120).rows
    return rows[place]["id"] if len(rows) > place else None


def line(query: Query, stores: tuple[GraphStore, GraphStore], given: Mapping[str, object]) -> Line:
    """Both stores, one after the other."""
    rows, medians = None, []
    for store in stores:
        found, seconds = _timed(query, store, given)
        rows = found if rows is None else rows
        medians.append(seconds)
    return Line(query.id, rows, *medians)


def _timed(
    query: Query, store: GraphStore, given: Mapping[str, object]
) -> tuple[int | None, float | None]:
    taken, rows = [], None
    try:
        for _ in range(TIMES + 1):
            began = clock()
            rows = len(run_query(query, store, None, given, timeout=120).rows)
            taken.append(clock() - began)
    except HeichanError as error:
        print(f"{query.id}: {error}", file=sys.stderr)
        return None, None
    # The first run fills caches and plans.
    return rows, statistics.median(taken[1:])


def main() -> None:
    """Print the table for the number of nodes on the command line."""
    nodes = int(sys.argv[1]) if len(sys.argv) > 1 else NODES
    graph = big_graph(nodes, nodes * RELATIONSHIPS // NODES)
    queries = [q for q in load_packs().queries.values() if q.header.engine == "cypher"]
    release = RELEASES[0]
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, Neo4j {release.version}")
    print(f"{len(graph.nodes):,} nodes, {len(graph.relationships):,} relationships")
    with tempfile.TemporaryDirectory() as name:
        embedded = EmbeddedStore(Path(name) / "graph")
        embedded.load(graph)
        with (
            imported(graph, Path(name), release) as address,
            closing(Neo4jStore(address, CASE)) as server,
        ):
            print(f"load before: {_load()}\n", flush=True)
            print("| query | embedded ms | server ms | rows |\n| --- | ---: | ---: | ---: |")
            lines = []
            for query in queries:
                given = values(query.header, embedded)
                lines.append(found := line(query, (embedded, server), given))
                cells = [_ms(found.embedded), _ms(found.server)]
                print(f"| {found.query} | {' | '.join(cells)} | {found.rows} |", flush=True)
    print(f"\nload after: {_load()}")
    for side in ("embedded", "server"):
        print(summary(side, {each.query: getattr(each, side) for each in lines}))


def summary(side: str, seconds: Mapping[str, float | None]) -> str:
    """One line: the median, the slowest, and the queries that take more than two seconds."""
    known = {query: each for query, each in seconds.items() if each is not None}
    slowest = max(known, key=lambda query: known[query])
    over = [query for query, each in known.items() if each > SLOW]
    failed = len(seconds) - len(known)
    return (
        f"{side}: median {_ms(statistics.median(known.values()))} ms, "
        f"max {_ms(known[slowest])} ms ({slowest}), "
        f"over {SLOW:g} s: {', '.join(over) or 'none'}{f', failed: {failed}' if failed else ''}"
    )


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


def _ms(seconds: float | None) -> str:
    return "failed" if seconds is None else f"{seconds * 1000:,.0f}"


if __name__ == "__main__":
    main()
