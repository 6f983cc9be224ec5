"""Cytoscape's JSON, for the desktop program (File, Import, Network) and for cytoscape.js."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from graph.export.clean.plan import Plan, PlanEdge, PlanNode
from graph.export.clean.words import Cell
from graph.export.formats.columns import Column
from graph.export.formats.tables import property_columns, typed
from graph.export.formats.xml import write_parts
from graph.export.look import Look, looks
from graph.export.stamp import Stamp

# The desktop program keeps these columns for itself, in any case of letters; cytoscape.js puts a
# node into its `parent`.
_NODE_FIXED = ("id", "name", "shared_name", "kind", "suid", "selected", "size", "color", "parent")
_EDGE_FIXED = (
    *("id", "name", "shared_name", "source", "target", "interaction", "shared_interaction"),
    *("kind", "weight", "suid", "selected"),
)


def write(stream: BinaryIO, plan: Plan, stamp: Stamp) -> None:
    """The plan as `.cyjs`."""
    write_parts(stream, _document(plan, stamp))


def _document(plan: Plan, stamp: Stamp) -> Iterator[str]:
    yield '{"format_version":"1.0","generated_by":"heichan","target_cytoscapejs_version":"~3.34",\n'
    about = {"name": "heichan", "shared_name": "heichan", "description": _said(plan, stamp)}
    yield f'"data":{_json(about)},\n"elements":{{"nodes":[\n'
    listed = property_columns(plan.nodes, _NODE_FIXED)
    places = looks(plan)
    yield from _joined(_json(_node(node, listed, places[node.id])) for node in plan.nodes)
    yield '],\n"edges":[\n'
    listed = property_columns(plan.edges, _EDGE_FIXED)
    yield from _joined(_json(_edge(edge, listed)) for edge in plan.edges)
    yield "]}}\n"


def _said(plan: Plan, stamp: Stamp) -> str:
    return ". ".join(stamp.lines(plan))


def _joined(parts: Iterator[str]) -> Iterator[str]:
    between = ""
    for part in parts:
        yield f"{between}{part}"
        between = ",\n"
    yield "\n"


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _node(node: PlanNode, listed: list[Column], look: Look) -> dict[str, Any]:
    data = {
        "id": node.id,
        "name": node.label,
        "shared_name": node.label,
        "kind": node.kind,
        "size": look.size,
        "color": f"#{look.red:02x}{look.green:02x}{look.blue:02x}",
        **_values(node.values, listed),
    }
    # Gephi's y grows upwards, Cytoscape's downwards: turned, both show one picture.
    return {"data": data, "position": {"x": look.x, "y": 0.0 - look.y}}


def _edge(edge: PlanEdge, listed: list[Column]) -> dict[str, Any]:
    data = {
        "id": edge.id,
        "source": edge.source,
        "target": edge.target,
        "name": edge.relation,
        "shared_name": edge.relation,
        "interaction": edge.relation,
        "shared_interaction": edge.relation,
        "kind": edge.kind,
        "weight": edge.weight,
        **_values(edge.values, listed),
    }
    return {"data": data}


def _values(values: dict[str, Cell], listed: list[Column]) -> dict[str, Cell]:
    return {c.id: typed(values[c.name], c) for c in listed if c.name in values}
