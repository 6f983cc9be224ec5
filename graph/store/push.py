"""Puts a case's graph on a server: the same load each time, so it can be run again."""

from collections.abc import Callable

import msgspec

from evidence.errors import UsageError
from graph.elements import Graph, Node
from graph.store.neo4j import Neo4jStore
from graph.store.neo4j_load import LoadCounts
from graph.store.owner import BUILD

MARKS = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")
DEFAULT_MARK = "AMBER"


class PushReport(msgspec.Struct, frozen=True):
    """What a push did; `left_out` counts nodes and relationships that are too strict to travel."""

    nodes: int
    relationships: int
    left_out: int
    counts: LoadCounts


def push(
    graph: Graph,
    store: Neo4jStore,
    *,
    replace: bool = False,
    tlp_max: str | None = None,
    default_mark: str = DEFAULT_MARK,
    progress: Callable[[int, int], None] | None = None,
) -> PushReport:
    """Load the graph into the server. `replace` deletes first what heichan wrote.

    Raises StoreError where the database holds another case (unless replaced) or foreign nodes.
    """
    sent = graph if tlp_max is None else up_to(graph, tlp_max, default_mark)
    if replace:
        store.clear()
    counts = store.load_counted(sent, progress=progress)
    left_out = len(graph.nodes) + len(graph.relationships)
    left_out -= len(sent.nodes) + len(sent.relationships)
    return PushReport(len(sent.nodes), len(sent.relationships), left_out, counts)


def up_to(graph: Graph, mark: str, default_mark: str = DEFAULT_MARK) -> Graph:
    """The part whose TLP marks are not stricter than `mark`; `Build.tlp` says so."""
    most = _strictness(mark)
    nodes = [
        _marked(node, mark) if node.label == BUILD else node
        for node in graph.nodes
        if node.label == BUILD or _strictness(str(node.props.get("tlp", default_mark))) <= most
    ]
    ids = {node.id for node in nodes}
    kept = [r for r in graph.relationships if r.start in ids and r.end in ids]
    return Graph(nodes, kept)


def _marked(build: Node, mark: str) -> Node:
    return msgspec.structs.replace(build, props={**build.props, "tlp": mark})


def _strictness(mark: str) -> int:
    name = mark.upper().removeprefix("TLP:")
    if name not in MARKS:
        raise UsageError(f"{mark} is no TLP mark", hint=f"one of {', '.join(MARKS)}")
    return MARKS.index(name)
