"""Limits that hold: a number of seconds that is one."""

from typing import Annotated

import typer

# The bound refuses `inf` and `nan` too, which would end nothing.
_OPTION = typer.Option(min=0.1, max=86_400.0, metavar="S", help="Seconds at the most.")
Seconds = Annotated[float, _OPTION]
MaybeSeconds = Annotated[float | None, _OPTION]
