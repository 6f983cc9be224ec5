"""`brokers --by month` and `brokers --plot` on the demo case."""

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from commands.broker_months import TABLE
from graph.analysis.trajectories import COLUMNS
from tests.commands.process import here
from tests.commands.test_explore import Asker

SINCE = ("--since", "2023-10-01")
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def ask(demo_case: Path, state: str) -> Asker:
    return Asker(demo_case, state)


def brokers(case: Path, state: str, *words: str | Path) -> CompletedProcess[str]:
    done = here("--case", case, "brokers", *words, XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    return done


def needs_extra() -> None:
    pytest.importorskip("matplotlib", reason="needs the extra [plot]")


def test_a_row_for_each_broker_and_month(ask: Asker) -> None:
    rows = ask("brokers", "--by", "month", "--top", "3", *SINCE)
    assert [*rows[0]] == [*COLUMNS]
    assert [row["month"] for row in rows] == [
        "2023-10", "2023-11", "2023-12", "2024-01", "2024-02", "2024-03",
    ] * 3  # fmt: skip
    assert [row["overall"] for row in rows[::6]] == [1, 2, 3]
    for row in rows:
        assert (row["rank"] is not None) == (row["state"] == "ranked")
        assert row["rank"] is None or 1 <= row["rank"] <= row["of"]
    assert {row["state"] for row in rows if row["month"] == "2024-03"} == {"too little evidence"}


def test_a_month_without_posts_is_unwatched_and_not_absent(ask: Asker) -> None:
    rows = ask("brokers", "--by", "month", "--top", "20")
    between = [row for row in rows if "2014-01" <= row["month"] <= "2023-07"]
    assert len(between) == 115 * len({row["id"] for row in rows})
    assert {row["state"] for row in between} == {"unwatched"}
    # QQ groups were read in 2012 and 2013 only: whoever deals there has not left later.
    late = {
        row["state"]
        for row in rows
        if row["id"].startswith("account:qq:") and row["month"] > "2014"
    }
    assert late == {"unwatched"}


def test_formats_agree_and_the_table_has_a_line_for_each(
    demo_case: Path, state: str, ask: Asker
) -> None:
    words = ("--by", "month", "--top", "2", *SINCE)
    rows = ask("brokers", *words)
    done = brokers(demo_case, state, *words, "--format", "csv")
    read = [*csv.DictReader(io.StringIO(done.stdout))]
    assert [(one["id"], one["month"], one["change"]) for one in read] == [
        (one["id"], one["month"], one["change"] or "") for one in rows
    ]
    table = brokers(demo_case, state, *words, "--format", "table")
    assert all(name in table.stdout for name in TABLE)
    assert all(one["name"] in table.stdout for one in rows)
    assert "first place" in table.stderr


def test_the_window_and_the_caution_are_told(demo_case: Path, state: str) -> None:
    told = brokers(demo_case, state, "--by", "month", "--window-days", "30").stderr
    assert "that of the 30 days before it" in told
    assert "A rank is a lead, not a finding" in told
    assert "unwatched, no collected post: 2014-01 to 2023-07" in told
    assert "too little evidence, fewer than 5 matched pairs" in told


def test_one_account_and_a_wrong_word(ask: Asker) -> None:
    rows = ask("brokers", "--by", "month", "--explain", "account:telegram:9900001020", *SINCE)
    assert {row["name"] for row in rows} == {"Kev"}
    assert "month" in ask.fails(2, "brokers", "--by", "week")["hint"]


def test_a_case_without_evidence(case: Path, state: str, tmp_path: Path) -> None:
    done = brokers(case, state, "--by", "month", "--format", "json")
    assert json.loads(done.stdout) == []
    assert "too little evidence" in done.stderr
    failing = here("--case", case, "brokers", "--by", "month", "--fail-empty", XDG_STATE_HOME=state)
    assert failing.returncode == 3
    needs_extra()
    brokers(case, state, "--plot", tmp_path / "a.svg")
    assert b"too little evidence: 0 accounts" in (tmp_path / "a.svg").read_bytes()


def test_a_picture_beside_the_rows(demo_case: Path, state: str, tmp_path: Path) -> None:
    needs_extra()
    svg, png = tmp_path / "a.svg", tmp_path / "a.png"
    done = brokers(demo_case, state, "--top", "3", "--plot", svg, "--format", "json")
    rows = json.loads(done.stdout)
    assert [row["rank"] for row in rows] == [1, 2, 3]
    assert f"drawn: {svg}" in done.stderr
    text = svg.read_text("utf-8")
    assert ElementTree.fromstring(text).tag.endswith("svg")
    assert all(f"<!-- {row['rank']}. {row['name']} -->" in text for row in rows)
    assert "a rank is a lead, not a finding" in text
    months = brokers(demo_case, state, "--by", "month", "--plot", png, *SINCE, "--format", "json")
    assert [*json.loads(months.stdout)[0]] == [*COLUMNS]
    assert png.read_bytes().startswith(PNG)


def test_twice_the_same_picture_and_never_over_a_file_unasked(
    demo_case: Path, state: str, tmp_path: Path, ask: Asker
) -> None:
    needs_extra()
    svg = tmp_path / "a.svg"
    brokers(demo_case, state, "--plot", svg)
    first = svg.read_bytes()
    assert "--force" in ask.fails(2, "brokers", "--plot", str(svg))["hint"]
    brokers(demo_case, state, "--plot", svg, "--force")
    assert svg.read_bytes() == first
    assert ".svg" in ask.fails(2, "brokers", "--plot", str(tmp_path / "a.pdf"))["hint"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.svg"]


def test_one_account_alone_is_drawn(demo_case: Path, state: str, tmp_path: Path) -> None:
    needs_extra()
    svg = tmp_path / "a.svg"
    brokers(demo_case, state, "--explain", "account:telegram:9900001026", "--plot", svg)
    brokers(demo_case, state, "--role", "hacker", "--plot", tmp_path / "b.svg")
    text = svg.read_text("utf-8")
    assert text.count("月月鸟 -->") == 2


def test_the_specification_tells_the_columns_of_both_answers() -> None:
    [told] = json.loads(here("brokers", "--spec").stdout)["commands"]
    assert told["columns"][0] == "rank"
    assert told["columns_with"] == {"--by month": [*COLUMNS]}


def test_the_doctor_says_whether_pictures_can_be_drawn() -> None:
    rows = json.loads(here("doctor", "--format", "json").stdout)
    [told] = [row for row in rows if row["check"] == "pictures"]
    assert told["state"] == "ok" or "install" in told["advice"]
