"""Rows inserted many at a time."""

import sqlite3

import pytest

from evidence.archive.inserting import Insertion

_ONE = Insertion("INSERT OR FAIL INTO word (n, text)", "(?, ?)")


@pytest.fixture
def words() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE word (n INTEGER PRIMARY KEY, text TEXT UNIQUE, at INTEGER)")
    return connection


@pytest.mark.parametrize("count", [0, 1, 49, 50, 51, 100, 237])
def test_any_number_of_rows_is_stored_as_given(words: sqlite3.Connection, count: int) -> None:
    rows = [(count - place, f"word {place}") for place in range(count)]
    _ONE.run(words, rows)
    stored = words.execute("SELECT n, text, at FROM word ORDER BY n").fetchall()
    assert stored == [(*row, None) for row in reversed(rows)]


@pytest.mark.parametrize("place", [0, 60, 107])
def test_a_row_that_conflicts_is_an_error_wherever_it_stands(
    words: sqlite3.Connection, place: int
) -> None:
    words.execute("INSERT INTO word VALUES (1000, 'word', NULL)")
    rows = [(n, f"word {n}") for n in range(108)]
    rows[place] = (place, "word")
    words.execute("BEGIN")
    with pytest.raises(sqlite3.IntegrityError, match=r"word\.text"):
        _ONE.run(words, rows)
    assert words.in_transaction
    words.execute("ROLLBACK")
    assert words.execute("SELECT count(*) FROM word").fetchone() == (1,)
