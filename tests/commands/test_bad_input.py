"""Every sort of bad input, through the command."""

import json
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from evidence.archive.lock import write_lock
from tests.commands.inputs import NOISE, message, messages, telegram
from tests.commands.process import here

FILE_KEYS = ["path", "reader", "sha256", "zone", "posts", "new", "known", "skipped", "problems"]
KEYS = ["files", "set_aside", "posts", "new", "listings", "accounts", "seconds"]


class Ingester:
    """Ingests into a case without building and gives the JSON document."""

    def __init__(self, case: Path, state: str) -> None:
        self.case = case
        self._state = state
        self.told = ""

    def __call__(self, *words: str | Path, code: int = 0) -> Any:
        done = here(
            *("--case", self.case, "ingest", "--no-build", "--format", "json", *words),
            XDG_STATE_HOME=self._state,
        )
        self.told = done.stderr
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        return json.loads(done.stdout) if done.stdout else json.loads(done.stderr)["error"]


@pytest.fixture
def ingest(case: Path, state: str) -> Ingester:
    return Ingester(case, state)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return telegram(tmp_path / "good.json", messages(5))


def test_the_document_is_exactly_that_of_the_interface(ingest: Ingester, good: Path) -> None:
    report = ingest(good)
    assert list(report) == KEYS
    [file] = report["files"]
    assert list(file) == FILE_KEYS
    assert file["reader"] == "telegram"
    assert file["zone"] == "Asia/Shanghai"
    assert len(file["sha256"]) == 64
    assert (report["posts"], report["new"], report["listings"], report["accounts"]) == (5, 5, 5, 1)


def test_a_second_ingest_adds_nothing(ingest: Ingester, good: Path) -> None:
    ingest(good)
    again = ingest(good)
    assert (again["posts"], again["new"], again["files"][0]["known"]) == (5, 0, 5)


def test_a_reading_without_posts_replaces_none_that_has_some(ingest: Ingester, good: Path) -> None:
    ingest(good)
    report = ingest(good, "--reader", "qq", code=5)
    assert "the earlier reading stays" in ingest.told
    assert report["posts"] == 0
    again = ingest(good)
    assert (again["posts"], again["new"], again["files"][0]["known"]) == (5, 0, 5)


def test_a_named_unknown_file_is_named_and_the_others_are_read(
    ingest: Ingester, good: Path, tmp_path: Path
) -> None:
    (tmp_path / "notes").write_bytes(NOISE)
    report = ingest(tmp_path / "notes", good, code=5)
    assert report["new"] == 5
    assert str(tmp_path / "notes") in ingest.told
    assert "no known format" in ingest.told
    assert "--reader NAME forces one of: telegram, telegram-html, qq, " in ingest.told
    failed = [file for file in report["files"] if file["reader"] is None]
    assert [file["path"] for file in failed] == [str(tmp_path / "notes")]


def test_an_unknown_file_in_a_folder_is_set_aside_and_counted(
    ingest: Ingester, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    telegram(folder / "result.json", messages(2))
    (folder / "unknown").write_bytes(NOISE)
    (folder / "empty.txt").touch()
    report = ingest(folder)
    assert (report["new"], report["set_aside"]) == (2, 2)
    assert f"set aside (empty): {folder / 'empty.txt'}" in ingest.told
    assert f"set aside (no known format): {folder / 'unknown'}" in ingest.told


def test_an_empty_file_is_set_aside_with_a_word(ingest: Ingester, tmp_path: Path) -> None:
    (tmp_path / "empty.json").touch()
    report = ingest(tmp_path / "empty.json")
    assert (report["set_aside"], report["posts"]) == (1, 0)
    assert f"set aside (empty): {tmp_path / 'empty.json'}" in ingest.told
    assert "Nothing was read" in ingest.told


def test_a_truncated_file_is_read_up_to_the_break(ingest: Ingester, good: Path) -> None:
    data = good.read_bytes()
    start = data.index(b'"id": 4')
    good.write_bytes(data[: start + 40])
    report = ingest(good, code=5)
    assert report["new"] == 3
    [problem] = report["files"][0]["problems"]
    assert problem["where"] == "messages[3]"
    assert "messages[3]" in ingest.told


def test_a_wrong_encoding_is_said(ingest: Ingester, good: Path, tmp_path: Path) -> None:
    text = json.dumps(json.loads(good.read_text()), ensure_ascii=False)
    (tmp_path / "wrong.json").write_bytes(text.encode("gb18030"))
    report = ingest(tmp_path / "wrong.json", good, code=5)
    assert report["new"] == 5
    assert "written in gb18030" in ingest.told


def test_a_broken_record_is_skipped_counted_and_listed(ingest: Ingester, tmp_path: Path) -> None:
    broken = [message(1), message(2, date="no", date_unixtime="no"), message(3)]
    path = telegram(tmp_path / "broken.json", broken)
    report = ingest(path)
    [file] = report["files"]
    assert (file["new"], file["skipped"]) == (2, 1)
    assert file["problems"] == [{"where": "messages[1]", "reason": "date is not a time"}]
    assert f"{path}: messages[1]: date is not a time" in ingest.told
    assert ingest(path, "--strict", code=5)["files"][0]["skipped"] == 1


def test_a_file_that_does_not_exist(ingest: Ingester, good: Path, tmp_path: Path) -> None:
    report = ingest(tmp_path / "none.json", good, code=5)
    assert report["new"] == 5
    assert f"{tmp_path / 'none.json'}: No such file or directory" in ingest.told


def test_a_folder_without_anything_readable(ingest: Ingester, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "x").write_bytes(NOISE)
    report = ingest(tmp_path / "folder")
    assert (report["files"], report["set_aside"]) == ([], 1)
    assert "Nothing was read" in ingest.told


def test_a_named_file_without_a_post(ingest: Ingester, tmp_path: Path) -> None:
    path = telegram(tmp_path / "none.json", [])
    assert ingest(path, code=5)["posts"] == 0
    assert f"{path} holds no post" in ingest.told


@pytest.mark.parametrize(
    ("option", "value", "code", "said"),
    [
        ("--tz", "Nowhere/Town", 2, "Asia/Shanghai"),
        ("--reader", "word", 2, "readers: telegram, telegram-html, qq, qq-mht, "),
        ("--venue", "venue:x", 2, "venue:<platform>:<number>"),
        ("--own-account", "me", 2, "account:<platform>:<number>"),
        ("--jobs", "0", 2, "--jobs"),
        ("--mapping", "none.yaml", 5, "none.yaml"),
        ("--coverage", "none.csv", 5, "none.csv"),
    ],
)
def test_a_bad_option_says_what_to_type(
    ingest: Ingester, good: Path, option: str, value: str, code: int, said: str
) -> None:
    error = ingest(good, option, value, code=code)
    assert said in error["message"] + error["hint"]
    assert ingest(good)["new"] == 5, "nothing was stored before"


@pytest.mark.parametrize("text", ["columns: {colour: a}", "columns: [a", "- 1", "zone: Nowhere"])
def test_a_mapping_with_errors(ingest: Ingester, good: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "map.yaml").write_text(text)
    error = ingest(good, "--mapping", tmp_path / "map.yaml", code=5)
    assert error["kind"] == "bad-input"
    assert error["where"] == {"file": str(tmp_path / "map.yaml")}
    assert "columns" in error["hint"]


def test_a_coverage_file_with_a_bad_row(ingest: Ingester, good: Path, tmp_path: Path) -> None:
    coverage = tmp_path / "coverage.csv"
    coverage.write_text("venue,from,to\nvenue:x:1,2021-01-01,2021-01-02\nvenue:x:1,soon,later\n")
    error = ingest(good, "--coverage", coverage, code=5)
    assert error["where"] == {"file": str(coverage), "line": 3}
    done = here("--case", ingest.case, "ingest", good, "--coverage", coverage)
    assert f"at {coverage}, line 3" in done.stderr


def test_a_second_writer_is_refused(ingest: Ingester, good: Path) -> None:
    with write_lock(ingest.case / "archive.lock"):
        error = ingest(good, code=1)
    assert error["kind"] == "locked"
    assert str(os.getpid()) in error["message"]
    assert ingest(good)["new"] == 5


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the root user writes anywhere")
def test_a_read_only_case_is_read_and_not_written(ingest: Ingester, good: Path) -> None:
    for folder in (ingest.case, *(path for path in ingest.case.rglob("*") if path.is_dir())):
        folder.chmod(0o500)
    try:
        assert "permissions" in ingest(good, code=1)["hint"]
        assert here("--case", ingest.case, "status").returncode == 0
    finally:
        ingest.case.chmod(0o700)


def test_a_newer_archive_is_refused(ingest: Ingester, good: Path) -> None:
    connection = sqlite3.connect(ingest.case / "archive.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    for error in (ingest(good, code=1), _fails(ingest.case, "status")):
        assert "version 99" in error["message"]
        assert error["hint"] == "install a newer heichan"


def test_a_newer_case_file_is_refused(ingest: Ingester, good: Path) -> None:
    file = ingest.case / "case.toml"
    file.write_text(file.read_text().replace("schema = 1", "schema = 99"))
    assert "version 99" in ingest(good, code=1)["message"]


@pytest.mark.parametrize("damage", [b"", b"not a database at all, but long enough to be read" * 9])
def test_a_damaged_archive_is_refused(ingest: Ingester, good: Path, damage: bytes) -> None:
    for path in ingest.case.glob("archive.sqlite*"):
        path.unlink()
    (ingest.case / "archive.sqlite").write_bytes(damage)
    assert "archive" in ingest(good, code=1)["message"]


def test_standard_input_is_a_named_input(case: Path, good: Path, state: str) -> None:
    words = ("--case", case, "ingest", "-", "--no-build", "--format", "json")
    done = here(*words, given=good.read_bytes(), XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["files"][0]["path"] == "-"
    done = here(*words, given=NOISE, XDG_STATE_HOME=state)
    assert done.returncode == 5
    assert "-: no known format" in done.stderr


def _fails(case: Path, *words: str) -> Any:
    done = here("--case", case, *words, "--format", "json")
    assert done.returncode != 0
    return json.loads(done.stderr.splitlines()[-1])["error"]
