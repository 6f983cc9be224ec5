"""Graph stores: one small interface, an embedded engine and a Neo4j server behind it."""

import os

from evidence.case import Case
from evidence.errors import UsageError
from graph.store.base import GraphStore

NAMES = ("embedded", "neo4j")


def open_store(case: Case, name: str | None = None, *, allow_plain: bool = False) -> GraphStore:
    """The case's store, or the named one. Raises UsageError for a name that is none.

    A server is named by NEO4J_URI and its companions; StoreError where it is not.
    """
    # Engines are imported when chosen: each costs more than the rest of a short command.
    chosen = name or case.settings.store
    if chosen == "embedded":
        from graph.store.embedded import EmbeddedStore

        return EmbeddedStore(case.graph)
    if chosen == "neo4j":
        from graph.store.address import from_environment
        from graph.store.neo4j import Neo4jStore

        address = from_environment(os.environ, case.settings.database)
        return Neo4jStore(address, case.settings.id, allow_plain=allow_plain)
    raise UsageError(f"no store named {chosen}", hint=f"one of {', '.join(NAMES)}")
