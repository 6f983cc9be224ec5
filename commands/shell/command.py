"""The command `shell`: a prompt on a terminal, lines from a pipe elsewhere."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from commands.application import InterruptedByUserError, command
from commands.session import Session
from evidence.errors import InputError

if TYPE_CHECKING:
    from commands.shell.state import State


def shell(session: Session, ctx: typer.Context) -> None:
    """Explore from a prompt: Cypher, canned queries by name, search, show, evidence.

    Tab completes names and ids; :help says what else there is. Lines from a pipe are run one
    after the other; the exit code is that of the first one that failed.

    Example: heichan shell
    Example: echo 'search 股民' | heichan shell
    """
    from commands.shell.state import State

    state = State(ctx.find_root().command, replace(session.shared, lender=None))
    _ = state.session.case
    try:
        if sys.stdin.isatty():
            from commands.shell.prompt import converse

            converse(state)
        else:
            _run_lines(state)
    finally:
        state.close()


def _run_lines(state: "State") -> None:
    """Runs piped lines to the end. Raises typer.Exit with the code of the first failure."""
    from commands.shell.lines import entries
    from commands.shell.run import run_entry

    failed = 0
    for entry in entries(_piped(), state.names):
        code = run_entry(state, entry)
        failed = failed or code
        if state.left or code == InterruptedByUserError.code:
            break
    if failed:
        raise typer.Exit(failed)


def _piped() -> Iterator[str]:
    for number, line in enumerate(sys.stdin.buffer, 1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            where: dict[str, str | int] = {"file": "-", "line": number}
            raise InputError("standard input is not UTF-8", where=where) from error


def register(app: typer.Typer) -> None:
    command(app, "shell")(shell)
