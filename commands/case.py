"""`case`: trust, upgrade, backup, restore, erase."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import case_backup, case_erase
from commands.application import command
from commands.session import Session
from evidence.errors import UsageError

if TYPE_CHECKING:
    from evidence.case import Case

app = typer.Typer(no_args_is_help=True, help="Care of a case.")
SHOWN = 20
"""Names of files that are shown of one folder."""


def trust(
    session: Session,
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="The case (default: as --case).")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Use the terms, patterns, models and queries that a case from elsewhere brings.

    It holds for this folder at this place, for you. Example: heichan case trust cases/spring
    """
    from evidence.case import open_case
    from evidence.trust import trust as note

    case = session.case if folder is None else open_case(folder)
    out = session.output(case.settings.zone)
    if not case.trusted:
        brought = _brought(case)
        for line in brought:
            out.note(line)
        _ask(case, yes=yes)
        note(case.settings.id, case.root)
    out.document({"case": case.settings.id, "folder": str(case.root), "trusted": True})
    out.note(f"Next: heichan --case {case.root} build")


def _brought(case: "Case") -> list[str]:
    """What would be used from now on, a line a folder."""
    lines = []
    for name in case.withheld():
        files = [path for path in sorted((case.root / name).rglob("*")) if path.is_file()]
        shown = ", ".join(str(path.relative_to(case.root)) for path in files[:SHOWN])
        more = f" and {len(files) - SHOWN} more" if len(files) > SHOWN else ""
        lines.append(f"will be used: {shown}{more}")
    return lines or ["the case brings no rules and no queries of its own"]


def _ask(case: "Case", *, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError("case trust asks, and there is no terminal", hint="add --yes")
    typer.confirm("Trust it?", abort=True, err=True)


def upgrade(session: Session) -> None:
    """Bring the archive of an older version up to date; a copy of it is kept beside it.

    Example: heichan --case cases/spring case upgrade
    """
    from evidence.archive.upgrade import upgrade_archive
    from evidence.case import ARCHIVE

    case = session.case
    with case.writing():
        done = upgrade_archive(case.root / ARCHIVE)
    copy = None if done.copy is None else str(done.copy)
    session.out.document(
        {"case": case.settings.id, "from": done.before, "to": done.after, "copy": copy}
    )
    session.out.note("Next: heichan build" if copy else "It is up to date.")


def register(parent: typer.Typer) -> None:
    command(app, "trust")(trust)
    command(app, "upgrade")(upgrade)
    case_backup.register(app)
    case_erase.register(app)
    parent.add_typer(app, name="case")
