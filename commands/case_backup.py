"""`case backup` and `case restore`: a case in one file, and out of it again."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from commands.application import command
from commands.session import Session

Target = Annotated[
    Path, typer.Option("-o", "--output", metavar="FILE", help="File to write; readable by you.")
]


def backup(
    session: Session,
    output: Target,
    with_secret: Annotated[
        bool,
        typer.Option("--with-secret", help="The secret too: needed to read more files later."),
    ] = False,
    with_vault: Annotated[
        bool, typer.Option("--with-vault", help="The originals of the vault too.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Write the case as it is now into one file; works while another process writes.

    Archive, settings, own rules and queries, saved results; not the graph, which is built anew.
    With the secret, guesses of what is masked can be tested: keep such a file as you keep a key.

    Example: heichan case backup -o spring.heichan --with-secret
    """
    from evidence.archive.lock import LockedError
    from evidence.audit import append_audit
    from evidence.care.backup import back_up

    case = session.case
    done = back_up(case, output, secret=with_secret, vault=with_vault, force=force)
    try:
        with case.archive() as archive, archive.transaction() as connection:
            append_audit(connection, "case backup", {"sha256": done.sha256, "files": done.files})
    except LockedError:
        session.out.note("another process writes: the backup is not in the audit log")
    session.out.document({**msgspec.structs.asdict(done), "file": str(done.file)})
    for name in done.left_out:
        session.out.note(f"left out, a link: {name}")
    if not with_secret:
        session.out.note("without the secret: restored, the case can be read, not read into")
    session.out.note(f"Next: heichan case restore {output} DIR")


def restore(
    session: Session,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file of `case backup`.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make.")],
) -> None:
    """Make a case from a backup, in a new or empty folder; it is untrusted at first.

    Every hash, name and size is checked before anything stands there.

    Example: heichan case restore spring.heichan cases/spring
    """
    from evidence.care.restore import restore as make

    made = make(file, folder)
    out = session.output()
    out.document({**msgspec.structs.asdict(made), "folder": str(made.folder)})
    if not made.secret:
        out.note("without its secret: put the file `secret` into it to read more files")
    out.note(f"Look at what it brings, then: heichan case trust {made.folder}")
    out.note(f"Next: heichan --case {made.folder} build")


def register(app: typer.Typer) -> None:
    command(app, "backup")(backup)
    command(app, "restore")(restore)
