import csv
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from graph.elements import Graph
from graph.export.clean.plan import Plan, PlanNode, plan
from graph.export.clean.words import Cell
from graph.export.formats.links import headers
from graph.export.formats.spreadsheet import neutralise
from graph.export.stamp import stamp_of
from graph.export.write import ExportReport, export_plan, format_named
from graph.schema import NODE_KINDS
from tests.graph.export.inputs import exported
from tests.integration.golden import golden

MAPPINGS = files("graph.export.formats") / "mappings"


def export(planned: Plan, path: Path) -> ExportReport:
    return export_plan(planned, stamp_of(None), path, format_named("links"))


def line(text: str) -> str:
    return neutralise(" ".join(text.splitlines()).replace("\t", " "))


def shown(cell: Cell | None) -> str:
    if isinstance(cell, list):
        return line("; ".join(cell))
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return line(cell) if isinstance(cell, str) else "" if cell is None else repr(cell)


@pytest.mark.parametrize("graph", [exported(), golden()], ids=["exported", "golden"])
def test_a_row_a_relationship_with_both_ends(graph: Graph, tmp_path: Path) -> None:
    planned = plan(graph)
    report = export(planned, tmp_path / "links.csv")
    table = pd.read_csv(
        tmp_path / "links.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig"
    )
    assert list(table.columns) == headers()
    assert len(table) == report.edges == len(planned.edges)
    nodes = {node.id: node for node in planned.nodes}
    for edge, row in zip(planned.edges, table.to_dict("records"), strict=True):
        assert (row["link_id"], row["link_type"]) == (edge.id, edge.relation)
        assert (row["link_kind"], float(row["weight"])) == (line(edge.kind), edge.weight)
        for name in ("modality", "confidence", "n", "product", "first_seen", "posts"):
            assert row[name] == shown(edge.values.get(name)), name
        _end("from", nodes[edge.source], row)
        _end("to", nodes[edge.target], row)


def _end(side: str, node: PlanNode, row: Mapping[Any, str]) -> None:
    found = [row[f"{side}_{name}"] for name in ("id", "label", "kind", "subkind", "platform")]
    own = (node.values.get("kind"), node.values.get("platform"))
    assert found == [line(node.id), line(node.label), node.kind, *map(shown, own)]


def test_no_row_runs_over_a_line_and_no_cell_runs(tmp_path: Path) -> None:
    planned = plan(exported())
    export(planned, tmp_path / "links.csv")
    text = (tmp_path / "links.csv").read_text("utf-8-sig")
    assert len(text.splitlines()) == len(planned.edges) + 1
    with (tmp_path / "links.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert not any(cell.lstrip(" ").startswith(("=", "+", "@", "＝")) for cell in cells)


def test_what_a_link_table_cannot_hold_is_said(tmp_path: Path) -> None:
    lonely = Graph(exported().nodes, [])
    report = export(plan(lonely), tmp_path / "links.csv")
    assert "5 nodes without a relationship left out" in report.losses
    assert any("properties have no column here" in loss for loss in report.losses)


@pytest.mark.parametrize("program", ["i2", "maltego"])
def test_the_mapping_names_every_column_and_every_kind_of_node(program: str) -> None:
    with (MAPPINGS / f"{program}.tsv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    assert [row["name"] for row in rows if row["what"] == "column"] == headers()
    assert [row["name"] for row in rows if row["what"] == "kind"] == list(NODE_KINDS)
    assert all(row["goes_to"] for row in rows)
    assert f"{program}.tsv" in format_named("links").reader
