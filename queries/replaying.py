"""A kept answer against the same question asked again."""

from typing import Literal

import msgspec

from queries.difference import Change, difference
from queries.pack import Query
from queries.run import QueryResult
from queries.saved import Saved, keys, plain_rows, row_hash, text_hash


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """`state` is of the rows alone; `said`: in what the question is no longer the same."""

    name: str
    query: str
    state: Literal["equal", "differs"]
    rows: int
    rows_now: int
    result: str
    result_now: str
    version: str
    version_now: str
    graph: str | None
    graph_now: str | None
    said: list[str]
    changes: list[Change]


def replayed(saved: Saved, query: Query, result: QueryResult, graph: str | None) -> Replayed:
    """What came, went and changed; `graph` is the snapshot that was asked now."""
    rows = plain_rows(result.rows)
    shared = [key for key in saved.keys if key in result.columns] or keys(query)
    now = row_hash(rows)
    return Replayed(
        name=saved.name,
        query=saved.query,
        state="equal" if now == saved.row_hash else "differs",
        rows=len(saved.rows),
        rows_now=len(rows),
        result=saved.row_hash,
        result_now=now,
        version=saved.version,
        version_now=result.version,
        graph=saved.graph,
        graph_now=graph,
        said=_said(saved, query, result, graph),
        changes=difference(saved.rows, rows, shared),
    )


def _said(saved: Saved, query: Query, result: QueryResult, graph: str | None) -> list[str]:
    said = []
    if text_hash(query) != saved.text_hash:
        said.append("the query is not the one that was kept")
    if graph != saved.graph:
        said.append("the graph is not the one that was asked then")
    if saved.truncated or result.truncated:
        said.append("an answer was cut off: rows behind the cut may seem to come or go")
    return said
