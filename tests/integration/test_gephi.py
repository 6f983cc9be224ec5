"""Gephi's own importer opens what we export, and refuses what it should."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from graph.elements import Graph, Node
from graph.export.columns import columns
from graph.export.plan import plan
from graph.export.stamp import stamp_of
from graph.export.write import export_plan, format_named
from tests.integration.gephi.toolkit import CHECK, java, toolkit
from tests.integration.golden import golden

TYPES = {
    "string": "String",
    "integer": "Integer",
    "double": "Double",
    "boolean": "Boolean",
    "liststring": "String[]",
}
HOSTILE = (
    "\x1b[31m\x00\ud800 ]]></node><script>alert(1)</script> &amp; \u202e'\" [red] =1+1 "
    + "长" * 10_000
)


class Opened(msgspec.Struct, frozen=True):
    """What Gephi says of a file: each fact a list of cells, by its first word."""

    facts: dict[str, list[list[str]]]

    def of(self, name: str) -> list[list[str]]:
        return self.facts.get(name, [])

    @property
    def bad(self) -> list[list[str]]:
        """Issues above INFO, and those that tell of made-up nodes or summed edges."""
        return [
            issue
            for issue in self.of("issue")
            if issue[0] != "INFO" or "created" in issue[1].lower() or "parallel" in issue[1].lower()
        ]


@pytest.fixture(scope="session")
def opened() -> Callable[[Path], Opened]:
    """Opens a file with the toolkit; skipped by name, or failed, where it can't be had."""
    jar = toolkit()

    def check(path: Path) -> Opened:
        command = [java(), "-Djava.awt.headless=true", "-cp", str(jar), str(CHECK), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        facts: dict[str, list[list[str]]] = {}
        for line in done.stdout.splitlines():
            name, *cells = line.split("\t")
            facts.setdefault(name, []).append(cells)
        return Opened(facts)

    return check


def _graph() -> Graph:
    whole = golden()
    hostile = Node("account:qq:hostile", "Account", {"name": HOSTILE, "platform": "qq"})
    nodes = sorted([*whole.nodes, hostile], key=lambda node: node.id)
    return Graph(nodes, whole.relationships)


def test_every_node_edge_kind_and_column_arrives(
    opened: Callable[[Path], Opened], tmp_path: Path
) -> None:
    path = tmp_path / "golden.gexf"
    graph = _graph()
    planned = plan(graph)
    report = export_plan(
        planned, stamp_of({"snapshot": "abc", "version": "0"}), path, format_named("gexf")
    )
    found = opened(path)
    assert found.bad == []
    counts = [str(report.nodes), str(report.edges)]
    assert found.of("container") == [counts]
    assert found.of("workspace") == [counts]
    assert found.of("kind") == [["directed", "static"]]
    assert {edge[0]: edge[3] for edge in found.of("edge")} == {
        edge.id: edge.kind for edge in planned.edges
    }
    types = {(owner, column): kind for owner, column, kind, *_ in found.of("column")}
    listed = columns([node.values for node in planned.nodes], reserved=("kind",))
    assert {c.id: types["node", c.id] for c in listed} == {c.id: TYPES[c.type] for c in listed}
    listed = columns([edge.values for edge in planned.edges], reserved=("relation",))
    assert {c.id: types["edge", c.id] for c in listed} == {c.id: TYPES[c.type] for c in listed}
    assert types["node", "first_seen"] == "String"
    assert types["node", "claimed_roles"] == "String[]"
    labels = {cells[0]: cells[-1] for cells in found.of("label")}
    assert "</node><script>alert(1)</script> &amp;" in labels["account:qq:hostile"]


@pytest.mark.parametrize(
    ("what", "wrong"),
    [
        ("dangling end", 'id="x" source="account:qq:1" target="nobody" kind="A"'),
        (
            "undirected",
            'id="x" source="account:qq:1" target="account:qq:2" type="undirected"',
        ),
        ("same id", 'id="rel:1" source="account:qq:2" target="account:qq:1" kind="A"'),
    ],
)
def test_the_gate_itself_fails_on_wrong_files(
    opened: Callable[[Path], Opened], tmp_path: Path, what: str, wrong: str
) -> None:
    path = tmp_path / "wrong.gexf"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">'
        '<graph defaultedgetype="directed" idtype="string" mode="static"><nodes>'
        '<node id="account:qq:1" label="a"/><node id="account:qq:2" label="b"/></nodes><edges>'
        f'<edge id="rel:1" source="account:qq:1" target="account:qq:2" kind="A"/><edge {wrong}/>'
        "</edges></graph></gexf>",
        encoding="utf-8",
    )
    found = opened(path)
    assert found.bad or found.of("workspace") != [["2", "2"]], what
