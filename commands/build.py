"""`build`: the graph from the archive."""

from typing import Annotated

import typer

from commands.application import command
from commands.own_rules import warn_withheld
from commands.session import Session
from commands.spent import tell_spent
from commands.stopping import stopping


def build(
    session: Session,
    full: Annotated[bool, typer.Option("--full", help="Read and derive everything anew.")] = False,
) -> None:
    """Bring the graph up to date with the archive.

    Example: heichan --case cases/spring build --full
    """
    with stopping(lambda: "what was read again is kept; the same command goes on from there"):
        from graph.build.run import build as derive

        warn_withheld(session)
        report = derive(
            session.case, full=full, store=session.store_name, progress=session.progress
        )
    session.progress.close()
    session.out.document(report.document())
    tell_spent(session)
    session.out.note("Next: heichan query list")


def register(app: typer.Typer) -> None:
    command(app, "build")(build)
