"""The files of `export neo4j-csv` in the real import tool, counted and compared back."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from graph.elements import Graph, Node
from graph.export.formats.neo4j_csv import ARGUMENTS, export_neo4j_csv
from graph.store.address import Address
from graph.store.neo4j import Neo4jStore
from graph.store.push import push
from tests.integration import server
from tests.integration.golden import CASE, golden
from tests.integration.java import Release

HOSTILE = (
    "a,b;c|d\te", '"', '""', "'", "\\", '\\"', "x\r\ny", "\n", "=1+1", " leading and trailing ",
    "`$(x)`", "👍𠮷甲", "null", "NULL", ":ID", "#", "\u2028", "\x1f\x1e", "0", "true", "",
)  # fmt: skip


def hostile() -> Graph:
    """The golden graph with texts that a careless writer of CSV breaks on."""
    whole = golden()
    posts = [
        Node(
            f"post:h{number}", "Post",
            {"name": text or "empty", "excerpt": text, "posted_at": _moment(number)},
        )
        for number, text in enumerate(HOSTILE)
    ]  # fmt: skip
    firms = [
        Node(f"org:h{number}", "Organisation", {"name": text or "x", "aliases": [text, "x", text]})
        for number, text in enumerate(HOSTILE)
    ]
    firms += [
        Node(f"org:e{number}", "Organisation", {"name": "x", "aliases": [""] * number})
        for number in range(3)
    ]
    nodes = sorted([*whole.nodes, *posts, *firms], key=lambda node: node.id)
    return Graph(nodes, whole.relationships)


def _moment(number: int) -> datetime:
    return datetime(2021, 3, 4, 5, 6, number % 2, 120_000 * (number % 3), tzinfo=UTC)


def test_the_import_gives_the_same_graph_as_a_push(release: Release, tmp_path: Path) -> None:
    home, files, graph = tmp_path / "home", tmp_path / "csv", hostile()
    report = export_neo4j_csv(graph, files, include_accused=True)
    assert not report.losses
    server.prepare(home)
    words = ("database", "import", "full", "neo4j", f"@{files / ARGUMENTS}")
    server.admin(home, release, *words, f"--report-file={tmp_path / 'import.report'}", cwd=files)
    running = server.start(home, release)
    try:
        with closing(Neo4jStore(Address(running.uri), CASE)) as store:
            nodes, ties = store.counts()
            assert (nodes, ties) == (report.nodes, report.relationships)
            assert list(map(_kept, store.nodes())) == list(map(_kept, graph.nodes))
            assert list(store.relationships()) == graph.relationships
            counts = push(graph, store).counts
            # Build gets its snapshot, two lists what a file cannot say.
            assert (counts.nodes_sent, counts.relationships_sent) == (3, 0)
            assert list(store.nodes()) == graph.nodes
            assert push(golden(), store).counts.nodes_deleted == 2 * len(HOSTILE) + 3
    finally:
        server.stop(running)


def _kept(node: Node) -> Node:
    """The node as an import can bring it: no list that is empty or holds one empty text."""
    lost = {name for name, value in node.props.items() if value in ([], [""])}
    lost |= {"snapshot"} if node.label == "Build" else set()
    props = {name: value for name, value in node.props.items() if name not in lost}
    return Node(node.id, node.label, props)
