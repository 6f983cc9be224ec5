"""TLP marks: which part of a graph may travel."""

import msgspec

from evidence.errors import UsageError
from graph.elements import Graph, Node

MARKS = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")
DEFAULT_MARK = "AMBER"
BUILD = "Build"


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
