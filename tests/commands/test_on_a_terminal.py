"""What differs between a terminal and a pipe."""

from pathlib import Path

from tests.commands.inputs import messages, telegram
from tests.commands.process import HEICHAN, environment, heichan
from tests.commands.pseudo import on_a_terminal

LIST = [HEICHAN, "query", "list"]
TERMINAL = {"TERM": "xterm-256color"}


def test_a_table_on_a_terminal_and_tsv_in_a_pipe(tmp_path: Path) -> None:
    piped = heichan("query", "list", cwd=tmp_path)
    assert piped.stdout.startswith("id\ttitle\t")
    assert "\x1b" not in piped.stdout + piped.stderr
    out, _, code = on_a_terminal(LIST, environment(**TERMINAL))
    assert code == 0
    assert "\t" not in out
    assert "┃" in out
    assert "\x1b[1m" in out


def test_no_colour_by_environment_option_and_dumb_terminal() -> None:
    wrong = [HEICHAN, "--case", "/none", "status"]
    for words, more in (
        (LIST, {**TERMINAL, "NO_COLOR": "1"}),
        ([*LIST, "--no-color"], TERMINAL),
        (LIST, {"TERM": "dumb"}),
        (wrong, TERMINAL),
    ):
        out, error, _ = on_a_terminal(words, environment(**more))
        assert "\x1b[3" not in out + error
        assert "\x1b[9" not in out + error


def test_progress_only_on_a_terminal_and_only_on_standard_error(
    case: Path, state: str, tmp_path: Path
) -> None:
    path = telegram(tmp_path / "x.json", messages(3))
    words = [HEICHAN, "--case", str(case), "ingest", str(path), "--no-build"]
    more = environment(XDG_STATE_HOME=state, **TERMINAL)
    out, error, code = on_a_terminal(words, more, out=False)
    assert code == 0
    assert "ingest" in error
    assert "\x1b" in error
    assert out.startswith("path\treader\t")
    assert "\x1b" not in out
    done = heichan(*words[1:], XDG_STATE_HOME=state)
    assert "\x1b" not in done.stdout + done.stderr
    _, error, _ = on_a_terminal([*words, "--quiet"], more, out=False)
    assert error == ""
