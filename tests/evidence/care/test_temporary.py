import subprocess
import sys
from pathlib import Path

import pytest

from evidence.care.temporary import sweep
from evidence.case import create_case
from evidence.errors import DataError

_DIE = """
import os, sys
from pathlib import Path
from evidence.case import open_case
with open_case(Path(sys.argv[1])).temporary() as folder:
    (folder / "left").write_text("of a process that died")
    print(folder, flush=True)
    if sys.argv[2] == "die":
        os._exit(9)
    sys.stdin.read()
"""


def _process(root: Path, what: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _DIE, str(root), what],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_temporary_folder_is_private_and_goes(tmp_path: Path) -> None:
    case = create_case(tmp_path / "c")
    with case.temporary() as one, case.temporary() as two:
        assert one != two
        assert one.parent == two.parent == case.root / "tmp"
        assert one.stat().st_mode & 0o077 == 0
        assert one.parent.stat().st_mode & 0o077 == 0
        (one / "deep").mkdir()
        (one / "deep" / "file").write_text("x")
    assert list((case.root / "tmp").iterdir()) == []


def test_a_writer_sweeps_what_the_dead_left_and_not_what_lives(tmp_path: Path) -> None:
    case = create_case(tmp_path / "c")
    mine = case.root / "tmp"
    mine.mkdir()
    (mine / "notes.txt").write_text("the user's own")
    with _process(case.root, "die") as dead:
        assert dead.stdout is not None
        left = Path(dead.stdout.readline().strip())
    assert (left / "left").exists()
    with _process(case.root, "live") as living:
        assert living.stdout is not None
        kept = Path(living.stdout.readline().strip())
        with case.archive():
            pass
        assert not left.exists()
        assert (kept / "left").exists()
        living.communicate("")
    assert [path.name for path in mine.iterdir()] == ["notes.txt"]


def test_a_link_in_the_place_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    case = create_case(tmp_path / "c")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "0123456789abcdef.lock").write_text("")
    (elsewhere / "0123456789abcdef").mkdir()
    (case.root / "tmp").symlink_to(elsewhere)
    with case.archive():
        pass
    assert sweep(case.root / "tmp") == 0
    assert len(list(elsewhere.iterdir())) == 2
    with pytest.raises(DataError, match="leads elsewhere"), case.temporary():
        pass
