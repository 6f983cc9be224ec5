import json
from pathlib import Path

import pytest

from evidence.care import places
from evidence.care.places import filesystem, open_to_others
from evidence.case import create_case
from evidence.errors import DataError
from tests.commands.process import here


@pytest.fixture
def mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system with a share, in whose name stands a space, and a disk inside it."""
    told = tmp_path / "mounts"
    share = str(tmp_path / "a share").replace(" ", "\\040")
    told.write_text(
        f"/dev/vda / ext4 rw 0 0\nhost:/x {share} ext4 rw 0 0\nhost:/x {share} nfs4 rw 0 0\n"
        f"/dev/sdb {share}/disk ext4 rw 0 0\nnone {tmp_path}/sh cifs rw 0 0\n"
    )
    monkeypatch.setattr(places, "MOUNTS", told)
    return tmp_path


def test_the_file_system_of_a_folder(mounts: Path) -> None:
    assert filesystem(mounts / "a share" / "deep" / "c") == "nfs4"
    assert filesystem(mounts / "a share" / "disk" / "c") == "ext4"
    assert filesystem(mounts / "sh") == "cifs"
    assert filesystem(mounts / "share") is None


def test_no_case_on_a_network_folder(mounts: Path) -> None:
    with pytest.raises(DataError, match=r"network folder \(nfs4\)"):
        create_case(mounts / "a share" / "c")
    assert not (mounts / "a share" / "c").exists()
    case = create_case(mounts / "c")
    moved = mounts / "a share"
    moved.mkdir()
    case.root.rename(moved / "c")
    (mounts / "link").symlink_to(moved / "c")
    for root in (moved / "c", mounts / "link"):
        done = here("--case", root, "build")
        assert done.returncode == 1
        assert "network folder" in done.stderr
        assert here("--case", root, "doctor").returncode == 1


def test_a_system_that_does_not_say_is_not_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "MOUNTS", tmp_path / "nothing")
    assert filesystem(tmp_path) is None
    create_case(tmp_path / "c")


def test_who_else_may_look_into_a_case_is_told(tmp_path: Path) -> None:
    case = create_case(tmp_path / "c")
    assert list(open_to_others(case.root)) == []
    assert here("--case", case.root, "doctor").returncode == 0
    case.root.chmod(0o750)
    (case.root / "secret").chmod(0o604)
    assert list(open_to_others(case.root)) == [case.root, case.root / "secret"]
    done = here("--case", case.root, "doctor", "--format", "json")
    assert done.returncode == 1
    (row,) = [row for row in json.loads(done.stdout) if row["check"] == "case private"]
    assert (row["state"], "c/secret" in row["found"]) == ("failed", True)
    assert row["advice"].startswith("chmod")
