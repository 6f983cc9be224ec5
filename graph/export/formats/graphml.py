"""GraphML for igraph, NetworkX, yEd, Gephi and others, written as a stream.

Nodes carry `label x y z size r g b color` and edges `label weight`, which Gephi reads as looks. The
format has no lists, which stand as JSON text, and no time, which stands in columns.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import BinaryIO, Final

import msgspec

from graph.export.clean.groups import EdgeGroup, NodeGroup
from graph.export.clean.plan import Plan, PlanEdge, PlanNode
from graph.export.clean.rows import types_of, written
from graph.export.clean.words import Cell
from graph.export.formats.cells import Cells, Marks, plain
from graph.export.formats.columns import Column, Type, cell_text
from graph.export.formats.gexf import TIMES, edge_columns_of, node_columns_of, own_kind, seen
from graph.export.formats.spells import iso
from graph.export.formats.timeline import Span, ends, spans
from graph.export.formats.xml import (
    DECLARATION,
    attribute,
    attributes,
    content,
    contents,
    write_parts,
)
from graph.export.look import Look, looks
from graph.export.stamp import Stamp

NAMESPACES: Final = (
    'xmlns="http://graphml.graphdrawing.org/xmlns" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
    'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd"'
)
TYPES: Final[dict[Type, str]] = {
    "string": "string",
    "liststring": "string",
    "integer": "int",
    "double": "double",
    "boolean": "boolean",
}
NODE_LOOKS: Final = (
    ("label", "string"),
    ("x", "double"),
    ("y", "double"),
    ("z", "double"),
    ("size", "double"),
    ("r", "int"),
    ("g", "int"),
    ("b", "int"),
    ("color", "string"),
)
EDGE_LOOKS: Final = (("label", "string"), ("weight", "double"), ("kind", "string"))


def write(stream: BinaryIO, planned: Plan, stamp: Stamp) -> list[str]:
    """The plan as GraphML; what was changed for it."""
    write_parts(stream, _document(planned, stamp))
    lists = [*types_of(planned.nodes).values(), *types_of(planned.edges).values()]
    flat = lists.count("liststring")
    return [f"{flat} list columns flattened to JSON text"] if flat else []


def _document(planned: Plan, stamp: Stamp) -> Iterator[str]:
    node_columns, edge_columns = node_columns_of(planned), edge_columns_of(planned)
    yield f"{DECLARATION}<graphml {NAMESPACES}>\n"
    yield f"<desc>{content('. '.join(stamp.lines(planned)))}</desc>\n"
    yield from _keys("node", NODE_LOOKS, node_columns)
    yield from _keys("edge", EDGE_LOOKS, edge_columns)
    yield '<graph id="G" edgedefault="directed">\n'
    nodes = _Nodes(planned, _cells("node", node_columns))
    yield from written(planned.nodes, nodes.whole, nodes.row)
    edges = _Edges(_cells("edge", edge_columns))
    yield from written(planned.edges, edges.whole, edges.row)
    yield "</graph>\n</graphml>\n"


def _keys(owner: str, shown: Iterable[tuple[str, str]], listed: Iterable[Column]) -> Iterator[str]:
    for name, kind in shown:
        yield _key(owner, name, kind, name)
    for column in listed:
        yield _key(owner, column.id, TYPES[column.type], column.title)


def _key(owner: str, name: str, kind: str, title: str) -> str:
    name = attribute(name)
    return (
        f'<key id="{owner}_{name}" for="{owner}" attr.name="{name}" attr.type="{kind}">'
        f"<desc>{content(title)}</desc></key>\n"
    )


def _cells(owner: str, listed: Iterable[Column]) -> Cells:
    def opening(column: Column) -> str:
        return f'<data key="{owner}_{attribute(column.id)}">'

    return Cells(listed, Marks(opening, "</data>", _shown, contents))


def _shown(cell: Cell, column: Column) -> str:
    if isinstance(cell, list):
        return content(msgspec.json.encode(cell).decode())
    return content(str(cell) if column.type == "liststring" else cell_text(cell, column))


NODE: Final = (
    '<node id="%s"><data key="node_label">%s</data><data key="node_r">%s</data>'
    '<data key="node_g">%s</data><data key="node_b">%s</data><data key="node_x">%s</data>'
    '<data key="node_y">%s</data><data key="node_size">%s</data><data key="node_z">0.0</data>'
    '<data key="node_color">%s</data>%s%s</node>\n'
)
EDGE: Final = (
    '<edge id="%s" source="%s" target="%s"><data key="edge_label">%s</data>'
    '<data key="edge_weight">%s</data><data key="edge_kind">%s</data>%s%s</edge>\n'
)


class _Nodes:
    def __init__(self, planned: Plan, cells: Cells) -> None:
        self._cells = cells
        self._placed = looks(planned)
        self._when = _When(cells)

    def row(self, node: PlanNode) -> str:
        values = own_kind(node.values)
        told = self._cells.one("kind", node.kind) + self._when.of(spans(values, node.spells))
        look = _seen(self._placed[node.id])
        head = (attribute(node.id), content(node.label))
        return NODE % (*head, *look, told, self._cells.text(values))

    def whole(self, group: NodeGroup) -> list[str]:
        template, texts = self._cells.many(own_kind(group.columns))
        kind = self._cells.one("kind", group.kind)
        filled = NODE.replace("%s%s</node>", f"{plain(kind)}%s{template}</node>", 1)
        looked = zip(*[_seen(self._placed[name]) for name in group.ids], strict=True)
        times = map(self._when.of, group.when)
        every = zip(
            attributes(group.ids), contents(group.labels), *looked, times, *texts, strict=True
        )
        return [filled % row for row in every]


def _seen(look: Look) -> tuple[int, int, int, float, float, float, str]:
    return *seen(look), f"#{look.red:02x}{look.green:02x}{look.blue:02x}"


class _Edges:
    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._when = _When(cells)

    def row(self, edge: PlanEdge) -> str:
        relation, times = edge.relation, self._when.of(spans(edge.values, edge.spells))
        told = self._cells.one("relation", relation) + times
        names = map(attribute, (edge.id, edge.source, edge.target))
        cells = self._cells.text(edge.values)
        return EDGE % (*names, relation, edge.weight, content(edge.kind), told, cells)

    def whole(self, group: EdgeGroup) -> list[str]:
        template, texts = self._cells.many(group.columns)
        relation = self._cells.one("relation", group.relation)
        filled = EDGE.replace('edge_label">%s<', f'edge_label">{group.relation}<', 1).replace(
            "%s%s</edge>", f"{plain(relation)}%s{template}</edge>", 1
        )
        names = map(attributes, (group.ids, group.sources, group.targets))
        times = map(self._when.of, group.when)
        every = zip(*names, group.weights, contents(group.kinds), times, *texts, strict=True)
        return [filled % row for row in every]


class _When:
    """First and last day as cells; whole stretches are kept, since many elements share theirs."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self.of = lru_cache(maxsize=1 << 14)(self._of)

    def _of(self, when: tuple[Span, ...]) -> str:
        named = zip(TIMES, ends(when), strict=True) if when else ()
        return "".join([self._cells.one(name, iso(day)) for name, day in named if day is not None])
