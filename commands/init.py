"""`init`: an empty case."""

from pathlib import Path
from typing import Annotated

import typer

from commands.application import command
from commands.session import Session


def init(
    session: Session,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make.")],
    tz: Annotated[
        str, typer.Option("--tz", help="Zone of the case: days, hours and what you type.")
    ] = "Asia/Shanghai",
    purpose: Annotated[str, typer.Option("--purpose", help="Why this case exists.")] = "",
    owner: Annotated[str, typer.Option("--owner", help="Who answers for it.")] = "",
) -> None:
    """Make an empty case.

    Example: heichan init cases/spring --purpose "market study"
    """
    from evidence.case import create_case
    from evidence.settings import zone_of

    zone_of(tz)
    case = create_case(folder, zone=tz, purpose=purpose, owner=owner)
    out = session.output(tz)
    out.document({"case": case.settings.id, "folder": str(case.root), "zone": tz})
    out.note(f"Next: heichan --case {folder} ingest PATH...")


def register(app: typer.Typer) -> None:
    command(app, "init")(init)
