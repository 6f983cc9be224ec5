"""The prompt on a pseudo-terminal."""

import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from evidence.case import open_case
from tests.commands.process import HEICHAN, environment
from tests.commands.pseudo import READY as PROMPT
from tests.commands.pseudo import Talk

SLOW = (
    "MATCH (a:Account), (b:Account) "
    "WHERE any(x IN range(1, 90) WHERE a.id = b.id + toString(x)) RETURN count(*) AS n"
)
"""Takes little memory: a statement that takes much is stopped before anybody interrupts it."""


def _settings(state: str, **more: str) -> dict[str, str]:
    # No question where the cursor is: nobody here could answer.
    plain = {"TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"}
    return environment(XDG_STATE_HOME=state, **plain, **more)


@contextmanager
def shell(case: Path, state: str, *words: str, **more: str) -> Iterator[Talk]:
    """A shell on a case, left at the end with exit code 0."""
    settings = _settings(state, **more)
    talk = Talk([HEICHAN, "--case", str(case), *words, "shell"], settings)
    try:
        talk.wait(PROMPT)
        yield talk
        talk.type(":quit\r")
        assert talk.end() == 0, talk.said
    finally:
        if talk.process.poll() is None:
            talk.process.kill()
            talk.end()


@pytest.fixture
def history(demo_case: Path, state: str) -> Iterator[Path]:
    """The history of the demo case, empty before and after."""
    path = Path(state) / "heichan" / "history" / open_case(demo_case).settings.id
    path.unlink(missing_ok=True)
    yield path
    path.unlink(missing_ok=True)


def test_from_search_to_evidence(demo_case: Path, state: str, history: Path) -> None:
    with shell(demo_case, state) as talk:
        talk.type("search 股民 --limit 3\r")
        assert "cut off at 3 hits" in talk.wait("Next: heichan show")
        talk.wait(PROMPT)
        talk.type(":out jsonl\r")
        talk.wait(PROMPT)
        talk.type("brokers.many_sources --min-sources 2\r")
        rows = talk.wait("Next: heichan evidence")
        account = re.search(r"account:telegram:\d+", rows)
        assert account
        talk.type(":open 1\r")
        talk.wait("neighbours")
        talk.wait(PROMPT)
        talk.type(f"evidence {account[0]}\r")
        assert "sha256" in talk.wait("Next: heichan show POST")
        talk.wait(PROMPT)
        talk.type(f"MATCH (a:Account {{id: '{account[0]}'}}) RETURN a.name AS called\r")
        talk.wait("called")
        talk.wait(PROMPT)


def test_several_lines(demo_case: Path, state: str, history: Path) -> None:
    with shell(demo_case, state) as talk:
        talk.type("MATCH (p:Platform)\r")
        talk.wait("…")
        talk.type("RETURN count(p) > 0 AS there\r")
        talk.wait("…")
        talk.type(";\r")
        assert "there" in talk.wait("yes")
        talk.wait(PROMPT)


def test_interrupting_ends_the_query_and_not_the_shell(
    demo_case: Path, state: str, history: Path
) -> None:
    with shell(demo_case, state) as talk:
        talk.type(f"{SLOW}\r")
        talk.wait("AS n")
        with pytest.raises(AssertionError, match="never came"):
            talk.wait(PROMPT, seconds=2)
        talk.type("\x03")
        talk.wait("interrupted", seconds=5)
        talk.wait(PROMPT)
        talk.type("half a line\x03")
        talk.wait(PROMPT)
        talk.type("RETURN 1 + 1 AS two\r")
        talk.wait("two")
        talk.wait(PROMPT)


def test_the_end_of_input_leaves(demo_case: Path, state: str, history: Path) -> None:
    settings = _settings(state)
    talk = Talk([HEICHAN, "--case", str(demo_case), "shell"], settings)
    talk.wait(PROMPT)
    talk.type("\x04")
    assert talk.end() == 0


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (":ti\t", "ing"),
        ("brokers.many_so\t", "urces"),
        ("brokers.many_sources --min-so\t", "urces"),
        ("MATCH (a:Acc\t", "ount"),
        ("MATCH (a:账\t", "Account"),
        ("MATCH ()-[r:USES_C\t", "ONTACT"),
        ("MATCH (a:Account) RETURN a.native_\t", "id"),
        ("show product:stock_l\t", "eads"),
        ("evidence --no-c\t", "olor"),
        ("MATCH (o) WHERE o.id = 'org:operator/cn/china_m\t", "obile"),
    ],
)
def test_tab(demo_case: Path, state: str, history: Path, typed: str, offered: str) -> None:
    with shell(demo_case, state) as talk:
        talk.type(typed)
        talk.wait(offered, seconds=10)
        talk.type("\x03")
        talk.wait(PROMPT)


def test_the_history_is_private_and_holds_no_contact(
    demo_case: Path, state: str, history: Path
) -> None:
    with shell(demo_case, state) as talk:
        for line in (
            ":param min_sources 3",
            ":param contact qq10001",
            "search 13800001111",
            "show @demo_liuge",
            "MATCH (c:Contact {value: 'demo_liuge'}) RETURN c.id AS id",
            "RETURN 2 AS kept",
        ):
            talk.type(f"{line}\r")
            talk.wait(PROMPT)
        # The arrow keys recall what is not kept, too.
        talk.type("\x1b[A\x1b[A")
        talk.wait("demo_liuge")
        talk.type("\x03")
        talk.wait(PROMPT)
    assert stat.S_IMODE(history.stat().st_mode) == 0o600
    kept = history.read_text("utf-8")
    assert ":param min_sources 3" in kept
    assert "RETURN 2 AS kept" in kept
    assert not [word for word in ("qq10001", "13800001111", "liuge") if word in kept]


def test_settings(demo_case: Path, state: str, history: Path) -> None:
    with shell(demo_case, state, PAGER="cat -A") as talk:
        for line, answer in (
            (":help", "Ctrl-C ends a query"),
            (":use", "store embedded"),
            (":use /none", "is not a case"),
            (":out json", PROMPT),
            ("RETURN 1 AS one", '"one": 1'),
            (":limit 2", PROMPT),
            ("MATCH (a:Account) RETURN a.id AS id ORDER BY id", "cut off at 2 rows"),
            (":timing on", PROMPT),
            ("RETURN 1 AS one", " s"),
            (":param word 股民", PROMPT),
            ("RETURN $word + '料' AS w", "股民料"),
            (":nothing", "no command :nothing"),
            (":limit off", PROMPT),
            (":pager on", PROMPT),
            ("MATCH (a:Account) RETURN a.id AS id ORDER BY id LIMIT 60", "$"),
        ):
            talk.type(f"{line}\r")
            talk.wait(answer)
            if answer != PROMPT:
                talk.wait(PROMPT)
