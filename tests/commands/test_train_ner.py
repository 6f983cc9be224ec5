"""`train-ner` and `case trust` as a user types them, and what other commands say of own rules."""

import json
from pathlib import Path
from unittest import mock

import pytest

from tests.commands.process import here
from tests.ingest.training.labelled import rows, write

RADAR = {"label": "product/stock_leads", "pattern": "雷达货"}


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    return write(tmp_path / "labels.jsonl", rows(60))


def test_a_model_is_trained_into_the_case_and_replaced_only_by_force(
    case: Path, state: str, labels: Path
) -> None:
    words = ("--case", case, "train-ner", labels, "--epochs", "2", "--format", "json")
    done = here(*words, XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["scores"][0]["label"] == "all"
    assert document["sentences"] > document["held_out"] > 0
    names = sorted(path.name for path in (case / "patterns" / "model").iterdir())
    assert names == ["model.json", "weights.bin"]
    again = here(*words, XDG_STATE_HOME=state)
    assert (again.returncode, "--force" in again.stderr) == (2, True)
    forced = here(*words, "--force", XDG_STATE_HOME=state)
    assert forced.stdout == done.stdout


def test_without_a_case_a_folder_is_needed(tmp_path: Path, labels: Path) -> None:
    with mock.patch("pathlib.Path.cwd", return_value=tmp_path):
        done = here("train-ner", labels)
    assert done.returncode == 3
    assert "-o DIR" in done.stderr
    done = here("train-ner", labels, "-o", tmp_path / "m", "--epochs", "1")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "m" / "model.json").is_file()


@pytest.mark.parametrize(
    ("content", "code", "told"),
    [
        ("{\n", 5, "line 1"),
        ('{"text": "出", "spans": []}\n', 1, "20 are the least"),
        ("", 1, "0 sent"),
    ],
)
def test_bad_labels_leave_nothing(tmp_path: Path, content: str, code: int, told: str) -> None:
    (tmp_path / "l.jsonl").write_text(content, "utf-8")
    done = here("train-ner", tmp_path / "l.jsonl", "-o", tmp_path / "m")
    assert (done.returncode, told in done.stderr) == (code, True), done.stderr
    assert not (tmp_path / "m").exists()


def test_a_case_from_elsewhere_is_warned_of_refused_and_trusted(
    case: Path, tmp_path: Path, labels: Path
) -> None:
    write(case / "patterns" / "own.jsonl", [RADAR])
    other = str(tmp_path / "other user")
    for command in (("status",), ("build",)):
        done = here("--case", case, *command, XDG_STATE_HOME=other)
        assert done.returncode == 0, done.stderr
        assert "heichan case trust" in done.stderr
    done = here("--case", case, "train-ner", labels, XDG_STATE_HOME=other)
    assert (done.returncode, "is refused" in done.stderr) == (1, True)
    done = here("case", "trust", case, XDG_STATE_HOME=other)
    assert (done.returncode, "--yes" in done.stderr) == (2, True)
    assert "patterns/own.jsonl" in done.stderr
    done = here("case", "trust", case, "--yes", XDG_STATE_HOME=other)
    assert done.returncode == 0
    done = here("--case", case, "status", XDG_STATE_HOME=other)
    assert "case trust" not in done.stderr


def test_a_bad_file_is_named_by_status_doctor_and_build(case: Path, state: str) -> None:
    write(case / "patterns" / "own.jsonl", [RADAR, {"label": "product/stock_lead", "pattern": "x"}])
    done = here("--case", case, "status", "--format", "json", XDG_STATE_HOME=state)
    assert done.returncode == 0
    assert "own.jsonl, line 2" in json.loads(done.stdout)["rules_problem"]
    assert "own.jsonl, line 2" in done.stderr
    done = here("--case", case, "doctor", "--format", "json", XDG_STATE_HOME=state)
    found = next(row for row in json.loads(done.stdout) if row["check"] == "own rules")
    assert (done.returncode, found["state"]) == (1, "failed")
    done = here("--case", case, "build", XDG_STATE_HOME=state)
    assert (done.returncode, "line 2" in done.stderr) == (5, True)
