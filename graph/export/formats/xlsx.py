"""A workbook for people: a sheet that says what it is, one for nodes, one for edges.

Every cell is a text cell, so that nothing runs; contacts and URLs are defanged.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from graph.export.clean.defang import defang, defanged, defanged_node
from graph.export.clean.plan import Plan, PlanEdge, PlanNode
from graph.export.clean.words import Cell
from graph.export.formats.columns import Column
from graph.export.formats.tables import flat, property_columns
from graph.export.formats.workbook import MOST_UNITS, Workbook
from graph.export.stamp import Stamp

NODE_TITLES = ("id 编号", "name 名称", "kind 节点种类")
EDGE_TITLES = ("id 编号", "from 起点", "to 终点", "relationship 关系", "kind 种类", "weight 权重")
FIXED = ("id", "name", "kind", "from", "to", "relationship", "weight")
ABOUT, NODES, EDGES = "about", "nodes", "edges"
_WITHOUT_DAY = "2000-01-01"


def write(stream: BinaryIO, plan: Plan, stamp: Stamp) -> list[str]:
    """The plan as a workbook; returns what was changed for it. Raises DataError."""
    with Workbook(stream, (ABOUT, NODES, EDGES)) as book:
        names = _Names()
        listed = property_columns(plan.nodes, FIXED)
        titles = [*NODE_TITLES, *(column.title for column in listed)]
        book.fill(NODES, titles, (_node(node, names, listed) for node in plan.nodes))
        listed = property_columns(plan.edges, FIXED)
        titles = [*EDGE_TITLES, *(column.title for column in listed)]
        book.fill(EDGES, titles, (_edge(edge, names, listed) for edge in plan.edges))
        losses = [f"{book.cut} cells cut at {MOST_UNITS} characters"] if book.cut else []
        lines = [*map(defang, stamp.lines(plan)), *losses]
        book.fill(ABOUT, ("what this file is 本文件说明",), ([line] for line in lines))
        book.finish(". ".join(lines), stamp.last_day or _WITHOUT_DAY)
    return losses


class _Names:
    """Ids defanged, and apart where defanging made two of them one."""

    def __init__(self) -> None:
        self._written: dict[str, str] = {}
        self._taken: set[str] = set()

    def of(self, identifier: str) -> str:
        """The id as the workbook writes it."""
        if identifier not in self._written:
            name = plain = defang(identifier)
            number = 1
            while name in self._taken:
                number += 1
                name = f"{plain} ({number})"
            self._taken.add(name)
            self._written[identifier] = name
        return self._written[identifier]


def _node(node: PlanNode, names: _Names, listed: Iterable[Column]) -> list[str]:
    head = (names.of(node.id), defang(node.label), node.kind)
    return [*head, *_cells(defanged_node(node), listed)]


def _edge(edge: PlanEdge, names: _Names, listed: Iterable[Column]) -> list[str]:
    ends = (names.of(edge.source), names.of(edge.target))
    head = (edge.id, *ends, edge.relation, defang(edge.kind), repr(edge.weight))
    return [*head, *_cells(defanged(edge.values), listed)]


def _cells(values: Mapping[str, Cell], listed: Iterable[Column]) -> Iterator[str]:
    for column in listed:
        cell = values.get(column.name)
        yield "" if cell is None else flat(cell, column)
