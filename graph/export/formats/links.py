"""One flat link table for i2 Analyst's Notebook and Maltego: a row a relationship with both ends.

The columns are the same for every graph, so that one mapping serves every file: `mappings/i2.tsv`
and `mappings/maltego.tsv` say what each column and each kind of node becomes there.
"""

from collections.abc import Iterator
from typing import BinaryIO

from graph.export.clean.plan import Plan, PlanEdge, PlanNode
from graph.export.clean.rows import types_of
from graph.export.clean.words import Cell
from graph.export.formats.csv_folder import with_table
from graph.export.formats.spreadsheet import neutralise
from graph.export.stamp import Stamp

LINK_COLUMNS = ("link_id", "link_type", "link_kind", "weight")
LINK_PROPERTIES = (
    *("modality", "basis", "confidence", "n", "product", "first_seen", "last_seen"),
    *("first_day", "last_day", "quote", "posts"),
)
END_COLUMNS = ("id", "label", "kind")
END_PROPERTIES = ("kind", "platform", "value", "claimed_roles", "first_seen", "last_seen", "tlp")


def headers() -> list[str]:
    """The columns of the table."""
    ends = [f"{side}_{name}" for side in ("from", "to") for name in (*END_COLUMNS, *_end_names())]
    return [*LINK_COLUMNS, *LINK_PROPERTIES, *ends]


def write(stream: BinaryIO, plan: Plan, stamp: Stamp) -> list[str]:
    """The plan's relationships as CSV; returns what such a table can't hold."""
    with_table(stream, lambda out: out.writerows(_rows(plan)))
    return _losses(plan)


def _end_names() -> Iterator[str]:
    yield from ("subkind" if name == "kind" else name for name in END_PROPERTIES)


def _rows(plan: Plan) -> Iterator[list[str]]:
    yield headers()
    nodes = {node.id: node for node in plan.nodes}
    for edge in plan.edges:
        yield [*_link(edge), *_end(nodes[edge.source]), *_end(nodes[edge.target])]


def _link(edge: PlanEdge) -> Iterator[str]:
    yield from map(_line, (edge.id, edge.relation, edge.kind))
    yield repr(edge.weight)
    yield from (_cell(edge.values.get(name)) for name in LINK_PROPERTIES)


def _end(node: PlanNode) -> Iterator[str]:
    yield from map(_line, (node.id, node.label, node.kind))
    yield from (_cell(node.values.get(name)) for name in END_PROPERTIES)


def _cell(cell: Cell | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        return repr(cell)
    return _line("; ".join(cell) if isinstance(cell, list) else cell)


def _line(text: str) -> str:
    # i2 reads one item a line, quotes or not.
    return neutralise(" ".join(text.splitlines()).replace("\t", " "))


def _losses(plan: Plan) -> list[str]:
    tied = {end for ends in plan.ends() for end in ends}
    alone = sum(node.id not in tied for node in plan.nodes)
    left = types_of(plan.edges).keys() - set(LINK_PROPERTIES)
    left |= types_of(plan.nodes).keys() - set(END_PROPERTIES)
    lines = [f"{alone} nodes without a relationship left out"] if alone else []
    return [*lines, f"{len(left)} properties have no column here; csv has all"] if left else lines
