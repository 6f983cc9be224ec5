"""What a push sends, and that it comes to its end after whatever broke it off."""

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
import neo4j
import pytest

from benchmarks.big_graph import big_graph
from evidence.errors import StoreError
from graph.elements import Graph, Node
from graph.store.address import Address
from graph.store.neo4j import Neo4jStore
from graph.store.neo4j_open import refuse_unguarded
from graph.store.push import push
from tests.integration import server
from tests.integration.golden import CASE, golden, small
from tests.integration.java import Release

BIG = big_graph(4_000, 16_000, case_id=CASE)


@pytest.fixture
def store(empty_neo4j: Address) -> Iterator[Neo4jStore]:
    with closing(Neo4jStore(empty_neo4j, CASE)) as opened:
        yield opened


def _write(address: Address, text: str) -> None:
    with neo4j.GraphDatabase.driver(address.uri, auth=address.credentials) as driver:
        driver.execute_query(neo4j.Query(text), database_=address.database)


def _content(store: Neo4jStore) -> Graph:
    return Graph(list(store.nodes()), list(store.relationships()))


def test_only_what_changed_is_sent(store: Neo4jStore) -> None:
    whole = small()
    first = push(whole, store).counts
    assert (first.nodes_sent, first.relationships_sent) == (
        len(whole.nodes),
        len(whole.relationships),
    )
    again = push(whole, store).counts
    assert again.nodes_sent == again.relationships_sent == 0
    changed = _changed(whole)
    counts = push(changed, store).counts
    # The account and Build, and the tie that lost a property.
    assert (counts.nodes_sent, counts.relationships_sent) == (2, 1)
    gone = len(whole.relationships) - len(changed.relationships)
    assert (counts.nodes_deleted, counts.relationships_deleted) == (1, gone)
    assert counts.nodes_created == counts.relationships_created == 0
    assert _content(store) == changed


def _changed(whole: Graph) -> Graph:
    """One node and one relationship with other properties, and one node less."""
    account = next(node for node in whole.nodes if node.label == "Account")
    post = next(node for node in whole.nodes if node.label == "Post")
    nodes = [_other(node, account) for node in whole.nodes if node is not post]
    ties = [tie for tie in whole.relationships if post.id not in (tie.start, tie.end)]
    poorer = next(tie for tie in ties if "confidence" in tie.props)
    props = {name: value for name, value in poorer.props.items() if name != "confidence"}
    ties = [msgspec.structs.replace(t, props=props) if t is poorer else t for t in ties]
    return Graph(nodes, ties)


def _other(node: Node, account: Node) -> Node:
    if node is account:
        return msgspec.structs.replace(node, props={**node.props, "name": "another"})
    if node.label == "Build":
        return msgspec.structs.replace(node, props={**node.props, "snapshot": "another"})
    return node


def test_a_clock_alone_is_sent_though_the_snapshot_is_the_same(store: Neo4jStore) -> None:
    nodes = [node for node in golden().nodes if node.label in ("Build", "Run", "Claim")]
    whole = Graph(nodes, [])
    push(whole, store)
    nodes = [
        msgspec.structs.replace(n, props={k: v for k, v in n.props.items() if k != "started_at"})
        if n.label == "Run"
        else n
        for n in whole.nodes
    ]
    counts = push(Graph(nodes, whole.relationships), store).counts
    assert (counts.nodes_sent, counts.relationships_sent) == (3, 0)
    assert list(store.nodes()) == nodes


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n:Account) SET n.nosuch = 1",
        "MATCH (n:Account) SET n.name = 'x'",
        "MATCH (n:Account) REMOVE n.platform",
        "MATCH ()-[r:POSTED]->() DELETE r",
        "MATCH (n:Venue) DETACH DELETE n",
        "MATCH (a:Account), (p:Post) WITH a, p LIMIT 1 CREATE (a)-[:POSTED {id: 'x'}]->(p)",
        "MATCH (a)-[r:POSTED]->(b) WITH a, b, r LIMIT 1 SET r.id = 'x' CREATE (b)-[:POSTED]->(a)",
        "MATCH (a)-[r:POSTED]->(b) WITH a, b, r, r.id AS id LIMIT 1 "
        "DELETE r CREATE (b)-[:POSTED {id: id}]->(a)",
    ],
)
def test_what_somebody_changed_on_the_server_is_put_right(store: Neo4jStore, text: str) -> None:
    graph = small()
    push(graph, store)
    _write(store.address, text)
    # A Build without its snapshot is one whose load did not end, so that all is compared.
    _write(store.address, "MATCH (b:Build) REMOVE b.snapshot")
    push(graph, store)
    assert _content(store) == graph


def test_two_writers_at_once_come_to_their_end(store: Neo4jStore) -> None:
    def one() -> None:
        with closing(Neo4jStore(store.address, CASE)) as own:
            push(BIG, own)

    with ThreadPoolExecutor(2) as pool:
        push(small(), store)
        for done in [pool.submit(one), pool.submit(one)]:
            done.result()
    assert _content(store) == BIG


class Line:
    """A line to the server that can be cut for good, or once after so many bytes."""

    def __init__(self, uri: str) -> None:
        self.target = uri.removeprefix("bolt://").split(":")
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.uri = f"bolt://127.0.0.1:{self.listener.getsockname()[1]}"
        self.open = True
        self.ends: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            if not self.open:
                near.close()
                continue
            far = socket.create_connection((self.target[0], int(self.target[1])))
            self.ends += [near, far]
            for pair in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=pair, daemon=True).start()

    @staticmethod
    def _carry(start: socket.socket, end: socket.socket) -> None:
        try:
            while data := start.recv(65_536):
                end.sendall(data)
        except OSError:
            pass
        start.close()
        end.close()

    def cut(self) -> None:
        """Breaks all connections."""
        ends, self.ends = self.ends, []
        for end in ends:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                end.close()


@contextmanager
def _line(uri: str) -> Iterator[Line]:
    line = Line(uri)
    try:
        yield line
    finally:
        line.open = False
        line.cut()
        line.listener.close()


def _at_half(act: Callable[[], None]) -> Callable[[str, int, int], None]:
    """Progress that acts once, when half is sent."""
    done: list[int] = []

    def stages(stage: str, sent: int, total: int) -> None:
        if stage == "send" and sent > total // 2 and not done:
            done.append(sent)
            act()

    return stages


def test_a_connection_lost_for_a_moment_is_made_again(store: Neo4jStore) -> None:
    with _line(store.address.uri) as line:
        address = msgspec.structs.replace(store.address, uri=line.uri)
        with closing(Neo4jStore(address, CASE)) as shaky:
            push(BIG, shaky, stages=_at_half(line.cut))
    assert _content(store) == BIG


def test_a_push_that_lost_its_connection_goes_on_when_run_again(
    store: Neo4jStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.store.neo4j.RETRY_SECONDS", 1.0)
    with _line(store.address.uri) as line:

        def lose() -> None:
            line.open = False
            line.cut()

        address = msgspec.structs.replace(store.address, uri=line.uri)
        with closing(Neo4jStore(address, CASE)) as shaky, pytest.raises(StoreError) as caught:
            push(BIG, shaky, stages=_at_half(lose))
    assert caught.value.code == 4
    assert line.uri in caught.value.message
    assert "again" in caught.value.hint
    assert "snapshot" not in (store.build_info() or {})
    counts = push(BIG, store).counts
    assert 0 < counts.nodes_sent + counts.relationships_sent < 12_000
    assert _content(store) == BIG


def test_a_server_killed_in_the_middle_and_a_wrong_password(
    release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.store.neo4j.RETRY_SECONDS", 1.0)
    home, password = tmp_path / "home", "demo-password"
    server.prepare(home, auth=True)
    server.admin(home, release, "dbms", "set-initial-password", password)
    running = server.start(home, release)
    try:
        address = Address(running.uri, username="neo4j", password=password)
        refuse_unguarded(address)
        for wrong in ("not-it", None):
            other = msgspec.structs.replace(address, password=wrong)
            with closing(Neo4jStore(other, CASE)) as store, pytest.raises(StoreError) as caught:
                store.build_info()
            assert caught.value.code == 4
            assert "NEO4J_PASSWORD" in caught.value.hint
            assert "not-it" not in caught.value.message
        with closing(Neo4jStore(address, CASE)) as store, pytest.raises(StoreError):
            push(BIG, store, stages=_at_half(lambda: server.stop(running, kill=True)))
        running = server.start(home, release)
        with closing(Neo4jStore(address, CASE)) as store:
            counts = push(BIG, store).counts
            assert counts.nodes_sent + counts.relationships_sent < 20_000
            assert _content(store) == BIG
    finally:
        server.stop(running)
