"""Files of translations: what is read, and what is said of what is not."""

import json
from pathlib import Path

import pytest

from evidence.errors import InputError, UsageError
from evidence.translation_files import MOST, read_translations

GOOD = {"post": "post:1", "language": "en", "text": "leads", "by": "demo engine", "how": "machine"}


def test_csv_and_json_lines_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text(json.dumps(GOOD) + "\n\n", "utf-8")
    names = ",".join(GOOD)
    (tmp_path / "t.csv").write_text(f"\ufeff{names}\n{','.join(GOOD.values())}\n", "utf-8")
    lines, problems = read_translations(tmp_path / "t.jsonl")
    rows, wrong = read_translations(tmp_path / "t.csv")
    assert not problems
    assert not wrong
    assert (lines[0].place, rows[0].place) == ("line 1", "line 2")
    assert lines[0].text == rows[0].text == "leads"


@pytest.mark.parametrize(
    "change",
    [
        {"post": ""},
        {"text_hash": "0" * 64},
        {"post": "", "text_hash": "x"},
        {"language": "english, please"},
        {"how": "perhaps"},
        {"text": " "},
        {"by": "x" * 201},
        {"text": 5},
    ],
)
def test_a_bad_record_is_named_and_the_others_are_read(
    tmp_path: Path, change: dict[str, object]
) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in ({**GOOD, **change}, GOOD)))
    offered, problems = read_translations(path)
    assert [one.place for one in offered] == ["line 2"]
    assert [place for place, _ in problems] == ["line 1"]


def test_what_is_no_record_or_too_long_is_named(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    long = json.dumps({**GOOD, "text": "x" * (2 * MOST)})
    deep = "[" * 100_000
    path.write_text(f"[1]\n{{\n{long}\n{deep}\n{json.dumps(GOOD)}\n", "utf-8")
    offered, problems = read_translations(path)
    assert [one.place for one in offered] == ["line 5"]
    assert [place for place, _ in problems] == ["line 1", "line 2", "line 3", "line 4"]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        read_translations(tmp_path / "t.txt")
    with pytest.raises(InputError):
        read_translations(tmp_path / "none.csv")
    (tmp_path / "t.csv").write_bytes(b"post,text\n\xff\xfe\x00,x\n")
    with pytest.raises(InputError):
        read_translations(tmp_path / "t.csv")
