"""Gephi's own importer opens what we export, and refuses what it should."""

import re
import subprocess
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from graph.elements import Graph, Node
from graph.export.clean.plan import Plan, PlanEdge, PlanNode, plan
from graph.export.clean.words import Cell
from graph.export.formats.gexf import edge_columns_of, node_columns_of, own_kind
from graph.export.formats.spells import iso
from graph.export.formats.timeline import spans
from graph.export.look import looks
from graph.export.stamp import stamp_of
from graph.export.write import export_plan, format_named
from graph.store import open_store
from tests.demo_case import demo_case
from tests.graph.export.inputs import FIRST, HOSTILE, SECOND, exported
from tests.integration.gephi.toolkit import CHECK, java, toolkit
from tests.integration.golden import golden

TYPES = {
    "string": "String",
    "integer": "Integer",
    "double": "Double",
    "boolean": "Boolean",
    "liststring": "String[]",
}


_BREAK = re.compile("[\t\n\r]")


class Opened(msgspec.Struct, frozen=True):
    """What Gephi says of a file: each fact a list of cells, by its first word."""

    facts: dict[str, list[list[str]]]

    def of(self, name: str) -> list[list[str]]:
        return self.facts.get(name, [])

    @property
    def bad(self) -> list[list[str]]:
        """Issues above INFO, and those that tell of made-up nodes or summed edges."""
        told = ("created", "parallel")
        return [
            issue
            for issue in self.of("issue")
            if issue[0] != "INFO" or any(word in issue[1].lower() for word in told)
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
        for line in done.stdout.split("\n"):
            name, *cells = line.split("\t")
            facts.setdefault(name, []).append(cells)
        return Opened(facts)

    return check


def _golden() -> Graph:
    whole = golden()
    hostile = Node("account:qq:hostile", "Account", {"name": HOSTILE, "platform": "qq"})
    nodes = sorted([*whole.nodes, hostile], key=lambda node: node.id)
    return Graph(nodes, whole.relationships)


@pytest.fixture(scope="module", params=[_golden, exported], ids=["every kind", "hostile"])
def planned(request: pytest.FixtureRequest) -> Plan:
    """What is exported: every kind of node and tie, or parallel ties, stretches, hostile text."""
    return plan(request.param())


@pytest.fixture(scope="module")
def found(
    planned: Plan, opened: Callable[[Path], Opened], tmp_path_factory: pytest.TempPathFactory
) -> Opened:
    """What Gephi says of the plan's GEXF."""
    return opened(_written(planned, tmp_path_factory.mktemp("gephi"), "gexf"))


def _written(planned: Plan, folder: Path, form: str) -> Path:
    path = folder / f"out.{form}"
    stamp = stamp_of({"snapshot": "abc", "version": "0"}, tlp="amber")
    report = export_plan(planned, stamp, path, format_named(form))
    assert (report.nodes, report.edges) == (len(planned.nodes), len(planned.edges))
    return path


def test_every_node_edge_kind_and_column_arrives(found: Opened, planned: Plan) -> None:
    assert found.bad == []
    counts = [str(len(planned.nodes)), str(len(planned.edges))]
    assert found.of("container") == [counts]
    assert found.of("workspace") == [counts]
    assert found.of("kind") == [["directed", "dynamic"]]
    assert {edge[0]: edge[1:4] for edge in found.of("edge")} == {
        edge.id: [edge.source, edge.target, edge.kind] for edge in planned.edges
    }
    types = {(owner, column): kind for owner, column, kind, *_ in found.of("column")}
    for owner, listed in (("node", node_columns_of(planned)), ("edge", edge_columns_of(planned))):
        assert {c.id: types[owner, c.id] for c in listed} == {c.id: TYPES[c.type] for c in listed}
        titles = {cells[1]: cells[3] for cells in found.of("column") if cells[0] == owner}
        assert {c.id: titles[c.id] for c in listed} == {c.id: c.title for c in listed}
    labels = {cells[0]: cells[-1] for cells in found.of("label")}
    assert labels == {node.id: node.label for node in planned.nodes}


def test_values_arrive_as_written(found: Opened, planned: Plan) -> None:
    told = {(cells[0], cells[1], cells[2]): cells[3] for cells in found.of("value")}
    listed = {column.name: column for column in node_columns_of(planned)}
    for node in planned.nodes:
        for name, cell in own_kind(node.values).items():
            # An empty text is no value to Gephi.
            wanted = _shown(cell, listed[name].type) or None
            assert told.get(("node", node.id, listed[name].id)) == wanted
    listed = {column.name: column for column in edge_columns_of(planned)}
    for edge in planned.edges:
        for name, cell in edge.values.items():
            wanted = _shown(cell, listed[name].type) or None
            assert told.get(("edge", edge.id, listed[name].id)) == wanted


def _shown(cell: Cell, kind: str) -> str:
    """The cell as Java prints it, breaks and tabs as blanks."""
    if kind == "liststring":
        items = cell if isinstance(cell, list) else [cell]
        # An empty item is none to Gephi.
        return _BREAK.sub(" ", f"[{', '.join(str(item) or 'null' for item in items)}]")
    if kind == "double" and isinstance(cell, int | float):
        return _java(float(cell))
    return _BREAK.sub(" ", str(cell).lower() if isinstance(cell, bool) else str(cell))


def _java(number: float) -> str:
    """Python writes 1e-09 where Java writes 1.0E-9."""
    if number == 0 or 1e-3 <= abs(number) < 1e7:
        return repr(number)
    digits, _, power = f"{number:e}".partition("e")
    return f"{float(digits)}E{int(power)}"


def test_time_arrives_in_whole_days(found: Opened, planned: Plan) -> None:
    told: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for owner, name, first, last in found.of("time"):
        told.setdefault((owner, name), []).append((float(first), float(last)))
    wanted = {**_times("node", planned.nodes), **_times("edge", planned.edges)}
    assert {key: sorted(times) for key, times in told.items()} == wanted


def _times(
    owner: str, rows: Iterable[PlanNode | PlanEdge]
) -> dict[tuple[str, str], list[tuple[float, float]]]:
    """Milliseconds from the first day to the one after the last; open ends are infinite."""
    found = {}
    for row in rows:
        if when := spans(row.values, row.spells):
            found[owner, row.id] = [
                (
                    float("-inf") if first is None else _milliseconds(first),
                    float("inf") if last is None else _milliseconds(last + 1),
                )
                for first, last in when
            ]
    return found


def _milliseconds(day: int) -> float:
    return datetime.fromisoformat(iso(day)).replace(tzinfo=UTC).timestamp() * 1000


def test_looks_arrive(found: Opened, planned: Plan) -> None:
    wanted = looks(planned)
    colours = {cells[0]: [int(part) for part in cells[1:]] for cells in found.of("color")}
    assert colours == {name: [look.red, look.green, look.blue] for name, look in wanted.items()}
    sizes = {cells[0]: float(cells[1]) for cells in found.of("size")}
    # Gephi centres and scales the picture: what is left are the ratios of differences.
    assert _stretched(sizes) == pytest.approx(
        _stretched({name: look.size for name, look in wanted.items()}), abs=1e-3
    )
    places = {cells[0]: complex(float(cells[1]), float(cells[2])) for cells in found.of("place")}
    first, second, *rest = sorted(wanted)
    ours = {name: complex(look.x, look.y) for name, look in wanted.items()}
    scale = abs(places[first] - places[second]) / abs(ours[first] - ours[second])
    for name in rest:
        distance = abs(places[first] - places[name])
        assert distance == pytest.approx(scale * abs(ours[first] - ours[name]), rel=1e-3, abs=1e-2)


def _stretched(sizes: dict[str, float]) -> dict[str, float]:
    """From 0 for the smallest to 1 for the largest."""
    least, most = min(sizes.values()), max(sizes.values())
    return {name: (size - least) / (most - least) for name, size in sizes.items()}


def test_parallel_ties_of_one_type_stay_apart(
    opened: Callable[[Path], Opened], tmp_path: Path
) -> None:
    found = opened(_written(plan(exported()), tmp_path, "gexf"))
    between = [edge for edge in found.of("edge") if edge[1:3] == [FIRST, SECOND]]
    assert [edge[3] for edge in between] == [
        "SUPPLIES product:a derived answered",
        "SUPPLIES product:b derived answered",
    ]
    relations = [c[3] for c in found.of("value") if c[0] == "edge" and c[2] == "relation"]
    assert relations.count("SUPPLIES") == 2


def test_the_demo_arrives_whole(
    opened: Callable[[Path], Opened], tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = open_store(demo_case(tmp_path_factory.getbasetemp()))
    planned = plan(Graph(list(store.nodes()), list(store.relationships())))
    found = opened(_written(planned, tmp_path, "gexf"))
    assert found.bad == []
    counts = [str(len(planned.nodes)), str(len(planned.edges))]
    assert (found.of("container"), found.of("workspace")) == ([counts], [counts])
    assert {edge[0]: edge[3] for edge in found.of("edge")} == {
        edge.id: edge.kind for edge in planned.edges
    }


def test_graphml_arrives_but_for_parallel_edges(
    opened: Callable[[Path], Opened], tmp_path: Path, planned: Plan
) -> None:
    """Gephi knows no kind of edge in GraphML, so it sums what the container still holds apart."""
    found = opened(_written(planned, tmp_path, "graphml"))
    issues = [issue for issue in found.bad if not issue[1].startswith("Parallel edges")]
    assert issues == []
    assert found.of("container") == [[str(len(planned.nodes)), str(len(planned.edges))]]
    pairs = {(edge.source, edge.target) for edge in planned.edges}
    assert found.of("workspace") == [[str(len(planned.nodes)), str(len(pairs))]]
    labels = {cells[0]: cells[-1] for cells in found.of("label")}
    assert labels == {node.id: node.label for node in planned.nodes}
    colours = {cells[0]: [int(part) for part in cells[1:]] for cells in found.of("color")}
    wanted = looks(planned)
    assert colours == {name: [look.red, look.green, look.blue] for name, look in wanted.items()}


@pytest.mark.parametrize(
    ("what", "wrong"),
    [
        ("dangling end", 'id="x" source="account:qq:1" target="nobody" kind="A"'),
        (
            "undirected",
            'id="x" source="account:qq:1" target="account:qq:2" type="undirected"',
        ),
        ("same id", 'id="rel:1" source="account:qq:2" target="account:qq:1" kind="A"'),
        ("same kind", 'id="x" source="account:qq:1" target="account:qq:2" kind="A"'),
        ("no node", 'id="x" source="account:qq:1" target="account:qq:2" type="SUPPLIES"'),
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


def test_the_gate_itself_fails_on_a_static_date(
    opened: Callable[[Path], Opened], tmp_path: Path
) -> None:
    path = _written(plan(exported()), tmp_path, "gexf")
    text = path.read_text("utf-8")
    title = 'id="first_seen" title="first seen 首次出现"'
    dated = text.replace(f'{title} type="string"', f'{title} type="date"')
    assert dated != text
    path.write_text(dated, "utf-8")
    found = opened(path)
    types = {(owner, column) for owner, column, *_ in found.of("column")}
    assert found.bad or ("node", "first_seen") not in types
