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
    vault: Annotated[
        bool, typer.Option("--vault", help="Keep the originals too, encrypted (heichan[vault]).")
    ] = False,
) -> None:
    """Make an empty case.

    The key of a vault lies outside the case, readable by you; HEICHAN_VAULT_KEY names your own.

    Example: heichan init cases/spring --purpose "market study"
    """
    from evidence.case import create_case
    from evidence.settings import zone_of
    from evidence.vault.keys import VARIABLE, NewVault

    zone_of(tz)
    keys = NewVault() if vault else None
    case = create_case(folder, zone=tz, purpose=purpose, owner=owner, vault=keys)
    out = session.output(tz)
    made = {"case": case.settings.id, "folder": str(case.root), "zone": tz}
    if keys is not None:
        made |= {"vault": case.settings.vault, "key": str(keys.file or VARIABLE)}
        out.note("Keep a copy of the key elsewhere: without it nobody opens the originals.")
    out.document(made)
    out.note(f"Next: heichan --case {folder} ingest PATH...")


def register(app: typer.Typer) -> None:
    command(app, "init")(init)
