"""What Tab offers in zsh."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.process import environment
from tests.commands.pseudo import Talk
from tests.commands.test_explore import Asker

PROMPT = "ready> "


@pytest.fixture
def zsh(demo_case: Path, state: str, tmp_path: Path) -> Iterator[Talk]:
    """An interactive zsh without anybody's settings, with the completion of the command."""
    if shutil.which("zsh") is None:
        if "zsh" in os.environ.get("HEICHAN_REQUIRE", "").split(","):
            pytest.fail("zsh is required, and not on this machine")
        pytest.skip("zsh: not on this machine")
    more = environment(XDG_STATE_HOME=state, HEICHAN_CASE=str(demo_case), TERM="dumb")
    more |= {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    more |= {"HOME": str(tmp_path), "ZDOTDIR": str(tmp_path), "PS1": PROMPT}
    talk = Talk(["zsh", "-f", "-i"], more)
    try:
        talk.wait(PROMPT)
        talk.type(f"autoload -U compinit && compinit -u -d {tmp_path}/dump; echo on$((1))\n")
        talk.wait("on1")
        talk.type('eval "$(_HEICHAN_COMPLETE=source_zsh heichan)"; echo on$((2))\n')
        talk.wait("on2")
        talk.wait(PROMPT)
        yield talk
    finally:
        talk.type("\x15\x04")
        talk.end()


def test_tab_completes_ids_and_handles(zsh: Talk, demo_case: Path, state: str) -> None:
    broker = str(Asker(demo_case, state)("brokers", "--top", "1")[0]["id"])
    # The whole id is listed among several, or stands in the line that is printed then.
    zsh.type(f"heichan show {broker[:-1]}\t\x01print -r -- \r")
    zsh.wait(broker)
    zsh.wait(PROMPT)
    zsh.type("heichan show @demo_ke\t\x01print -r -- \r")
    zsh.wait("heichan show @demo_kev")


def test_tab_completes_commands_and_labels(zsh: Talk) -> None:
    zsh.type("heichan timel\t")
    zsh.wait("timeline")
    zsh.type("\x15heichan search x --kind Accou\t")
    zsh.wait("Account")
