"""The filter against the server: what passes changes nothing, in a session that may write."""

from collections.abc import Iterator

import neo4j
import pytest
from hypothesis import HealthCheck, event, given, settings
from neo4j.exceptions import Neo4jError

from evidence.errors import DataError, UsageError
from graph.store import guard
from graph.store.address import Address
from graph.store.neo4j import Neo4jStore
from tests.graph.store import smuggling
from tests.integration.conftest import Emptied
from tests.integration.golden import CASE, small

FILE = "file:///etc/hostname"
MANY = "UNWIND range(1, 1000000) AS x UNWIND range(1, 1000) AS y WITH x"
# Codes that the server gives once it has understood a text as something to be refused.
_UNDERSTOOD = ("ExternalResourceFailed", "Neo.ClientError.Procedure", "AccessMode", "Security")


@pytest.fixture(scope="module")
def address(emptied: Emptied) -> Iterator[Address]:
    with emptied() as address:
        store = Neo4jStore(address, CASE)
        store.load(small())
        store.close()
        yield address


@pytest.fixture(scope="module")
def writing(address: Address) -> Iterator[neo4j.Session]:
    """A session with every right; each transaction in it is rolled back."""
    with (
        neo4j.GraphDatabase.driver(address.uri, auth=address.credentials) as driver,
        driver.session(database=address.database) as session,
    ):
        yield session


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=smuggling.texts(FILE))
def test_what_passes_is_harmless_by_itself(writing: neo4j.Session, text: str) -> None:
    try:
        guard.check(text)
    except UsageError:
        event("refused")
        return
    event("passed")
    with writing.begin_transaction(timeout=5.0) as transaction:
        try:
            result = transaction.run(neo4j.Query(text).text, p=1)
            rows, counters = list(result), result.consume().counters
        except Neo4jError as error:
            fault = f"{error.code} {error.message}"
        else:
            fault = ""
            assert not counters.contains_updates, text
            assert not counters.contains_system_updates, text
            assert len(rows) < 100, text
        transaction.rollback()
    assert not any(part in fault for part in _UNDERSTOOD), text
    assert "function 'apoc" not in fault, text


@pytest.mark.parametrize(
    "text", ["RETURN 1 AS x FORMAT CSV", "RETURN apoc\u180e.text.join([]) AS x"]
)
def test_refused_before_the_server_sees_it(address: Address, text: str) -> None:
    with pytest.raises(UsageError):
        Neo4jStore(address).run(text)


def test_time_and_rows_have_limits(address: Address) -> None:
    store = Neo4jStore(address, CASE)
    try:
        with pytest.raises(DataError, match="stopped after 1 s"):
            store.run(f"{MANY} RETURN sum(x) AS n", timeout=1.0)
        cut = store.run(f"{MANY} RETURN x", timeout=20.0, limit=7)
        assert (len(cut.rows), cut.truncated) == (7, True)
    finally:
        store.close()


def test_memory_has_a_limit_that_the_server_sets(address: Address) -> None:
    store = Neo4jStore(address, CASE)
    try:
        with pytest.raises(DataError, match="stopped by the server"):
            store.run(f"{MANY} RETURN collect(toString(x)) AS n", timeout=60.0)
        assert store.run("RETURN 1 AS n").rows == [{"n": 1}]
    finally:
        store.close()
