import re
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.errors import UsageError
from graph.elements import Graph, Node, Relationship, Value
from graph.export.clean.plan import plan
from graph.export.files import whole_file
from graph.export.formats.spreadsheet import neutralise
from graph.export.stamp import stamp_of
from graph.export.write import ExportReport, export_plan, format_named

BUILD = {"snapshot": "abc", "version": "0.1.0"}
FIRST, SECOND = "account:telegram:1", "account:telegram:2"
DERIVED: dict[str, Value] = {"modality": "derived", "basis": "answered", "confidence": 0.5}


def export_gexf(exported: Graph, path: Path) -> ExportReport:
    return export_plan(plan(exported), stamp_of(BUILD), path, format_named("gexf"))


def account(identifier: str, **props: str | bool | datetime) -> Node:
    return Node(identifier, "Account", {"name": identifier, "platform": "telegram", **props})


def supplies(number: int, product: str) -> Relationship:
    ends = (FIRST, "Account", SECOND, "Account")
    return Relationship(f"rel:{number}", "SUPPLIES", *ends, {**DERIVED, "product": product, "n": 1})


def active(number: int, day: date, n: int) -> Relationship:
    ends = (FIRST, "Account", "venue:telegram:9", "Venue")
    return Relationship(f"rel:{number}", "ACTIVE_IN", *ends, {"day": day, "n": n})


def graph() -> Graph:
    venue = Node("venue:telegram:9", "Venue", {"name": "群", "segments": ['a "b", c', "二\\"]})
    nodes = [account(FIRST, first_seen=datetime(2021, 1, 2, tzinfo=UTC)), account(SECOND), venue]
    days = [active(3, date(2021, 1, 1), 2), active(4, date(2021, 1, 5), 3)]
    return Graph(nodes, [supplies(1, "product:a"), supplies(2, "product:b"), *days])


def test_parallel_edges_stay_apart_and_days_are_merged() -> None:
    planned = plan(graph())
    assert [edge.kind for edge in planned.edges] == [
        "SUPPLIES product:a derived answered",
        "SUPPLIES product:b derived answered",
        "ACTIVE_IN",
    ]
    assert planned.edges[2].values == {
        "n": 5,
        "days": 2,
        "first_day": "2021-01-01",
        "last_day": "2021-01-05",
        "modality": "observed",
    }
    assert planned.losses == ["1 ACTIVE_IN relationships merged over their days"]


def test_two_exports_are_equal_byte_for_byte_and_another_reader_agrees(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.gexf", "b.gexf")]
    reports = [export_gexf(graph(), path) for path in paths]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert (reports[0].nodes, reports[0].edges) == (3, 3)
    read = nx.read_gexf(paths[0], version="1.3")
    assert (read.number_of_nodes(), read.number_of_edges()) == (3, 3)
    assert read.nodes[FIRST]["first seen 首次出现"] == "2021-01-02T00:00:00Z"


def test_the_collectors_own_account_never_leaves() -> None:
    own = graph()
    nodes = [account(FIRST, own=True), *list(own.nodes)[1:]]
    planned = plan(Graph(nodes, own.relationships))
    assert FIRST not in {node.id for node in planned.nodes}
    assert planned.edges == []
    assert "1 nodes of the collector's own account left out" in planned.losses


def test_contacts_of_accused_persons_stay_unless_asked_for() -> None:
    listing = Node("listing:1", "Listing", {"name": "曝光 demo_thief", "polarity": "warning"})
    contact = Node("contact:telegram:demo_thief", "Contact", {"name": "x", "value": "demo_thief"})
    given_ = Relationship(
        "rel:9",
        "GIVES_CONTACT",
        listing.id,
        "Listing",
        contact.id,
        "Contact",
        {"owner": "accused", "quote": "@Demo_Thief", "modality": "observed", "confidence": 1.0},
    )
    accused = Graph([contact, listing], [given_])
    planned = plan(accused)
    assert [node.label for node in planned.nodes] == ["曝光 ▮▮▮▮▮▮▮▮▮▮"]
    assert planned.edges == []
    assert len(plan(accused, include_accused=True).nodes) == 2


def test_roles_leave_as_claims_with_their_basis() -> None:
    role = Node("role:supplier", "Role", {"name": "supplier", "code": "supplier"})
    held = Relationship(
        "rel:7",
        "HAS_ROLE",
        FIRST,
        "Account",
        role.id,
        "Role",
        {"basis": "self_described", "modality": "derived", "confidence": 0.6, "n": 3},
    )
    planned = plan(Graph([account(FIRST), role], [held]))
    assert planned.nodes[0].values["claimed_roles"] == ["supplier (self_described)"]


@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_name_gives_a_file_that_parses(name: str) -> None:
    hostile = Graph([Node("account:qq:1", "Account", {"name": name, "platform": name})], [])
    planned = plan(hostile)
    text = ElementTree.tostring(ElementTree.Element("n", label=planned.nodes[0].label))
    ElementTree.fromstring(text)
    assert "\n" not in planned.nodes[0].label


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    name = "\x1b[31m\x00\ud800 ]]></node><script>alert(1)</script> &amp; \u202e\n\t'\""
    path = tmp_path / "hostile.gexf"
    nodes = [Node("account:qq:1", "Account", {"name": name, "platform": name})]
    report = export_gexf(Graph(nodes, []), path)
    root = ElementTree.parse(path).getroot()
    node = root.find(".//{http://gexf.net/1.3}node")
    assert node is not None
    assert "</node><script>alert(1)</script> &amp;" in node.attrib["label"]
    assert any(re.match(r"\d+ characters removed", loss) for loss in report.losses)


def test_an_interrupted_export_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "out.gexf"

    def interrupted() -> None:
        with whole_file(path) as stream:
            stream.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_a_plain_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        export_gexf(graph(), tmp_path / "no" / "out.gexf")


@pytest.mark.parametrize("cell", ["=1", "  =1", "+1", "-1", "@x", "\tx", "\rx", "＝1", "＠x"])
def test_formula_cells_are_neutralised(cell: str) -> None:
    assert neutralise(cell) == f"'{cell}"


def test_plain_cells_stay() -> None:
    assert neutralise("股民 = 100") == "股民 = 100"
