import json
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.errors import InputError
from graph.elements import Graph, Node, Relationship, Value
from graph.export.clean.guard import guard_of
from graph.export.clean.plan import Plan, plan
from graph.export.formats.jsonl_read import read_graph
from graph.export.stamp import stamp_of
from graph.export.write import ExportReport, export_plan, format_named
from graph.schema import NODE_KINDS
from graph.store.embedded import EmbeddedStore
from tests.graph.export.inputs import DAYS, exported
from tests.integration.golden import golden

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
VALUES: dict[str, st.SearchStrategy[Value]] = {
    "s": TEXT,
    "i": st.integers(-(2**62), 2**62),
    "f": st.floats(allow_nan=False, allow_infinity=False),
    "b": st.booleans(),
    "d": st.dates(min_value=date(1990, 1, 1)),
    "t": st.datetimes(
        min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)
    ).map(lambda time: time.replace(microsecond=0)),
    "[s]": st.lists(TEXT, max_size=3),
}


def export(planned: Plan, path: Path) -> ExportReport:
    return export_plan(planned, stamp_of(None), path, format_named("jsonl"))


def test_the_graph_comes_back_whole(tmp_path: Path) -> None:
    graph = golden()
    report = export(plan(graph), tmp_path / "out.jsonl")
    read = read_graph(tmp_path / "out.jsonl")
    left = guard_of(graph).apply(graph, Counter())
    assert read.nodes == left.nodes
    for found, tie in zip(read.relationships, left.relationships, strict=True):
        # An edge of a file says its modality also where a test's relationship does not.
        said = {"modality": found.props["modality"]} if "modality" in found.props else {}
        assert found == msgspec.structs.replace(tie, props={**said, **tie.props})
    assert (report.nodes, report.edges) == (len(read.nodes), len(read.relationships))


def test_days_stay_apart_and_nothing_is_said_to_be_merged(tmp_path: Path) -> None:
    report = export(plan(exported()), tmp_path / "out.jsonl")
    read = read_graph(tmp_path / "out.jsonl")
    assert sum(tie.type == "ACTIVE_IN" for tie in read.relationships) == len(DAYS)
    assert report.edges == len(exported().relationships)
    assert not any("merged" in loss for loss in report.losses)


def test_a_store_takes_what_was_read(tmp_path: Path) -> None:
    export(plan(golden()), tmp_path / "out.jsonl")
    read = read_graph(tmp_path / "out.jsonl")
    store = EmbeddedStore(tmp_path / "graph")
    store.load(read)
    assert list(store.nodes()) == read.nodes
    assert list(store.relationships()) == read.relationships
    store.close()


def test_another_reader_sees_the_lines_sorted(tmp_path: Path) -> None:
    planned = plan(exported())
    export(planned, tmp_path / "out.jsonl")
    table = pd.read_json(tmp_path / "out.jsonl", lines=True, dtype=False)
    assert list(table["type"]) == sorted(table["type"])
    for kind in ("node", "relationship"):
        ids = list(table[table["type"] == kind]["id"])
        assert ids == sorted(ids)
    ties = table[table["type"] == "relationship"]
    ends = {
        id_: (start["id"], end["id"])
        for id_, start, end in zip(ties["id"], ties["start"], ties["end"], strict=True)
    }
    assert {edge.id: (edge.source, edge.target) for edge in planned.apart().edges} == ends


@given(data=st.data())
def test_any_value_of_the_schema_comes_back(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    label = data.draw(st.sampled_from(["Account", "Post", "Listing", "Event", "Organisation"]))
    known = NODE_KINDS[label].properties
    names = sorted(known.keys() - {"id", "name", "own"})
    chosen = data.draw(st.lists(st.sampled_from(names), unique=True, max_size=5))
    props = {name: data.draw(VALUES[known[name].value]) for name in chosen}
    graph = Graph([Node("x:1", label, {"name": "x", **props})], [])
    path = tmp_path_factory.mktemp("jsonl") / "out.jsonl"
    export(plan(graph), path)
    assert read_graph(path) == graph


ROLE = '{"type":"node","id":"role:x","labels":["Role"],"properties":{"id":"role:x","name":"x"}}\n'


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "{}",
        '{"type":"other","id":"x","properties":{}}',
        '{"type":"node","id":"x","labels":[],"properties":{}}',
        '{"type":"node","id":"x","labels":["Nothing"],"properties":{}}',
        '{"type":"node","id":"x","labels":["Role"],"properties":{"layer":"much"}}',
        '{"type":"node","id":"x","labels":["Role"],"properties":{"unknown":1}}',
        '{"type":"relationship","id":"r","label":"POSTED","properties":{},'
        '"start":{"id":"x","labels":["Role"]},"end":{"id":"y","labels":["Role"]}}',
        '{"type":"relationship","id":"r","label":"ACTIVE_IN","properties":{"days":2},'
        '"start":{"id":"x","labels":["Account"]},"end":{"id":"y","labels":["Venue"]}}',
    ],
)
def test_a_line_of_something_else_is_named_by_its_place(line: str, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(f"{ROLE}{line}\n", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_graph(path)
    assert raised.value.where == {"file": str(path), "line": 2}


def test_a_file_that_is_not_there_is_a_plain_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_graph(tmp_path / "none.jsonl")


def test_a_line_is_what_apoc_writes(tmp_path: Path) -> None:
    held = Relationship("rel:1", "POSTED", "account:qq:1", "Account", "post:1", "Post", {})
    nodes = [
        Node("account:qq:1", "Account", {"name": "甲"}),
        Node("post:1", "Post", {"name": "帖"}),
    ]
    export(plan(Graph(nodes, [held])), tmp_path / "out.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert lines[0] == {
        "type": "node",
        "id": "account:qq:1",
        "labels": ["Account"],
        "properties": {"id": "account:qq:1", "name": "甲"},
    }
    assert lines[2] == {
        "type": "relationship",
        "id": "rel:1",
        "label": "POSTED",
        "properties": {"id": "rel:1", "modality": "observed"},
        "start": {"id": "account:qq:1", "labels": ["Account"]},
        "end": {"id": "post:1", "labels": ["Post"]},
    }
