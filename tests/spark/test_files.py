"""Spark's files in the real import tool, counted and compared on the real server."""

import json
import shlex
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from evidence.errors import UsageError
from graph.build.snapshot import elements
from graph.elements import Graph, Node, Value
from graph.export.formats.neo4j_csv import ARGUMENTS, MANIFEST, export_neo4j_csv
from graph.store.address import Address
from graph.store.neo4j import Neo4jStore
from tests.integration import server
from tests.integration.conftest import release
from tests.integration.java import RELEASES, Release

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["release"]


@pytest.fixture(scope="module")
def graph(session: "SparkSession", read: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The elements of the graph."""
    from spark.steps import derive

    folder = tmp_path_factory.mktemp("graph")
    assert derive(session, read, folder, 3).nodes > 1_000
    return folder


@pytest.fixture(scope="module")
def written(session: "SparkSession", graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files for the import tool."""
    from spark.files import write_files

    folder = tmp_path_factory.mktemp("import")
    write_files(session, graph, folder)
    return folder


def _elements(session: "SparkSession", graph: Path) -> Graph:
    from spark.elements import element_of
    from spark.files import read_elements

    found = [element_of(row) for row in read_elements(session, graph).toArrow().to_pylist()]
    found.sort(key=lambda each: each.id)
    nodes = [each for each in found if isinstance(each, Node)]
    return Graph(nodes, [each for each in found if not isinstance(each, Node)])


def test_columns_and_lines_are_those_of_the_export(
    session: "SparkSession", graph: Path, written: Path, tmp_path: Path
) -> None:
    export_neo4j_csv(_elements(session, graph), tmp_path / "csv", include_accused=True)
    tables = sorted(path.stem for path in (tmp_path / "csv").glob("*-*.csv"))
    assert tables == sorted(path.name for path in written.iterdir() if path.is_dir())
    for name in tables:
        whole = (tmp_path / "csv" / f"{name}.csv").read_bytes()
        header = (written / name / "header.csv").read_bytes()
        parts = b"".join(path.read_bytes() for path in sorted((written / name).glob("part-*")))
        assert whole.startswith(header)
        assert sorted(whole[len(header) :].split(b"\n")) == sorted(parts.split(b"\n")), name
    for name in ("constraints.cypher",):
        assert (written / name).read_bytes() == (tmp_path / "csv" / name).read_bytes()
    told, said = (
        json.loads((place / MANIFEST).read_bytes()) for place in (written, tmp_path / "csv")
    )
    assert (told["nodes"], told["relationships"]) == (said["nodes"], said["relationships"])
    mine, theirs = (
        [o for o in shlex.split((place / ARGUMENTS).read_text()) if ".csv" not in o]
        for place in (written, tmp_path / "csv")
    )
    assert mine == theirs


@pytest.mark.parametrize("release", RELEASES[:1], ids=["5.26"], indirect=True)
def test_the_server_holds_what_spark_wrote(
    session: "SparkSession", graph: Path, written: Path, release: Release, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    server.prepare(home)
    words = ("database", "import", "full", "neo4j", f"@{written / ARGUMENTS}")
    server.admin(home, release, *words, f"--report-file={tmp_path / 'report'}", cwd=written)
    running = server.start(home, release)
    told = json.loads((written / MANIFEST).read_bytes())
    expected = _elements(session, graph)
    try:
        with closing(Neo4jStore(Address(running.uri), _case(expected))) as store:
            assert store.counts() == (told["nodes"], told["relationships"])
            nodes, ties = list(store.nodes()), list(store.relationships())
    finally:
        server.stop(running)
    assert _stated(Graph(nodes, ties)) == _stated(expected)


def _case(graph: Graph) -> str:
    return next(str(node.props["case_id"]) for node in graph.nodes if node.label == "Build")


def _stated(graph: Graph) -> list[tuple[str, bytes]]:
    """All that an import can bring: no list that is empty or holds one empty text."""
    replace = msgspec.structs.replace
    return list(
        elements(
            Graph(
                [replace(node, props=_kept(node.props)) for node in graph.nodes],
                [replace(tie, props=_kept(tie.props)) for tie in graph.relationships],
            )
        )
    )


def _kept(props: dict[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in props.items() if value not in ([], [""])}


def test_a_folder_with_other_files_is_left_alone(
    session: "SparkSession", graph: Path, written: Path, tmp_path: Path
) -> None:
    from spark.files import write_files

    with pytest.raises(UsageError, match="holds other files"):
        write_files(session, graph, written)
    with pytest.raises(UsageError, match="holds no whole graph"):
        write_files(session, tmp_path, tmp_path / "out")
