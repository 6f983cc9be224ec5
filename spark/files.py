"""Files for `neo4j-admin database import full`, a folder of parts for each label and triple.

The tables, columns and lines are those of `export neo4j-csv`; the whole graph is written, as
`store push` sends it, for a server of one's own.
"""

import json
import shlex
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import msgspec
import pyarrow as pa
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as fn

from evidence.errors import DataError, UsageError
from graph.export.files import whole_file
from graph.export.formats.neo4j_csv import (
    ARGUMENTS,
    CONSTRAINTS,
    MANIFEST,
    SEPARATORS,
    header_line,
    line_of,
    node_header,
    reading_options,
    tie_header,
)
from graph.schema import constraints
from spark.elements import COUNTED, NODES, element_of
from spark.session import Batches, mapped

ELEMENTS: Final = "elements"
_WRITTEN: Final = "_written"
_HEADER: Final = "header.csv"
_PARTS: Final = "part-.*"
_BREAK: Final = r"\\[nr]"


class Table(msgspec.Struct, frozen=True):
    """A label or a triple with the properties that occur, and what its values hold."""

    name: str
    rows: int
    names: tuple[str, ...]
    separators: frozenset[str]
    breaks: bool
    """Whether a value may run over several lines."""

    @property
    def kind(self) -> str:
        """The label, or the type."""
        return self.name.split("-")[1]

    @property
    def header(self) -> list[str]:
        """The columns for the import tool."""
        first, *rest = self.name.split("-")
        if first == NODES:
            return node_header(rest[0], self.names)
        return tie_header(rest[0], rest[1], rest[2], self.names)


class FilesReport(msgspec.Struct, frozen=True):
    """What was written, by label and type."""

    path: str
    nodes: dict[str, int]
    relationships: dict[str, int]
    files: list[str]


def write_elements(graph: DataFrame, folder: Path) -> None:
    """Keeps the elements as Parquet, in order of table and id within each file."""
    ordered = graph.sortWithinPartitions("table", "id")
    ordered.write.mode("overwrite").parquet(str(folder / ELEMENTS))


def read_elements(session: SparkSession, folder: Path) -> DataFrame:
    """The elements that were kept. UsageError where there are none."""
    if not (folder / ELEMENTS / "_SUCCESS").exists():
        raise UsageError(f"{folder} holds no whole graph", hint="heichan-spark graph writes one")
    return session.read.parquet(str(folder / ELEMENTS))


def write_files(session: SparkSession, graph: Path, folder: Path) -> FilesReport:
    """Writes the import files into a new or empty folder that every worker sees."""
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} holds other files", hint="name an empty folder")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = read_elements(session, graph)
    tables = tables_of(found)
    separator = _separator(tables)
    names = {table.name: table.names for table in tables}
    lines = mapped(found, partial(_lines, names, separator), "line string, table string")
    lines.write.partitionBy("table").text(str(folder / _WRITTEN))
    for table in tables:
        (folder / _WRITTEN / f"table={table.name}").rename(folder / table.name)
        (folder / table.name / _HEADER).write_text(header_line(table.header) + "\n", "utf-8")
    shutil.rmtree(folder / _WRITTEN)
    report = _report(folder, tables)
    options = [*map(_option, tables)]
    options += reading_options(separator, multiline=any(table.breaks for table in tables))
    _text(folder / ARGUMENTS, "".join(f"{shlex.quote(option)}\n" for option in options))
    _text(folder / CONSTRAINTS, "".join(f"{text};\n" for text in constraints()))
    # Where the folder stood is nobody's business who is given it.
    told = msgspec.to_builtins(msgspec.structs.replace(report, path="."))
    _text(folder / MANIFEST, json.dumps(told, indent=1) + "\n")
    return report


def _text(path: Path, text: str) -> None:
    with whole_file(path) as stream:
        stream.write(text.encode())


def tables_of(graph: DataFrame) -> list[Table]:
    """The tables by name, from one pass over the elements."""
    values = fn.map_values("props")
    counted = {
        "rows": fn.count("*"),
        "names": fn.array_distinct(fn.flatten(fn.collect_set(fn.map_keys("props")))),
        "timed": fn.max(fn.col("first").isNotNull()),
        "counted": fn.max(fn.col("n").isNotNull()),
        "breaks": fn.max(fn.exists(values, lambda value: value.rlike(_BREAK))),
    }
    for number, sign in enumerate(SEPARATORS):
        counted[f"s{number}"] = fn.max(fn.exists(values, _holds(sign)))
    rows = graph.groupBy("table").agg(*(c.alias(name) for name, c in counted.items())).collect()
    return sorted((_table(row.asDict()) for row in rows), key=lambda table: table.name)


def _holds(sign: str) -> Callable[[Column], Column]:
    written = json.dumps(sign, ensure_ascii=False)[1:-1]
    return lambda value: value.startswith("[") & value.contains(written)


def _table(row: Mapping[str, Any]) -> Table:
    name: str = row["table"]
    names = set(row["names"])
    kind, type_ = name.split("-")[:2]
    if row["counted"]:
        names.add("n")
    if row["timed"]:
        names.update(("first_seen", "last_seen") if kind == NODES else COUNTED[type_])
    signs = frozenset(sign for n, sign in enumerate(SEPARATORS) if row[f"s{n}"])
    return Table(name, row["rows"], tuple(sorted(names)), signs, bool(row["breaks"]))


def _separator(tables: Iterable[Table]) -> str:
    used = frozenset[str]().union(*(table.separators for table in tables))
    free = next((sign for sign in SEPARATORS if sign not in used), None)
    if free is None:
        raise DataError("lists hold every character that could stand between their items")
    return free


def _lines(names: Mapping[str, Sequence[str]], separator: str, batches: Batches) -> Batches:
    for batch in batches:
        lines = [
            line_of(element_of(row), names[row["table"]], separator) for row in batch.to_pylist()
        ]
        columns = [pa.array(lines, pa.string()), batch.column("table")]
        yield pa.RecordBatch.from_arrays(columns, names=["line", "table"])


def _option(table: Table) -> str:
    kind = "--nodes" if table.name.startswith(NODES) else "--relationships"
    return f"{kind}={table.kind}=./{table.name}/{_HEADER},./{table.name}/{_PARTS}"


def _report(folder: Path, tables: Sequence[Table]) -> FilesReport:
    nodes: dict[str, int] = {}
    ties: dict[str, int] = {}
    for table in tables:
        counts = nodes if table.name.startswith(NODES) else ties
        counts[table.kind] = counts.get(table.kind, 0) + table.rows
    return FilesReport(str(folder), nodes, ties, [table.name for table in tables])
