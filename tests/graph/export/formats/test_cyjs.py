import json
from pathlib import Path
from typing import Any

import pytest

from graph.elements import Graph
from graph.export.clean.plan import Plan, plan
from graph.export.formats.columns import Column
from graph.export.formats.tables import property_columns, typed
from graph.export.look import looks
from graph.export.stamp import stamp_of
from graph.export.write import export_plan, format_named
from tests.graph.export.inputs import exported
from tests.integration.golden import golden


def document(planned: Plan, path: Path) -> dict[str, Any]:
    export_plan(planned, stamp_of({"snapshot": "abc"}), path, format_named("cyjs"))
    read: dict[str, Any] = json.loads(path.read_bytes())
    return read


@pytest.mark.parametrize("graph", [exported(), golden()], ids=["exported", "golden"])
def test_every_element_and_value_is_there(graph: Graph, tmp_path: Path) -> None:
    planned = plan(graph)
    elements = document(planned, tmp_path / "out.cyjs")["elements"]
    nodes, edges = ([each["data"] for each in elements[name]] for name in ("nodes", "edges"))
    columns = {c.name: c for c in property_columns(planned.nodes, ("kind", "size", "parent"))}
    for node, data in zip(planned.nodes, nodes, strict=True):
        assert (data["id"], data["name"], data["kind"]) == (node.id, node.label, node.kind)
        _equal(node.values, columns, data)
    columns = {c.name: c for c in property_columns(planned.edges, ("kind",))}
    for edge, data in zip(planned.edges, edges, strict=True):
        ends = (data["id"], data["source"], data["target"], data["interaction"], data["weight"])
        assert ends == (edge.id, edge.source, edge.target, edge.relation, edge.weight)
        _equal(edge.values, columns, data)


def _equal(values: dict[str, Any], columns: dict[str, Column], data: dict[str, Any]) -> None:
    for name, cell in values.items():
        assert data[columns[name].id] == typed(cell, columns[name]), name


def test_a_column_has_one_type_and_nothing_is_null(tmp_path: Path) -> None:
    elements = document(plan(golden()), tmp_path / "out.cyjs")["elements"]
    for name in ("nodes", "edges"):
        types: dict[str, set[type]] = {}
        for each in elements[name]:
            for key, value in each["data"].items():
                types.setdefault(key, set()).add(type(value))
        assert {key: found for key, found in types.items() if len(found) > 1} == {}
        assert type(None) not in set().union(*types.values())


def test_the_picture_is_gephis_turned_to_a_screens_axes(tmp_path: Path) -> None:
    planned = plan(exported())
    elements = document(planned, tmp_path / "out.cyjs")["elements"]
    places = looks(planned)
    for each in elements["nodes"]:
        look = places[each["data"]["id"]]
        assert each["position"] == {"x": look.x, "y": -look.y}
        assert each["data"]["size"] == look.size


def test_the_file_says_what_it_is_and_an_empty_one_is_whole(tmp_path: Path) -> None:
    read = document(plan(Graph([], [])), tmp_path / "out.cyjs")
    assert read["elements"] == {"nodes": [], "edges": []}
    assert "snapshot abc" in read["data"]["description"]
