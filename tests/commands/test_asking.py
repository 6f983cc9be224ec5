"""`query` and `cypher` on the demo case: parameters, limits, refusals."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.process import here

META = ["query", "version", "parameters", "graph", "limit", "truncated", "seconds"]
RANKING = ("query", "run", "sources.operator_ranking")


class Caller:
    """Runs a command on the demo case."""

    def __init__(self, case: Path, state: str) -> None:
        self._case = case
        self._state = state
        self.told = ""

    def __call__(self, *words: str, code: int = 0, given: str = "") -> str:
        done = here("--case", self._case, *words, given=given, XDG_STATE_HOME=self._state)
        assert done.returncode == code, (words, done.stderr)
        self.told = done.stderr
        return done.stdout

    def json(self, *words: str, code: int = 0) -> Any:
        text = self(*words, "--format", "json", code=code)
        return json.loads(text) if text else json.loads(self.told.splitlines()[-1])["error"]


@pytest.fixture
def call(demo_case: Path, state: str) -> Caller:
    return Caller(demo_case, state)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--min-source", "3"), "no parameter min_source"),
        (("--min-sources", "many"), "min_sources"),
        (("--min-sources", "0"), "min_sources"),
        (("--min-sources",), "has no value"),
        (("--param", "x"), "NAME=VALUE"),
        (("loose",), "'loose' is no parameter"),
    ],
)
def test_a_wrong_parameter_says_what_exists(
    call: Caller, words: tuple[str, ...], said: str
) -> None:
    error = call.json("query", "run", "brokers.many_sources", *words, code=2)
    assert said in error["message"] + error["hint"]
    if "parameters" in error["hint"]:
        assert "min_sources (int, default 4, at least 1)" in error["hint"]


def test_a_needed_parameter(call: Caller) -> None:
    error = call.json("query", "run", "actors.profile", code=2)
    assert "needs actor" in error["message"]
    assert "actor (str, required)" in error["hint"]


def test_an_unknown_query_names_near_ones(call: Caller) -> None:
    error = call.json("query", "run", "source.operator_rank", code=3)
    assert error["kind"] == "not-found"
    assert "sources.operator_ranking" in error["hint"]


def test_a_parameter_by_option_by_name_and_by_file(call: Caller, tmp_path: Path) -> None:
    (tmp_path / "country").write_text("CN\n")
    by_option = call.json(*RANKING, "--country", "CN")
    assert by_option
    assert call.json(*RANKING, "--country=CN") == by_option
    assert call.json(*RANKING, "--param", "country=CN") == by_option
    assert call.json(*RANKING, "--param", f"country=@{tmp_path / 'country'}") == by_option
    error = call.json(*RANKING, "--param", f"country=@{tmp_path / 'none'}", code=5)
    assert error["where"] == {"file": str(tmp_path / "none")}


def test_a_cut_answer_says_so(call: Caller) -> None:
    assert len(call.json(*RANKING, "--limit", "1")) == 1
    assert "cut off at 1 rows" in call.told
    call.json(*RANKING)
    assert "cut off" not in call.told


def test_meta_and_the_text(call: Caller) -> None:
    document = call.json(*RANKING, "--limit", "1", "--meta")
    assert list(document) == ["rows", "meta"]
    assert list(document["meta"]) == META
    assert document["meta"]["query"] == "sources.operator_ranking"
    assert document["meta"]["truncated"] is True
    assert document["meta"]["graph"] == call.json("status")["snapshot"]
    call(*RANKING, "--show-cypher", "--country", "CN")
    assert "MATCH (a:Account|Actor)-[:LISTED]->(l:Listing)" in call.told
    assert "country: CN" in call.told


def test_fail_empty(call: Caller) -> None:
    assert call.json(*RANKING, "--country", "ZZ") == []
    call(*RANKING, "--country", "ZZ", "--fail-empty", code=3)
    call("search", "这个词语料库里没有的", "--fail-empty", code=3)
    call("cypher", "MATCH (a:Account {id: ''}) RETURN a", "--fail-empty", code=3)
    account = call.json("brokers", "--top", "1")[0]["id"]
    call("timeline", account, "--grep", "这个词语料库里没有的", "--fail-empty", code=3)
    call("neighbors", account, "--rel", "SUCCEEDED_BY", "--fail-empty", code=3)
    call("path", account, account[:-1], "--rel", "SUCCEEDED_BY", "--fail-empty", code=2)
    call("brokers", "--since", "1990-01-01", "--until", "1990-01-02", "--fail-empty", code=3)
    call("evidence", account, "--fail-empty")


def test_cypher_is_read_only_bound_and_limited(call: Caller) -> None:
    error = call.json("cypher", "MATCH (n) SET n.x = 1", code=2)
    assert (error["kind"], error["where"]) == ("usage", {"line": 1, "column": 11})
    error = call.json("cypher", "MATCH (n RETURN n", code=2)
    assert error["where"]["line"] == 1
    call("cypher", "MATCH (n RETURN n", code=2)
    assert "at line 1, column" in call.told
    text = "MATCH (n:Account) RETURN n.id AS id ORDER BY id"
    document = call.json("cypher", text, "--limit", "2", "--meta")
    assert len(document["rows"]) == 2
    assert list(document["meta"]) == META
    assert "cut off at 2 rows" in call.told
    wanted = document["rows"][1]["id"]
    bound = "MATCH (n:Account) WHERE n.id = $id RETURN n.id AS id"
    assert call.json("cypher", bound, "--param", f"id={wanted}") == [{"id": wanted}]
    assert "--param" in call.json("cypher", bound, code=2)["hint"]
    assert json.loads(call("cypher", "-", "--format", "json", given="RETURN 1 AS n")) == [{"n": 1}]


def test_cypher_that_takes_too_long_is_stopped(call: Caller) -> None:
    text = "MATCH (a), (b), (c) WHERE a.id < b.id AND b.id < c.id RETURN count(*) AS n"
    error = call.json("cypher", text, "--timeout", "0.3", code=1)
    assert "stopped after 0.3 s" in error["message"]
    assert "--timeout" in error["hint"]
