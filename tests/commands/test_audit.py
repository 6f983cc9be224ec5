"""The audit log: what goes into it, and changed, removed, swapped and truncated entries."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from evidence.auditing import log
from evidence.case import create_case, open_case
from tests.commands.process import here
from tests.ingest.exports import message, write_telegram

Lines = list[dict[str, object]]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, state: str) -> Path:
    """A case with a log of five entries."""
    folder = tmp_path_factory.mktemp("audit") / "case"
    assert here("init", folder, XDG_STATE_HOME=state).returncode == 0
    for number in range(5):
        detail: dict[str, str | int | None] = {
            "path": f"{number}.gexf",
            "note": "密码 ▮▮",
            "rows": number,
            "mark": None,
        }
        log(open_case(folder), "export" if number % 2 else "view", detail)
    return folder


def written(case: Path, state: str) -> Lines:
    done = here("--case", case, "audit", "show", "--format", "jsonl", XDG_STATE_HOME=state)
    assert done.returncode == 0
    return [json.loads(line) for line in done.stdout.splitlines()]


def checked(
    path: Path, lines: Lines, *words: str, form: str = "lines"
) -> tuple[int, dict[str, object]]:
    """The exit code and the answer for a log that lies by itself; no case is needed."""
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text(json.dumps(lines) if form == "list" else text, "utf-8")
    done = here("audit", "verify", path, "--format", "json", *words, HEICHAN_CASE="/nosuch")
    return done.returncode, json.loads(done.stdout)


def test_an_exported_log_is_verified_by_itself(case: Path, state: str, tmp_path: Path) -> None:
    lines = written(case, state)
    for form in ("lines", "list"):
        code, told = checked(tmp_path / "log", lines, form=form)
        assert (code, told["state"], told["entries"]) == (0, "whole", 5)
        assert told["head"] == lines[-1]["hash"]


def _changed(lines: Lines) -> None:
    lines[2]["who"] = "nobody"


def _changed_detail(lines: Lines) -> None:
    detail = lines[2]["detail"]
    assert isinstance(detail, dict)
    detail["rows"] = 7


def _removed(lines: Lines) -> None:
    del lines[1]


def _swapped(lines: Lines) -> None:
    lines[1], lines[2] = lines[2], lines[1]


def _put_in(lines: Lines) -> None:
    lines.insert(2, lines[1])


def _without_begin(lines: Lines) -> None:
    del lines[0]


@pytest.mark.parametrize(
    ("alter", "place", "said"),
    [
        (_changed, 3, "changed"),
        (_changed_detail, 3, "changed"),
        (_removed, 3, "does not follow"),
        (_swapped, 3, "does not follow"),
        (_put_in, 2, "does not follow"),
        (_without_begin, 2, "missing"),
    ],
)
def test_the_first_entry_that_does_not_fit_is_named(
    case: Path, state: str, tmp_path: Path, alter: Callable[[Lines], None], place: int, said: str
) -> None:
    lines = written(case, state)
    alter(lines)
    code, told = checked(tmp_path / "log", lines)
    assert (code, told["state"], told["place"]) == (1, "broken", place)
    assert said in str(told["said"])


def test_a_head_noted_elsewhere_shows_a_cut(case: Path, state: str, tmp_path: Path) -> None:
    lines = written(case, state)
    head = str(lines[3]["hash"])
    code, told = checked(tmp_path / "log", lines, "--head", head)
    assert (code, told["since_head"]) == (0, 1)
    # Without a head nothing is wrong with a log whose end is missing.
    assert checked(tmp_path / "log", lines[:3])[0] == 0
    code, told = checked(tmp_path / "log", lines[:3], "--head", head)
    assert (code, told["state"]) == (1, "broken")
    assert "cut off" in str(told["said"])


def test_a_log_of_the_case_is_verified_in_it(case: Path, state: str) -> None:
    head = str(written(case, state)[-1]["hash"])
    words = ("--case", case, "audit", "verify", "--format", "json")
    done = here(*words, "--head", head, XDG_STATE_HOME=state)
    told = json.loads(done.stdout)
    assert (done.returncode, told["head"], told["since_head"]) == (0, head, 0)
    assert here(*words, "--head", "0" * 64, XDG_STATE_HOME=state).returncode == 1
    assert here(*words, "--head", "abc", XDG_STATE_HOME=state).returncode == 2


@pytest.mark.parametrize("data", [b"no json", b"[1,2]", b'{"n": 1}', b"[" * 100_000, b"\xff\xfe"])
def test_what_is_no_log_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "log").write_bytes(data)
    assert here("audit", "verify", tmp_path / "log").returncode == 5
    assert here("audit", "verify", tmp_path / "nosuch").returncode == 5


def test_entries_are_chosen_by_kind_and_time(case: Path, state: str) -> None:
    words = ("--case", case, "audit", "show", "--format", "json")
    shown = json.loads(here(*words, "--what", "export", XDG_STATE_HOME=state).stdout)
    assert [one["what"] for one in shown] == ["export", "export"]
    assert json.loads(here(*words, "--what", "exp", XDG_STATE_HOME=state).stdout) == []
    assert json.loads(here(*words, "--until", "2020-01-01", XDG_STATE_HOME=state).stdout) == []
    since = json.loads(here(*words, "--since", "2020-01-01", XDG_STATE_HOME=state).stdout)
    assert len(since) == 5
    empty = here(*words, "--until", "2020-01-01", "--fail-empty", XDG_STATE_HOME=state)
    assert empty.returncode == 3


@pytest.fixture
def filled(tmp_path: Path, state: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small built case."""
    monkeypatch.setenv("XDG_STATE_HOME", state)
    case = create_case(tmp_path / "filled").root
    write_telegram(tmp_path / "result.json", [message(1, "出 股民料 飞机@demo_one")])
    assert here("--case", case, "ingest", tmp_path / "result.json").returncode == 0
    return case


def kinds(case: Path) -> list[str]:
    done = here("--case", case, "audit", "show", "--format", "json")
    return [one["what"] for one in json.loads(done.stdout)]


def test_what_leaves_a_case_is_logged_and_tells_the_head(filled: Path, tmp_path: Path) -> None:
    assert kinds(filled) == ["ingest", "build"]
    for words in (
        ("export", "gexf", "-o", tmp_path / "a.gexf"),
        ("export", "neo4j-csv", "-o", tmp_path / "csv"),
        ("view", "-o", tmp_path / "a.html"),
        ("report", "-o", tmp_path / "r.md", "--exhibits", tmp_path / "exhibits"),
    ):
        done = here("--case", filled, *words, "--format", "json")
        assert done.returncode == 0, done.stderr
        head = json.loads(done.stdout)["audit_head"]
        assert head in done.stderr
        verified = here("--case", filled, "audit", "verify", "--head", head, "--format", "json")
        assert json.loads(verified.stdout)["since_head"] == 0
    assert kinds(filled)[2:] == ["export", "export", "view", "report"]
    assert "integrity not shown: 1" in (tmp_path / "r.md").read_text("utf-8")


def test_an_entry_goes_in_beside_another_writer(filled: Path, tmp_path: Path) -> None:
    with open_case(filled).writing():
        done = here("--case", filled, "export", "gexf", "-o", tmp_path / "a.gexf")
    assert done.returncode == 0, done.stderr
    assert kinds(filled)[-1] == "export"


def test_questions_are_logged_where_the_case_wants_it(filled: Path) -> None:
    before = kinds(filled)
    assert here("--case", filled, "search", "股民").returncode == 0
    assert kinds(filled) == before
    with (filled / "case.toml").open("a") as stream:
        stream.write("\n[audit]\nqueries = true\n")
    assert here("--case", filled, "search", "股民").returncode == 0
    assert here("--case", filled, "cypher", "MATCH (n) RETURN count(n) AS n").returncode == 0
    assert here("--case", filled, "status").returncode == 0
    done = here("--case", filled, "audit", "show", "--format", "json")
    shown = json.loads(done.stdout)[len(before) :]
    assert [one["what"] for one in shown] == ["search", "cypher"]
    assert "股民" in shown[0]["detail"]["parameters"]
    assert all(len(one["detail"]["result"]) == 64 for one in shown)


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not hold for root")
def test_a_case_that_cannot_be_written_is_exported_with_a_word(
    filled: Path, tmp_path: Path
) -> None:
    for path in (filled, *filled.rglob("*")):
        path.chmod(0o500 if path.is_dir() else 0o400)
    done = here("--case", filled, "export", "gexf", "-o", tmp_path / "a.gexf")
    assert done.returncode == 0
    assert "not in the audit log" in done.stderr
    for path in (filled, *filled.rglob("*")):
        path.chmod(0o700)
