"""Any graph put by on disk, as the build leaves it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from graph.build.packed import Packable, day
from graph.build.parcel import PREFIX
from graph.build.spooled import Spooled, SpooledGraph, spooled
from graph.elements import Graph, Relationship, Value


def put_by(graph: Graph, folder: Path | None = None) -> SpooledGraph:
    """The graph below the folder, in memory without one."""
    held = spooled(folder)
    for node in graph.nodes:
        held.nodes.put(node.id, node.label, node.props)
    for tie in graph.relationships:
        add_tie(held, tie)
    return held.graph()


def add_tie(held: Spooled, tie: Relationship) -> None:
    """Puts one relationship by."""
    triple, hashed = (
        (tie.type, tie.start_label, tie.end_label),
        bytes.fromhex(tie.id[len(PREFIX) :]),
    )
    told = [held.ties.added], [hashed], [tie.start], [tie.end], [_packable(tie.props)]
    held.ties.add(triple, *told)


def _packable(props: Mapping[str, Value]) -> dict[str, Packable]:
    return {name: day(each) if type(each) is date else each for name, each in props.items()}
