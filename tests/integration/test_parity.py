"""One graph in both stores gives the same nodes, relationships, snapshot and rows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import neo4j
import pytest

from evidence.archive.archive import Archive
from evidence.case import Case
from evidence.errors import HeichanError, UsageError
from graph.build.snapshot import snapshot
from graph.elements import Graph
from graph.schema import NODE_KINDS, RELATIONSHIP_KINDS
from graph.store.base import GraphStore
from graph.store.embedded import EmbeddedStore
from graph.store.neo4j import Neo4jStore
from queries.pack import Packs, Query, load_packs
from queries.parameters import sample
from queries.run import run_query
from tests.demo_case import demo_case
from tests.graph.store.texts import PASSES, REFUSED, Sample
from tests.integration.conftest import Emptied
from tests.integration.golden import CASE, golden
from tests.queries.typed import typed

PACKS: Packs = load_packs()
CYPHER = [query for query in PACKS.queries.values() if query.header.engine == "cypher"]


class Stores:
    """The same graph in both stores, and the archive behind it where there is one."""

    def __init__(self, graph: Graph, embedded: GraphStore, team: Neo4jStore) -> None:
        self.graph = graph
        self.embedded = embedded
        self.team = team

    def both(self) -> tuple[GraphStore, GraphStore]:
        return self.embedded, self.team


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return demo_case(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="module")
def archive(case: Case) -> Iterator[Archive]:
    with case.reader() as opened:
        yield opened


@pytest.fixture(scope="module", params=["golden", "demo"])
def stores(
    request: pytest.FixtureRequest, emptied: Emptied, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stores]:
    if request.param == "golden":
        folder, graph, case_id = tmp_path_factory.mktemp("golden"), golden(), CASE
        embedded = EmbeddedStore(folder)
        embedded.load(graph)
    else:
        made: Case = request.getfixturevalue("case")
        embedded, case_id = EmbeddedStore(made.graph), made.settings.id
        graph = Graph(list(embedded.nodes()), list(embedded.relationships()))
    with emptied() as address:
        team = Neo4jStore(address, case_id)
        team.load(graph)
        yield Stores(graph, embedded, team)
        team.close()


def test_nodes_relationships_and_snapshot(stores: Stores) -> None:
    graphs = [Graph(list(s.nodes()), list(s.relationships())) for s in stores.both()]
    for graph in graphs:
        assert [node.id for node in graph.nodes] == [node.id for node in stores.graph.nodes]
        for found, given in zip(graph.nodes, stores.graph.nodes, strict=True):
            assert found == given
            assert typed(found.props) == typed(given.props)
        for end, start in zip(graph.relationships, stores.graph.relationships, strict=True):
            assert end == start
            assert typed(end.props) == typed(start.props)
    assert snapshot(graphs[0]) == snapshot(graphs[1]) == snapshot(stores.graph)
    assert stores.embedded.build_info() == stores.team.build_info()


def test_a_second_load_changes_nothing(stores: Stores) -> None:
    counts = stores.team.load_counted(stores.graph)
    assert counts.nodes_created == counts.relationships_created == 0
    assert counts.nodes_deleted == counts.relationships_deleted == 0
    assert list(stores.team.nodes()) == stores.graph.nodes


@pytest.mark.parametrize("query", CYPHER, ids=lambda query: query.id)
def test_rows_of_every_query(stores: Stores, query: Query, archive: Archive) -> None:
    for given in [sample(query.header), *(e.params for e in query.header.expect)]:
        one, other = (run_query(query, store, archive, given) for store in stores.both())
        assert one.columns == other.columns
        assert [typed(row) for row in one.rows] == [typed(row) for row in other.rows]
        assert [list(row) for row in one.rows] == [list(row) for row in other.rows]
        assert typed_drawn(one.drawn) == typed_drawn(other.drawn)
        assert one.truncated == other.truncated
        assert not one.warnings
        assert not other.warnings


def typed_drawn(drawn: list[Any]) -> list[Any]:
    return [str(cell) for cell in drawn]


@pytest.mark.parametrize("text", PASSES, ids=lambda sample: sample.why)
def test_texts_that_pass_give_equal_rows(stores: Stores, text: Sample) -> None:
    one, other = (store.run(text.text, text.parameters) for store in stores.both())
    assert one.columns == other.columns
    assert [typed(row) for row in one.rows] == [typed(row) for row in other.rows]


WHOLE = [
    "MATCH (n:Account) RETURN n ORDER BY n.id LIMIT 3",
    "MATCH (a:Account)-[r:ACTIVE_IN]->(v) RETURN r, a, v ORDER BY r.id LIMIT 3",
    "MATCH p = (a:Account)-[r:FLOWS_TO]->(b) RETURN p, length(p) AS n ORDER BY r.id LIMIT 3",
    "MATCH (n:Venue) RETURN properties(n) AS p, keys(n) AS k, n {.*} AS m ORDER BY n.id LIMIT 3",
    "MATCH ()-[r:POSTED]->() RETURN properties(r) AS p, keys(r) AS k ORDER BY r.id LIMIT 3",
    "MATCH (a:Account)-[r:ACTIVE_IN]->() WITH a, r ORDER BY a.id, r.id "
    "RETURN a.id AS id, collect(r)[..2] AS rs, {first: head(collect(r))} AS m ORDER BY id LIMIT 3",
    "MATCH (p:Post) RETURN p.posted_at AS t, date(p.posted_at) AS d ORDER BY p.id LIMIT 3",
    "RETURN duration('P1DT2H') AS d, datetime('2021-03-04T13:06:07+08:00') AS t",
]


@pytest.mark.parametrize("text", WHOLE)
def test_whole_elements_are_equal(stores: Stores, text: str) -> None:
    one, other = (store.run(text) for store in stores.both())
    assert str(one.rows) == str(other.rows) or one.rows == other.rows


def test_search_words_may_be_any_text(stores: Stores) -> None:
    text = "MATCH (n) WHERE toLower(n.name) CONTAINS toLower($q) RETURN n.id AS id ORDER BY id"
    for word in ("甲", "账号", "'", '"', "\\", "`", "// x", "👍𠮷", ""):
        one, other = (store.run(text, {"q": word}, limit=50) for store in stores.both())
        assert one.rows == other.rows


FAULTS = [
    "RETURN 1/0 AS x",
    "RETURN date('2024-02-30') AS x",
    "RETURN foo(1) AS x",
    "MATCH (n) RETURN m",
    "MATCH (n RETURN n",
    "RETURN $missing AS x",
    "UNWIND range(1, 4000000) AS x UNWIND range(1, 4000) AS y RETURN count(*) AS n",
]


@pytest.mark.parametrize("text", FAULTS)
def test_faults_have_equal_exit_codes(stores: Stores, text: str) -> None:
    errors = []
    for store in stores.both():
        with pytest.raises(HeichanError) as caught:
            store.run(text, timeout=0.5)
        errors.append(caught.value)
    assert type(errors[0]) is type(errors[1])
    assert errors[0].message
    assert errors[1].message


@pytest.mark.parametrize("text", REFUSED, ids=lambda sample: sample.why)
def test_refused_texts_reach_no_engine(stores: Stores, text: Sample) -> None:
    for store in stores.both():
        with pytest.raises(UsageError):
            store.run(text.text)


WRITES = [
    "CREATE (n:Account {id: 'account:x'})",
    "MATCH (n:Account) SET n.name = 'x'",
    "MATCH (n:Account) DETACH DELETE n",
    "CREATE INDEX x FOR (n:Account) ON (n.name)",
]


@pytest.mark.parametrize("text", WRITES)
def test_the_engines_refuse_writing_too(stores: Stores, text: str) -> None:
    """The second fence, without the filter."""
    assert isinstance(stores.embedded, EmbeddedStore)
    for read in (stores.embedded._read, stores.team._read):
        with pytest.raises(UsageError):
            read(text, {}, 5.0, 1)
    assert len(list(stores.embedded.nodes())) == len(stores.graph.nodes)


def test_limits_cut_alike(stores: Stores) -> None:
    for limit in (0, 1, 5):
        for store in stores.both():
            result = store.run("MATCH (n) RETURN n.id AS id ORDER BY id", limit=limit)
            assert len(result.rows) == limit
            assert result.truncated


def test_unknown_names_are_told(stores: Stores) -> None:
    for store in stores.both():
        assert store.run("MATCH (n:Acount) RETURN n.id AS id").warnings


@pytest.mark.parametrize("stores", ["golden"], indirect=True)
def test_golden_holds_everything_and_no_query_is_notified(stores: Stores) -> None:
    assert {node.label for node in stores.graph.nodes} == set(NODE_KINDS)
    assert {r.type for r in stores.graph.relationships} == set(RELATIONSHIP_KINDS)
    for label, kind in NODE_KINDS.items():
        held = {name for n in stores.graph.nodes if n.label == label for name in n.props}
        assert held | {"id"} == set(kind.properties)
    for type_, relationship in RELATIONSHIP_KINDS.items():
        held = {name for r in stores.graph.relationships if r.type == type_ for name in r.props}
        assert held | {"id"} == set(relationship.properties)
    address = stores.team.address
    with neo4j.GraphDatabase.driver(address.uri, auth=address.credentials) as driver:
        for query in CYPHER:
            values = {name: p.default for name, p in query.header.params.items()} | {"limit": 1}
            summary = driver.execute_query(
                neo4j.Query(query.body),
                values,
                routing_=neo4j.RoutingControl.READ,
                database_=address.database,
            ).summary
            told = [s.gql_status for s in summary.gql_status_objects if s.is_notification]
            assert not told, (query.id, told)


def test_graph_files_are_kept_apart(tmp_path: Path) -> None:
    stores = [EmbeddedStore(tmp_path / name) for name in ("a", "b")]
    stores[0].load(golden("a"))
    stores[1].load(golden("b"))
    assert [(s.build_info() or {})["case_id"] for s in stores] == ["a", "b"]
