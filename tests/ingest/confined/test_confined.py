import sys
from pathlib import Path

import pytest

from evidence.errors import InputError
from ingest.confined.frames import Document, Frame
from ingest.confined.parent import Ceilings, frames
from ingest.readers import Source

LIMITED = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limits")


def run(folder: Path, work: str, ceilings: Ceilings | None = None) -> list[Frame]:
    path = folder / "file"
    path.write_text(work)
    ceilings = ceilings or Ceilings()
    return list(frames(Source(path, "file"), "tests.ingest.confined.hostile", ceilings))


def test_no_secret_of_the_parent_is_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEICHAN_NEO4J_PASSWORD", "secret")
    (frame,) = run(tmp_path, "environment")
    assert isinstance(frame, Document)
    assert "HEICHAN" not in frame.title
    assert "HOME" not in frame.title


@LIMITED
@pytest.mark.parametrize("work", ["open", "connect"])
def test_a_child_opens_no_file_and_no_socket(tmp_path: Path, work: str) -> None:
    with pytest.raises(InputError, match="Too many open files"):
        run(tmp_path, work)


@LIMITED
def test_memory_has_a_ceiling(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="more memory than the reader may have") as failed:
        run(tmp_path, "memory")
    assert failed.value.where == {"file": "file"}


def test_a_crash_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"file: the reading process crashed \("):
        run(tmp_path, "abort")


def test_a_child_that_says_nothing_is_ended(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no answer in 2 s"):
        run(tmp_path, "forever", Ceilings(silence=2))


@LIMITED
def test_a_child_that_only_computes_is_ended(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="more than 1 s of work"):
        run(tmp_path, "burn", Ceilings(cpu=1))


def test_what_a_library_prints_is_no_frame(tmp_path: Path) -> None:
    assert run(tmp_path, "noise") == [Document(1, "quiet")]
