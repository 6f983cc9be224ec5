"""Bytes put by on disk, and what happens where the disk takes no more."""

import os
import random
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from evidence.errors import DataError
from graph.build.spool import AT_ONCE, Spool


@pytest.mark.parametrize("on_disk", [True, False])
def test_what_was_added_is_read_from_anywhere(tmp_path: Path, on_disk: bool) -> None:
    spool, drawn = Spool(tmp_path if on_disk else None), random.Random(1)
    parts = [drawn.randbytes(drawn.randrange(AT_ONCE // 3)) for _ in range(20)]
    places = [spool.add(part) for part in parts]
    for at in drawn.sample(range(20), 20):
        assert spool.read(places[at], len(parts[at])) == parts[at]
    late = spool.add(b"late")
    assert spool.read(late, 4) == b"late"


def test_the_file_has_no_name_and_one_reader(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.add(bytes(AT_ONCE))
    assert list(tmp_path.iterdir()) == []
    assert spool.handle is not None
    assert os.fstat(spool.handle).st_mode & 0o777 == 0o600


def test_a_full_disk_is_told_with_the_folder(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    with little_room(), pytest.raises(DataError, match="put by") as caught:
        spool.add(bytes(2 * AT_ONCE))
    assert caught.value.where == {"file": str(tmp_path)}
    assert "free space" in caught.value.hint


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="put by"):
        Spool(tmp_path / "gone").add(bytes(AT_ONCE))


@contextmanager
def little_room() -> Iterator[None]:
    """No file may grow over half of what is written at once."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (AT_ONCE // 2, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
