"""Rows that the server sends at once are those that it sends one by one."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from evidence.errors import UsageError
from graph.store.neo4j import Neo4jStore
from queries.statement import columns
from tests.integration.conftest import Emptied
from tests.integration.golden import CASE, golden
from tests.queries.typed import typed

VALUES = """
WITH datetime('2021-03-04T05:06:07.890123Z') AS at, date('2021-03-04') AS day
UNWIND [null, true, 1, 1.0, -0.5, '', '2021-03-04', '2021-03-04T05:06:07Z', day, at,
  datetime('2021-03-04T05:06+08:00'), datetime('2021-03-04T05:06:07[Asia/Shanghai]'),
  datetime('0001-01-02T00:00Z'), [], [null], [day], [at, at], [day, at], [day, null], ['a', 'b'],
  [1, 2.0], [[day]], {day: 'x'}, {days: []}, {time: at, all: [day]}, duration('P1DT2H')] AS value
RETURN value, [value] AS listed, {of: value} AS held, toString(day) AS text ORDER BY text
"""
WHOLE = (
    "MATCH (n) RETURN n AS node ORDER BY n.id LIMIT 500",
    "MATCH (a)-[r]->(b) RETURN r AS tie, a AS start, [b] AS ends ORDER BY r.id LIMIT 500",
    "MATCH p = (:Account)-[r]->() RETURN p AS path, [p] AS paths, properties(r) AS props "
    "ORDER BY r.id LIMIT 500",
    "MATCH (n:Nothing) RETURN n.id AS id ORDER BY id",
)


@pytest.fixture(scope="module")
def store(emptied: Emptied) -> Iterator[Neo4jStore]:
    with emptied() as address, closing(Neo4jStore(address, CASE)) as team:
        team.load(golden())
        yield team


@pytest.mark.parametrize("text", [VALUES, *WHOLE])
def test_rows_are_equal(store: Neo4jStore, text: str) -> None:
    for limit in (None, 0, 3, 500):
        one = store.run(text, limit=limit)
        other = store.run(text, limit=limit, columns=columns(text))
        assert one.columns == other.columns == [*columns(text)]
        assert typed(one.rows) == typed(other.rows)
        assert one.truncated == other.truncated


def test_a_wrong_text_is_told_as_it_stands(store: Neo4jStore) -> None:
    errors = []
    for names in ((), ("x",)):
        with pytest.raises(UsageError) as caught:
            store.run("MATCH (n)\nRETURN missing AS x", columns=names)
        errors.append(caught.value)
    assert errors[0].message == errors[1].message
    assert errors[0].where == errors[1].where
