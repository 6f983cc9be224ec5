"""What the driver leaves to do at both ends: who is let in, and leaving in the middle."""

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from evidence.errors import StoreError
from graph.store.address import Address

_SECONDS = 5.0


def refuse_unguarded(address: Address) -> None:
    """Raises StoreError for a server that takes a connection without a name and a password."""
    try:
        with neo4j.GraphDatabase.driver(
            address.uri, auth=None, connection_timeout=_SECONDS, user_agent="heichan"
        ) as driver:
            driver.get_server_info()
    except (Neo4jError, DriverError):
        return
    raise StoreError(
        f"{address.uri} asks nobody for a password",
        hint="turn its authentication on; `store push` and `store status` also take --allow-plain",
        where={"address": address.uri, "setting": "NEO4J_URI"},
    )


def cut_off(session: neo4j.Session) -> None:
    """Drops the connection of a session, which would wait for its answer before it closes."""
    # What the driver calls `cancel` it has for asynchronous sessions only.
    cancel = getattr(session, "_handle_cancellation", None)
    if cancel is not None:
        cancel()
