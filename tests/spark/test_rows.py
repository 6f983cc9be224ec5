"""The same rows from one machine and from Spark, whatever the division into parts."""

import os
import signal
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from evidence.case import Case
from graph.build.snapshot import elements
from graph.elements import Graph, Node, Relationship

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from spark.session import Batches

BUILD = "build:current"


def _derived(session: "SparkSession", read: Path, posts: "DataFrame", parts: int) -> Graph:
    from spark.derive import graph_of
    from spark.elements import element_of
    from spark.facts import read_prepared, settings_of

    prepared = read_prepared([read])
    graph = graph_of(session, posts, prepared, settings_of(prepared), parts)
    found = [element_of(row) for row in graph.toArrow().to_pylist()]
    session.catalog.clearCache()
    assert len(found) == len({each.id for each in found})
    nodes = [each for each in found if isinstance(each, Node) and each.id != BUILD]
    return Graph(nodes, [each for each in found if isinstance(each, Relationship)])


def _stated(graph: Graph) -> Mapping[str, bytes]:
    """All that is said of each element but clock readings."""
    return dict(elements(graph))


@pytest.fixture(scope="module")
def expected(whole: Graph) -> Mapping[str, bytes]:
    from spark.scope import part_of

    return _stated(part_of(whole))


@pytest.mark.parametrize("parts", [1, 3, 8])
def test_the_rows_are_those_of_one_machine_whatever_the_parts(
    session: "SparkSession", read: Path, expected: Mapping[str, bytes], parts: int
) -> None:
    from pyspark.sql import functions as fn

    posts = session.read.parquet(str(read / "read"))
    shuffled = posts.repartition(parts).orderBy(fn.hash("id", fn.lit(parts)))
    found = _stated(_derived(session, read, shuffled, parts))
    assert len(found) > 3_000
    assert found.keys() == expected.keys()
    assert {id_: told for id_, told in found.items() if told != expected[id_]} == {}


def test_slices_may_be_small(
    session: "SparkSession", read: Path, expected: Mapping[str, bytes]
) -> None:
    from evidence.settings import DEFAULT_ZONE
    from spark.derive import slices_of
    from spark.slices import derived

    rows = session.read.parquet(str(read / "read")).toArrow()
    by = rows.column("extractor")[0].as_py(), rows.column("lexicon")[0].as_py()
    ordered = rows.append_column("owner", rows.column("account")).sort_by("owner")
    told: dict[str, set[str]] = {}
    for size in (1, 50):
        told[str(size)] = {
            row["id"]
            for part in slices_of(iter(ordered.to_batches(max_chunksize=64)), size)
            for row in derived(part, by, DEFAULT_ZONE, frozenset())
            if row["table"] == "nodes-Listing"
        }
    listings = {id_ for id_ in expected if id_.startswith("listing:")}
    assert told["1"] == told["50"] == listings


def _dying(flag: str, batches: "Batches") -> "Batches":
    """Ends its process, once, when it has read a part."""
    for number, batch in enumerate(batches):
        yield batch
        if number == 0:
            try:
                os.close(os.open(flag, os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                continue
            os.kill(os.getpid(), signal.SIGKILL)


def _read_dying(flag: str, batches: "Batches") -> "Batches":
    from spark.reading import readings

    return _dying(flag, readings((), batches))


def test_a_killed_worker_costs_nothing(
    session: "SparkSession", prepared: list[Path], read: Path, tmp_path: Path
) -> None:
    from spark.reading import columns_read
    from spark.session import mapped

    flag = tmp_path / "killed"
    posts = session.read.parquet(str(prepared[0] / "posts"))
    again = mapped(posts, partial(_read_dying, str(flag)), columns_read(posts))
    found = _rows(again)
    assert flag.exists()
    assert found == _rows(session.read.parquet(str(read / "read")).where("part = 0").drop("part"))
    assert len(found) == posts.count()


def _rows(frame: "DataFrame") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = frame.toArrow().to_pylist()
    return sorted(rows, key=lambda row: (row["file_n"], row["number"]))


def test_spark_reads_what_one_machine_reads(
    session: "SparkSession", read: Path, case: Case, whole: Graph
) -> None:
    from evidence.archive.readings import read_of
    from spark.reading import decode_reading

    found = {}
    for row in _rows(session.read.parquet(str(read / "read"))):
        if row["reading"] is not None:
            outline = decode_reading(row["reading"])
            for record in read_of(outline, row["id"], row["account"], 0, 0, fresh=True).records:
                found[record.id] = record.body
    with case.reader() as archive:
        kept = dict(archive.connection.execute("SELECT id, body FROM record"))
    assert len(kept) > 300
    assert {id_: found.get(id_) for id_ in kept} == kept
