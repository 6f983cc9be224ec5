"""`store push|status`: the graph in another store, and what each holds."""

import os
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.answers import Raw
from commands.application import command
from commands.audited import note
from commands.session import STORES, Session
from commands.stopping import stopping
from evidence.errors import HeichanError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence.settings import Tlp
    from graph.elements import Graph
    from graph.store.base import GraphStore
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
        str | None, typer.Option(help="Leave out what rests on files marked stricter than this.")
    ] = None,
    allow_plain: Annotated[
        bool, typer.Option("--allow-plain", help="A server off loopback without encryption.")
    ] = False,
) -> None:
    """Load the graph into Neo4j: NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD, NEO4J_DATABASE.

    Example: NEO4J_URI=bolt://127.0.0.1:7687 heichan store push neo4j
    """
    from evidence.settings import tlp_mark

    if target != "neo4j":
        raise UsageError(f"cannot push to {target!r}", hint="heichan store push neo4j")
    mark = None if tlp_max is None else tlp_mark(tlp_max)
    if replace and not yes:
        _refuse_unasked()
    server = _server(session, allow_plain=allow_plain)
    try:
        if replace and not yes:
            _ask(server)
        with stopping(lambda: "the same command sends what is missing"):
            _send(session, server, mark, replace=replace)
    finally:
        server.close()
    session.out.note("Next: heichan --store neo4j query list")


def _send(session: Session, server: "Neo4jStore", mark: "Tlp | None", *, replace: bool) -> None:
    import msgspec

    from graph.store.marks import DEFAULT_MARK
    from graph.store.push import push as send

    whole = _embedded_graph(session)
    report = send(
        whole if mark is None else _part(session, whole, mark),
        server,
        replace=replace,
        tlp_max=mark,
        # What has no mark of its own rests on nothing stricter in the part.
        default_mark=mark or DEFAULT_MARK,
        stages=session.progress,
    )
    session.progress.close()
    left_out = _size(whole) - report.nodes - report.relationships
    snapshot = (server.build_info() or {}).get("snapshot")
    told = {**msgspec.to_builtins(report), "left_out": left_out, "snapshot": snapshot}
    place = f"{server.address.uri}, database {server.address.database}"
    head = note(session, {"store": place, "graph": snapshot, "tlp": mark})
    session.out.document({**told, "audit_head": head})
    if left_out:
        session.out.note(f"{left_out} nodes and relationships above {mark} left out")


_HINT = "Give --yes to go on without a question."


def _refuse_unasked() -> None:
    if not sys.stdin.isatty():
        raise UsageError("--replace deletes what heichan wrote on the server first", hint=_HINT)


def _ask(server: "Neo4jStore") -> None:
    """Says whose graph would go; a database that holds nothing is not asked about."""
    held = server.holding()
    if not held.counts:
        return
    case_id = (held.build or {}).get("case_id")
    place = f"{server.address.uri}, database {server.address.database}"
    what = f"{sum(held.counts.values())} nodes of case {case_id}"
    if not typer.confirm(f"Delete {what} from {place}?", err=True):
        raise UsageError("nothing was changed", hint=_HINT)


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


def _part(session: Session, whole: "Graph", mark: "Tlp") -> "Graph":
    """The graph up to a mark; it says of itself that it is made of the whole."""
    from graph.elements import Graph
    from graph.store.marks import BUILD

    part = session.below(mark)
    if part is session:
        return whole
    nodes = [node for node in part.store.nodes() if node.label != BUILD]
    nodes += [node for node in whole.nodes if node.label == BUILD]
    return Graph(sorted(nodes, key=lambda each: each.id), list(part.store.relationships()))


def _size(graph: "Graph") -> int:
    return len(graph.nodes) + len(graph.relationships)


def status(
    session: Session,
    allow_plain: Annotated[
        bool, typer.Option("--allow-plain", help="A server off loopback without encryption.")
    ] = False,
    raw: Raw = False,
) -> None:
    """Say what the archive, the embedded graph and the server hold, and what differs.

    Example: heichan store status
    """
    rows = [_archive(session)]
    held = {name: _held(session, name, allow_plain) for name in STORES}
    rows += [row for row, _ in held.values()]
    for (row, counts), before in zip(held.values(), (rows[0], rows[1]), strict=True):
        row["differs"] = _differs(row, before, counts, held["embedded"][1])
    session.out.rows(rows, ("store", "state", "nodes", "relationships", "snapshot", "differs"))
    for advice in _advice(rows):
        session.out.note(advice)


def _archive(session: Session) -> dict[str, Any]:
    from importlib.metadata import version

    from evidence.stats import contents
    from graph.build import state

    connection = session.archive.connection
    row = {"store": "archive", "state": "ready", "snapshot": contents(connection).snapshot}
    inputs = state.inputs(connection, session.case.settings, version("heichan"))
    if row["snapshot"] is None:
        row["state"] = "never built"
    elif state.stored(connection).get("build_inputs") != inputs:
        row["state"] = "changed since the build"
    return row


def _held(
    session: Session, name: str, allow_plain: bool
) -> "tuple[dict[str, Any], dict[str, int]]":
    """What a store holds, and how much of each label and type."""
    from graph.store import open_store

    try:
        store = open_store(session.case, name, allow_plain=allow_plain)
    except HeichanError as error:
        return {"store": name, "state": error.message}, {}
    try:
        info = store.build_info()
        if info is None:
            return {"store": name, "state": "empty"}, {}
        nodes = _counts(store, "MATCH (n) RETURN labels(n)[0] AS kind, count(*) AS n")
        ties = _counts(store, "MATCH ()-[r]->() RETURN type(r) AS kind, count(*) AS n")
        row = {
            "store": name,
            "state": _state(info),
            "nodes": sum(nodes.values()),
            "relationships": sum(ties.values()),
            "snapshot": info.get("snapshot"),
        }
        return row, {**nodes, **ties}
    except HeichanError as error:
        return {"store": name, "state": error.message}, {}
    finally:
        store.close()


def _state(info: dict[str, Any]) -> str:
    if "snapshot" not in info:
        return "not complete"
    return f"part up to {info['tlp']}" if "tlp" in info else "ready"


def _counts(store: "GraphStore", query: str) -> dict[str, int]:
    return {row["kind"]: int(row["n"]) for row in store.run(query).rows}


def _differs(
    row: dict[str, Any], before: dict[str, Any], counts: dict[str, int], others: dict[str, int]
) -> str | None:
    """Where the row's snapshot is not that of the place it comes from: what is more or less."""
    if "nodes" not in row or row.get("snapshot") == before.get("snapshot"):
        return None
    kinds = sorted(counts.keys() | others.keys())
    gaps = [(kind, counts.get(kind, 0) - others.get(kind, 0)) for kind in kinds]
    listed = ", ".join(f"{kind} {gap:+d}" for kind, gap in gaps if gap)
    return f"another snapshot than {before['store']}: {listed or 'same numbers'}"


def _advice(rows: list[dict[str, Any]]) -> "Iterator[str]":
    archive, embedded, server = rows
    if archive["state"] != "ready" or embedded.get("differs") or embedded["state"] == "empty":
        yield "The graph is behind the archive. Next: heichan build"
    if server.get("differs") or server["state"] in ("empty", "not complete"):
        yield "The server holds something else. Next: heichan store push neo4j"


def register(parent: typer.Typer) -> None:
    command(app, "push")(push)
    command(app, "status")(status)
    parent.add_typer(app, name="store")
