"""Watch lists through the command: added, shown once as new, told after an ingest, taken off."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.commands.process import here
from tests.ingest.exports import message, write_telegram


class Watching:
    """A case with some chatter, and the commands on it."""

    def __init__(self, case: Path, state: str) -> None:
        self.case = case
        self._state = state

    def call(self, *words: str, code: int = 0, given: str = "") -> tuple[Any, str]:
        """The document of a call and what it told; of an error that."""
        state = {"XDG_STATE_HOME": self._state}
        done = here("--case", self.case, *words, "--format", "json", given=given, **state)
        assert done.returncode == code, (words, done.stdout, done.stderr)
        if code in (0, 3) and done.stdout:
            return json.loads(done.stdout), done.stderr
        return json.loads(done.stderr.splitlines()[-1])["error"], done.stderr

    def rows(self, *words: str) -> list[dict[str, Any]]:
        rows = self.call("watch", *words)[0]
        assert isinstance(rows, list)
        return rows

    def ingest(self, name: str, *texts: str, first: int = 1) -> str:
        """What the command told."""
        messages = [message(first + at, text) for at, text in enumerate(texts)]
        path = write_telegram(self.case.parent / name, messages)
        return self.call("ingest", str(path), "--no-build")[1]


@pytest.fixture
def watching(case: Path, state: str) -> Watching:
    made = Watching(case, state)
    assert "watch" not in made.ingest("one", "在吗", "联系 @demo_h01", "今天下雨")
    return made


def test_what_was_shown_is_not_new_again(watching: Watching) -> None:
    added = watching.rows("add", "@demo_h01", "下雨")
    assert [(row["value"], row["kind"]) for row in added] == [
        ("@demo_h01", "handle"),
        ("下雨", "word"),
    ]
    # One is cut off, and stays new.
    rows, told = watching.call("watch", "hits", "--new", "--limit", "1")
    assert len(rows) == 1
    assert "cut off at 1" in told
    [row] = watching.rows("hits", "--new")
    assert row["new"] is True
    assert watching.rows("hits", "--new") == []
    assert [row["new"] for row in watching.rows("hits")] == [False, False]
    told = watching.ingest("two", "又下雨了", "@demo_h012 不是他", first=10)
    assert "1 new hits" in told
    assert [row["text"] for row in watching.rows("hits", "--new")] == ["又下雨了"]
    assert "0 new hits" in watching.ingest("three", "吃饭", first=20)


def test_the_canned_query_says_the_same(watching: Watching) -> None:
    watching.rows("add", "下雨", "--list", "weather")
    shown = watching.rows("hits", "--list", "weather")
    found, _ = watching.call("query", "run", "actors.watchlist_hits", "--list", "weather")
    assert [row["post"] for row in found] == [row["post"] for row in shown]
    assert [row["new"] for row in found] == [False]
    new = ("query", "run", "actors.watchlist_hits", "--list", "weather", "--only-new", "true")
    assert watching.call(*new)[0] == []


def test_lists_are_apart_and_entries_are_taken_off(watching: Watching) -> None:
    watching.rows("add", "下雨", "--list", "a")
    watching.rows("add", "下雨", "在吗", "--list", "b", "--reason", "asked for")
    assert watching.rows("add", "下雨", "--list", "a") == []
    assert [row["list"] for row in watching.rows("list")] == ["a", "b", "b"]
    watching.rows("hits")
    watching.rows("remove", "下雨", "--list", "b")
    assert [row["value"] for row in watching.rows("list", "--list", "b")] == ["在吗"]
    # Added again, it is as new as at first.
    watching.rows("add", "下雨", "--list", "b")
    assert [row["list"] for row in watching.rows("hits", "--new")] == ["b"]


def test_wrong_use(watching: Watching) -> None:
    assert watching.call("watch", "hits", "--list", "none", code=3)[0]["kind"] == "not-found"
    assert watching.call("watch", "remove", "x", code=3)[0]["kind"] == "not-found"
    for words in (["add", " "], ["add", "x", "--as", "thing"], ["add", "x", "--as", "contact"]):
        assert watching.call("watch", *words, code=2)[0]["kind"] == "usage"
    assert watching.call("watch", "add", "-", code=2, given=" \n")[0]["kind"] == "usage"
    watching.rows("add", "nothing like it")
    done = watching.call("watch", "hits", "--fail-empty", code=3)
    assert done[0] == []


def test_a_victims_number_is_not_kept(watching: Watching) -> None:
    number = "110101199003074477"
    error, _ = watching.call("watch", "add", "-", code=2, given=f"{number}\n")
    assert "victim" in error["message"]
    with closing(sqlite3.connect(watching.case / "archive.sqlite")) as connection, connection:
        dump = "\n".join(connection.iterdump())
    assert number not in dump


def test_adding_leaves_the_graph_as_it_is(watching: Watching) -> None:
    assert watching.call("build")[0]["changed"] is True
    watching.rows("add", "下雨")
    watching.rows("remove", "下雨")
    assert watching.call("build")[0]["changed"] is False
