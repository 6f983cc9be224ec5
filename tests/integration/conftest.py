"""The Neo4j server of the run, one for all workers; its one database is used in turn."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import neo4j
import pytest

from graph.schema import NODE_KINDS
from graph.store.address import Address, from_environment
from tests.integration import java, server
from tests.integration.java import RELEASES, Release

FOREIGN = "NotOurs"
"""A label that the tests may write beside those of the schema."""


@pytest.fixture(scope="session", params=RELEASES, ids=lambda release: release.name)
def release(request: pytest.FixtureRequest) -> Release:
    """A release of Neo4j whose parts are here; skips, and says why, where they are not."""
    found: Release = request.param
    try:
        java.java(found)
        java.jars(found)
    except java.MissingPartError as missing:
        # Only the oldest release is asked of every machine: the newest needs a newer Java.
        if "neo4j" in _required() and found is RELEASES[0]:
            pytest.fail(f"neo4j is required: {missing}")
        pytest.skip(f"neo4j: {missing}")
    return found


@pytest.fixture(scope="session")
def neo4j_address(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """A server whose database the tests may empty: HEICHAN_TEST_NEO4J_URI, or one of their own."""
    if given := os.environ.get("HEICHAN_TEST_NEO4J_URI"):
        if release is not RELEASES[0]:
            pytest.skip("neo4j: the given server is asked once")
        address = from_environment({**os.environ, "NEO4J_URI": given})
        _refuse_used(address)
        yield address
        return
    with server.shared(_shared(tmp_path_factory.getbasetemp()), release) as uri:
        yield Address(uri)


Emptied = Callable[[], AbstractContextManager[Address]]


@pytest.fixture(scope="session")
def emptied(
    release: Release, neo4j_address: Address, tmp_path_factory: pytest.TempPathFactory
) -> Emptied:
    """A block in which the one database is ours alone, with nothing in it before and after."""
    lock = _shared(tmp_path_factory.getbasetemp()) / f"neo4j-{release.name}-database.lock"

    @contextmanager
    def block() -> Iterator[Address]:
        with lock.open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            _empty(neo4j_address)
            yield neo4j_address
            _empty(neo4j_address)

    return block


@pytest.fixture
def empty_neo4j(emptied: Emptied) -> Iterator[Address]:
    """The server with nothing in its database."""
    with emptied() as address:
        yield address


def _required() -> list[str]:
    return os.environ.get("HEICHAN_REQUIRE", "").split(",")


def _shared(temporary: Path) -> Path:
    """A folder that all workers of the run see."""
    return temporary.parent if "PYTEST_XDIST_WORKER" in os.environ else temporary


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
