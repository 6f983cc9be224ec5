"""Whether an answer is what the head of its query says."""

from typing import Any

from queries.header import Column, Expectation
from queries.pack import Query
from queries.run import QueryResult
from tests.queries.typed import fits


def check_expected(query: Query, expected: Expectation, result: QueryResult) -> None:
    """Asserts rows, types, keys and evidence of an answer."""
    columns = query.header.returns
    if expected.rows is not None:
        assert len(result.rows) == expected.rows, result.rows
    for wanted in expected.contains:
        assert any(_holds(row, wanted) for row in result.rows), (wanted, result.rows)
    for unwanted in expected.lacks:
        assert not any(_holds(row, unwanted) for row in result.rows), (unwanted, result.rows)
    _check(query, result, columns)


def _holds(row: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(row[name] == value for name, value in wanted.items())


def _check(query: Query, result: QueryResult, columns: dict[str, Column]) -> None:
    assert result.columns == list(columns)
    keys = [name for name, column in columns.items() if column.key]
    named = [tuple(map(str, (row[key] for key in keys))) for row in result.rows]
    assert len(set(named)) == len(named)
    for row in result.rows:
        assert list(row) == list(columns)
        wrong = {name: row[name] for name in columns if not fits(row[name], columns[name])}
        assert not wrong
        if query.header.evidence != "none":
            _check_evidence(row["evidence"], query.header.evidence)
    assert len(result.drawn) == (len(result.rows) if query.header.graph else 0)
    assert not result.warnings


def _check_evidence(ids: list[str], kind: str) -> None:
    start = "post:" if kind == "posts" else "file:"
    assert all(id_.startswith(start) for id_ in ids)
    assert len(ids) == len(set(ids))
    assert len(ids) <= 20 or kind == "files"
