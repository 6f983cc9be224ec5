"""What `brokers` and `report` say of brokers on the demo case, as people read it."""

import re
from pathlib import Path

from tests.commands.process import here

TAKEN = "taken as one with"
TABLE = ("brokers", "--format", "table", "--no-color")
ENGLISH = re.compile(r"\b(ranks|claimed|matched|got|gave|offer|notice|taken|care)\b")


def said(case: Path, state: str, *words: str | Path) -> tuple[str, str]:
    """Standard output and standard error with single spaces."""
    done = here("--case", case, *words, XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split()), done.stderr


def test_who_is_taken_as_one_is_said_once_under_the_table(demo_case: Path, state: str) -> None:
    table, notes = said(demo_case, state, *TABLE)
    assert TAKEN not in table
    assert notes.count("laojin_data") == 1
    [line] = [line for line in notes.splitlines() if "laojin_data" in line]
    assert "what is said of 老金, 阿辉在路上, 抓取小组·丁 rests on it" in line
    assert "2 accounts count as 1 party" in notes
    assert "act_derived" not in table
    document, _ = said(demo_case, state, "brokers", "--format", "json")
    assert document.count(TAKEN) == 3


def test_a_page_says_who_is_taken_as_one_where_it_rests_on_it(demo_case: Path, state: str) -> None:
    words = (*TABLE, "--explain")
    page, notes = said(demo_case, state, *words, "account:telegram:9900001017")
    assert page.count(TAKEN) == 1
    assert "count as 1 party" not in notes
    page, _ = said(demo_case, state, *words, "account:telegram:9900001018")
    assert TAKEN not in page


def test_it_is_said_once_that_triples_are_composed(demo_case: Path, state: str) -> None:
    table, notes = said(demo_case, state, *TABLE, "--top", "2")
    assert (table + notes).count("composed of 2 separate statements") == 1


def test_a_report_in_chinese_gives_the_reasons_in_chinese(
    demo_case: Path, state: str, tmp_path: Path
) -> None:
    path = tmp_path / "r.md"
    said(demo_case, state, "report", "-o", path, "--lang", "zh")
    section = re.split(r"(?m)^## ", path.read_text(encoding="utf-8"))
    [brokers] = [part for part in section if part.startswith("中介及理由")]
    for words in ("按匹配交易排名第 1", "声称的角色：", "注意：", "无人陈述过全部", "视为同一方"):
        assert words in brokers
    assert "名次只是线索，并非结论" in brokers
    assert not ENGLISH.search(brokers.replace("heichan resolve candidates", ""))
