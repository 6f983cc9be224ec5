"""`ingest`: files and folders into the archive and the graph."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.application import command
from commands.session import Session
from evidence.errors import InputError

if TYPE_CHECKING:
    from ingest.report import IngestReport

SKIPPED = InputError.code


def ingest(
    session: Session,
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files and folders.")],
    reader: Annotated[
        str | None, typer.Option(help="Reader to use (default: what the content shows).")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="YAML file that names the columns of a table.")
    ] = None,
    venue: Annotated[
        str | None, typer.Option(help="Venue of the posts: an id or a group's number.")
    ] = None,
    tz: Annotated[
        str | None, typer.Option("--tz", help="Zone of wall times (default: the case's zone).")
    ] = None,
    coverage: Annotated[
        Path | None, typer.Option(help="CSV venue,from,to: the stretches that were watched.")
    ] = None,
    own_account: Annotated[
        str | None, typer.Option(help="The collector's own account: never ranked or exported.")
    ] = None,
    operator: Annotated[str, typer.Option(help="Who collected the files.")] = "",
    received_from: Annotated[str, typer.Option(help="Whom the files came from.")] = "",
    legal_basis: Annotated[str, typer.Option(help="Legal basis of the collection.")] = "",
    purpose: Annotated[str, typer.Option(help="Purpose of the collection.")] = "",
    jobs: Annotated[
        int, typer.Option(min=0, help="Processes that extract; 0: as many as cores.")
    ] = 0,
    no_build: Annotated[bool, typer.Option("--no-build", help="Leave the graph as it is.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 5 when a record was skipped.")] = (
        False
    ),
) -> None:
    """Read files and folders into the case and bring the graph up to date.

    Example: heichan --case cases/spring ingest exports/ --tz Asia/Shanghai
    """
    from evidence.settings import zone_of
    from graph.build import build
    from ingest.pipeline import IngestOptions
    from ingest.pipeline import ingest as read

    if tz is not None:
        zone_of(tz)
    options = IngestOptions(
        reader=reader,
        mapping=mapping,
        venue=venue,
        tz=tz,
        coverage=coverage,
        own_account=own_account,
        operator=operator,
        received_from=received_from,
        legal_basis=legal_basis,
        purpose=purpose,
        jobs=jobs,
    )
    report = read(session.case, [Path(path) for path in paths], options, session.progress)
    if not no_build:
        build(session.case, progress=session.progress)
    session.progress.close()
    _show(session, report)
    if report.failed or (strict and any(file.skipped for file in report.files)):
        raise typer.Exit(SKIPPED)


def _show(session: Session, report: "IngestReport") -> None:
    out = session.out
    if out.human:
        columns = ("path", "reader", "zone", "posts", "new", "known", "skipped")
        out.rows(
            ({name: getattr(file, name) for name in columns} for file in report.files), columns
        )
    else:
        out.document(report.document())
    for file in report.files:
        for problem in file.problems:
            out.warn(f"{file.path}: {problem.where}: {problem.reason}")
    for failure in report.failed:
        out.warn(failure)
    out.note(
        f"{report.new} new posts of {report.posts}, {report.listings} listings, "
        f"{report.accounts} accounts, {report.set_aside} set aside, {report.seconds:.1f} s"
    )
    out.note("Next: heichan query list, heichan brokers")


def register(app: typer.Typer) -> None:
    command(app, "ingest")(ingest)
