"""The file of rows beside the graph: whose it is, and what makes it none."""

import os
import shutil
import zipfile
from pathlib import Path

import pytest

from evidence.errors import StoreError
from graph.elements import Graph
from graph.offers.asked import Asked
from graph.offers.beside import FILE, kept
from graph.offers.keeping import keep_offers
from graph.offers.rows import Listed
from graph.store.base import GRAPH_FILE
from graph.store.embedded import EmbeddedStore
from tests.graph.spooling import put_by
from tests.integration.golden import golden


@pytest.fixture
def store(tmp_path: Path) -> EmbeddedStore:
    """The golden graph with its rows beside it."""
    made = EmbeddedStore(tmp_path / "graph")
    graph = put_by(golden())
    made.load(graph)
    keep_offers(tmp_path / "graph", made, "first", graph)
    return made


def all_of(rows: Listed) -> list[str]:
    """Every row; in the golden graph some stand between the same two nodes."""
    return sorted(map(repr, (*rows.goods(), *rows.escrow(), *rows.prices())))


def test_a_graph_that_is_loaded_anew_has_none_until_they_are_kept(store: EmbeddedStore) -> None:
    folder = store.file.parent
    assert kept(folder) is not None
    store.load(put_by(golden("another")))
    assert kept(folder) is None
    keep_offers(folder, store, "second", None)
    found = kept(folder)
    assert found is not None
    assert found.snapshot == "second"
    assert all_of(found) == all_of(Asked(store))


def test_what_is_kept_of_the_same_graph_stays(store: EmbeddedStore) -> None:
    before = (store.file.parent / FILE).stat()
    keep_offers(store.file.parent, store, "first", None)
    after = (store.file.parent / FILE).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_who_began_to_read_goes_on_with_the_same_rows(store: EmbeddedStore) -> None:
    folder = store.file.parent
    found, before = kept(folder), all_of(Asked(store))
    empty = put_by(Graph([], []))
    store.load(empty)
    keep_offers(folder, store, "second", empty)
    assert found is not None
    assert all_of(found) == before != all_of(Asked(store)) == []


def test_a_copy_of_both_is_known_by_its_bytes(store: EmbeddedStore, tmp_path: Path) -> None:
    copy = shutil.copytree(store.file.parent, tmp_path / "copy", copy_function=shutil.copyfile)
    os.utime(copy / GRAPH_FILE, ns=(1, 1))
    assert kept(copy) is not None
    data = bytearray((copy / GRAPH_FILE).read_bytes())
    data[-1] ^= 1
    (copy / GRAPH_FILE).write_bytes(data)
    assert kept(copy) is None


def test_rows_without_a_graph_are_nobodys(store: EmbeddedStore) -> None:
    store.file.unlink()
    assert kept(store.file.parent) is None


def test_a_file_that_breaks_off_or_of_another_form_is_none(store: EmbeddedStore) -> None:
    file = store.file.parent / FILE
    whole = file.read_bytes()
    for data in (b"", b"no archive", whole[: len(whole) // 2]):
        file.write_bytes(data)
        assert kept(file.parent) is None
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("head", b'{"form": 0}')
    assert kept(file.parent) is None


def test_damaged_rows_are_told(store: EmbeddedStore) -> None:
    file = store.file.parent / FILE
    data = bytearray(file.read_bytes())
    data[data.index(b"listing:") + 10] ^= 1
    file.write_bytes(data)
    found = kept(file.parent)
    assert found is not None
    with pytest.raises(StoreError, match="cannot be read") as told:
        [*found.goods()]
    assert told.value.hint is not None
    assert "build --full" in told.value.hint


def test_nobody_else_may_read_it(store: EmbeddedStore) -> None:
    assert (store.file.parent / FILE).stat().st_mode & 0o777 == 0o600


def test_where_it_cannot_be_written_there_is_none(store: EmbeddedStore) -> None:
    folder = store.file.parent
    (folder / FILE).unlink()
    (folder / f"{FILE}.new").mkdir()
    keep_offers(folder, store, "first", None)
    assert kept(folder) is None
