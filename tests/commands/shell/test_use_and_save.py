"""`:use` of another case or store, and `:save` of the last answer, on a pseudo-terminal."""

from pathlib import Path

from queries import saved
from tests.commands.copying import copy_of
from tests.commands.process import here
from tests.commands.pseudo import READY as PROMPT
from tests.commands.shell.test_terminal import shell

QUERY = "sources.operator_ranking"


def test_another_case_is_used_and_the_old_one_forgotten(
    demo_case: Path, case: Path, state: str
) -> None:
    with shell(demo_case, state) as talk:
        talk.type(f"{QUERY}\r")
        talk.wait("Next: heichan evidence")
        talk.wait(PROMPT)
        talk.type(f":use {case}\r")
        talk.wait(f"case {case}, store embedded")
        talk.wait(PROMPT)
        talk.type("MATCH (a:Account) RETURN count(a) AS accounts\r")
        talk.wait("accounts")
        talk.wait("0")
        talk.wait(PROMPT)
        # What was asked before was asked of another case.
        talk.type(":save mine\r")
        talk.wait("no canned query has run")
        talk.wait(PROMPT)
        talk.type(f":use {demo_case}\r")
        talk.wait(f"case {demo_case}, store embedded")
        talk.wait(PROMPT)
        talk.type(f"{QUERY} --limit 1\r")
        talk.wait("cut off at 1 rows")
        talk.wait(PROMPT)


def test_a_store_that_cannot_be_reached_leaves_the_shell_where_it_was(
    demo_case: Path, state: str
) -> None:
    with shell(demo_case, state) as talk:
        talk.type(":use neo4j\r")
        talk.wait("NEO4J_URI")
        talk.wait(PROMPT)
        talk.type(":use\r")
        talk.wait("store embedded")
        talk.wait(PROMPT)


def test_the_last_answer_is_kept_and_compared(demo_case: Path, state: str, tmp_path: Path) -> None:
    copy = copy_of(demo_case, tmp_path / "copy")
    assert here("case", "trust", copy, "--yes", XDG_STATE_HOME=state).returncode == 0
    with shell(copy, state) as talk:
        talk.type(":param country CN\r")
        talk.wait(PROMPT)
        talk.type(f"{QUERY}\r")
        talk.wait("Next: heichan evidence")
        talk.wait(PROMPT)
        talk.type(":save operators\r")
        talk.wait("kept as operators")
        talk.wait(PROMPT)
        talk.type(":save operators\r")
        talk.wait("is kept already")
        talk.wait(PROMPT)
        talk.type(":save operators --force\r")
        talk.wait("kept as operators")
        talk.wait(PROMPT)
        talk.type("query diff operators\r")
        talk.wait("0 came, 0 went, 0 changed")
        talk.wait(PROMPT)
    kept = saved.read(copy, "operators")
    assert kept.query == QUERY
    assert kept.given == {"country": "CN"}
    assert kept.rows
