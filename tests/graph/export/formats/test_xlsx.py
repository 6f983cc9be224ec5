import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.utils.escape import unescape  # type: ignore[import-untyped]

from evidence.errors import DataError
from graph.elements import Graph, Node
from graph.export.clean.defang import defang, defanged, defanged_node
from graph.export.clean.plan import Plan, plan
from graph.export.clean.words import Cell
from graph.export.formats import workbook, xlsx
from graph.export.formats.columns import Column
from graph.export.formats.tables import flat, property_columns
from graph.export.stamp import stamp_of
from graph.export.write import ExportReport, export_plan, format_named
from tests.graph.export.inputs import exported
from tests.integration.golden import golden


def export(planned: Plan, path: Path) -> ExportReport:
    stamp = stamp_of({"snapshot": "abc", "last_seen": "2021-03-04T05:06:07Z"})
    return export_plan(planned, stamp, path, format_named("xlsx"))


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    """The cells of each sheet, as another library reads them."""
    book = load_workbook(path)
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book
    }


def cell(values: Mapping[str, Cell], column: Column) -> str | None:
    """What the workbook holds for a value; LF ends a line there."""
    text = flat(values[column.name], column) if column.name in values else ""
    return text.replace("\r\n", "\n").replace("\r", "\n") or None


@pytest.mark.parametrize("graph", [exported(), golden()], ids=["exported", "golden"])
def test_another_library_reads_every_row_and_value(graph: Graph, tmp_path: Path) -> None:
    planned = plan(graph)
    report = export(planned, tmp_path / "out.xlsx")
    read = sheets(tmp_path / "out.xlsx")
    assert list(read) == ["about", "nodes", "edges"]
    assert [len(read["nodes"]) - 1, len(read["edges"]) - 1] == [report.nodes, report.edges]
    listed = property_columns(planned.nodes, xlsx.FIXED)
    for node, row in zip(planned.nodes, read["nodes"][1:], strict=True):
        assert row[:3] == [node.id, defang(node.label) or None, node.kind]
        values = defanged_node(node)
        cells = [cell(values, column) for column in listed]
        assert row[3:] == cells
    listed = property_columns(planned.edges, xlsx.FIXED)
    for edge, row in zip(planned.edges, read["edges"][1:], strict=True):
        assert row[:4] == [edge.id, edge.source, edge.target, edge.relation]
        assert row[4:6] == [defang(edge.kind), repr(edge.weight)]
        values = defanged(edge.values)
        cells = [cell(values, column) for column in listed]
        assert row[6:] == cells


def test_every_cell_is_text_and_stays_text_when_it_is_edited(tmp_path: Path) -> None:
    export(plan(golden()), tmp_path / "out.xlsx")
    for sheet in load_workbook(tmp_path / "out.xlsx"):
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}


@settings(max_examples=40)
@given(name=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_name_comes_back_defanged(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("xlsx") / "out.xlsx"
    planned = plan(Graph([Node("account:qq:1", "Account", {"name": f"={name}"})], []))
    export(planned, path)
    assert sheets(path)["nodes"][1][1] == defang(planned.nodes[0].label)


def test_contacts_and_links_are_dead_and_no_link_is_in_the_file(tmp_path: Path) -> None:
    telegram = {"name": "telegram demo_name", "kind": "telegram", "value": "demo_name"}
    url = {"name": "url http://example.com", "kind": "url", "value": "http://example.com"}
    nodes = [
        Node("contact:telegram:demo_name", "Contact", {**telegram}),
        Node("contact:url:http://example.com", "Contact", {**url}),
    ]
    export(plan(Graph(nodes, [])), tmp_path / "out.xlsx")
    first, second = sheets(tmp_path / "out.xlsx")["nodes"][1:]
    assert first[-1] == "demo_name[@]telegram"
    assert second[0] == "contact:url:hxxp://example[.]com"
    assert second[-1] == "hxxp://example[.]com"
    with zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        for name in archive.namelist():
            content = archive.read(name).decode()
            assert "hyperlink" not in content
            assert "<f>" not in content
            assert "http://example" not in content


def test_ids_that_defanging_makes_one_stay_apart(tmp_path: Path) -> None:
    names = ("account:qq:name/a@b", "account:qq:name/a[@]b")
    nodes = [Node(name, "Account", {"name": "x"}) for name in names]
    export(plan(Graph(nodes, [])), tmp_path / "out.xlsx")
    ids = [row[0] for row in sheets(tmp_path / "out.xlsx")["nodes"][1:]]
    assert ids == ["account:qq:name/a[@]b", "account:qq:name/a[@]b (2)"]


def test_a_cell_too_long_for_excel_is_cut_and_said(tmp_path: Path) -> None:
    post = Node("post:1", "Post", {"name": "x", "excerpt": "𠮷" * 20_000})
    report = export(plan(Graph([post], [])), tmp_path / "out.xlsx")
    assert report.losses == ["1 cells cut at 32767 characters"]
    read = sheets(tmp_path / "out.xlsx")
    [cut] = [cell for cell in read["nodes"][1] if cell and cell.endswith("…")]
    assert cut == "𠮷" * 16_383 + "…"
    assert report.losses[0] in [row[0] for row in read["about"]]


def test_more_rows_than_a_sheet_holds_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    with pytest.raises(DataError, match="a sheet holds 2 rows"):
        export(plan(exported()), tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_text_that_looks_like_an_escape_of_excel_is_escaped(tmp_path: Path) -> None:
    post = Node("post:1", "Post", {"name": "_x0041__x000A_ _x004_", "excerpt": "a\r\nb\rc"})
    export(plan(Graph([post], [])), tmp_path / "out.xlsx")
    row = sheets(tmp_path / "out.xlsx")["nodes"][1]
    assert unescape(row[1]) == "_x0041__x000A_ _x004_"
    assert row[1] != unescape(row[1])
    assert row[-1] == "a\nb\nc"


def test_columns_are_named_as_a_spreadsheet_names_them() -> None:
    names = [get_column_letter(number) for number in range(1, 800)]
    assert [workbook._letters(number) for number in range(799)] == names


def test_the_first_sheet_says_what_the_file_is(tmp_path: Path) -> None:
    export(plan(exported()), tmp_path / "out.xlsx")
    lines = [row[0] for row in sheets(tmp_path / "out.xlsx")["about"]]
    assert "snapshot abc" in lines
    assert any("claims, never facts" in line for line in lines)
    book = load_workbook(tmp_path / "out.xlsx")
    assert book.properties.created.isoformat() == "2021-03-04T00:00:00"
