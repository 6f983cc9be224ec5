"""The transactions of an ingest: what is committed when, and what an error leaves."""

from pathlib import Path

import pytest

from evidence.case import create_case
from evidence.pace import Pace
from ingest import load
from ingest.load import Load

_ADD = "INSERT INTO setting VALUES (?, 'x')"


def test_one_transaction_until_it_has_lasted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, pace = create_case(tmp_path / "case"), Pace()
    monkeypatch.setattr(load, "_FIRST", 60.0)
    with case.archive() as archive:
        with Load(archive, pace) as store:
            for name in "ab":
                store.begin().execute(_ADD, (name,))
                store.stored(1)
            assert archive.connection.in_transaction
            assert pace.kept == 0
            monkeypatch.setattr("ingest.load.time.monotonic", lambda: float("inf"))
            store.stored(1)
            monkeypatch.undo()
            assert pace.kept == 3
            store.begin().execute(_ADD, ("c",))
        names = archive.connection.execute("SELECT name FROM setting WHERE value = 'x'").fetchall()
        assert names == [("a",), ("b",), ("c",)]
        assert archive.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


def _store_and_stop(store: Load) -> None:
    with store:
        store.begin().execute(_ADD, ("a",))
        store.stored(1)
        store.commit()
        store.begin().execute(_ADD, ("b",))
        raise KeyboardInterrupt


def test_an_error_takes_back_what_is_open_and_no_more(tmp_path: Path) -> None:
    case, pace = create_case(tmp_path / "case"), Pace()
    with case.archive() as archive:
        with pytest.raises(KeyboardInterrupt):
            _store_and_stop(Load(archive, pace))
        names = archive.connection.execute("SELECT name FROM setting WHERE value = 'x'").fetchall()
        assert names == [("a",)]
        assert pace.kept == 1
