"""A result that was cut says so, on standard error and in `meta`, whatever the command."""

import json
from pathlib import Path
from typing import Any

import pytest

from commands.spec_columns import columns
from tests.commands.process import here
from tests.commands.test_spec import ASKED, LIVE

META = ["query", "version", "parameters", "graph", "limit", "truncated", "seconds"]
CUTTING = ("limit", "top")
MORE: dict[tuple[str, ...], tuple[str, ...]] = {
    ("case", "erase"): ("--list",),
    ("cypher",): ("MATCH (n) RETURN n.id AS id ORDER BY id",),
    ("query", "run"): ("sources.operator_ranking",),
    ("timeline",): ("account:telegram:9900001034",),
    ("watch", "add"): ("nobody writes this",),
    ("watch", "remove"): ("nobody writes this",),
}
ROWS = [words for words in LIVE if columns(words).answer == "rows"]
LIMITED = [words for words in ROWS if any(option.name in CUTTING for option in LIVE[words].params)]


def ask(case: Path, state: str, *words: str) -> tuple[Any, str]:
    form = ("--format", "json", "--meta")
    done = here("--case", case, *words, *form, XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), done.stderr


@pytest.mark.parametrize("words", ROWS, ids=" ".join)
def test_rows_have_a_meta_that_says_they_are_whole(
    words: tuple[str, ...], demo_case: Path, state: str
) -> None:
    given = MORE.get(words, ASKED.get(words, ()))
    option = [o.opts[0] for o in LIVE[words].params if o.name in CUTTING]
    whole = (*given, *(part for name in option for part in (name, "100000")))
    told, said = ask(demo_case, state, *words, *whole)
    assert list(told) == ["rows", "meta"]
    assert list(told["meta"])[:7] == META
    assert told["meta"]["truncated"] is False
    assert "cut" not in said


@pytest.mark.parametrize("words", LIMITED, ids=" ".join)
def test_a_cut_result_says_so(words: tuple[str, ...], demo_case: Path, state: str) -> None:
    given = MORE.get(words, ASKED.get(words, ()))
    [option] = [o.opts[0] for o in LIVE[words].params if o.name in CUTTING]
    whole, _ = ask(demo_case, state, *words, *given, option, "100000")
    if len(whole["rows"]) < 2:
        pytest.skip("the demo has no second row")
    told, said = ask(demo_case, state, *words, *given, option, "1")
    assert len(told["rows"]) == 1
    assert (told["meta"]["limit"], told["meta"]["truncated"]) == (1, True)
    assert "cut off at 1 " in said
    assert f"raise {option} " in said
    exact = str(len(whole["rows"]))
    told, said = ask(demo_case, state, *words, *given, option, exact)
    assert told["meta"]["truncated"] is False
    assert "cut off" not in said


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "jsonl"])
def test_in_other_forms_on_standard_error(demo_case: Path, state: str, form: str) -> None:
    words = ("cypher", "MATCH (n) RETURN n.id AS id", "--limit", "1", "--format", form, "--quiet")
    done = here("--case", demo_case, *words, XDG_STATE_HOME=state)
    assert "cut off at 1 rows" in done.stderr
    assert "cut off" not in done.stdout
