"""`ingest --dry-run`, `--explain` and `--suggest-mapping`: looks that store nothing."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from commands.ingest_look import COLUMN, EXPLAINED, FILE
from tests.commands.process import heichan, here
from tests.ingest.exports import message, write_qq, write_telegram

IDENTITY = "110101199003071233"
OFFER = f"出 股民料 一手未爆 0.3U/条 可走担保 飞机@demo_h01 身份证 {IDENTITY}"
LINES = [("2013-06-01 9:00:00", "甲(10001)", "大家早"), ("2013-06-01 9:00:05", "乙(10002)", OFFER)]
TABLE = "何时;谁说;说了什么\n" + "".join(
    f"{n + 1:02d}.03.2021 10:00;{'甲乙'[n % 2]}方;收母婴面单 要求当天 第{n}批\n" for n in range(20)
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    write_qq(folder / "q.txt", "演示群", LINES)
    write_telegram(folder / "result.json", [message(1, OFFER, photo="p.jpg")], name="[/] \x1b[2J")
    return folder


def test_without_a_case(files: Path, tmp_path: Path, state: str) -> None:
    before = sorted(tmp_path.rglob("*"))
    done = heichan(
        *("ingest", files, "--dry-run", "--format", "json"), cwd=tmp_path, XDG_STATE_HOME=state
    )
    assert done.returncode == 0, done.stderr
    look = json.loads(done.stdout)
    assert list(look) == [
        *("case", "zone", "zone_basis", "files", "asides", "totals", "failed", "seconds")
    ]
    first, second = look["files"]
    assert list(first)[:3] == ["path", "reader", "signs"]
    assert (first["reader"], first["posts"], first["known"]) == ("qq", 2, None)
    assert first["first"] == "2013-06-01T01:00:00Z"
    assert second["media"] == {"picture": 1}
    assert look["totals"]["identifiers"] == {"identity_number": 2}
    assert IDENTITY not in done.stdout + done.stderr
    assert "Asia/Shanghai (the default, no case here)" in done.stderr
    assert "Nothing was stored" in done.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_with_a_case_nothing_changes_and_known_files_are_told(
    case: Path, files: Path, state: str
) -> None:
    held = ("--case", case)
    assert here(*held, "ingest", files / "q.txt", XDG_STATE_HOME=state).returncode == 0
    archive = hashlib.sha256((case / "archive.sqlite").read_bytes()).hexdigest()
    done = here(*held, "ingest", files, "--dry-run", "--format", "tsv", XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    heading, *rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert heading == [*FILE]
    assert [row[heading.index("known")] for row in rows] == ["true", "false"]
    assert "2 files, 1 of them known, 3 posts" in done.stderr
    assert hashlib.sha256((case / "archive.sqlite").read_bytes()).hexdigest() == archive


def test_tables_for_people_are_masked_and_harmless(files: Path, tmp_path: Path, state: str) -> None:
    done = heichan(
        *("ingest", files, "--dry-run", "--format", "table"), cwd=tmp_path, XDG_STATE_HOME=state
    )
    assert done.returncode == 0, done.stderr
    for words in (
        "Venues",
        "Top speakers",
        "演示群",
        "Victims' identifiers, masked: identity_number 2",
    ):
        assert words in done.stdout
    assert "Listings: 67% (2 of 3)" in done.stdout
    assert "\x1b[2J" not in done.stdout
    assert IDENTITY not in done.stdout


def test_exit_codes(files: Path, tmp_path: Path, state: str) -> None:
    (files / "t.csv").write_text("time,author,text\nnever,a,x\n2021-03-04,a,y\n")

    def code(*words: str | Path) -> int:
        return here("ingest", *words, "--dry-run", XDG_STATE_HOME=state).returncode

    assert code(files) == 0
    assert code(files, "--strict") == 5
    assert code(files, files / "none") == 5
    assert code(files, "--tz", "Nowhere") == 2
    assert code(files, "--explain") == 2
    assert here("--case", tmp_path / "none", "ingest", files, "--dry-run").returncode == 3


def test_an_archive_of_files(files: Path, tmp_path: Path, state: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        for path in files.iterdir():
            packed.write(path, f"inner/{path.name}")
    done = here("ingest", tmp_path / "a.zip", "--dry-run", "--format", "json", XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    look = json.loads(done.stdout)
    assert [file["reader"] for file in look["files"]] == ["qq", "telegram", "zip"]
    assert Path(look["files"][0]["path"]).parts[-3:] == ("a.zip", "inner", "q.txt")
    assert (look["totals"]["files"], look["totals"]["posts"]) == (2, 3)
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as packed:
        packed.writestr("p.jpg", b"\xff\xd8\xff\xe0")
    done = here("ingest", tmp_path / "b.zip", "--dry-run", XDG_STATE_HOME=state)
    assert done.returncode == 5
    draft = here("ingest", tmp_path / "a.zip", "--suggest-mapping", XDG_STATE_HOME=state)
    assert "unpack it" in draft.stderr
    why = here("ingest", tmp_path / "a.zip", "--explain", XDG_STATE_HOME=state)
    assert "a zip archive, read like a folder" in why.stdout


def test_standard_input(files: Path, state: str) -> None:
    data = (files / "q.txt").read_bytes()
    words = ("ingest", "-", "--dry-run", "--format", "json")
    done = here(*words, given=data, XDG_STATE_HOME=state)
    assert json.loads(done.stdout)["totals"]["posts"] == 2
    drafted = here("ingest", "-", "--suggest-mapping", given=TABLE, XDG_STATE_HOME=state)
    assert drafted.returncode == 0, drafted.stderr
    assert 'text: "说了什么"' in drafted.stdout


def test_explain(files: Path, state: str) -> None:
    (files / "n").write_text("x=1")
    done = here("ingest", files, "--explain", "--format", "json", XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    assert [list(row) for row in rows] == [[*EXPLAINED]] * 3
    by_name = {Path(row["path"]).name: row for row in rows}
    assert by_name["q.txt"]["reader"] == "qq"
    assert by_name["result.json"]["tried"][0]["seen"][0] == '"type": "public_supergroup"'
    assert (by_name["n"]["reader"], by_name["n"]["tried"]) == (None, [])
    shown = here("ingest", files / "n", "--explain", "--format", "table", XDG_STATE_HOME=state)
    assert shown.returncode == 5
    assert "read as: nothing" in shown.stdout
    assert "--suggest-mapping drafts a mapping" in shown.stdout


def test_a_draft_goes_in_by_mapping(case: Path, tmp_path: Path, state: str) -> None:
    table = tmp_path / "posts.txt"
    table.write_bytes(TABLE.encode("gb18030"))
    drafted = here("ingest", table, "--suggest-mapping", XDG_STATE_HOME=state)
    assert drafted.returncode == 0, drafted.stderr
    assert drafted.stdout.startswith("# Draft of a mapping for ")
    mapping = tmp_path / "m.yaml"
    mapping.write_text(drafted.stdout, "utf-8")
    done = here(
        *("--case", case, "ingest", table, "--mapping", mapping, "--format", "json"),
        XDG_STATE_HOME=state,
    )
    assert done.returncode == 0, done.stderr
    (file,) = json.loads(done.stdout)["files"]
    assert (file["reader"], file["posts"], file["skipped"]) == ("table", 20, 0)
    told = here(
        "--case", case, "evidence", f"file:{file['sha256']}", "--chain", XDG_STATE_HOME=state
    )
    assert "encoding gb18030 (characters)" in told.stdout


def test_the_draft_in_other_formats(tmp_path: Path, state: str) -> None:
    table = tmp_path / "t.csv"
    table.write_text(TABLE, "utf-8")
    words = ("ingest", table, "--suggest-mapping", "--format")
    document = json.loads(here(*words, "json", XDG_STATE_HOME=state).stdout)
    assert (document["kind"], document["delimiter"]) == ("table", ";")
    assert document["time_format"] == "%d.%m.%Y %H:%M"
    assert [column["field"] for column in document["columns"]] == ["time", "author", "text"]
    rows = here(*words, "tsv", XDG_STATE_HOME=state).stdout.splitlines()
    assert rows[0].split("\t") == [*COLUMN]


def test_a_draft_needs_one_file(files: Path, tmp_path: Path, state: str) -> None:
    def code(*words: str | Path) -> int:
        done = here("ingest", *words, "--suggest-mapping", XDG_STATE_HOME=state)
        assert not done.stdout
        return done.returncode

    assert code(files) == 2
    assert code(files / "q.txt", files / "result.json") == 2
    assert code(files / "q.txt") == 5
    assert code(tmp_path / "none") == 5
