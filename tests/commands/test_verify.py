"""`verify` and `replay`: an untouched case is equal, and each planted change is named."""

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.process import here
from tests.demo_case import CORPUS
from tests.ingest.exports import write_qq

NAMES = ("telegram/danbao/result.json", "reports/winter-offers.md", "forum/posts.csv")
FILES = len(NAMES) + 1


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, state: str) -> Path:
    """A folder with a built case, `inputs`, and a kept answer; only to be copied."""
    root = tmp_path_factory.mktemp("verify")
    for name in NAMES:
        (root / "inputs" / name).parent.mkdir(parents=True)
        shutil.copy(CORPUS / name, root / "inputs" / name)
    lines = [
        (f"2021-03-04 13:0{n}:07", "演示(10001)", f"出 实时股民料 {n}毛一条") for n in range(6)
    ]
    write_qq(
        root / "inputs" / "qq.txt", "演示群", [*lines, ("2021-03-05 09:00:00", "乙(10002)", "收")]
    )
    for words in (
        ("init", root / "case"),
        ("--case", root / "case", "ingest", "inputs"),
        ("--case", root / "case", "query", "run", "sources.operator_ranking", "--save", "kept"),
    ):
        with contextlib.chdir(root):
            done = here(*words, XDG_STATE_HOME=state)
        assert done.returncode == 0, done.stderr
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy to be changed; the archive knows the inputs by paths from there."""
    shutil.copytree(made, tmp_path / "all")
    monkeypatch.chdir(tmp_path / "all")
    return tmp_path / "all"


def change(root: Path, statement: str) -> None:
    """What somebody does who opens the archive with another program."""
    connection = sqlite3.connect(root / "case" / "archive.sqlite")
    try:
        connection.execute("PRAGMA foreign_keys = OFF")
        with connection:
            assert connection.execute(statement).rowcount != 0
    finally:
        connection.close()


def asked(root: Path, question: str) -> str:
    connection = sqlite3.connect(root / "case" / "archive.sqlite")
    try:
        return str(connection.execute(question).fetchone()[0])
    finally:
        connection.close()


def found(root: Path, state: str, *words: str) -> tuple[int, list[dict[str, object]]]:
    done = here("--case", root / "case", "verify", "--format", "json", *words, XDG_STATE_HOME=state)
    return done.returncode, json.loads(done.stdout)


def differing(root: Path, state: str, *words: str) -> dict[str, list[dict[str, object]]]:
    """What differs, by check; there must be something."""
    code, rows = found(root, state, *words)
    told: dict[str, list[dict[str, object]]] = {}
    for row in rows:
        if row["state"] == "differs" and row["id"]:
            told.setdefault(str(row["check"]), []).append(row)
    assert code == 1, rows
    return told


@pytest.mark.parametrize("words", [(), ("--full",)])
def test_an_untouched_case_is_equal(root: Path, state: str, words: tuple[str, ...]) -> None:
    code, rows = found(root, state, *words)
    assert code == 0
    assert {row["state"] for row in rows} == {"equal"}
    by = {row["check"]: row for row in rows}
    assert by["originals"]["looked_at"] == by["originals"]["of"] == FILES
    assert by["graph"]["looked_at"] == by["graph"]["of"]
    assert by["graph"]["said"] == ""
    assert by["saved results"]["looked_at"] == 1
    assert by["saved results"]["said"] == ""


def test_verify_changes_nothing(root: Path, state: str) -> None:
    before = {
        path: path.read_bytes()
        for path in sorted((root / "case").rglob("*"))
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }
    assert found(root, state)[0] == 0
    assert {path: path.read_bytes() for path in before} == before


TEXT = "SELECT p.id FROM post p JOIN post_version v ON v.n = p.version_n"
LISTED = f"{TEXT} JOIN record r ON r.version_n = v.n WHERE r.kind = 'listing' ORDER BY p.n LIMIT 1"


def test_a_changed_text_is_named_with_its_place(root: Path, state: str) -> None:
    post = asked(root, LISTED)
    change(
        root,
        "UPDATE post_version SET text = replace(text, substr(text, 1, 1), '假')"
        f" WHERE n = (SELECT version_n FROM post WHERE id = '{post}')",
    )
    told = differing(root, state)["texts"]
    assert [row["id"] for row in told] == [post]
    assert "inputs/" in str(told[0]["place"])


def test_a_changed_record_is_read_otherwise(root: Path, state: str) -> None:
    listing = asked(root, "SELECT id FROM record WHERE kind = 'listing' ORDER BY n LIMIT 1")
    change(
        root,
        f'UPDATE record SET body = replace(body, \'"polarity":"\', \'"polarity":"x\') '
        f"WHERE id = '{listing}'",
    )
    assert listing in [row["id"] for row in differing(root, state)["readings"]]


def test_a_dropped_capture_and_a_dropped_text(root: Path, state: str) -> None:
    change(root, "DELETE FROM capture WHERE version_n = (SELECT min(version_n) FROM capture)")
    told = differing(root, state)["captures"]
    assert {str(row["id"]).split(":")[0] for row in told} == {"post", "file"}


def test_a_dropped_record_is_missed(root: Path, state: str) -> None:
    listing = asked(root, "SELECT id FROM record WHERE kind = 'listing' ORDER BY n LIMIT 1")
    change(root, f"UPDATE record SET kind = 'superseded' WHERE id = '{listing}'")
    assert listing in [row["id"] for row in differing(root, state)["readings"]]


@pytest.mark.parametrize("change_of_span", ["span_end = span_end + 1", "span_start = 0"])
def test_a_moved_span(root: Path, state: str, change_of_span: str) -> None:
    claim = asked(root, "SELECT id FROM claim WHERE kind = 'product' AND span_start > 0 ORDER BY n")
    change(root, f"UPDATE claim SET {change_of_span} WHERE id = '{claim}'")
    told = differing(root, state)
    assert claim in [row["id"] for rows in told.values() for row in rows]


def test_a_post_given_to_somebody_else(root: Path, state: str) -> None:
    post = asked(root, f"{TEXT} WHERE p.native_id IS NULL AND p.account_n IS NOT NULL ORDER BY p.n")
    change(
        root,
        f"UPDATE post SET account_n = (SELECT max(n) FROM account) WHERE id = '{post}'",
    )
    assert [row["id"] for row in differing(root, state)["post ids"]] == [post]


@pytest.mark.parametrize(
    ("statement", "entry"),
    [
        ("UPDATE audit SET who = 'nobody' WHERE n = 1", 1),
        ("DELETE FROM audit WHERE n = 2", 3),
        ("UPDATE audit SET n = -1 WHERE n = 2", -1),
    ],
)
def test_a_changed_log(root: Path, state: str, statement: str, entry: int) -> None:
    change(root, statement)
    assert f"audit entry {entry}" in [row["id"] for row in differing(root, state)["audit log"]]


def test_a_log_without_the_entry_of_a_run(root: Path, state: str) -> None:
    change(root, "DELETE FROM audit")
    assert str(differing(root, state)["audit log"][0]["id"]).startswith("run:")


def test_a_changed_input(root: Path, state: str) -> None:
    path = Path("inputs") / NAMES[0]
    path.write_bytes(path.read_bytes().replace(b"telegram", b"Telegram", 1) + b" ")
    told = differing(root, state)["originals"]
    assert [row["place"] for row in told] == [str(path)]


def test_inputs_that_are_gone_are_not_kept(root: Path, state: str) -> None:
    shutil.rmtree(root / "inputs")
    code, rows = found(root, state)
    assert code == 0
    (row,) = (row for row in rows if row["check"] == "originals")
    assert row["state"] == "not checked"
    assert "original not kept: 4 of 4" in str(row["said"])


def test_a_run_whose_files_are_others(root: Path, state: str) -> None:
    change(root, "DELETE FROM run_file WHERE file_n = (SELECT min(file_n) FROM run_file)")
    assert str(differing(root, state)["runs"][0]["id"]).startswith("run:")


def test_a_broken_graph_file(root: Path, state: str) -> None:
    path = next((root / "case" / "graph").glob("*.kgl"))
    path.write_bytes(path.read_bytes()[:-100])
    assert "graph" in differing(root, state)


def test_another_graph_is_compared_element_by_element(root: Path, state: str) -> None:
    from evidence.case import open_case
    from graph.elements import Graph
    from graph.store import open_store

    case = open_case(root / "case")
    store = open_store(case)
    ties = list(store.relationships())
    gone = next(tie for tie in ties if tie.type == "OFFERS")
    store.load(Graph(list(store.nodes()), [tie for tie in ties if tie != gone]))
    store.close()
    told = differing(root, state)["graph"]
    assert [row["id"] for row in told] == ["build:current", gone.id]


def _other_rows(saved: dict[str, object]) -> None:
    rows = saved["rows"]
    assert isinstance(rows, list)
    rows.pop()


def _other_rows_and_hash(saved: dict[str, object]) -> None:
    from queries.saved import row_hash

    _other_rows(saved)
    rows = saved["rows"]
    assert isinstance(rows, list)
    saved["row_hash"] = row_hash(rows)


@pytest.mark.parametrize("alter", [_other_rows, _other_rows_and_hash])
def test_a_changed_result(
    root: Path, state: str, alter: Callable[[dict[str, object]], None]
) -> None:
    path = root / "case" / "results" / "kept.json"
    saved = json.loads(path.read_text("utf-8"))
    alter(saved)
    path.write_text(json.dumps(saved), "utf-8")
    assert [row["id"] for row in differing(root, state)["saved results"]] == ["kept"]


def test_damaged_pages_are_told_and_do_not_end_the_other_checks(root: Path, state: str) -> None:
    path = root / "case" / "archive.sqlite"
    data = bytearray(path.read_bytes())
    middle = len(data) // 2 // 16384 * 16384
    data[middle : middle + 4096] = b"\xff" * 4096
    path.write_bytes(bytes(data))
    code, _ = found(root, state)
    assert code == 1


def test_replay_equal_and_different(root: Path, state: str) -> None:
    case = root / "case"
    done = here("--case", case, "replay", "kept", "--format", "json", XDG_STATE_HOME=state)
    told = json.loads(done.stdout)
    assert (done.returncode, told["state"], told["changes"], told["said"]) == (0, "equal", [], [])
    assert told["result"] == told["result_now"]
    path = case / "results" / "kept.json"
    saved = json.loads(path.read_text("utf-8"))
    _other_rows_and_hash(saved)
    path.write_text(json.dumps(saved), "utf-8")
    done = here("--case", case, "replay", "kept", "--format", "json", XDG_STATE_HOME=state)
    told = json.loads(done.stdout)
    assert (done.returncode, told["state"]) == (1, "differs")
    assert [one["change"] for one in told["changes"]] == ["came"]
    assert here("--case", case, "replay", "nosuch", XDG_STATE_HOME=state).returncode == 3
