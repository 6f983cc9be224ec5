"""`--plot FILE`: options of commands that draw."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.output import Output

if TYPE_CHECKING:
    from graph.export.plots.target import Target

Plot = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Draw too, into FILE.svg or FILE.png (extra [plot])."),
]
Force = Annotated[bool, typer.Option("--force", help="With --plot: overwrite the file.")]


def target_of(plot: Path | None, *, force: bool) -> "Target | None":
    """Where to draw, asked before any work is done. Raises UsageError, HeichanError."""
    if plot is None:
        return None
    from graph.export.plots.target import target

    return target(plot, force=force)


def told(out: Output, target: "Target", notes: list[str]) -> None:
    """Says where the picture is, and what it could not show."""
    for note in notes:
        out.warn(note)
    out.note(f"drawn: {target.path}")
