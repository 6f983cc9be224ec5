"""Which servers are spoken to, by what they say that they are, and by which address."""

import socket
import threading

import pytest

from evidence.errors import StoreError
from graph.store.address import Address, without_routing
from graph.store.neo4j import Neo4jStore
from graph.store.neo4j_errors import refuse_old

ADDRESS = Address("bolt://127.0.0.1:7687")


@pytest.mark.parametrize("agent", ["Neo4j/5.26.30", "Neo4j/5.27-aura", "Neo4j/2026.08.1"])
def test_servers_that_are_new_enough(agent: str) -> None:
    refuse_old(agent, ADDRESS)


@pytest.mark.parametrize("agent", ["Neo4j/4.4.3", "Neo4j/5.9.0", "Other/9.0", ""])
def test_servers_that_are_too_old_or_something_else(agent: str) -> None:
    with pytest.raises(StoreError) as caught:
        refuse_old(agent, ADDRESS)
    assert caught.value.code == 4
    assert "5.26" in caught.value.hint


def test_a_server_that_knows_no_common_version_of_bolt() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(64)
                connection.sendall(bytes(4))
                connection.recv(64)

        threading.Thread(target=answer, daemon=True).start()
        store = Neo4jStore(Address(f"bolt://127.0.0.1:{listener.getsockname()[1]}"))
        with pytest.raises(StoreError) as caught:
            store.build_info()
    assert "5.26" in caught.value.hint


def test_a_plain_routed_address_is_asked_directly() -> None:
    assert without_routing("neo4j://127.0.0.1:7687") == "bolt://127.0.0.1:7687"
    assert without_routing("neo4j+s://example.org") == "neo4j+s://example.org"
