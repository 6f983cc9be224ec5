"""`translation import`: translations beside the originals."""

from pathlib import Path
from typing import Annotated

import typer

from commands.application import command
from commands.session import Session
from evidence.errors import InputError

app = typer.Typer(help="Keep translations beside the originals.", no_args_is_help=True)


def import_(
    session: Session,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="CSV with a header, or JSON lines.")],
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 5 when a record was skipped.")
    ] = False,
) -> None:
    """Keep translations: post (or text_hash), language, text, by, how (machine or human).

    Example: heichan translation import english.csv
    """
    from evidence.audit import user
    from evidence.translation_files import read_translations
    from evidence.translations import keep

    offered, problems = read_translations(path)
    with session.case.archive() as archive:
        kept = keep(archive, offered, author=user(), source=path.name)
    problems = [*problems, *kept.problems]
    session.out.document(
        {
            "path": str(path),
            "new": kept.new,
            "known": kept.known,
            "skipped": len(problems),
            "problems": [{"where": place, "reason": reason} for place, reason in problems],
        }
    )
    if problems and not (kept.new or kept.known):
        raise InputError(f"{path} holds no translation of a post", where={"file": str(path)})
    if problems and strict:
        raise typer.Exit(InputError.code)
    session.out.note("Next: heichan show POST, heichan report")


def register(parent: typer.Typer) -> None:
    command(app, "import")(import_)
    parent.add_typer(app, name="translation")
