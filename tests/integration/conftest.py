"""The Neo4j server of the run. Modules that use it carry `xdist_group("neo4j")`."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import neo4j
import pytest

from graph.schema import NODE_KINDS
from graph.store.address import Address, from_environment
from tests.integration import server

FOREIGN = "NotOurs"
"""A label that the tests may write beside those of the schema."""


@pytest.fixture(scope="session")
def neo4j_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """A server whose database the tests may empty: HEICHAN_TEST_NEO4J_URI, or one of their own."""
    if given := os.environ.get("HEICHAN_TEST_NEO4J_URI"):
        address = from_environment({**os.environ, "NEO4J_URI": given})
        _refuse_used(address)
        yield address
        return
    with ExitStack() as stack:
        try:
            stack.enter_context(_alone(tmp_path_factory.getbasetemp()))
            home = tmp_path_factory.mktemp("neo4j") / "home"
            uri = stack.enter_context(server.running(home))
        except server.MissingPartError as missing:
            if "neo4j" in os.environ.get("HEICHAN_REQUIRE", "").split(","):
                pytest.fail(f"neo4j is required: {missing}")
            pytest.skip(f"neo4j: {missing}")
        yield Address(uri)


@pytest.fixture
def empty_neo4j(neo4j_address: Address) -> Iterator[Address]:
    """The server with nothing in its database, before the test and after it."""
    with emptied(neo4j_address):
        yield neo4j_address


@contextmanager
def emptied(address: Address) -> Iterator[None]:
    """Nothing that tests write is in the database, before the block and after it."""
    _empty(address)
    yield
    _empty(address)


@contextmanager
def _alone(temporary: Path) -> Iterator[None]:
    """One server at a time, also where test workers are not grouped."""
    worker = "PYTEST_XDIST_WORKER" in os.environ
    with ((temporary.parent if worker else temporary) / "neo4j.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _empty(address: Address) -> None:
    with _driver(address) as driver:
        for label in (*NODE_KINDS, FOREIGN):
            text = f"MATCH (n:{label}) DETACH DELETE n"
            driver.execute_query(neo4j.Query(text), database_=address.database)


def _refuse_used(address: Address) -> None:
    with _driver(address) as driver:
        text = "MATCH (n) RETURN count(n) AS n"
        records = driver.execute_query(text, database_=address.database).records
    if records[0]["n"]:
        pytest.fail(f"HEICHAN_TEST_NEO4J_URI: {address.uri} is not empty, and tests delete nodes")


def _driver(address: Address) -> neo4j.Driver:
    return neo4j.GraphDatabase.driver(address.uri, auth=address.credentials)
