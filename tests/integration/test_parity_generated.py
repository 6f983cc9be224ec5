"""Every query gives the same rows in both stores on an invented graph of 100,000 nodes."""

from collections.abc import Iterator
from contextlib import closing

import msgspec
import pytest

from benchmarks.big_graph import CASE, NODES, RELATIONSHIPS, big_graph
from benchmarks.queries import values
from graph.store.base import GraphStore
from graph.store.embedded import EmbeddedStore
from graph.store.neo4j import Neo4jStore
from queries.pack import Query, load_packs
from queries.run import run_query
from tests.integration.imported import imported
from tests.integration.java import RELEASES, Release
from tests.queries.typed import typed

QUERIES = [query for query in load_packs().queries.values() if query.header.engine == "cypher"]
SECONDS = 120.0
"""Time limit of a query; other tests run beside this one."""


class Stores(msgspec.Struct, frozen=True):
    """The generated graph in both stores."""

    embedded: GraphStore
    team: GraphStore


@pytest.fixture(scope="module")
def stores(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stores]:
    if release is not RELEASES[0]:
        pytest.skip("the oldest release is enough for so large a graph")
    folder, graph = tmp_path_factory.mktemp("generated"), big_graph(NODES, RELATIONSHIPS)
    embedded = EmbeddedStore(folder / "graph")
    embedded.load(graph)
    with (
        imported(graph, folder, release) as address,
        closing(Neo4jStore(address, CASE)) as team,
    ):
        yield Stores(embedded, team)


def test_both_hold_the_whole_graph(stores: Stores) -> None:
    for store in (stores.embedded, stores.team):
        assert store.run("MATCH (n) RETURN count(n) AS n").rows == [{"n": NODES}]
        found = store.run("MATCH ()-[r]->() RETURN count(r) AS n").rows
        assert found == [{"n": RELATIONSHIPS}]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.id)
def test_rows_of_every_query(stores: Stores, query: Query) -> None:
    given = values(query.header, stores.embedded)
    one, other = (
        run_query(query, store, None, given, timeout=SECONDS)
        for store in (stores.embedded, stores.team)
    )
    assert one.rows
    assert one.columns == other.columns
    assert [typed(row) for row in one.rows] == [typed(row) for row in other.rows]
    assert [str(cell) for cell in one.drawn] == [str(cell) for cell in other.drawn]
    assert (one.truncated, one.caveats, one.warnings) == (
        other.truncated, other.caveats, other.warnings,
    )  # fmt: skip
