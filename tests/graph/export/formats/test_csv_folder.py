import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.errors import UsageError
from graph.elements import Graph, Node
from graph.export.clean.plan import Plan, plan
from graph.export.clean.words import Cell
from graph.export.formats import csv_folder
from graph.export.formats.spreadsheet import neutralise
from graph.export.stamp import stamp_of
from graph.export.write import ExportReport, export_plan, format_named
from tests.graph.export.inputs import HOSTILE, exported
from tests.integration.golden import golden

RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def export(planned: Plan, folder: Path) -> ExportReport:
    return export_plan(planned, stamp_of({"snapshot": "abc"}), folder, format_named("csv"))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def read(text: str, cell: Cell) -> Cell:
    """What a reader makes of a cell's text, in the type that the plan has."""
    if not isinstance(cell, list) and text.startswith('["'):
        # `posts` is a list on most relationships and a number on one: then all are lists.
        [text] = json.loads(text)
    if isinstance(cell, bool):
        return {"true": True, "false": False}[text]
    if isinstance(cell, list):
        found: list[str] = (
            json.loads(text) if text.startswith("[") else text.removeprefix("'").split(";")[:-1]
        )
        return found
    return float(text) if isinstance(cell, int | float) else text


def written(cell: Cell) -> Cell:
    """What stands in the file for a cell of the plan."""
    return neutralise(cell.replace("\\", "＼")) if isinstance(cell, str) else cell


@pytest.mark.parametrize("graph", [exported(), golden()], ids=["exported", "golden"])
def test_pandas_reads_every_row_and_value(graph: Graph, tmp_path: Path) -> None:
    planned = plan(graph)
    report = export(planned, tmp_path)
    tables = [
        pd.read_csv(tmp_path / name, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        for name in ("nodes.csv", "edges.csv")
    ]
    assert [len(table) for table in tables] == [report.nodes, report.edges]
    nodes, edges = (table.to_dict("records") for table in tables)
    assert nodes == rows(tmp_path / "nodes.csv")
    assert edges == rows(tmp_path / "edges.csv")
    for node, row in zip(planned.nodes, nodes, strict=True):
        head = (row["Id"], row["Label"], row["Kind"])
        assert head == (node.id, written(node.label), node.kind)
        _equal(node.values, row)
    for edge, row in zip(planned.edges, edges, strict=True):
        assert (row["Source"], row["Target"], row["Id"]) == (edge.source, edge.target, edge.id)
        assert (row["Type"], row["Label"]) == ("Directed", edge.relation)
        assert (row["Kind"], float(row["Weight"])) == (written(edge.kind), edge.weight)
        _equal(edge.values, row)


def _equal(values: dict[str, Cell], row: Mapping[Any, str]) -> None:
    for name, cell in values.items():
        found = row["subkind" if name == "kind" else name]
        assert read(found, cell) == written(cell), name


@given(name=st.text(max_size=40), value=st.sampled_from(RUN).flatmap(lambda s: st.just(f" {s}1")))
def test_no_text_cell_runs_and_every_row_comes_back(
    name: str, value: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("csv")
    props = {"name": name, "platform": name, "category": value}
    planned = plan(Graph([Node("account:qq:1", "Account", {**props})], []))
    export(planned, folder)
    [row] = rows(folder / "nodes.csv")
    assert not any(cell.lstrip(" ").startswith(RUN) for cell in row.values())
    assert row["Label"] == written(planned.nodes[0].label)
    assert row["platform"] == written(planned.nodes[0].values["platform"])


def test_numbers_of_the_tool_stay_numbers(tmp_path: Path) -> None:
    event = Node("listing:1", "Listing", {"name": "x", "qty_value": -2.25, "qty_raw": "-2.25"})
    export(plan(Graph([event], [])), tmp_path)
    [row] = rows(tmp_path / "nodes.csv")
    assert (row["qty_value"], row["qty_raw"]) == ("-2.25", "'-2.25")


def test_a_list_of_numbers_is_none_that_gephi_takes_for_a_time(tmp_path: Path) -> None:
    venues = [
        Node(f"venue:qq:{number}", "Venue", {"name": "群", "segments": segments})
        for number, segments in enumerate((["1", "2"], ["-1"], ["a", "2"], []))
    ]
    export(plan(Graph(venues, [])), tmp_path)
    cells = [row["segments"] for row in rows(tmp_path / "nodes.csv")]
    assert cells == ["1;2;", "'-1;", '["a", "2"]', "[]"]


def test_the_folder_says_what_it_is_and_what_was_changed(tmp_path: Path) -> None:
    report = export(plan(exported()), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "about.txt",
        "edges.csv",
        "nodes.csv",
    ]
    text = (tmp_path / "about.txt").read_text("utf-8")
    assert "snapshot abc" in text
    assert any("backslashes written as ＼" in loss for loss in report.losses)
    assert "backslashes written as ＼" in text
    assert (tmp_path / "nodes.csv").read_bytes().startswith(b"\xef\xbb\xbfId,Label,Kind,")


def test_ids_apart_by_a_backslash_stay_apart(tmp_path: Path) -> None:
    nodes = [Node(f"account:qq:name/{sign}", "Account", {"name": "x"}) for sign in ("\\", "＼")]
    export(plan(Graph(nodes, [])), tmp_path)
    assert len({row["Id"] for row in rows(tmp_path / "nodes.csv")}) == 2


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"notes\.txt"):
        export(plan(exported()), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_in_its_place_is_a_plain_error(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("mine")
    with pytest.raises(UsageError, match="cannot be written"):
        export(plan(exported()), path)
    assert path.read_text() == "mine"


def test_a_broken_export_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export(plan(exported()), tmp_path)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(csv_folder, "_edges", interrupted)
    with pytest.raises(KeyboardInterrupt):
        export(plan(exported()), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_hostile_name_is_one_cell(tmp_path: Path) -> None:
    export(plan(exported()), tmp_path)
    label = rows(tmp_path / "nodes.csv")[0]["Label"]
    assert label.count("长") == HOSTILE.count("长")
    assert not set(label) & set("\x00\x1b\n\r\t\\")
