"""Options of commands that answer with rows."""

from collections.abc import Sized
from typing import Annotated

import typer

Raw = Annotated[bool, typer.Option("--raw", help="CSV cells as they are.")]
FailEmpty = Annotated[bool, typer.Option("--fail-empty", help="Exit 3 without rows.")]
EMPTY = 3


def end_if_empty(found: Sized, *, fail_empty: bool) -> None:
    """Raises typer.Exit where nothing was found and that was asked to be a failure."""
    if fail_empty and not len(found):
        raise typer.Exit(EMPTY)
