"""GEXF 1.3 for Gephi and Gephi Lite, written as a stream.

Rules that Gephi's importer forces: column ids in lower-case ASCII, directed edges only, no `long`,
static dates as strings, parallel edges apart by `kind`, every end of an edge among the nodes.
"""

from collections.abc import Iterator, Mapping
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from graph.export.columns import Column, cell_text, columns
from graph.export.look import Look, looks
from graph.export.plan import Plan, PlanEdge, PlanNode
from graph.export.stamp import Stamp
from graph.export.words import Cell

NAMESPACES = (
    'xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd"'
)


def write(stream: BinaryIO, planned: Plan, stamp: Stamp) -> None:
    """The plan as GEXF 1.3."""
    for part in _document(planned, stamp):
        stream.write(part.encode("utf-8"))


def _document(planned: Plan, stamp: Stamp) -> Iterator[str]:
    node_columns = columns([node.values for node in planned.nodes], reserved=("kind",))
    edge_columns = columns([edge.values for edge in planned.edges], reserved=("relation",))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<gexf {NAMESPACES} version="1.3">\n'
    yield _meta(planned, stamp)
    yield '<graph defaultedgetype="directed" idtype="string" mode="static">\n'
    yield from _attributes("node", node_columns)
    yield from _attributes("edge", edge_columns)
    yield "<nodes>\n"
    placed = looks(planned)
    by_name = {column.name: column for column in node_columns}
    for node in planned.nodes:
        yield _node(node, by_name, placed[node.id])
    yield "</nodes>\n<edges>\n"
    by_name = {column.name: column for column in edge_columns}
    for edge in planned.edges:
        yield _edge(edge, by_name)
    yield "</edges>\n</graph>\n</gexf>\n"


def _meta(planned: Plan, stamp: Stamp) -> str:
    day = f' lastmodifieddate="{stamp.last_day}"' if stamp.last_day else ""
    text = escape(". ".join(stamp.lines(planned)))
    return (
        f"<meta{day}>\n<creator>heichan {escape(stamp.version)}</creator>\n"
        f"<description>{text}</description>\n</meta>\n"
    )


def _attributes(owner: str, listed: list[Column]) -> Iterator[str]:
    yield f'<attributes class="{owner}" mode="static">\n'
    for column in listed:
        yield (
            f"<attribute id={quoteattr(column.id)} title={quoteattr(column.title)} "
            f'type="{column.type}"/>\n'
        )
    yield "</attributes>\n"


def _values(own: Mapping[str, Cell], listed: Mapping[str, Column]) -> str:
    filled = "".join(
        f'<attvalue for="{listed[name].id}" value={_attribute(cell_text(cell, listed[name]))}/>'
        for name, cell in sorted(own.items())
    )
    return f"<attvalues>{filled}</attvalues>" if filled else ""


def _attribute(text: str) -> str:
    # A parser turns these to spaces inside an attribute unless they are written as references.
    return quoteattr(text, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _node(node: PlanNode, listed: Mapping[str, Column], look: Look) -> str:
    values = _values({**node.values, "kind": node.kind}, listed)
    return (
        f"<node id={quoteattr(node.id)} label={quoteattr(node.label)}>{values}"
        f'<viz:color r="{look.red}" g="{look.green}" b="{look.blue}" a="1.0"/>'
        f'<viz:position x="{look.x}" y="{look.y}" z="0.0"/>'
        f'<viz:size value="{look.size}"/></node>\n'
    )


def _edge(edge: PlanEdge, listed: Mapping[str, Column]) -> str:
    values = _values({**edge.values, "relation": edge.relation}, listed)
    return (
        f"<edge id={quoteattr(edge.id)} source={quoteattr(edge.source)} "
        f"target={quoteattr(edge.target)} kind={quoteattr(edge.kind)} "
        f'label={quoteattr(edge.relation)} weight="{edge.weight}">{values}</edge>\n'
    )
