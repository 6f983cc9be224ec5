"""JSON lines, the archival form: a node or a relationship a line, in order of id.

The shape of a line is the one that Neo4j's `apoc.export.json` writes and `apoc.import.json` reads.
"""

import json
from collections.abc import Iterator
from typing import BinaryIO

from graph.export.clean.plan import Plan, PlanEdge, PlanNode
from graph.export.formats.xml import write_parts
from graph.export.stamp import Stamp


def write(stream: BinaryIO, plan: Plan, stamp: Stamp) -> None:
    """The plan's nodes, then its relationships; the `Build` node among them says whose it is."""
    write_parts(stream, (_json(line) for line in _lines(plan, dict(plan.kinds()))))


def _lines(plan: Plan, kinds: dict[str, str]) -> Iterator[dict[str, object]]:
    for node in plan.nodes:
        yield _node(node)
    for edge in plan.edges:
        yield _edge(edge, kinds)


def _json(line: dict[str, object]) -> str:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


def _node(node: PlanNode) -> dict[str, object]:
    properties = {"id": node.id, "name": node.label, **dict(sorted(node.values.items()))}
    return {"type": "node", "id": node.id, "labels": [node.kind], "properties": properties}


def _edge(edge: PlanEdge, kinds: dict[str, str]) -> dict[str, object]:
    return {
        "type": "relationship",
        "id": edge.id,
        "label": edge.relation,
        "properties": {"id": edge.id, **dict(sorted(edge.values.items()))},
        "start": {"id": edge.source, "labels": [kinds[edge.source]]},
        "end": {"id": edge.target, "labels": [kinds[edge.target]]},
    }
