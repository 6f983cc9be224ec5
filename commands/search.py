"""`search`: nodes and posts by text."""

from typing import Annotated

import typer

from commands.application import command
from commands.parameters import standard_input
from commands.session import Session
from evidence.errors import UsageError

COLUMNS = ("kind", "id", "name", "time", "text")


def search(
    session: Session,
    text: Annotated[str, typer.Argument(metavar="TEXT|-", help="What to find; - reads it.")],
    limit: Annotated[int, typer.Option(min=1, help="Hits at the most.")] = 50,
    raw: Annotated[bool, typer.Option("--raw", help="CSV cells as they are.")] = False,
    fail_empty: Annotated[bool, typer.Option("--fail-empty", help="Exit 3 without hits.")] = False,
) -> None:
    """Find nodes and posts that hold a text, one Chinese character upwards.

    Example: heichan search 股民
    A number or name that should stay out of the shell's history: heichan search - < file
    """
    from graph.explore.search import search as find

    wanted = standard_input().strip() if text == "-" else text
    if not wanted.strip():
        raise UsageError("nothing to search for", hint="heichan search TEXT")
    hits, cut = find(session.store, session.archive, wanted, limit, session.progress)
    session.progress.close()
    session.out.rows([{name: getattr(hit, name) for name in COLUMNS} for hit in hits], COLUMNS)
    if cut:
        session.out.warn(f"cut off at {limit} hits; raise --limit to see more")
    if hits:
        session.out.note("Next: heichan show ID, heichan timeline ID, heichan evidence ID")
    elif fail_empty:
        raise typer.Exit(3)


def register(app: typer.Typer) -> None:
    command(app, "search")(search)
