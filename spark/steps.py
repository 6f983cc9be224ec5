"""The steps over folders: prepared posts, read posts, elements, import files, measures."""

from collections.abc import Sequence
from functools import reduce
from pathlib import Path
from typing import Final

import msgspec
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as fn

from evidence.errors import InputError, UsageError
from graph.schema import RELATIONSHIP_KINDS
from spark import measures
from spark.derive import graph_of
from spark.elements import TIES
from spark.facts import keep, read_prepared, settings_of
from spark.files import read_elements, tables_of, write_elements
from spark.prepare import POSTS
from spark.reading import read_posts

READ: Final = "read"


class ExtractReport(msgspec.Struct, frozen=True):
    """What was read."""

    posts: int
    errors: int
    """Posts from which nothing could be read: they stay posts."""


class GraphReport(msgspec.Struct, frozen=True):
    """How many elements the graph has."""

    nodes: int
    relationships: int


def extract(
    session: SparkSession, folders: Sequence[Path], output: Path, lexicon: tuple[Path, ...] = ()
) -> ExtractReport:
    """Reads the posts of prepared folders, in their order, into one folder that takes over all."""
    prepared = read_prepared(folders)
    _refuse_taken(output)
    read = read_posts(_posts(session, folders), lexicon)
    keep(prepared, output)
    read.write.parquet(str(output / READ))
    found = session.read.parquet(str(output / READ))
    counted = found.agg(fn.count("*").alias("posts"), fn.count("error").alias("errors")).collect()[
        0
    ]
    return ExtractReport(counted["posts"], counted["errors"])


def _posts(session: SparkSession, folders: Sequence[Path]) -> DataFrame:
    parts = [
        session.read.parquet(str(folder / POSTS)).withColumn("part", fn.lit(number))
        for number, folder in enumerate(folders)
    ]
    return reduce(DataFrame.unionByName, parts)


def _refuse_taken(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} holds other files", hint="name a new or an empty folder")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def derive(session: SparkSession, folder: Path, output: Path, partitions: int = 8) -> GraphReport:
    """Makes the elements of the graph from a folder of read posts."""
    if not (folder / READ / "_SUCCESS").exists():
        raise InputError(f"{folder} holds no read posts", hint="heichan-spark extract reads them")
    prepared = read_prepared([folder])
    _refuse_taken(output)
    posts = session.read.parquet(str(folder / READ))
    graph = graph_of(session, posts, prepared, settings_of(prepared), partitions)
    write_elements(graph, output)
    session.catalog.clearCache()
    counts = {table.name: table.rows for table in tables_of(read_elements(session, output))}
    ties = sum(rows for name, rows in counts.items() if name.startswith(TIES))
    return GraphReport(sum(counts.values()) - ties, ties)


def ties_of(session: SparkSession, graph: Path, types: Sequence[str]) -> DataFrame:
    """The relationships of these types between two accounts, as `start` and `end`."""
    if unknown := sorted(set(types) - RELATIONSHIP_KINDS.keys()):
        raise UsageError(f"no type of relationship: {unknown[0]}")
    tables = [f"{TIES}-{type_}-Account-Account" for type_ in types]
    found = read_elements(session, graph).where(fn.col("table").isin(tables))
    return found.select("start", "end")


def measure(session: SparkSession, ties: DataFrame, output: Path, groups: Path | None) -> int:
    """Writes one row an account: degree, component, PageRank; with groups DCB and brokerage too.

    `groups`: Parquet with `node` and `part`, a row for each account. Returns the rows.
    """
    _refuse_taken(output)
    arcs = measures.arcs_of(ties).localCheckpoint()
    found = measures.degrees(arcs).join(measures.components(arcs), "node")
    found = found.join(measures.pagerank(arcs), "node")
    if groups is not None:
        parts = groups_of(session, groups, arcs)
        found = found.join(measures.community_brokerage(arcs, parts), "node")
        found = found.join(measures.role_brokerage(arcs, parts), "node")
    found.write.parquet(str(output / "measures"))
    return session.read.parquet(str(output / "measures")).count()


def groups_of(session: SparkSession, path: Path, arcs: DataFrame) -> DataFrame:
    """The group of each account, from Parquet with `node` and `part`.

    Raises InputError where an account stands in none or in two.
    """
    parts = session.read.parquet(str(path))
    if missing := {"node", "part"} - set(parts.columns):
        raise InputError(f"{path} has no column {min(missing)}", where={"file": str(path)})
    parts = parts.select("node", "part")
    nodes = measures.nodes_of(arcs)
    if parts.groupBy("node").count().where("count > 1").count():
        raise InputError(f"{path} puts an account into two groups", where={"file": str(path)})
    left = nodes.join(parts, "node", "left_anti").count()
    if left:
        raise InputError(f"{path} puts {left} accounts into no group", where={"file": str(path)})
    return parts
