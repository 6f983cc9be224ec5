"""Every small made case in both stores gives the rows that the heads of the queries say."""

from collections.abc import Iterator

import msgspec
import pytest

from graph.store.base import GraphStore
from graph.store.neo4j import Neo4jStore
from queries.header import Expectation
from queries.pack import Query, load_packs
from queries.run import run_query
from tests.integration.conftest import Emptied
from tests.queries.cases import Opened, opened
from tests.queries.expecting import check_expected
from tests.queries.typed import typed

EXPECTED = sorted(
    (
        (expected.case, query, expected)
        for query in load_packs().queries.values()
        for expected in query.header.expect
        if expected.case and query.header.engine == "cypher"
    ),
    key=lambda one: (one[0], one[1].id),
)


class Pair(msgspec.Struct, frozen=True):
    """A made case, and the server that holds the same graph."""

    made: Opened
    team: GraphStore


@pytest.fixture(scope="module")
def pair(
    request: pytest.FixtureRequest, emptied: Emptied, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Pair]:
    with opened(request.param, tmp_path_factory.mktemp("cases")) as made, emptied() as address:
        team = Neo4jStore(address, made.case_id)
        team.load(made.graph)
        yield Pair(made, team)
        team.close()


@pytest.mark.parametrize(
    ("pair", "query", "expected"),
    EXPECTED,
    ids=lambda value: value if isinstance(value, str) else getattr(value, "id", ""),
    indirect=["pair"],
)
def test_rows_on_made_cases(pair: Pair, query: Query, expected: Expectation) -> None:
    one = run_query(query, pair.made.store, pair.made.archive, expected.params)
    other = run_query(query, pair.team, pair.made.archive, expected.params)
    check_expected(query, expected, other)
    assert [typed(row) for row in one.rows] == [typed(row) for row in other.rows]
    assert [str(cell) for cell in one.drawn] == [str(cell) for cell in other.drawn]
    assert (one.caveats, one.warnings) == (other.caveats, other.warnings)
