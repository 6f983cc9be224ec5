"""`--spec` says what the live commands take and give."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer

import demo
from cli import app
from commands.application import shared_parameters
from commands.spec import EXIT_CODES, leaves
from commands.spec_columns import SHAPES, columns
from evidence import errors
from queries.pack import load_packs
from tests.commands.process import here

SPEC: dict[str, Any] = json.loads(here("--spec").stdout)
LIVE = dict(leaves(typer.main.get_command(app)))
SHARED = {parameter.name for parameter in shared_parameters()}
TELEGRAM = Path(demo.__file__).parent / "corpus" / "telegram"
ASKED: dict[tuple[str, ...], tuple[str, ...]] = {
    ("search",): ("股民",),
    ("timeline",): ("account:telegram:9900001020",),
    ("evidence",): ("account:telegram:9900001020",),
    ("neighbors",): ("account:telegram:9900001020",),
    ("path",): ("account:telegram:9900001020", "account:telegram:9900001034"),
    ("correct",): ("--list",),
    ("assert",): ("--list",),
    ("tag",): ("--list",),
    ("grade",): ("--list",),
    ("note",): ("--list",),
    ("mark",): ("--list",),
    ("compare",): tuple(str(TELEGRAM / name) for name in ("danbao-2023", "danbao")),
    ("metrics", "compare"): ("2012", "2013"),
    ("query", "diff"): (),
    ("watch", "list"): (),
    ("watch", "hits"): (),
}
"""Words with which a command that answers with rows is asked on the demo case."""
WRITING = (("watch", "add"), ("watch", "remove"))
"""Commands with rows that are asked on a case of their own."""
WITH_ROWS = [words for words in LIVE if columns(words).answer == "rows"]


def test_every_command_is_told_with_every_option() -> None:
    told = {tuple(one["words"]): one for one in SPEC["commands"]}
    assert told.keys() == LIVE.keys()
    for words, command in LIVE.items():
        one = told[words]
        own = {p.name for p in command.params if p.name not in SHARED and not p.hidden}
        assert {p["name"] for p in one["arguments"] + one["options"]} == own
        assert one["help"]
    assert {option["name"] for option in SPEC["shared_options"]} == SHARED


def test_every_command_says_what_it_answers_with() -> None:
    assert not LIVE.keys() - SHAPES.keys(), "declare the answer in commands/spec_columns.py"


@pytest.mark.parametrize(
    "words",
    [words for words in WITH_ROWS if columns(words).columns and words not in WRITING],
    ids=" ".join,
)
def test_columns_are_those_of_the_answer(
    words: tuple[str, ...], demo_case: Path, state: str
) -> None:
    if words == ("query", "diff"):
        pytest.skip("needs a kept answer: test_query_results")
    if words == ("case", "erase"):
        pytest.skip("takes something out for good: test_erase")
    given = ASKED.get(words, ())
    # The header line stands where there are no rows, too.
    form = ("--format", "csv")
    done = here("--case", demo_case, *words, *given, *form, XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    header = done.stdout.splitlines()[0].split(",")
    assert header == list(columns(words).columns)


def test_columns_of_commands_that_write(case: Path, state: str) -> None:
    for words in WRITING:
        done = here("--case", case, *words, "股民", "--format", "csv", XDG_STATE_HOME=state)
        header, row = done.stdout.splitlines()
        assert header.split(",") == list(columns(words).columns)
        assert row.startswith("main,股民,word,")


@pytest.mark.parametrize("words", WITH_ROWS, ids=" ".join)
def test_rows_can_be_had_as_they_are(words: tuple[str, ...]) -> None:
    assert "raw" in {parameter.name for parameter in LIVE[words].params}


def test_queries_are_told_with_parameters_and_columns() -> None:
    packs = load_packs(lint_shipped=False).queries
    assert [one["id"] for one in SPEC["queries"]] == list(packs)
    for one in SPEC["queries"]:
        header = packs[one["id"]].header
        assert [p["name"] for p in one["parameters"]] == list(header.params)
        assert [c["name"] for c in one["columns"]] == list(header.returns)


def test_exit_codes_are_all_there() -> None:
    used = {error.code for error in errors.HeichanError.__subclasses__()} | {0, 1}
    assert used <= EXIT_CODES.keys()
    assert [one["code"] for one in SPEC["exit_codes"]] == list(EXIT_CODES)


def test_behind_a_command_it_tells_of_that_command() -> None:
    one = json.loads(here("query", "run", "--spec").stdout)
    assert [command["words"] for command in one["commands"]] == [["query", "run"]]
    assert one["commands"][0]["parameters_as_options"]
    assert one["queries"]
    group = json.loads(here("--spec", "metrics").stdout)
    assert len(group["commands"]) >= 1


def test_types_and_limits() -> None:
    told = {tuple(one["words"]): one for one in SPEC["commands"]}
    options = {one["name"]: one for one in told[("cypher",)]["options"]}
    assert options["limit"]["type"] == "int"
    assert (options["limit"]["min"], options["limit"]["default"]) == (1, 200)
    assert options["timeout"]["max"] == 86_400
    assert options["param"]["multiple"]
    assert options["raw"]["flag"]
