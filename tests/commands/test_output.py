import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from commands.output import Output, flat, short_ids, to_json
from graph.elements import Node

HOSTILE = [
    "\x1b[2J",
    "\u202eevil",
    "[/] [red]",
    "\x00",
    "\ud800",
    "=HYPERLINK(1)",
    "＝1+1",
    "</script>",
    "a\tb\\n\nc\r",
    "名" * 10_000,
]
Printed = Callable[[str], str]


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Printed:
    """Prints the hostile texts in a format and gives what stood on standard output."""

    def show(form: str) -> str:
        out = Output(form, zone=ZoneInfo("Asia/Shanghai"))
        out.rows([{"text": text, "n": -1} for text in HOSTILE], ("text", "n"))
        return capsys.readouterr().out

    return show


def test_json_is_one_document_that_keeps_every_value(printed: Printed) -> None:
    assert [row["text"] for row in json.loads(printed("json"))] == HOSTILE


def test_json_lines_are_one_value_a_line(printed: Printed) -> None:
    lines = printed("jsonl").splitlines()
    assert [json.loads(line)["text"] for line in lines] == HOSTILE


def test_csv_holds_no_formula_and_reads_back(printed: Printed) -> None:
    rows = list(csv.reader(io.StringIO(printed("csv"), newline="")))
    assert rows[0] == ["text", "n"]
    assert len(rows) == len(HOSTILE) + 1
    assert not any(row[0].startswith(("=", "＝", "+", "@", "\t", "\r", "\n")) for row in rows)
    assert {row[1] for row in rows[1:]} == {"-1"}, "numbers stay numbers"


def test_tsv_has_one_line_a_row(printed: Printed) -> None:
    lines = printed("tsv").split("\n")
    assert lines[-1] == ""
    assert len(lines) == len(HOSTILE) + 2
    assert all(line.count("\t") == 1 for line in lines[:-1])
    assert "a\\tb\\\\n\\nc\\r\t-1" in lines


def test_a_table_loses_no_character_and_obeys_nothing(printed: Printed) -> None:
    text = printed("table")
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[/] [red]" in text
    assert text.count("名") == 10_000


def test_no_colour_and_no_table_when_not_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    Output(None, zone=ZoneInfo("UTC")).rows([{"a": 1}], ("a",))
    assert capsys.readouterr().out == "a\n1\n"


def test_notes_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    Output("json", zone=ZoneInfo("UTC")).note("[red]done\x1b[2J")
    Output("json", zone=ZoneInfo("UTC"), quiet=True).note("silent")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "[red]done␛[2J\n"


def test_times_by_the_clock_of_the_format() -> None:
    moment = datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)
    out = Output("table", zone=ZoneInfo("Asia/Shanghai"))
    assert out.human_text(moment) == "2021-03-04 13:06:07 +08:00"
    assert flat(moment) == "2021-03-04T05:06:07Z"
    assert json.loads(to_json({"at": moment})) == {"at": "2021-03-04T05:06:07Z"}


def test_hashes_are_short_in_tables_only() -> None:
    identifier = "post:" + "0123456789abcdef" * 2
    out = Output("table", zone=ZoneInfo("UTC"))
    assert out.human_text(identifier) == "post:0123456789ab"
    assert flat(identifier) == identifier
    assert short_ids(f"see {identifier} there") == "see post:0123456789ab there"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (["a", "b"], "a; b"),
        ({"a": None}, '{"a": null}'),
        (Node("account:qq:1", "Account", {"name": "甲"}), None),
    ],
)
def test_flat_cells(value: Any, text: str | None) -> None:
    if text is None:
        assert json.loads(flat(value)) == {"id": "account:qq:1", "label": "Account", "name": "甲"}
    else:
        assert flat(value) == text


def test_the_rest_of_a_long_line_stands_further_in(capsys: pytest.CaptureFixture[str]) -> None:
    out = Output("table", zone=ZoneInfo("Asia/Shanghai"))
    for line in ("", "   " + "word " * 40, "   " + "名" * 90, *HOSTILE):
        out.hanging(line)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == ""
    assert [len(line) - len(line.lstrip(" ")) for line in lines[1:6]] == [3, 5, 5, 3, 5]
    assert "".join(lines[1:4]).split() == ["word"] * 40
    assert all(line == line.rstrip() for line in lines)
    assert not any(sign in line for line in lines for sign in "\x1b\u202e\x00\ud800")
