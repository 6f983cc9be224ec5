"""The names of what a statement returns."""

import pytest

from queries.statement import columns

CASES = [
    ("RETURN 1 AS a, n.id AS `b c`, name ORDER BY a LIMIT 1", ("a", "b c", "name")),
    ("MATCH (n) RETURN DISTINCT n.id AS id", ("id",)),
    ("CALL () { RETURN 1 AS x } RETURN [y IN [1] WHERE y > 0 | y] AS list, x", ("list", "x")),
    ("MATCH (n) RETURN n.id", ()),
    ("MATCH (n) RETURN n.id AS id, count(n)", ()),
    ("MATCH (n) RETURN *", ()),
]


@pytest.mark.parametrize(("text", "names"), CASES)
def test_columns(text: str, names: tuple[str, ...]) -> None:
    assert columns(text) == names
