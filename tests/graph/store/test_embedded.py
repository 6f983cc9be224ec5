import random
from datetime import datetime
from pathlib import Path

import msgspec
import pytest

from evidence.errors import DataError, StoreError, UsageError
from graph.elements import Graph, Node, Relationship, Value
from graph.store import statements
from graph.store.base import Path as GraphPath
from graph.store.embedded import FILE, EmbeddedStore
from tests.graph.store.holding import held
from tests.integration.golden import golden


@pytest.fixture
def store(tmp_path: Path) -> EmbeddedStore:
    made = EmbeddedStore(tmp_path / "graph")
    made.load(golden())
    return made


def test_holds_exactly_what_was_loaded(store: EmbeddedStore) -> None:
    again = EmbeddedStore(store.file.parent)
    assert list(again.nodes()) == golden().nodes
    assert list(again.relationships()) == golden().relationships
    less = Graph([node for node in golden().nodes if node.label in ("Build", "Post")], [])
    store.load(less)
    assert list(store.nodes()) == less.nodes
    assert list(store.relationships()) == []


def test_empty_before_the_first_load(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path)
    assert store.build_info() is None
    assert list(store.nodes()) == []
    assert store.run("MATCH (n) RETURN n").rows == []


def test_whole_elements_have_no_invented_properties(store: EmbeddedStore) -> None:
    row = store.run(
        "MATCH p = (a:Account)-[r:ACTIVE_IN]->(v:Venue) "
        "RETURN a, r, p, properties(a) AS props, keys(r) AS names, a {.*, more: 1} AS some "
        "ORDER BY r.id LIMIT 1"
    ).rows[0]
    account, tie, path = row["a"], row["r"], row["p"]
    assert isinstance(account, Node)
    assert isinstance(tie, Relationship)
    assert isinstance(path, GraphPath)
    assert (tie.start, tie.start_label) == (account.id, "Account")
    assert path.relationships == [tie]
    assert path.nodes[0] == account
    assert row["props"] == {"id": account.id, **account.props}
    assert row["names"] == sorted(["id", *tie.props])
    assert row["some"] == {"id": account.id, **account.props, "more": 1}


def test_a_map_of_the_query_keeps_its_keys(store: EmbeddedStore) -> None:
    assert store.run("RETURN {title: 'x', kind: 'y'} AS m").rows == [
        {"m": {"title": "x", "kind": "y"}}
    ]


def test_limit_cuts_and_says_so(store: EmbeddedStore) -> None:
    text = "MATCH (n) RETURN n.id AS id ORDER BY id"
    cut = store.run(text, limit=3)
    assert len(cut.rows) == 3
    assert cut.truncated
    assert cut.warnings == []
    everything = store.run(text, limit=len(golden().nodes))
    assert not everything.truncated


def test_time_is_limited(store: EmbeddedStore) -> None:
    text = "UNWIND range(1, 1000000) AS x UNWIND range(1, 9000) AS y RETURN count(*) AS n"
    with pytest.raises(DataError, match=r"0\.2 s"):
        store.run(text, timeout=0.2)


def test_warnings_are_collected_and_not_printed(
    store: EmbeddedStore, capfd: pytest.CaptureFixture[str]
) -> None:
    assert any("Acount" in text for text in store.run("MATCH (n:Acount) RETURN n").warnings)
    assert capfd.readouterr().err == ""


def test_a_label_that_exists_is_no_warning(tmp_path: Path) -> None:
    assert EmbeddedStore(tmp_path).run("MATCH (n:Syndicate) RETURN n.name AS x").warnings == []


def test_reading_refuses_writing(store: EmbeddedStore) -> None:
    with pytest.raises(UsageError):
        store.run("MATCH (n) SET n.name = 'x'")
    with pytest.raises(UsageError):
        store._read("MATCH (n) SET n.name = 'x'", {}, 5.0, None)
    assert list(store.nodes()) == golden().nodes


def test_what_the_schema_does_not_know_is_refused(tmp_path: Path) -> None:
    build = Node("build:current", "Build", {"name": "b", "case_id": "c"})
    stray = Relationship("rel:x", "POSTED", "account:x", "Account", "post:x", "Post", {})
    for graph in (
        Graph([build, Node("x:1", "Nonsense", {"name": "x"})], []),
        Graph([Node("account:x", "Account", {"name": "x", "title": "y"})], []),
        Graph([build], [stray]),
    ):
        with pytest.raises(DataError):
            EmbeddedStore(tmp_path).load(graph)
    assert not (tmp_path / FILE).exists()


def test_an_id_stands_for_one_element(tmp_path: Path) -> None:
    nodes, ties = list(golden().nodes), list(golden().relationships)
    for graph in (Graph([*nodes, nodes[0]], []), Graph(nodes, [*ties, ties[0]])):
        with pytest.raises(DataError, match="two elements"):
            EmbeddedStore(tmp_path).load(graph)
    assert not (tmp_path / FILE).exists()


def test_an_id_under_two_labels_is_refused(tmp_path: Path) -> None:
    account = Node("x:1", "Account", {"name": "x"})
    with pytest.raises(DataError, match="two elements"):
        EmbeddedStore(tmp_path).load(Graph([account, Node("x:1", "Handle", {"name": "x"})], []))
    assert not (tmp_path / FILE).exists()


def test_a_relationship_needs_both_its_nodes(tmp_path: Path) -> None:
    accounts = [Node(f"account:{n}", "Account", {"name": "x"}) for n in range(3)]
    post = Node("post:1", "Post", {"name": "x"})
    for start, end in (("account:1", "post:2"), ("account:9", "post:1"), ("post:1", "account:1")):
        ties = [
            Relationship(f"rel:{n}", "POSTED", each, "Account", last, "Post", {})
            for n, (each, last) in enumerate([("account:0", "post:1"), (start, end)])
        ]
        with pytest.raises(DataError, match="without both its nodes") as caught:
            EmbeddedStore(tmp_path).load(Graph([*accounts, post], ties))
        assert caught.value.where == {"id": "rel:1"}
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize("rows", [1, 2, 3, 5, 8, 13, 21, 2000])
def test_elements_with_any_of_their_properties_come_back(
    rows: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "BATCH", rows)
    made = random.Random(rows)

    def less(props: dict[str, Value]) -> dict[str, Value]:
        return {key: each for key, each in props.items() if key == "name" or made.random() < 0.5}

    graph = Graph(
        [msgspec.structs.replace(node, props=less(node.props)) for node in golden().nodes],
        [msgspec.structs.replace(tie, props=less(tie.props)) for tie in golden().relationships],
    )
    store = EmbeddedStore(tmp_path)
    store.load(graph)
    assert list(store.nodes()) == graph.nodes
    assert list(store.relationships()) == graph.relationships


def test_one_wrong_value_among_many_is_found(tmp_path: Path) -> None:
    nodes, ties = list(golden().nodes), list(golden().relationships)
    active = next(tie for tie in ties if tie.type == "ACTIVE_IN")
    wrong: tuple[dict[str, object], ...] = (
        {"n": True},
        {"n": 2**63},
        {"by_hour": [1, True]},
        {"by_hour": [1.0]},
        {"by_hour": [-(2**63) - 1]},
        {"day": active.props["first_at"]},
        {"first_at": datetime(2021, 3, 4)},
        {"weather": "good"},
    )
    for more in wrong:
        spoiled = msgspec.structs.replace(active, props={**active.props, **more})
        graph = Graph(nodes, [spoiled if tie is active else tie for tie in ties])
        with pytest.raises(DataError, match=f"takes no .*: {next(iter(more))}"):
            EmbeddedStore(tmp_path).load(graph)
    named = next(node for node in nodes if node.label == "Account")
    nameless = Node(named.id, "Account", {**named.props, "name": ""})
    with pytest.raises(DataError, match="has no name"):
        EmbeddedStore(tmp_path).load(Graph([nameless], []))


def test_progress_counts_every_element(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    EmbeddedStore(tmp_path).load(golden(), progress=lambda *done: told.append(done))
    whole = len(golden().nodes) + len(golden().relationships)
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert told[-1] == (whole, whole)


def test_a_damaged_file_says_how_to_make_it_anew(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no graph")
    with pytest.raises(StoreError, match="cannot be read") as caught:
        EmbeddedStore(tmp_path).run("RETURN 1 AS x")
    assert "build --full" in caught.value.hint


def test_another_writer_is_named_and_readers_go_on(store: EmbeddedStore) -> None:
    with held(store.file) as holder:
        with pytest.raises(StoreError) as caught:
            store.load(golden())
        assert str(holder) in caught.value.message
        assert len(list(EmbeddedStore(store.file.parent).nodes())) == len(golden().nodes)
    store.load(golden())


def test_progress_counts_everything(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    EmbeddedStore(tmp_path).load(golden(), progress=lambda done, total: seen.append((done, total)))
    whole = len(golden().nodes) + len(golden().relationships)
    assert seen[-1] == (whole, whole)
    assert seen == sorted(seen)
