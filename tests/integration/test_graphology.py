"""What Gephi Lite and other programs on graphology see of our files."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.elements import Graph
from graph.export.clean.plan import Plan, plan
from graph.export.clean.words import Cell
from graph.export.formats.columns import Column
from graph.export.formats.gexf import edge_columns_of, node_columns_of, own_kind
from graph.export.look import looks
from graph.export.stamp import stamp_of
from graph.export.write import export_plan, format_named
from tests.graph.export.inputs import exported
from tests.integration import node
from tests.integration.golden import golden

Read = dict[str, dict[str, Any]]


@pytest.fixture(params=[golden, exported], ids=["every kind", "hostile"])
def planned(request: pytest.FixtureRequest) -> Plan:
    """What is exported."""
    made: Callable[[], Graph] = request.param
    return plan(made())


def _read(planned: Plan, folder: Path, form: str) -> tuple[dict[str, Any], Read, Read]:
    """The graph's own attributes, its nodes and its edges by id."""
    path = folder / f"out.{form}"
    export_plan(planned, stamp_of({"version": "0"}, tlp="amber"), path, format_named(form))
    found = json.loads(node.run("graphology.cjs", form, str(path)))
    nodes = {each["key"]: each["attributes"] for each in found["nodes"]}
    edges = {each["key"]: each for each in found["edges"]}
    assert (len(found["nodes"]), len(found["edges"])) == (len(planned.nodes), len(planned.edges))
    return found["attributes"], nodes, edges


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_nodes_edges_kinds_and_looks_arrive(planned: Plan, tmp_path: Path, form: str) -> None:
    _, nodes, edges = _read(planned, tmp_path, form)
    assert {key: (edge["source"], edge["target"]) for key, edge in edges.items()} == {
        edge.id: (edge.source, edge.target) for edge in planned.edges
    }
    for edge in planned.edges:
        found = edges[edge.id]["attributes"]
        assert (found["kind"], found["relation"], found["weight"]) == (
            edge.kind,
            edge.relation,
            edge.weight,
        )
    for name, look in looks(planned).items():
        found = nodes[name]
        assert (found["x"], found["y"], found["z"]) == (look.x, look.y, 0)
        assert found["size"] == look.size
        assert found["color"] in (
            f"rgba({look.red},{look.green},{look.blue},1.0)",
            f"#{look.red:02x}{look.green:02x}{look.blue:02x}",
        )


def test_every_value_of_the_gexf_arrives_in_its_type(planned: Plan, tmp_path: Path) -> None:
    told, nodes, edges = _read(planned, tmp_path, "gexf")
    assert "TLP:amber" in told["description"]
    listed = {column.name: column for column in node_columns_of(planned)}
    for each in planned.nodes:
        assert nodes[each.id]["label"] == each.label
        assert nodes[each.id]["kind"] == each.kind
        _same(own_kind(each.values), nodes[each.id], listed)
    listed = {column.name: column for column in edge_columns_of(planned)}
    for edge in planned.edges:
        _same(edge.values, edges[edge.id]["attributes"], listed)


def _same(values: dict[str, Cell], found: dict[str, Any], listed: dict[str, Column]) -> None:
    for name, cell in values.items():
        column = listed[name]
        wanted = cell
        if column.type == "liststring":
            wanted = cell if isinstance(cell, list) else [str(cell)]
        elif column.type == "string":
            wanted = str(cell).lower() if isinstance(cell, bool) else str(cell)
        assert found[column.id] == wanted, name
