"""What a line means, what is kept of it, and lines from a pipe."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.shell.contacts import holds_contact
from commands.shell.lines import Names, ends, entries, is_whole, kind_of
from tests.commands.process import heichan

NAMES = Names(frozenset({"search", "show", "path"}), frozenset({"qa.gaps"}))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "nothing"),
        ("  // a comment", "nothing"),
        (":help", "shell"),
        ("search x", "command"),
        ("qa.gaps --min 1", "query"),
        ("match (n) return n", "cypher"),
        ("searching", "cypher"),
    ],
)
def test_the_first_word_says_what_a_line_is(text: str, kind: str) -> None:
    assert kind_of(text, NAMES) == kind


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("MATCH (n) RETURN n.id AS id", True),
        ("MATCH (n) RETURN n.id AS", False),
        ("MATCH (n) RETURN n.id AS id,", False),
        ("MATCH (n)", False),
        ("MATCH (n) RETURN 'a", False),
        ("CALL { MATCH (n) RETURN n", False),
        ("CALL { MATCH (n) RETURN n }", False),
        ("CALL db.labels()", True),
        ("RETURN 1 AS a UNION", False),
        ("RETURN 1 AS a UNION RETURN 2 AS a", True),
        ("MATCH (n);", True),
    ],
)
def test_a_statement_is_whole(text: str, whole: bool) -> None:
    assert is_whole(text) == whole


def test_enter_runs_a_whole_line_and_waits_for_the_end_of_several() -> None:
    assert ends("RETURN 1 AS a", NAMES)
    assert not ends("MATCH (n)", NAMES)
    assert not ends("MATCH (n)\nRETURN n", NAMES)
    assert ends("MATCH (n)\nRETURN n\n", NAMES)
    assert ends("MATCH (n)\nRETURN n;", NAMES)
    assert ends("CREATE (n)", NAMES)


def test_piped_lines_are_cut_into_entries() -> None:
    lines = ["search x", "MATCH (n)", "RETURN n", "ORDER BY n.id", "MATCH (m) RETURN m", "show y"]
    assert list(entries(lines, NAMES)) == [
        *("search x", "MATCH (n)\nRETURN n\nORDER BY n.id", "MATCH (m) RETURN m", "show y")
    ]
    assert list(entries(["MATCH (a)", "path = x;", "", "MATCH (n)"], NAMES)) == [
        *("MATCH (a)\npath = x;", "", "MATCH (n)")
    ]


@given(st.lists(st.text(max_size=30).filter(lambda line: "\n" not in line)))
def test_no_line_is_lost(lines: list[str]) -> None:
    assert "\n".join(entries(lines, NAMES)).split() == "\n".join(lines).split()


@pytest.mark.parametrize(
    "text",
    [
        "show @demo_name",
        "show contact:telegram:demo_name",
        ":param qq 10001",
        ":param x=138-0000-1111",
        "search １３８００００１１１１",
        "search a.b@example.org",
        "search t.me/demo_name",
        "actors.x --contact=demo_name",
        "actors.x --whom demo_name",
        "cypher --param handle=x",
        "MATCH (c:Contact {value: 'demo_name'}) RETURN c",
        "search TJRabPrwbZy45sbavfcjinPJC18kjpRTv8",
    ],
)
def test_lines_with_a_contact(text: str) -> None:
    assert holds_contact(text, {"whom": "Contact.value"})


@pytest.mark.parametrize(
    "text",
    [
        "search 股民",
        "show account:telegram:9900001007",
        "evidence post:c96d6aa22156749469b9c0fcc872f3d2",
        "market.x --since 2021-03-04 --until 2021-03-04T13:06:07 --limit 200",
        "MATCH (c:Contact) RETURN count(c) AS n",
        ":param org org:operator/cn/china_mobile",
    ],
)
def test_lines_without_a_contact(text: str) -> None:
    assert not holds_contact(text, {"whom": "Contact.value"})


def test_lines_from_a_pipe(demo_case: Path, state: str) -> None:
    lines = [
        *(":out jsonl", ":limit 1", "MATCH (a:Account)", "RETURN a.id AS id", "ORDER BY id"),
        *("show nobody", "serch x", "MATCH (n) DELETE n;", ":param word @x", "RETURN 2 AS n"),
    ]
    done = heichan(*("--case", demo_case, "shell"), given="\n".join(lines), XDG_STATE_HOME=state)
    assert done.returncode == 3, done.stderr
    first, last = map(json.loads, done.stdout.splitlines())
    assert first["id"].startswith("account:")
    assert last == {"n": 2}
    assert [
        json.loads(line)["error"]["code"]
        for line in done.stderr.splitlines()
        if line.startswith('{"error"')
    ] == [3, 2, 2, 5]
    assert "\x1b" not in done.stdout + done.stderr
    good = heichan("--case", demo_case, "shell", given="RETURN 1 AS n\n", XDG_STATE_HOME=state)
    assert (good.returncode, good.stdout) == (0, "n\n1\n")


def test_a_pipe_that_is_no_text(demo_case: Path, state: str) -> None:
    done = heichan("--case", demo_case, "shell", given=b"\xff\xfe\n", XDG_STATE_HOME=state)
    assert done.returncode == 5
    assert "not UTF-8" in done.stderr


def test_without_a_case(tmp_path: Path) -> None:
    done = heichan("shell", cwd=tmp_path, given="RETURN 1 AS n\n")
    assert done.returncode == 3
    assert "heichan init" in done.stderr
