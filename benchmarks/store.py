"""Seconds of `store push` and of the bulk import of one graph, beside a MERGE for each row.

Each way has a server of its own that was just started. Needs Java and Maven, as the tests do.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
import neo4j

from benchmarks.big_graph import CASE, NODES, RELATIONSHIPS, big_graph
from benchmarks.measure import clock
from graph.elements import Graph
from graph.export.formats.neo4j_csv import ARGUMENTS, export_neo4j_csv
from graph.store.address import Address
from graph.store.neo4j import Neo4jStore
from graph.store.push import push
from graph.store.statements import known_label
from tests.integration import server
from tests.integration.java import RELEASES, Release

SAMPLE = 2_000


class Line(msgspec.Struct, frozen=True):
    """One way: elements sent or imported, and wall seconds."""

    way: str
    elements: int
    seconds: float


@contextmanager
def running(home: Path, release: Release, *, fresh: bool = True) -> Iterator[Address]:
    """A server on this home, ended after the block."""
    if fresh:
        server.prepare(home)
    started = server.start(home, release)
    try:
        yield Address(started.uri)
    finally:
        server.stop(started)


def timed(act: Callable[[], object]) -> float:
    """Seconds of a call."""
    began = clock()
    act()
    return clock() - began


def lines(graph: Graph, release: Release) -> Iterator[Line]:
    """All ways, one after the other."""
    size = len(graph.nodes) + len(graph.relationships)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with running(folder / "rows", release) as address:
            seconds = timed(lambda: _row_by_row(graph, address))
            yield Line("a MERGE a row, nodes alone", SAMPLE, seconds)
        with running(folder / "push", release) as at, closing(Neo4jStore(at, CASE)) as store:
            yield Line("store push, empty database", size, timed(lambda: push(graph, store)))
            yield Line("store push, nothing changed", size, timed(lambda: push(graph, store)))
            changed = _changed(graph)
            yield Line("store push, 1 node of 1,000", size, timed(lambda: push(changed, store)))
        files, home = folder / "csv", folder / "import"
        yield Line(
            "export neo4j-csv", size,
            timed(lambda: export_neo4j_csv(graph, files, include_accused=True)),
        )  # fmt: skip
        server.prepare(home)
        words = ("database", "import", "full", "neo4j", f"@{files / ARGUMENTS}")
        report = f"--report-file={folder / 'import.report'}"
        seconds = timed(lambda: server.admin(home, release, *words, report, cwd=files))
        yield Line("neo4j-admin import", size, seconds)
        again = running(home, release, fresh=False)
        with again as at, closing(Neo4jStore(at, CASE)) as store:
            yield Line("first push after it", size, timed(lambda: push(graph, store)))


def _row_by_row(graph: Graph, address: Address) -> None:
    sample = Graph(list(graph.nodes)[:SAMPLE], [])
    with neo4j.GraphDatabase.driver(address.uri) as driver, driver.session() as session:
        for node in sample.nodes:
            text = f"MERGE (n:{known_label(node.label)} {{id: $id}}) SET n += $props"
            session.run(neo4j.Query(text), id=node.id, props=node.props).consume()


def _changed(graph: Graph) -> Graph:
    nodes = [
        msgspec.structs.replace(node, props={**node.props, "name": "changed"})
        if number % 1_000 == 0
        else node
        for number, node in enumerate(graph.nodes)
    ]
    build = next(node for node in nodes if node.label == "Build")
    stamped = msgspec.structs.replace(build, props={**build.props, "snapshot": "changed"})
    return Graph([stamped if n.label == "Build" else n for n in nodes], graph.relationships)


def main() -> None:
    """Print the table for the number of nodes on the command line."""
    nodes = int(sys.argv[1]) if len(sys.argv) > 1 else NODES
    graph = big_graph(nodes, nodes * RELATIONSHIPS // NODES)
    release = RELEASES[0]
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, Neo4j {release.version}")
    print(f"{len(graph.nodes):,} nodes, {len(graph.relationships):,} relationships\n")
    print("| way | elements | seconds | elements/s |\n| --- | ---: | ---: | ---: |")
    for line in lines(graph, release):
        rate = line.elements / line.seconds
        print(f"| {line.way} | {line.elements:,} | {line.seconds:.1f} | {rate:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
