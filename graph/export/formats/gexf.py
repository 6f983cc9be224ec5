"""GEXF 1.3 for Gephi and Gephi Lite, written as a stream.

Rules that Gephi's importer forces: column ids in lower-case ASCII, directed edges only, no `long`,
static dates as strings, parallel edges apart by `kind`, every end of an edge among the nodes, time
in whole days so that no interval is empty.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import BinaryIO, Final, TypeVar

import msgspec

from graph.export.clean.groups import EdgeGroup, NodeGroup
from graph.export.clean.plan import Plan, PlanEdge, PlanNode
from graph.export.clean.rows import types_of, written
from graph.export.clean.words import Cell
from graph.export.formats.cells import Cells, Marks, plain
from graph.export.formats.columns import Column, cell_text, columns_of
from graph.export.formats.spells import iso
from graph.export.formats.timeline import LAST, Span, ends, spans
from graph.export.formats.xml import DECLARATION, attribute, attributes, content, write_parts
from graph.export.look import Look, looks
from graph.export.stamp import Stamp

# No `xsi:schemaLocation`: the official schema (RELAX NG) allows none.
NAMESPACES = 'xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz"'
OWN = "own_"
TAKEN = frozenset(
    ("id", "source", "target", "label", "kind", "weight", "x", "y", "z", "size", "color", *"rgb")
)
"""Names that readers take for something of their own: a property of one has OWN in front."""
SUBKIND = "subkind"
TIMES = ("time_from", "time_to")
_Cell = TypeVar("_Cell")


def write(stream: BinaryIO, planned: Plan, stamp: Stamp) -> None:
    """The plan as GEXF 1.3."""
    write_parts(stream, _document(planned, stamp))


def _document(planned: Plan, stamp: Stamp) -> Iterator[str]:
    node_columns = node_columns_of(planned)
    edge_columns = edge_columns_of(planned)
    yield f'{DECLARATION}<gexf {NAMESPACES} version="1.3">\n'
    yield _meta(planned, stamp)
    yield (
        '<graph defaultedgetype="directed" idtype="string" mode="dynamic" timeformat="date" '
        'timerepresentation="interval">\n'
    )
    yield from _attributes("node", node_columns)
    yield from _attributes("edge", edge_columns)
    yield f'<nodes count="{len(planned.nodes)}">\n'
    nodes = _Nodes(planned, _cells(node_columns))
    yield from written(planned.nodes, nodes.whole, nodes.row)
    yield f'</nodes>\n<edges count="{len(planned.edges)}">\n'
    edges = _Edges(_cells(edge_columns))
    yield from written(planned.edges, edges.whole, edges.row)
    yield "</edges>\n</graph>\n</gexf>\n"


def node_columns_of(planned: Plan) -> list[Column]:
    """Columns of the nodes: `kind` first, then the ends of their time, then the properties."""
    types = own_kind(types_of(planned.nodes))
    kind, *rest = columns_of(types, reserved=("kind", *TIMES))
    return [kind, *map(_own, rest)]


def edge_columns_of(planned: Plan) -> list[Column]:
    """Columns of the edges: `relation` first, then the ends of their time, then the properties."""
    return list(map(_own, columns_of(types_of(planned.edges), reserved=("relation", *TIMES))))


def _own(column: Column) -> Column:
    if column.id not in TAKEN:
        return column
    return msgspec.structs.replace(column, id=OWN + column.id)


def own_kind(values: dict[str, _Cell]) -> dict[str, _Cell]:
    """By name, a node's property `kind` under another one: `kind` is its label in the graph."""
    if "kind" not in values:
        return values
    return {SUBKIND if name == "kind" else name: cell for name, cell in values.items()}


def _cells(listed: Iterable[Column]) -> Cells:
    return Cells(listed, Marks(_opening, '"/>', _shown, attributes))


def _opening(column: Column) -> str:
    return f'<attvalue for="{attribute(column.id)}" value="'


def _shown(cell: Cell, column: Column) -> str:
    return attribute(cell_text(cell, column))


def _meta(planned: Plan, stamp: Stamp) -> str:
    day = f' lastmodifieddate="{stamp.last_day}"' if stamp.last_day else ""
    return (
        f"<meta{day}>\n<creator>heichan {content(stamp.version)}</creator>\n"
        f"<description>{content('. '.join(stamp.lines(planned)))}</description>\n</meta>\n"
    )


def _attributes(owner: str, listed: Iterable[Column]) -> Iterator[str]:
    yield f'<attributes class="{owner}" mode="static">\n'
    for column in listed:
        yield (
            f'<attribute id="{attribute(column.id)}" title="{attribute(column.title)}" '
            f'type="{column.type}"/>\n'
        )
    yield "</attributes>\n"


NODE: Final = (
    '<node id="%s" label="%s"%s><attvalues>%s%s</attvalues>%s'
    '<viz:color r="%s" g="%s" b="%s" a="1.0"/><viz:position x="%s" y="%s" z="0.0"/>'
    '<viz:size value="%s"/></node>\n'
)
EDGE: Final = (
    '<edge id="%s" source="%s" target="%s" kind="%s" label="%s" weight="%s"%s>'
    "<attvalues>%s%s</attvalues>%s</edge>\n"
)


class _Nodes:
    def __init__(self, planned: Plan, cells: Cells) -> None:
        self._cells = cells
        self._placed = looks(planned)
        self._when = _When(cells)

    def row(self, node: PlanNode) -> str:
        values = own_kind(node.values)
        bounds, times, spells = self._when.of(spans(values, node.spells))
        told = self._cells.one("kind", node.kind) + times
        look = self._placed[node.id]
        head = (attribute(node.id), attribute(node.label), bounds, told, self._cells.text(values))
        return NODE % (*head, spells, *seen(look))

    def whole(self, group: NodeGroup) -> list[str]:
        template, texts = self._cells.many(own_kind(group.columns))
        kind = self._cells.one("kind", group.kind)
        filled = NODE.replace("%s%s</attvalues>", f"{plain(kind)}%s{template}</attvalues>", 1)
        bounds, times, spells = zip(*map(self._when.of, group.when), strict=True)
        looked = zip(*[seen(self._placed[name]) for name in group.ids], strict=True)
        head = (attributes(group.ids), attributes(group.labels), bounds, times)
        return [filled % row for row in zip(*head, *texts, spells, *looked, strict=True)]


class _Edges:
    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._when = _When(cells)

    def row(self, edge: PlanEdge) -> str:
        bounds, times, spells = self._when.of(spans(edge.values, edge.spells))
        told = self._cells.one("relation", edge.relation) + times
        names = map(attribute, (edge.id, edge.source, edge.target, edge.kind))
        cells = self._cells.text(edge.values)
        return EDGE % (*names, edge.relation, edge.weight, bounds, told, cells, spells)

    def whole(self, group: EdgeGroup) -> list[str]:
        template, texts = self._cells.many(group.columns)
        relation = self._cells.one("relation", group.relation)
        filled = EDGE.replace('label="%s"', f'label="{group.relation}"', 1).replace(
            "%s%s</attvalues>", f"{plain(relation)}%s{template}</attvalues>", 1
        )
        names = map(attributes, (group.ids, group.sources, group.targets, group.kinds))
        bounds, times, spells = zip(*map(self._when.of, group.when), strict=True)
        every = zip(*names, group.weights, bounds, times, *texts, spells, strict=True)
        return [filled % row for row in every]


def seen(look: Look) -> tuple[int, int, int, float, float, float]:
    """Red, green, blue, x, y, size."""
    return look.red, look.green, look.blue, look.x, look.y, look.size


class _When:
    """Time as attributes of an element, as cells, and as `spells` where it has several stretches.

    Whole stretches are kept: many elements share theirs.
    """

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self.of = lru_cache(maxsize=1 << 14)(self._of)

    def _of(self, when: tuple[Span, ...]) -> tuple[str, str, str]:
        if not when:
            return "", "", ""
        named = zip(TIMES, ends(when), strict=True)
        told = "".join([self._cells.one(name, iso(day)) for name, day in named if day is not None])
        if len(when) == 1:
            return _bounds(when[0]), told, ""
        spells = "".join([f"<spell{_bounds(span)}/>" for span in when])
        return "", told, f"<spells>{spells}</spells>"


def _bounds(span: Span) -> str:
    """Day and day after the last: none is empty (gephi issue 666), an open end is absent."""
    first, last = span
    start = "" if first is None else f' start="{iso(first)}"'
    return start if last is None or last >= LAST else f'{start} end="{iso(last + 1)}"'
