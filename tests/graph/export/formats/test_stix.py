import json
import sys
from pathlib import Path
from typing import Any

import pytest
import stix2  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.errors import HeichanError
from graph.elements import Graph, Node, Relationship, Value
from graph.export.clean.plan import Plan, plan
from graph.export.formats.stix.frame import TLP_IDS
from graph.export.stamp import Stamp, stamp_of
from graph.export.write import ExportReport, export_plan, format_named
from tests.graph.export.inputs import exported
from tests.integration.golden import golden

SELLER, BUYER = "account:telegram:1", "account:telegram:2"
ACTOR, LISTING, POST = "actor:1", "listing:1", "post:1"
READING: dict[str, Value] = {"modality": "derived", "confidence": 0.5}


def export(planned: Plan, path: Path, stamp: Stamp | None = None) -> ExportReport:
    return export_plan(planned, stamp or stamp_of({"snapshot": "a"}), path, format_named("stix"))


def bundle(graph: Graph, folder: Path, stamp: Stamp | None = None) -> list[dict[str, Any]]:
    """The objects of a graph's bundle, after the library has read them strictly."""
    export(plan(graph), folder / "out.json", stamp)
    text = (folder / "out.json").read_text("utf-8")
    assert stix2.parse(text, allow_custom=False).type == "bundle"
    objects: list[dict[str, Any]] = json.loads(text)["objects"]
    return objects


def of_type(objects: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [each for each in objects if each["type"] == kind]


def tie(number: int, kind: str, start: str, end: str, **props: Value) -> Relationship:
    labels = {"account": "Account", "actor": "Actor", "listing": "Listing", "post": "Post"}
    labels |= {"product": "Product", "contact": "Contact", "role": "Role", "claim": "Claim"}
    first, last = (labels[name.partition(":")[0]] for name in (start, end))
    return Relationship(f"rel:{number}", kind, start, first, end, last, {**READING, **props})


def market() -> Graph:
    nodes = [
        Node(SELLER, "Account", {"name": "卖家", "platform": "telegram"}),
        Node(BUYER, "Account", {"name": "买家", "platform": "telegram", "tlp": "RED"}),
        Node(ACTOR, "Actor", {"name": "甲", "kind": "person", "basis": "decision"}),
        Node("actor:2", "Actor", {"name": "unnamed", "kind": "unknown", "basis": "report"}),
        Node("contact:btc:1abc", "Contact", {"name": "btc", "kind": "btc", "value": "1abc"}),
        Node("contact:email:a@example.com", "Contact", {"name": "m", "value": "a@example.com"}),
        Node(LISTING, "Listing", {"name": "offer", "polarity": "offer", "confidence": 0.9}),
        Node(POST, "Post", {"name": "帖", "native_id": "42", "tlp": "AMBER+STRICT"}),
        Node("product:stock_leads", "Product", {"name": "stock leads"}),
        Node("role:supplier", "Role", {"name": "supplier", "code": "supplier"}),
    ]
    seen = {"first_seen": "2021-01-02T03:04:05Z"}
    ties = [
        tie(1, "LISTED", SELLER, LISTING),
        tie(2, "OFFERS", LISTING, "product:stock_leads", quotes=["股民"]),
        tie(3, "EXPRESSED_IN", LISTING, POST),
        tie(4, "SUPPLIES", SELLER, BUYER, basis="answered", posts=[POST], **seen),
        tie(5, "HAS_ROLE", SELLER, "role:supplier", basis="self_described"),
        tie(6, "RESOLVED_TO", SELLER, ACTOR, modality="analyst"),
        tie(7, "GIVES_CONTACT", LISTING, "contact:btc:1abc", owner="seller"),
        tie(8, "GIVES_CONTACT", LISTING, "contact:email:a@example.com", owner="seller"),
        tie(9, "USES_CONTACT", SELLER, "contact:btc:1abc"),
    ]
    return Graph(nodes, ties)


@pytest.mark.parametrize("graph", [exported(), golden(), market()], ids=["exported", "golden", "m"])
def test_the_library_parses_it_strictly_and_every_reference_leads_somewhere(
    graph: Graph, tmp_path: Path
) -> None:
    objects = bundle(graph, tmp_path)
    ids = [each["id"] for each in objects]
    assert ids == sorted(set(ids))
    for each in objects:
        named = {each[key] for key in each if key.endswith("_ref")}
        named |= {ref for key in each if key.endswith("_refs") for ref in each[key]}
        assert named <= set(ids)


def test_a_threat_actor_stands_only_where_an_analyst_decided(tmp_path: Path) -> None:
    objects = bundle(market(), tmp_path)
    [actor] = of_type(objects, "threat-actor")
    assert actor["labels"] == [ACTOR, "kind:Actor"]
    identities = of_type(objects, "identity")
    assert [each["name"] for each in identities if "kind:Actor" in each.get("labels", ())] == [
        "unnamed"
    ]


def test_accounts_are_user_accounts_and_their_roles_are_claims(tmp_path: Path) -> None:
    objects = bundle(market(), tmp_path)
    accounts = {each["user_id"]: each for each in of_type(objects, "user-account")}
    assert accounts["1"]["account_type"] == "telegram"
    assert accounts["1"]["display_name"] == "卖家"
    [roles] = [each for each in of_type(objects, "note") if "claimed" in each["abstract"]]
    assert roles["labels"] == ["claimed-role:supplier"]
    assert "supplier (self_described)" in roles["content"]
    assert roles["object_refs"] == [accounts["1"]["id"]]


def test_a_listing_is_a_note_of_claims_over_what_it_names(tmp_path: Path) -> None:
    objects = bundle(market(), tmp_path)
    [note] = [each for each in of_type(objects, "note") if LISTING in each["labels"]]
    assert note["content"].startswith("Claimed in a listing, not established.")
    assert "offers: stock leads [product:stock_leads] “股民”" in note["content"]
    assert "product:stock_leads" in note["labels"]
    assert "confidence" not in note
    kinds = sorted(ref.partition("--")[0] for ref in note["object_refs"])
    assert kinds == ["email-addr", "note", "user-account"]
    [reference] = note["external_references"]
    assert reference == {
        "source_name": "heichan archive",
        "description": "native_id 42",
        "external_id": POST,
    }


def test_a_tie_says_its_kind_times_and_posts(tmp_path: Path) -> None:
    objects = bundle(market(), tmp_path)
    [supplies] = [e for e in of_type(objects, "relationship") if "SUPPLIES" in e["labels"]]
    assert supplies["relationship_type"] == "related-to"
    assert supplies["labels"] == ["SUPPLIES", "modality:derived", "basis:answered"]
    assert supplies["description"] == "SUPPLIES: derived (confidence of the reading 0.5)"
    assert supplies["start_time"] == "2021-01-02T03:04:05Z"
    assert [each["external_id"] for each in supplies["external_references"]] == [POST]
    assert "confidence" not in supplies


def test_marks_are_the_strictest_of_what_an_object_rests_on(tmp_path: Path) -> None:
    objects = bundle(market(), tmp_path, stamp_of(None, tlp="green"))
    by_label = {label: each for each in objects for label in each.get("labels", ())}
    assert by_label["SUPPLIES"]["object_marking_refs"] == [TLP_IDS["RED"]]
    assert by_label[LISTING]["object_marking_refs"] == [TLP_IDS["AMBER+STRICT"]]
    assert by_label[ACTOR]["object_marking_refs"] == [TLP_IDS["GREEN"]]
    names = {each["name"] for each in of_type(objects, "marking-definition")}
    assert names == {"TLP:GREEN", "TLP:AMBER+STRICT", "TLP:RED"}


def test_unmarked_is_amber(tmp_path: Path) -> None:
    [definition] = of_type(bundle(exported(), tmp_path), "marking-definition")
    assert definition["id"] == TLP_IDS["AMBER"]


def test_a_contact_and_a_handle_of_one_name_are_one_under_the_stricter_mark(
    tmp_path: Path,
) -> None:
    nodes = [
        Node("contact:telegram:x", "Contact", {"name": "x", "kind": "telegram", "value": "x"}),
        Node("handle:telegram:x", "Handle", {"name": "x", "text": "x", "tlp": "RED"}),
    ]
    [account] = of_type(bundle(Graph(nodes, []), tmp_path), "user-account")
    assert account["object_marking_refs"] == [TLP_IDS["RED"]]


def test_what_has_no_object_is_said(tmp_path: Path) -> None:
    report = export(plan(market()), tmp_path / "out.json")
    assert report.losses == ["without a STIX object of their own: 1 Post, 1 Product, 1 Role"]
    report = export(plan(exported()), tmp_path / "out.json")
    assert report.losses[-1] == "1 relationships of such nodes left out"


@settings(max_examples=25)
@given(name=st.text(max_size=20), value=st.text(max_size=20))
def test_any_text_parses(name: str, value: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    props: dict[str, Value] = {"name": name, "value": value, "tlp": value, "text": value}
    kinds = ("email", "url", "onion", "qq", "xmr")
    nodes = [Node(f"contact:{kind}:{value}", "Contact", {**props, "kind": kind}) for kind in kinds]
    nodes += [
        Node(f"account:qq:{value}", "Account", props),
        Node(f"handle:qq:{value}", "Handle", props),
        Node(f"actor:{value}", "Actor", {**props, "basis": "analyst", "first_seen": value}),
    ]
    assert bundle(Graph(nodes, []), tmp_path_factory.mktemp("stix"))


def test_without_the_extra_the_error_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "stix2", None)
    with pytest.raises(HeichanError, match=r"extra \[stix\] is not installed") as raised:
        export(plan(market()), tmp_path / "out.json")
    assert "heichan[stix]" in raised.value.hint
    assert list(tmp_path.iterdir()) == []
