"""What must be done to the embedded graph that was saved last, where that is quicker."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Final

from graph.build.spooled import SpooledGraph
from graph.elements import Graph, Triple
from graph.store.differences import Differences, differences
from graph.store.embedded_fill import Change, Work
from graph.store.last import UNREADABLE, last_of
from graph.store.setting import EACH, in_parts, node_of, setting
from graph.store.statements import batches, known_label, known_type

_PAYS: Final = 4
"""The graph is filled where more than one of so many elements differs. Of 2.7 million elements 6 %
took 8 s of processor time to change and 30 % 18 s; to fill and save took at least 35 s.
"""


def changes(file: Path, graph: Graph) -> Work | None:
    """What makes the graph from the one in the file; None where it must, or had better, be filled.

    Nothing is said of what did not change: the load before looked at that.
    """
    if not isinstance(graph, SpooledGraph):
        return None
    try:
        found = _found(file, graph)
    except UNREADABLE:
        return None
    if found is None or found.size * _PAYS > len(graph.nodes) + len(graph.relationships):
        return None
    work = chain(_gone(found), _changed(found), batches(found.new))
    return Work(work, found.coming, _counts(graph))


def _found(file: Path, graph: SpooledGraph) -> Differences | None:
    last = last_of(file)
    if last is None:
        return None
    with closing(last):
        return differences(last, graph)


def _gone(found: Differences) -> Iterator[Change]:
    """Relationships first."""
    for triple, rows in found.gone_ties.items():
        yield from in_parts(_tie(triple), "DELETE r", found.gone(rows))
    for label, ids in found.gone_nodes.items():
        # Without DETACH: a relationship that is left is one that nobody noted.
        yield from in_parts(node_of(label), "DELETE n", ({"id": each} for each in ids))


def _changed(found: Differences) -> Iterator[Change]:
    for label, nodes in found.changed.by_label():
        yield from setting(label, nodes)


def _tie(triple: Triple) -> str:
    type_, start_label, end_label = triple
    start = f"(a:{known_label(start_label)} {{id: row.start_id}})"
    end = f"(b:{known_label(end_label)} {{id: row.end_id}})"
    return f"{EACH} {start}-[r:{known_type(type_)} {{id: row.id}}]->{end}"


def _counts(graph: SpooledGraph) -> dict[str, int]:
    """Number of nodes and relationships by label and type."""
    found = Counter({label: len(numbers) for label, numbers, _ in graph.held.nodes.marked()})
    for kind, kept in graph.held.ties.kept():
        found[kind.triple[0]] += len(kept)
    return dict(found)
