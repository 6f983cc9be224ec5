"""Archives and standard input as a user gives them."""

import json
from pathlib import Path

import pytest

from tests.ingest.archives.made import TABLE, tarred, zipped

from .process import heichan, here

PICTURE = b"\xff\xd8\xff\xe0"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    assert here("init", tmp_path / "case").returncode == 0
    return tmp_path / "case"


def ingest(case: Path, *words: str | Path, given: bytes = b"") -> tuple[int, str, str]:
    done = here("--case", case, "ingest", *words, "--no-build", given=given)
    return done.returncode, done.stdout, done.stderr


def test_an_archive_and_its_members_are_listed(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"in/t.csv": TABLE, "p.jpg": PICTURE, "../up.csv": TABLE}))
    code, out, err = ingest(case, path, "--format", "json")
    files = json.loads(out)["files"]
    assert [(file["path"], file["reader"], file["posts"]) for file in files] == [
        (f"{path}/in/t.csv", "table", 1),
        (str(path), "zip", 0),
    ]
    assert files[1]["problems"] == [
        {"where": "../up.csv", "reason": "a path out of the archive, not read"}
    ]
    assert (code, files[1]["skipped"], json.loads(out)["set_aside"]) == (0, 1, 1)
    assert "../up.csv: a path out of the archive" in err
    assert ingest(case, path, "--strict")[0] == 5


@pytest.mark.parametrize(
    ("data", "reason", "hint"),
    [
        (b"Rar!\x1a\7\1\0", "a RAR archive, which is not unpacked", "unpack it with its own"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "ingest the folder"),
        (zipped({"a.csv": TABLE})[:25], "nothing of the archive can be read", "get it anew"),
        (zipped({"a.jpg": PICTURE}), "holds no post", ""),
        (tarred({"t.csv": TABLE})[:700], "cut off: it ends without its end mark", ""),
    ],
)
def test_a_named_archive_that_cannot_be_read_whole_is_an_error(
    case: Path, tmp_path: Path, data: bytes, reason: str, hint: str
) -> None:
    path = tmp_path / "a"
    path.write_bytes(data)
    code, _, err = ingest(case, path)
    assert code == 5
    assert reason in err
    assert hint in err
    assert "Traceback" not in err


def test_standard_input_in_a_process_of_its_own(case: Path) -> None:
    for data, shown in ((TABLE, "-"), (zipped({"t.csv": TABLE}), "-/t.csv")):
        done = heichan("--case", case, "ingest", "-", "--no-build", "--format", "json", given=data)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["files"][0]["path"] == shown
    assert not [path for path in (case / "tmp").rglob("*") if path.is_file()]


def test_empty_standard_input_says_what_to_do(case: Path) -> None:
    code, _, err = ingest(case, "-")
    assert code == 5
    assert "standard input is empty (pipe a file into it: heichan ingest - < FILE)" in err
    assert ingest(case, "-", "--reader", "table", given=TABLE)[0] == 0
