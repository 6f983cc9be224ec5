import json
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest

from graph.export.clean.plan import plan
from graph.export.clean.rows import types_of
from graph.export.formats.columns import cell_text, columns_of
from graph.export.stamp import stamp_of
from graph.export.write import ExportReport, export_plan, format_named
from tests.graph.export.inputs import FIRST, SECOND, VENUE, exported
from tests.integration.golden import golden

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


def written(path: Path) -> ExportReport:
    stamp = stamp_of({"version": "0"}, tlp="amber")
    return export_plan(plan(exported()), stamp, path, format_named("graphml"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "out.graphml"
    written(made)
    return made


def test_two_exports_are_equal_and_say_what_was_flattened(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.graphml", "b.graphml")]
    reports = [written(path) for path in paths]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert "2 list columns flattened to JSON text" in reports[0].losses
    described = ElementTree.parse(paths[0]).getroot().findtext(GRAPHML + "desc")
    assert "TLP:amber" in (described or "")


def test_one_key_a_name_and_edge_ids_are_unique(tmp_path: Path) -> None:
    path = tmp_path / "golden.graphml"
    planned = plan(golden())
    export_plan(planned, stamp_of({}), path, format_named("graphml"))
    root = ElementTree.parse(path).getroot()
    keys = Counter((key.get("for"), key.get("attr.name")) for key in root.iter(GRAPHML + "key"))
    assert set(keys.values()) == {1}
    assert len({key.get("id") for key in root.iter(GRAPHML + "key")}) == len(keys)
    edges = [edge.get("id") for edge in root.iter(GRAPHML + "edge")]
    assert edges == [edge.id for edge in planned.edges]
    # A property that bears the name of a look keeps its values beside it.
    assert ("node", "size") in keys
    assert ("node", "own_size") in keys


def test_networkx_reads_every_value(path: Path) -> None:
    read: nx.MultiDiGraph[str] = nx.MultiDiGraph(nx.read_graphml(path, force_multigraph=True))
    planned = plan(exported())
    assert set(read) == {node.id for node in planned.nodes}
    assert {key for _, ends in read.adjacency() for keys in ends.values() for key in keys} == {
        edge.id for edge in planned.edges
    }
    node = read.nodes[VENUE]
    assert json.loads(node["segments"]) == planned.nodes[-1].values["segments"]
    assert (node["label"], node["kind"], node["color"]) == ("群", "Venue", "#5a3c96")
    assert read.nodes["post:1"]["excerpt"] == "]]> & <b>"
    assert read.nodes[FIRST]["bot"] is False
    supplied = read.get_edge_data(FIRST, SECOND, "rel:s1")
    assert (supplied["weight"], supplied["n"], supplied["confidence"]) == (2.0, 2, 0.5)
    assert (supplied["relation"], supplied["time_to"]) == ("SUPPLIES", "2021-01-05")
    assert supplied["kind"] == "SUPPLIES product:b derived answered"


def test_igraph_reads_every_value(path: Path) -> None:
    igraph = pytest.importorskip("igraph", reason="needs igraph (GPL), a reader for tests only")
    read = igraph.Graph.Read_GraphML(str(path))
    planned = plan(exported())
    assert (read.vcount(), read.ecount(), read.is_directed()) == (5, 6, True)
    nodes = {node["id"]: node.attributes() for node in read.vs}
    assert set(nodes) == {node.id for node in planned.nodes}
    columns = {c.name: c for c in columns_of(types_of(planned.edges), reserved=("relation",))}
    for edge, found in zip(planned.edges, read.es, strict=True):
        # Its `id` of an edge is the source's (igraph 1.0.0), so order tells which one it is.
        assert found["kind"] == edge.kind
        assert (nodes[edge.source]["id"], nodes[edge.target]["id"]) == (
            read.vs[found.source]["id"],
            read.vs[found.target]["id"],
        )
        texts = {name: cell for name, cell in edge.values.items() if isinstance(cell, str)}
        assert {name: found[name] for name in texts} == {
            name: cell_text(cell, columns[name]) for name, cell in texts.items()
        }
    assert nodes[FIRST]["label"] == planned.nodes[0].label
