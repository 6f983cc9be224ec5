"""A server that holds a large graph, brought in by the import tool: the quickest way there is."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import neo4j

from graph.elements import Graph
from graph.export.formats.neo4j_csv import ARGUMENTS, export_neo4j_csv
from graph.schema import constraints
from graph.store.address import Address
from tests.integration import server
from tests.integration.java import Release


@contextmanager
def imported(graph: Graph, folder: Path, release: Release) -> Iterator[Address]:
    """The address of a server of its own under the folder; it ends with the block.

    The graph holds no empty list: the import tool cannot tell one from none.
    """
    home, files = folder / "home", folder / "csv"
    export_neo4j_csv(graph, files, include_accused=True)
    server.prepare(home)
    words = ("database", "import", "full", "neo4j", f"@{files / ARGUMENTS}")
    server.admin(home, release, *words, f"--report-file={folder / 'report'}", cwd=files)
    running = server.start(home, release)
    try:
        _constrain(running.uri)
        yield Address(running.uri)
    finally:
        server.stop(running)


def _constrain(uri: str) -> None:
    with neo4j.GraphDatabase.driver(uri) as driver:
        for text in constraints():
            driver.execute_query(neo4j.Query(text))
        driver.execute_query("CALL db.awaitIndexes(300)")
