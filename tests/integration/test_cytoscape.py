"""cytoscape.js opens what `export cyjs` writes."""

import json
from collections import Counter
from pathlib import Path

import pytest

from graph.elements import Graph
from graph.export.clean.plan import plan
from graph.export.look import looks
from graph.export.stamp import stamp_of
from graph.export.write import export_plan, format_named
from tests.graph.export.inputs import exported
from tests.integration import node
from tests.integration.golden import golden


@pytest.mark.parametrize("graph", [exported(), golden()], ids=["hostile", "every kind"])
def test_every_element_arrives_with_its_data_and_place(graph: Graph, tmp_path: Path) -> None:
    planned = plan(graph)
    path = tmp_path / "out.cyjs"
    export_plan(planned, stamp_of(None), path, format_named("cyjs"))
    found = json.loads(node.run("cytoscape.cjs", str(path)))
    written = json.loads(path.read_bytes())["elements"]
    nodes = {each["id"]: each for each in found["nodes"]}
    assert nodes == {
        each["data"]["id"]: {**each["data"], "position": each["position"]}
        for each in written["nodes"]
    }
    assert sorted(nodes) == [each.id for each in planned.nodes]
    assert {each["id"]: each for each in found["edges"]} == {
        each["data"]["id"]: each["data"] for each in written["edges"]
    }
    assert len(found["edges"]) == len(planned.edges)
    places = looks(planned)
    for name, each in nodes.items():
        assert each["position"] == pytest.approx({"x": places[name].x, "y": -places[name].y})
    degrees = Counter(end for ends in planned.ends() for end in ends)
    assert found["degrees"] == {name: degrees[name] for name in nodes}
