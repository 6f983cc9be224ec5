"""Bad input of the query commands: told with what to do, and nothing else stops."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.process import here
from tests.queries.test_lint import BODY, HEAD


def told(case: Path, state: str, *words: str | Path, code: int) -> str:
    done = here("--case", case, *words, XDG_STATE_HOME=state)
    assert done.returncode == code, (words, done.stderr)
    assert "Traceback" not in done.stderr
    return done.stderr


def document(case: Path, state: str, *words: str | Path, code: int = 0) -> Any:
    done = here("--case", case, *words, "--format", "json", XDG_STATE_HOME=state)
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("chain.product_lag",), "needs product"),
        (("chain.product_lag", "--product="), "needs product"),
        (("chain.product_lag", "--product"), "--product has no value"),
        (("chain.product_lag", "product:x"), "'product:x' is no parameter"),
        (("chain.product_lag", "--product", "x", "--nosuch", "1"), "no parameter nosuch"),
        (("brokers.many_sources", "--min-sources", "four"), "min_sources is no whole number"),
        (("brokers.many_sources", "--min-sources", "1.5"), "min_sources is no whole number"),
        (("brokers.many_sources", "--min-sources", str(2**70)), "min_sources is no whole number"),
        (("brokers.many_sources", "--since", "yesterday"), "since is no day and no time"),
        (("brokers.many_sources", "--exclude-shared", "maybe"), "is no true or false"),
        (("brokers.many_sources", "--param", "min_sources"), "is no NAME=VALUE"),
        (("brokers.many_sources", "--timeout", "nan"), "--timeout"),
        (("brokers.many_sources", "--timeout", "inf"), "--timeout"),
        (("brokers.many_sources", "--limit", "0"), "--limit"),
    ],
)
def test_parameters(demo_case: Path, state: str, words: tuple[str, ...], said: str) -> None:
    assert said in told(demo_case, state, "query", "run", *words, code=2)


def test_a_parameter_error_lists_what_is_taken(demo_case: Path, state: str) -> None:
    said = told(demo_case, state, "query", "run", "chain.product_lag", code=2)
    assert "parameters: " in said
    assert "product (str, required" in said


def test_a_parameter_file_that_is_missing(demo_case: Path, state: str) -> None:
    words = ("query", "run", "chain.product_lag", "--param", "product=@/nosuch")
    assert "/nosuch" in told(demo_case, state, *words, code=5)


@pytest.mark.parametrize("command", ["run", "show"])
def test_an_unknown_query(demo_case: Path, state: str, command: str) -> None:
    said = told(demo_case, state, "query", command, "brokers.many_surces", code=3)
    assert "brokers.many_sources" in said


@pytest.mark.parametrize("seconds", ["nan", "inf", "0", "1e300"])
def test_a_time_limit_is_a_number(demo_case: Path, state: str, seconds: str) -> None:
    words = ("cypher", "RETURN 1 AS x", "--timeout", seconds)
    assert "--timeout" in told(demo_case, state, *words, code=2)


def _own(case: Path, name: str, text: str) -> Path:
    path = case / "queries" / "mine" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


FAULTS = [
    (HEAD.replace("// version: 1.0.0\n", "") + BODY, "missing required field `version`", 2),
    (HEAD.replace("type: int", "type: integer") + BODY, "integer", 11),
    (HEAD.replace("// params:", "// colour: red\n// params:") + BODY, "unknown field `colour`", 6),
    (HEAD.replace("{en: Accounts", "{en: [Accounts") + BODY, "the head of the query is wrong", 4),
    (HEAD + BODY.replace(":Account)", ":Acount)"), "no label Acount", 14),
    (HEAD + BODY.replace("RETURN", "SET a.name = 'x' RETURN"), "SET is refused", 16),
    (HEAD + BODY.replace("LIMIT $limit", "LIMIT 10"), "ends with LIMIT $limit", 18),
    (HEAD + BODY.replace("RETURN a", "/* x */ RETURN a"), "comments begin with //", 16),
    (HEAD + BODY.replace("count(p)", "percentileCont(1.0, 0.5)"), "percentileCont", 16),
    ("nothing", "begins with a head", 1),
    (HEAD.replace("mine.good", "mine.other") + BODY, "it must be mine.bad", 2),
]


@pytest.mark.parametrize(("text", "said", "line"), FAULTS, ids=[said for _, said, _ in FAULTS])
def test_a_file_with_an_error_is_named_and_the_others_load(
    case: Path, state: str, text: str, said: str, line: int
) -> None:
    bad = _own(case, "bad.cypher", text.replace("id: mine.good", "id: mine.bad"))
    _own(case, "good.cypher", HEAD + BODY)
    found = document(case, state, "query", "validate", code=1)
    [problem] = [one for one in found if said in one["message"]]
    assert (problem["file"], problem["line"]) == (str(bad), line)
    warned = told(case, state, "query", "show", "mine.good", code=0)
    assert f"{bad}, line {line}: " in warned
    assert said in warned
    assert "cannot be run" in told(case, state, "query", "show", "mine.bad", code=3)
    listed = [one["id"] for one in document(case, state, "query", "list")]
    assert "mine.good" in listed
    assert "mine.bad" not in listed
    assert "chain.product_lag" in listed


def test_a_file_that_is_no_text(case: Path, state: str) -> None:
    bad = _own(case, "bad.cypher", "")
    bad.write_bytes(b"\xff\xfe// ---\n\x00")
    [problem] = document(case, state, "query", "validate", code=1)
    assert problem["file"] == str(bad)


def test_two_queries_with_one_id(case: Path, state: str) -> None:
    _own(case, "good.cypher", HEAD + BODY)
    folder = case / "more"
    (folder / "mine").mkdir(parents=True)
    (folder / "mine" / "good.cypher").write_text(HEAD + BODY, encoding="utf-8")
    [problem] = document(case, state, "query", "validate", folder, code=1)
    assert problem["file"] == str(folder / "mine" / "good.cypher")
    assert str(case / "queries" / "mine" / "good.cypher") in problem["message"]
    (case / "queries" / "chain").mkdir()
    twin = HEAD.replace("mine.good", "chain.product_lag") + BODY
    own = case / "queries" / "chain" / "product_lag.cypher"
    own.write_text(twin, encoding="utf-8")
    warned = told(case, state, "query", "show", "chain.product_lag", code=0)
    assert f"{own}, line 1: chain.product_lag stands in" in warned


def test_the_browser_text_tells_of_the_style(demo_case: Path, state: str) -> None:
    words = ("query", "show", "brokers.many_sources", "--browser")
    done = here("--case", demo_case, *words, XDG_STATE_HOME=state)
    assert done.stdout.startswith(":params {")
    assert "browser.grass" in done.stderr
