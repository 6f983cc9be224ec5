import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest.archives.limits import Limits
from ingest.archives.room import Room
from ingest.plan import make_plan
from tests.ingest.archives.made import TABLE, zipped


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"t.csv": TABLE, "in.zip": zipped({"u.csv": TABLE * 2})}))
    return path


def test_without_a_case_the_folder_goes_with_what_was_found(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    plan = make_plan([path])
    assert [file.source.path.read_bytes() for file in plan.inputs] == [TABLE * 2, TABLE]
    assert any((tmp_path / "tmp").iterdir())
    del plan
    gc.collect()
    assert not any((tmp_path / "tmp").iterdir())


def test_no_folder_is_made_where_no_archive_is_met(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(TABLE)
    made: list[Path] = []

    @contextmanager
    def noted() -> Iterator[Path]:
        made.append(tmp_path)
        yield tmp_path

    with Room(noted) as room:
        assert len(make_plan([tmp_path / "t.csv"], room=room).inputs) == 1
    assert not made


def test_a_room_that_cannot_be_written_to_is_one_inputs_problem(path: Path, tmp_path: Path) -> None:
    (tmp_path / "no folder").write_bytes(b"")
    (tmp_path / "t.csv").write_bytes(TABLE)

    @contextmanager
    def unfit() -> Iterator[Path]:
        yield tmp_path / "no folder"

    with Room(unfit) as room:
        plan = make_plan([path, tmp_path / "t.csv"], room=room)
    assert len(plan.inputs) == 1
    (failure,) = plan.failures
    assert "cannot be unpacked: Not a directory" in failure.problem.reason


@pytest.mark.parametrize("depth", [1, 2])
def test_the_depth_that_may_be(path: Path, depth: int) -> None:
    with Room(limits=Limits(depth=depth)) as room:
        plan = make_plan([path], room=room)
    assert len(plan.archives) == len(plan.inputs) == depth
    assert [aside.reason for aside in plan.asides] == [
        "an archive inside 1 others, not unpacked"
    ] * (2 - depth)


def test_members_of_archives_in_each_other_count_together(path: Path) -> None:
    with Room(limits=Limits(members=2)) as room:
        plan = make_plan([path], room=room)
    assert len(plan.inputs) == 1
    assert [Path(name).name for name in plan.failed] == []
    assert "more than 2 members" in plan.asides[0].reason
