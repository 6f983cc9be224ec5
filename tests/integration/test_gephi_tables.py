"""Gephi's spreadsheet importer reads the two tables of `export csv`."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from graph.elements import Graph, Value
from graph.export.clean.plan import Plan, plan
from graph.export.formats.csv_folder import EDGE_HEADERS, NODE_HEADERS
from graph.export.formats.spreadsheet import neutralise
from graph.export.formats.tables import property_columns
from graph.export.stamp import stamp_of
from graph.export.write import export_plan, format_named
from tests.graph.export.inputs import exported
from tests.integration import test_gephi
from tests.integration.golden import golden
from tests.integration.test_gephi import Opened

opened = test_gephi.opened


def _every_kind() -> Graph:
    """Without numbers beyond 32 bits: Gephi guesses a column's type from its first rows alone."""
    graph, replace = golden(), msgspec.structs.replace
    return Graph(
        [replace(node, props=_within(node.props)) for node in graph.nodes],
        [replace(tie, props=_within(tie.props)) for tie in graph.relationships],
    )


def _within(props: dict[str, Value]) -> dict[str, Value]:
    return {
        name: 7 if isinstance(value, int) and value > 2**31 else value
        for name, value in props.items()
    }


@pytest.fixture(scope="module", params=[exported, _every_kind], ids=["hostile", "every kind"])
def planned(request: pytest.FixtureRequest) -> Plan:
    """What is exported."""
    return plan(request.param())


@pytest.fixture(scope="module")
def folder(planned: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan's tables."""
    path = tmp_path_factory.mktemp("tables")
    export_plan(planned, stamp_of(None), path, format_named("csv"))
    return path


def test_every_node_label_and_column_arrives(
    opened: Callable[[Path], Opened], planned: Plan, folder: Path
) -> None:
    found = opened(folder / "nodes.csv")
    assert found.bad == []
    assert found.of("workspace") == [[str(len(planned.nodes)), "0"]]
    # The importer trims every cell.
    labels = {cells[0]: cells[-1] for cells in found.of("label")}
    assert labels == {node.id: _shown(node.label) for node in planned.nodes}
    types = {cells[1]: cells[2] for cells in found.of("column") if cells[0] == "node"}
    listed = property_columns(planned.nodes, NODE_HEADERS)
    assert {column.id for column in listed} <= types.keys()
    assert "IntervalSet" not in {types[column.id] for column in listed}
    told = {(cells[1], cells[2]): cells[3] for cells in found.of("value")}
    for node in planned.nodes:
        assert told[node.id, "kind"] == node.kind
        for column in listed:
            cell = node.values.get(column.name)
            if isinstance(cell, str) and types[column.id] == "String":
                wanted = _shown(cell) if column.type == "string" else told[node.id, column.id]
                assert told.get((node.id, column.id), "") == wanted


def test_every_edge_kind_and_weight_arrives(
    opened: Callable[[Path], Opened], planned: Plan, folder: Path
) -> None:
    found = opened(folder / "edges.csv")
    assert found.bad == []
    ends = {end for edge in planned.edges for end in (edge.source, edge.target)}
    assert found.of("workspace") == [[str(len(ends)), str(len(planned.edges))]]
    assert found.of("kind")[0][0] == "directed"
    arrived = {cells[0]: (*cells[1:4], float(cells[4])) for cells in found.of("edge")}
    assert arrived == {
        edge.id: (edge.source, edge.target, _shown(edge.kind), edge.weight)
        for edge in planned.edges
    }
    columns = {cells[1] for cells in found.of("column") if cells[0] == "edge"}
    assert {column.id for column in property_columns(planned.edges, EDGE_HEADERS)} <= columns


def _shown(text: str) -> str:
    """A text as the tables hold it and the tests' program prints it: on one line, trimmed."""
    plain = neutralise(text.replace("\\", "＼")).strip()
    return "".join(" " if sign in "\n\r\t" else sign for sign in plain)
