from pathlib import Path
from xml.etree import ElementTree

import networkx as nx

from graph.export.clean.plan import plan
from graph.export.stamp import stamp_of
from graph.export.write import export_plan, format_named
from tests.graph.export.inputs import FIRST, SECOND, VENUE, exported

GEXF = "{http://gexf.net/1.3}"
STRETCHES = [
    {"start": "2021-01-01", "end": "2021-01-04"},
    {"start": "2021-04-11", "end": "2021-04-13"},
    {"start": "2021-10-28", "end": "2021-10-29"},
]


def written(folder: Path) -> ElementTree.Element:
    path = folder / "out.gexf"
    stamp = stamp_of({"last_seen": "2021-03-04T00:00:00Z"}, tlp="amber")
    export_plan(plan(exported()), stamp, path, format_named("gexf"))
    return ElementTree.parse(path).getroot()


def element(root: ElementTree.Element, name: str, identifier: str) -> ElementTree.Element:
    return next(e for e in root.iter(GEXF + name) if e.get("id") == identifier)


def cells(found: ElementTree.Element) -> dict[str, str]:
    return {cell.attrib["for"]: cell.attrib["value"] for cell in found.iter(GEXF + "attvalue")}


def test_separate_stretches_are_spells_and_one_is_an_interval(tmp_path: Path) -> None:
    root = written(tmp_path)
    graph = root.find(GEXF + "graph")
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    for name, identifier in (("edge", "rel:a0"), ("node", FIRST), ("node", VENUE)):
        found = element(root, name, identifier)
        assert [spell.attrib for spell in found.iter(GEXF + "spell")] == STRETCHES
        assert "start" not in found.attrib
        told = cells(found)
        assert (told["time_from"], told["time_to"]) == ("2021-01-01", "2021-10-28")
    supplied = element(root, "edge", "rel:s0")
    assert (supplied.get("start"), supplied.get("end")) == ("2021-01-05", "2021-01-06")
    assert list(supplied.iter(GEXF + "spell")) == []


def test_an_open_end_is_left_out_and_so_is_time_that_nobody_knows(tmp_path: Path) -> None:
    root = written(tmp_path)
    known = element(root, "node", SECOND)
    assert (known.get("start"), known.get("end")) == ("2021-01-02", None)
    assert cells(known)["first_seen"] == "2021-01-02T00:00:00Z"
    assert "time_to" not in cells(known)
    assert {"start", "end"} & element(root, "edge", "rel:p").attrib.keys() == set()


def test_the_main_role_is_the_one_most_acted_on_and_keeps_its_basis(tmp_path: Path) -> None:
    told = cells(element(written(tmp_path), "node", FIRST))
    assert told["main_claimed_role"] == "supplier (act_derived)"
    assert told["claimed_roles"] == '["supplier (act_derived)", "supplier (self_described)"]'


def test_label_and_own_kind_of_a_node_both_stand(tmp_path: Path) -> None:
    told = cells(element(written(tmp_path), "node", "post:1"))
    assert (told["kind"], told["subkind"]) == ("Post", "message")


def test_the_description_holds_the_mark_and_the_day_of_the_data(tmp_path: Path) -> None:
    meta = written(tmp_path).find(GEXF + "meta")
    assert meta is not None
    assert meta.get("lastmodifieddate") == "2021-03-04"
    assert "TLP:amber" in (meta.findtext(GEXF + "description") or "")


def test_networkx_reads_the_same(tmp_path: Path) -> None:
    written(tmp_path)
    read = nx.read_gexf(tmp_path / "out.gexf", version="1.3")
    assert (read.number_of_nodes(), read.number_of_edges()) == (5, 6)
    spells = read.nodes[VENUE]["spells"]
    assert spells == [(stretch["start"], stretch["end"]) for stretch in STRETCHES]
