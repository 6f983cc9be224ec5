"""`store push|status`: the graph in another store, and what each holds."""

import os
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.application import command
from commands.session import STORES, Session
from evidence.errors import HeichanError, UsageError

if TYPE_CHECKING:
    from graph.elements import Graph
    from graph.store.neo4j import Neo4jStore

app = typer.Typer(no_args_is_help=True, help="The graph in the embedded store and in Neo4j.")


def push(
    session: Session,
    target: Annotated[str, typer.Argument(metavar="neo4j", help="The store to load.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Delete what heichan wrote there, then load.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    tlp_max: Annotated[
        str | None, typer.Option(help="Leave out what is marked stricter than this TLP mark.")
    ] = None,
    allow_plain: Annotated[
        bool, typer.Option("--allow-plain", help="A server off loopback without encryption.")
    ] = False,
) -> None:
    """Load the graph into Neo4j: NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD, NEO4J_DATABASE.

    Example: NEO4J_URI=bolt://127.0.0.1:7687 heichan store push neo4j
    """
    import msgspec

    from graph.store.push import push as send

    if target != "neo4j":
        raise UsageError(f"cannot push to {target!r}", hint="heichan store push neo4j")
    if replace and not yes:
        _ask()
    server = _server(session, allow_plain=allow_plain)
    try:
        report = send(
            _embedded_graph(session),
            server,
            replace=replace,
            tlp_max=tlp_max,
            progress=_progress(session),
        )
        session.progress.close()
        snapshot = (server.build_info() or {}).get("snapshot")
        session.out.document({**msgspec.to_builtins(report), "snapshot": snapshot})
    finally:
        server.close()
    session.out.note("Next: heichan --store neo4j query list")


def _ask() -> None:
    hint = "Give --yes to go on without a question."
    if not sys.stdin.isatty():
        raise UsageError("--replace deletes this case from the server first", hint=hint)
    if not typer.confirm("Delete this case from the server first?", err=True):
        raise UsageError("nothing was changed", hint=hint)


def _server(session: Session, *, allow_plain: bool) -> "Neo4jStore":
    from graph.store.address import from_environment
    from graph.store.neo4j import Neo4jStore

    case = session.case
    address = from_environment(os.environ, case.settings.database)
    return Neo4jStore(address, case.settings.id, allow_plain=allow_plain)


def _embedded_graph(session: Session) -> "Graph":
    from graph.elements import Graph
    from graph.store import open_store

    store = open_store(session.case, "embedded")
    try:
        return Graph(list(store.nodes()), list(store.relationships()))
    finally:
        store.close()


def status(session: Session) -> None:
    """Say what the archive, the embedded graph and the server hold.

    Example: heichan store status
    """
    from evidence.stats import contents

    built = contents(session.archive.connection).snapshot
    rows: list[dict[str, Any]] = [{"store": "archive", "state": "ready", "snapshot": built}]
    rows += [_held(session, name) for name in STORES]
    columns = ("store", "state", "nodes", "relationships", "snapshot")
    session.out.rows(rows, columns)
    snapshots = {row["snapshot"] for row in rows if row.get("snapshot")}
    if len(snapshots) > 1:
        session.out.note("They differ. Next: heichan build, then heichan store push neo4j")


def _held(session: Session, name: str) -> dict[str, Any]:
    from graph.store import open_store

    try:
        store = open_store(session.case, name)
    except HeichanError as error:
        return {"store": name, "state": error.message}
    try:
        info = store.build_info()
        if info is None:
            return {"store": name, "state": "empty"}
        return {
            "store": name,
            "state": "ready",
            "nodes": _count(store, "MATCH (n) RETURN count(n) AS n"),
            "relationships": _count(store, "MATCH ()-[r]->() RETURN count(r) AS n"),
            "snapshot": info.get("snapshot"),
        }
    except HeichanError as error:
        return {"store": name, "state": error.message}
    finally:
        store.close()


def _count(store: Any, query: str) -> int:
    return int(store.run(query).rows[0]["n"])


def _progress(session: Session) -> Any:
    return lambda done, total: session.progress("loading", done, total)


def register(parent: typer.Typer) -> None:
    command(app, "push")(push)
    command(app, "status")(status)
    parent.add_typer(app, name="store")
