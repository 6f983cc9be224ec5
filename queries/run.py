"""Runs a canned query: parameters in, rows with their evidence out."""

import json
import time
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from evidence.archive.archive import Archive
from evidence.errors import NotFoundError, UsageError
from evidence.settings import TLP_ORDER, Tlp
from graph.store.base import Cell, GraphStore
from queries import parameters as given_parameters
from queries.evidence import files_in_order, posts_in_order
from queries.header import OF_ALL, TLP_MAX, Column, Evidence, Header
from queries.pack import Query
from queries.statement import columns
from queries.steps import STEPS, Context
from queries.warned import warned

WORK_LIMIT = 100_000
"""Rows that a step may take in; an answer made of more is called cut off."""
_DIGITS = 6
Row = dict[str, Cell]


class QueryResult(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a query. A run is repeatable from the text, the parameters and the snapshot."""

    query: str
    version: str
    parameters: dict[str, Any]
    columns: list[str]
    rows: list[Row]
    drawn: list[Cell]
    """The cell of the column that can be drawn, one a row; empty where there is none."""
    graph_column: str | None
    truncated: bool
    limit: int
    caveats: list[str]
    warnings: list[str]
    evidence: Evidence
    seconds: float


def run_query(
    query: Query,
    store: GraphStore | None,
    archive: Archive | None,
    parameters: Mapping[str, object],
    *,
    limit: int | None = None,
    timeout: float | None = None,
    language: str = "en",
    below: Tlp | None = None,
) -> QueryResult:
    """Run a canned query on the store, or on the archive where its head says so.

    `below`: the TLP mark above which the store and the archive hold nothing, if there is one.
    Raises UsageError for a parameter, DataError, StoreError, NotFoundError without the archive.
    """
    began = time.perf_counter()
    header = query.header
    bound = given_parameters.bind(header, parameters, _zone(store))
    _refuse_stricter(bound[TLP_MAX], below)
    values = {name: value for name, value in bound.items() if name not in OF_ALL}
    rows_wanted = header.limit if limit is None else limit
    seconds = header.timeout if timeout is None else timeout
    warnings: list[str] = []
    cut = False
    if header.engine == "archive":
        rows = _from_archive(query, archive, values, rows_wanted, seconds)
    else:
        rows, warnings, cut = _from_store(query, _needed(store), values, rows_wanted, seconds)
    kept = rows[:rows_wanted]
    if header.engine == "cypher":
        kept = _evidenced(kept, header.evidence, _needed(store), seconds)
        if header.warns:
            kept = warned(kept, header.warns, _needed(store), seconds)
    column = header.graph
    return QueryResult(
        query=query.id,
        version=header.version,
        parameters=bound,
        columns=list(header.returns),
        rows=[_row(row, header.returns) for row in kept],
        drawn=[row[column] for row in kept] if column else [],
        graph_column=column,
        truncated=cut or len(rows) > len(kept),
        limit=rows_wanted,
        caveats=_caveats(query, kept, language) + _absent(header, kept, store, language),
        warnings=warnings,
        evidence=header.evidence,
        seconds=time.perf_counter() - began,
    )


def _refuse_stricter(mark: Tlp | None, below: Tlp | None) -> None:
    if mark is None:
        return
    if below is None or TLP_ORDER.index(below) > TLP_ORDER.index(mark):
        hint = "`heichan query run` makes a part of the case up to a mark"
        raise UsageError(f"what is asked may hold more than {TLP_MAX} {mark} allows", hint=hint)


def _needed(store: GraphStore | None) -> GraphStore:
    if store is None:
        raise NotFoundError("this query reads the graph, and none is open")
    return store


def _zone(store: GraphStore | None) -> str:
    build = store.build_info() if store else None
    return str((build or {}).get("tz") or given_parameters.DEFAULT_ZONE)


def _from_store(
    query: Query, store: GraphStore, values: dict[str, Any], limit: int, timeout: float
) -> tuple[list[Row], list[str], bool]:
    """Rows, warnings, and whether a step had to do with a part of what the store holds."""
    step = STEPS.get(query.header.post or "")
    # One row more than wanted shows that the answer was cut.
    most = WORK_LIMIT if step else limit + 1
    given = {**values, "limit": most + bool(step)}
    named = columns(query.body)
    result = store.run(query.body, given, timeout=timeout, limit=most, columns=named)
    if step is None:
        return result.rows, result.warnings, False
    cut = [f"only the first {most} rows were composed"] if result.truncated else []

    def read(text: str, more: Mapping[str, Any]) -> list[Row]:
        return store.run(text, more, timeout=timeout, columns=columns(text)).rows

    context = Context(query.header, values, read, wanted=limit + 1)
    rows = step.run(result.rows, context)
    return rows, [*result.warnings, *cut, *context.warnings], bool(cut)


def _from_archive(
    query: Query, archive: Archive | None, values: dict[str, Any], limit: int, timeout: float
) -> list[Row]:
    if archive is None:
        hint = "give the case folder with --case"
        raise NotFoundError(f"{query.id} reads the archive of a case", hint=hint)
    # What it judges by, masking and the lexicon, loads slower than a graph answers.
    from queries import sql

    columns, found = sql.select(
        archive.connection, query.body, {**values, "limit": limit + 1}, timeout
    )
    return [dict(zip(columns, row, strict=True)) for row in found]


def _evidenced(rows: list[Row], kind: Evidence, store: GraphStore, timeout: float) -> list[Row]:
    if kind == "posts":
        return posts_in_order(rows, store, timeout)
    return files_in_order(rows) if kind == "files" else rows


def _row(row: Row, columns: Mapping[str, Column]) -> Row:
    return {name: _cell(row[name], column) for name, column in columns.items()}


def _cell(value: Cell, column: Column) -> Cell:
    """A cell in the declared type; SQLite holds lists, days and times as text and numbers."""
    if isinstance(value, str) and column.type.startswith("list"):
        value = json.loads(value)
    if isinstance(value, str) and column.type == "date":
        return date.fromisoformat(value)
    if isinstance(value, str) and column.type == "datetime":
        return datetime.fromisoformat(value).astimezone(UTC)
    if isinstance(value, int) and column.type == "bool":
        return bool(value)
    # Sums of the same numbers in another order differ in the last digits.
    return round(value, _DIGITS) if isinstance(value, float) else value


def _caveats(query: Query, rows: list[Row], language: str) -> list[str]:
    chinese = language == "zh"
    said = [caveat.zh if chinese else caveat.en for caveat in query.header.caveats]
    if query.header.composed and rows:
        counts = sorted({int(row["composed_of"]) for row in rows})
        many = f"{counts[0]}" if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"
        statement = f"composed of {many} separate statements; nobody stated the whole"
        in_chinese = f"由 {many.replace(' to ', ' 至 ')} 条独立陈述拼合而成,无人陈述过整体"
        said.insert(0, in_chinese if chinese else statement)
    return said


def _absent(header: Header, rows: list[Row], store: GraphStore | None, language: str) -> list[str]:
    """Says of an empty answer that the graph holds nothing of what the query is about."""
    if rows or store is None or not header.needs:
        return []
    found = store.run(f"MATCH ()-[r:{'|'.join(header.needs)}]->() RETURN count(r) AS n").rows
    if found[0]["n"]:
        return []
    wanted = ", ".join(header.needs)
    if language == "zh":
        return [f"图中没有 {wanted}:尚未推导候选,空结果不表示不存在"]
    return [f"the graph holds no {wanted}: no candidates were derived, which is not to say none"]
