import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evidence.case import create_case
from evidence.compare.compare import compare
from evidence.compare.files import files_of
from evidence.compare.model import Comparison, Difference
from evidence.errors import InputError
from ingest.comparing import compare_paths
from ingest.options import IngestOptions
from ingest.pipeline import ingest
from tests import talks
from tests.commands.process import here
from tests.talks import Turn

TALK = talks.talk()
LATER = [
    replace(turn, text=f"{turn.text} 改") if turn.number == 6 else turn
    for turn in TALK[3:]
    if turn.number != 9
]
ZONE = "Asia/Shanghai"


def renamed(turns: Sequence[Turn]) -> bytes:
    """The later export, in which the group and one account have another name."""
    whole = json.loads(talks.telegram_json(turns))
    whole["name"] = "新群名"
    for message in whole["messages"]:
        if message["from_id"] == "user100003":
            message["from"] = "阿标新号"
    return json.dumps(whole, ensure_ascii=False).encode()


def told(found: Comparison) -> list[tuple[object, ...]]:
    return [(row.kind, row.who, row.before, row.after) for row in found.rows]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("exports")
    talks.write(root, "early.json", talks.telegram_json(TALK[:25]))
    talks.write(root, "late.json", renamed(LATER))
    talks.write(root, "early.html", talks.telegram_html(TALK[:25]))
    talks.write(root, "early.txt", talks.qq_text(TALK[:25]))
    text = talks.qq_text(LATER).decode("utf-8-sig").replace("演示群", "新群名")
    talks.write(root, "late.txt", text.encode())
    return root


EDIT = ("edited", "收料小周", TALK[5].text, f"{TALK[5].text} 改")
GONE = ("gone", "路人丙", "1", None)
ACCOUNT = ("renamed_account", "阿标新号", "中间人阿标", "阿标新号")
VENUE = ("renamed_venue", "新群名", "演示群", "新群名")


@pytest.mark.parametrize(
    ("early", "late", "names"),
    [
        ("early.json", "late.json", [ACCOUNT, VENUE]),
        ("early.html", "late.json", [ACCOUNT, VENUE]),
        ("early.txt", "late.txt", [VENUE]),
    ],
)
def test_what_went_what_was_edited_and_who_has_another_name(
    folder: Path, early: str, late: str, names: list[Any]
) -> None:
    found = compare_paths(folder / early, folder / late, ZONE)
    assert told(found) == [EDIT, GONE, *names]
    assert (found.same, found.only_a, found.only_b) == (20, 3, 5)
    assert found.rows[0].place


def test_the_other_way_round_what_went_is_new(folder: Path) -> None:
    found = compare_paths(folder / "late.json", folder / "early.json", ZONE)
    assert [row[0] for row in told(found)][:2] == ["edited", "new"]
    assert found.rows[1].after == "1"
    assert found.rows[1].before is None


def test_an_export_against_itself_and_one_of_another_time(tmp_path: Path, folder: Path) -> None:
    same = compare_paths(folder / "early.json", folder / "early.json", ZONE)
    assert (same.rows, same.same) == ([], 25)
    last = talks.write(tmp_path, "last.json", talks.telegram_json(TALK[28:]))
    apart = compare_paths(folder / "early.json", last, ZONE)
    assert (apart.rows, apart.only_a, apart.only_b) == ([], 25, 2)


def test_a_recalled_message_is_told_as_such(tmp_path: Path) -> None:
    early = talks.write(tmp_path, "early.json", talks.qq_json(TALK))
    whole = json.loads(talks.qq_json(TALK))
    whole["messages"][0] |= {"recalled": True, "content": {"text": "撤回了一条消息"}}
    late = talks.write(tmp_path, "late.json", json.dumps(whole).encode())
    (row,) = compare_paths(early, late, ZONE).rows
    assert (row.kind, row.before) == ("recalled", TALK[0].text)


def test_texts_are_masked_and_a_change_below_the_mask_is_an_edit(tmp_path: Path) -> None:
    def with_number(number: str) -> Path:
        said = replace(TALK[0], text=f"样本 张三丰 身份证 {number} 手机 13800138000")
        return talks.write(tmp_path, f"{number}.json", talks.telegram_json([said, *TALK[1:]]))

    found = compare_paths(
        with_number("11010519491231002X"), with_number("440524188001010014"), ZONE
    )
    (row,) = found.rows
    assert row.kind == "edited"
    assert "11010519491231002X" not in str(row)
    assert row.before == row.after


def test_files_of_a_case_by_path_id_and_folder(tmp_path: Path, folder: Path) -> None:
    case = create_case(tmp_path / "case")
    paths = [folder / "early.json", folder / "late.json"]
    report = ingest(case, paths, IngestOptions(jobs=1))
    with case.reader() as archive:
        sides = [files_of(archive.connection, str(path)) for path in paths]
        found = compare(archive.connection, *sides)
        assert told(found) == [EDIT, GONE, ACCOUNT, VENUE]
        hashes = [f"file:{file.sha256}"[:20] for file in report.files]
        assert [files_of(archive.connection, each) for each in hashes] == sides
        assert files_of(archive.connection, str(folder)) == sorted([*sides[0], *sides[1]])
        assert files_of(archive.connection, "file:") == []
    answer = here("--case", case.root, "compare", *hashes, "--format", "json")
    assert answer.returncode == 0, answer.stderr
    rows = json.loads(answer.stdout)
    assert [row["kind"] for row in rows] == ["edited", "gone", "renamed_account", "renamed_venue"]
    assert list(rows[0]) == ["kind", "post", "when", "who", "before", "after", "venue", "place"]
    assert "20 messages are the same; 1 gone, 1 edited" in answer.stderr


def test_the_command_without_a_case(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    both = (folder / "early.json", folder / "late.json")
    answer = here("compare", *both, "--kind", "renamed", "--format", "json")
    assert answer.returncode == 0, answer.stderr
    assert {row["kind"] for row in json.loads(answer.stdout)} == {
        "renamed_account",
        "renamed_venue",
    }
    assert here("compare", both[0], tmp_path / "no").returncode == 5
    assert here("compare", *both, "--kind", "sold").returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_what_holds_no_message_is_an_error(tmp_path: Path, folder: Path) -> None:
    broken = talks.write(tmp_path, "x.bin", b"\0\1\2")
    with pytest.raises(InputError):
        compare_paths(broken, folder / "early.json", ZONE)


def test_a_difference_says_where_it_stands(folder: Path) -> None:
    found = compare_paths(folder / "early.json", folder / "late.json", ZONE)
    gone: Difference = found.rows[1]
    assert (gone.place, gone.venue) == ("messages[8]", "venue:telegram:1234567890")
