"""What holds for the server alone: whose database it is, pushing, a server that is down."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import msgspec
import neo4j
import pytest

from evidence.errors import StoreError, UsageError
from graph.elements import Graph, Node
from graph.store.address import Address
from graph.store.marks import up_to
from graph.store.neo4j import Neo4jStore
from graph.store.push import push
from tests.integration.conftest import FOREIGN
from tests.integration.golden import CASE, small

Open = Callable[..., Neo4jStore]


@pytest.fixture
def team() -> Iterator[Open]:
    """Opens stores and closes them after the test."""
    with ExitStack() as stack:
        yield lambda *given: stack.enter_context(closing(Neo4jStore(*given)))


def _write(address: Address, text: str) -> None:
    with neo4j.GraphDatabase.driver(address.uri, auth=address.credentials) as driver:
        driver.execute_query(neo4j.Query(text), database_=address.database)


def _content(address: Address) -> tuple[list[Node], int]:
    with closing(Neo4jStore(address)) as store:
        return list(store.nodes()), len(list(store.relationships()))


def test_another_case_is_refused(empty_neo4j: Address, team: Open) -> None:
    team(empty_neo4j, CASE).load(small())
    before = _content(empty_neo4j)
    other = team(empty_neo4j, "another")
    for attempt in (
        lambda: other.run("MATCH (n) RETURN n.id AS id"),
        lambda: list(other.nodes()),
        lambda: other.load(small("another")),
        lambda: push(small("another"), other),
    ):
        with pytest.raises(StoreError, match="another case") as caught:
            attempt()
        assert caught.value.code == 4
        assert caught.value.where["address"] == empty_neo4j.uri
    assert _content(empty_neo4j) == before


def test_foreign_nodes_are_refused_even_to_replace(empty_neo4j: Address, team: Open) -> None:
    _write(empty_neo4j, f"CREATE (:{FOREIGN} {{id: 'x'}})")
    store = team(empty_neo4j, CASE)
    for replace in (False, True):
        with pytest.raises(StoreError, match="did not write") as caught:
            push(small(), store, replace=replace)
        assert FOREIGN in caught.value.message
    assert [node.id for node in _content(empty_neo4j)[0]] == ["x"]


def test_nodes_of_our_labels_without_build_are_refused(empty_neo4j: Address, team: Open) -> None:
    _write(empty_neo4j, "CREATE (:Account {id: 'account:x', name: 'x'})")
    with pytest.raises(StoreError, match="did not write"):
        team(empty_neo4j, CASE).load(small())


def test_replace_takes_over_a_database_of_another_case(empty_neo4j: Address, team: Open) -> None:
    team(empty_neo4j, "another").load(small("another"))
    report = push(small(), team(empty_neo4j, CASE), replace=True)
    assert report.nodes == len(small().nodes)
    assert _content(empty_neo4j) == (small().nodes, len(small().relationships))


def test_what_is_gone_or_changed_follows(empty_neo4j: Address, team: Open) -> None:
    store, whole = team(empty_neo4j, CASE), small()
    store.load(whole)
    kept = [n for n in whole.nodes if n.label not in ("Post",)]
    kept = [Node(n.id, n.label, {k: v for k, v in n.props.items() if k != "tlp"}) for n in kept]
    ids = {node.id for node in kept}
    ties = [r for r in whole.relationships if r.start in ids and r.end in ids][::2]
    counts = store.load_counted(Graph(kept, ties))
    assert (list(store.nodes()), list(store.relationships())) == (kept, ties)
    assert counts.nodes_deleted == len(whole.nodes) - len(kept)
    assert counts.nodes_created == 0


def test_a_half_loaded_database_is_known_and_completed(empty_neo4j: Address, team: Open) -> None:
    graph = small()
    broken = Graph(graph.nodes, graph.relationships)

    def stop(done: int, total: int) -> None:
        if done > total // 2:
            raise KeyboardInterrupt

    store = team(empty_neo4j, CASE)
    with pytest.raises(KeyboardInterrupt):
        store.load(broken, progress=stop)
    info = store.build_info()
    assert info is not None
    assert info["case_id"] == CASE
    assert "snapshot" not in info
    store.load(graph)
    assert list(store.relationships()) == graph.relationships
    assert "snapshot" in (store.build_info() or {})


def test_marks_hold_back_what_is_stricter(empty_neo4j: Address, team: Open) -> None:
    graph = small()
    strict = next(iter(graph.nodes))
    marked = [
        Node(n.id, n.label, {**n.props, "tlp": "RED" if n is strict else "GREEN"})
        for n in graph.nodes
    ]
    marked_graph = Graph(marked, graph.relationships)
    report = push(marked_graph, team(empty_neo4j, CASE), tlp_max="AMBER")
    nodes, _ = _content(empty_neo4j)
    assert strict.id not in {node.id for node in nodes}
    assert report.left_out >= 1
    assert report.nodes == len(nodes) == len(marked) - 1
    build = next(node for node in nodes if node.label == "Build")
    assert build.props["tlp"] == "AMBER"
    with pytest.raises(UsageError):
        up_to(marked_graph, "PURPLE")


def test_a_server_without_passwords_is_refused_off_this_machine(
    neo4j_address: Address, team: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What an encrypted server elsewhere would be: the address passes, and it is not here.
    monkeypatch.setattr("graph.store.neo4j.refuse_unsafe", lambda *_, allow_plain: None)
    monkeypatch.setattr(Address, "here", False)
    address = msgspec.structs.replace(neo4j_address, username="neo4j", password="any")
    with pytest.raises(StoreError, match="asks nobody for a password") as caught:
        team(address).holding()
    assert "--allow-plain" in caught.value.hint
    with closing(Neo4jStore(address, allow_plain=True)) as store:
        store.holding()


def test_a_server_that_is_down_is_named(team: Open) -> None:
    address = Address("bolt://127.0.0.1:9")
    for attempt in (
        lambda: team(address, CASE).run("RETURN 1 AS x"),
        lambda: team(address, CASE).load(small()),
        lambda: team(address, CASE).build_info(),
    ):
        with pytest.raises(StoreError) as caught:
            attempt()
        assert caught.value.code == 4
        assert address.uri in caught.value.message
        assert "NEO4J_URI" in caught.value.hint


def test_a_database_that_is_not_there_is_named(neo4j_address: Address, team: Open) -> None:
    address = Address(neo4j_address.uri, "nosuch")
    with pytest.raises(StoreError) as caught:
        team(address, CASE).run("RETURN 1 AS x")
    assert caught.value.where["database"] == "nosuch"


def test_files_of_the_server_are_not_read(neo4j_address: Address, team: Open) -> None:
    """The filter is the only fence against LOAD CSV; the server of the tests is set up as one."""
    text = "LOAD CSV FROM 'file:///etc/hostname' AS row RETURN row"
    with pytest.raises(UsageError):
        team(neo4j_address).run(text)


def test_notices_stay_off_standard_error(
    neo4j_address: Address, capfd: pytest.CaptureFixture[str], team: Open
) -> None:
    result = team(neo4j_address).run("MATCH (n:Acount) RETURN n.nosuch AS x")
    assert any("01N50" in warning for warning in result.warnings)
    assert capfd.readouterr().err == ""
