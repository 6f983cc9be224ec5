"""The transactions of an ingest: what is committed when, and what an error leaves."""

from pathlib import Path

import pytest

from evidence.archive.archive import Archive
from evidence.case import create_case
from evidence.pace import Pace
from ingest import load
from ingest.load import Load

_ADD = "INSERT INTO setting VALUES (?, 'x')"


def test_one_transaction_until_it_has_lasted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = create_case(tmp_path / "case")
    monkeypatch.setattr(load, "_FIRST", 60.0)
    with case.archive() as archive:
        with Load(archive, Pace()) as store:
            for name in "ab":
                store.begin().execute(_ADD, (name,))
                store.stored()
            assert _is_open(archive)
            monkeypatch.setattr("ingest.load.time.monotonic", lambda: float("inf"))
            store.stored()
            monkeypatch.undo()
            assert not _is_open(archive)
            store.begin().execute(_ADD, ("c",))
        names = archive.connection.execute("SELECT name FROM setting WHERE value = 'x'").fetchall()
        assert names == [("a",), ("b",), ("c",)]
        assert archive.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


def _is_open(archive: Archive) -> bool:
    return archive.connection.in_transaction


def _store_and_stop(store: Load) -> None:
    with store:
        store.begin().execute(_ADD, ("a",))
        store.stored()
        store.commit()
        store.begin().execute(_ADD, ("b",))
        raise KeyboardInterrupt


def test_an_error_takes_back_what_is_open_and_no_more(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case")
    with case.archive() as archive:
        with pytest.raises(KeyboardInterrupt):
            _store_and_stop(Load(archive, Pace()))
        names = archive.connection.execute("SELECT name FROM setting WHERE value = 'x'").fetchall()
        assert names == [("a",)]
