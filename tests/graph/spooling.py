"""Any graph put by on disk, as the build leaves it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from graph.build.packed import Packable, day
from graph.build.spooled import SpooledGraph, spooled
from graph.elements import Graph, Value


def put_by(graph: Graph, folder: Path | None = None) -> SpooledGraph:
    """The graph below the folder, in memory without one."""
    held = spooled(folder)
    for node in graph.nodes:
        held.nodes.put(node.id, node.label, node.props)
    for tie in graph.relationships:
        triple = tie.type, tie.start_label, tie.end_label
        held.ties.add(tie.id, triple, tie.start, tie.end, packable(tie.props))
    return held.graph()


def packable(props: Mapping[str, Value]) -> dict[str, Packable]:
    """As relationships are put by."""
    return {name: day(each) if type(each) is date else each for name, each in props.items()}
