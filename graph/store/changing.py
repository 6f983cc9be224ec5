"""The embedded graph that was saved last, made into another one by what differs."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any, Final, cast

import kglite

from evidence.errors import DataError
from graph.build.spooled import SpooledGraph
from graph.elements import Graph, Node, Triple
from graph.schema import NODE_KINDS, check_kind
from graph.store import statements
from graph.store.differences import Differences, differences
from graph.store.last import UNREADABLE, last_of
from graph.store.statements import Batch, batches, known_label, known_type

_PAYS: Final = 4
"""The graph is filled where more than one of so many elements differs. Of 2.7 million elements
0.2 % took 4.5 s of processor time, 16 % 12.5 s and 30 % 18 s; to fill took 46 s.
"""
_EACH: Final = "UNWIND $rows AS row MATCH"
Fill = Callable[[kglite.KnowledgeGraph, Iterator[Batch]], Iterator[int]]
Progress = Callable[[int, int], None]


class _UnlikeError(Exception):
    """The file did not hold what was noted of it."""


def changed_graph(
    file: Path, graph: Graph, fill: Fill, progress: Progress | None
) -> kglite.KnowledgeGraph | None:
    """The graph, made from the one in the file; None where it must, or had better, be filled.

    What the schema refuses is refused when it is filled.
    """
    if not isinstance(graph, SpooledGraph):
        return None
    try:
        found = _found(file, graph)
        if found is None:
            return None
        made = kglite.load(str(file))
        _change(made, found)
        done = _size(graph) - found.coming
        for count in fill(made, batches(found.new)):
            done += count
            if progress:
                progress(done, _size(graph))
        return made if _counted(made) == _counts(graph) else None
    except (*UNREADABLE, kglite.KgError, DataError, _UnlikeError):
        return None


def _found(file: Path, graph: SpooledGraph) -> Differences | None:
    last = last_of(file)
    if last is None:
        return None
    with closing(last):
        found = differences(last, graph)
    return found if found.size * _PAYS < _size(graph) else None


def _size(graph: Graph) -> int:
    return len(graph.nodes) + len(graph.relationships)


def _change(made: kglite.KnowledgeGraph, found: Differences) -> None:
    """Takes away what went, and gives the nodes that stay what they say now."""
    for triple, rows in found.gone_ties.items():
        _run(made, _tie_text(triple), found.gone(rows), "relationships_deleted")
    for label, ids in found.gone_nodes.items():
        # Without DETACH: a relationship that is left is one that nobody noted.
        text = f"{_EACH} (n:{known_label(label)} {{id: row.id}}) DELETE n"
        _run(made, text, ({"id": each} for each in ids), "nodes_deleted")
    for label, nodes in found.changed.by_label():
        _run(made, _node_text(label), _rows(label, nodes), None)


def _tie_text(triple: Triple) -> str:
    type_, start_label, end_label = triple
    start = f"(a:{known_label(start_label)} {{id: row.start_id}})"
    end = f"(b:{known_label(end_label)} {{id: row.end_id}})"
    return f"{_EACH} {start}-[r:{known_type(type_)} {{id: row.id}}]->{end} DELETE r"


def _node_text(label: str) -> str:
    names = sorted(NODE_KINDS[label].properties.keys() - {"id"})
    values = ", ".join(f"n.{name} = row.{name}" for name in names)
    return f"{_EACH} (n:{known_label(label)} {{id: row.id}}) SET {values} RETURN count(n) AS n"


def _rows(label: str, nodes: Iterator[Node]) -> Iterator[Mapping[str, Any]]:
    while part := list(islice(nodes, statements.BATCH)):
        check_kind((label,), part)
        yield from ({**node.props, "id": node.id} for node in part)


def _run(
    made: kglite.KnowledgeGraph, text: str, rows: Iterable[Mapping[str, Any]], counted: str | None
) -> None:
    """Raises _UnlikeError where a row reaches nothing, or more than one element."""
    left = iter(rows)
    while part := list(islice(left, statements.BATCH)):
        view = cast(kglite.ResultView, made.cypher(text, params={"rows": part}))
        reached = (view.stats or {})[counted] if counted else view.to_list()[0]["n"]
        if reached != len(part):
            raise _UnlikeError


def _counts(graph: SpooledGraph) -> Counter[str]:
    """Number of nodes and relationships by label and type."""
    found = Counter({label: len(numbers) for label, numbers, _ in graph.held.nodes.marked()})
    for kind, kept in graph.held.ties.kept():
        found[kind.triple[0]] += len(kept)
    return found


def _counted(made: kglite.KnowledgeGraph) -> Counter[str]:
    found: Counter[str] = Counter()
    for text in (
        "MATCH (n) RETURN labels(n)[0] AS name, count(*) AS n",
        "MATCH ()-[r]->() RETURN type(r) AS name, count(*) AS n",
    ):
        for row in cast(kglite.ResultView, made.cypher(text)):
            found[row["name"]] += row["n"]
    return found
