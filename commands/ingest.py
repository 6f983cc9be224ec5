"""`ingest`: files and folders into the archive and the graph."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.application import command
from commands.own_rules import warn_withheld
from commands.session import Session
from commands.spent import tell_spent
from commands.stopping import stopping
from commands.watch import read_so_far, tell_new
from evidence.errors import InputError, UsageError

if TYPE_CHECKING:
    from commands.output import Output
    from ingest.options import IngestOptions, IngestReport

SKIPPED = InputError.code
COLUMNS = ("path", "reader", "zone", "posts", "new", "known", "skipped")
SHOWN = 3
"""Names of files set aside that are told for a reason."""


Paths = Annotated[
    list[Path],
    typer.Argument(metavar="PATH...", help="Files, folders and archives; - reads standard input."),
]
Reader = Annotated[
    str | None, typer.Option(help="Reader to use (default: what the content shows).")
]
Mapping = Annotated[Path | None, typer.Option(help="YAML file that names the columns of a table.")]
Venue = Annotated[str | None, typer.Option(help="Venue of the posts: an id or a group's number.")]
Zone = Annotated[
    str | None, typer.Option("--tz", help="Zone of wall times (default: the case's zone).")
]
Coverage = Annotated[
    Path | None, typer.Option(help="CSV venue,from,to: the stretches that were watched.")
]
Own = Annotated[
    list[str] | None, typer.Option(help="The collector's own account: never ranked or exported.")
]
Manifest = Annotated[
    Path | None,
    typer.Option(
        metavar="SHA256SUMS",
        help="Hashes from the time of collection; a file that differs from its own is not read.",
    ),
]
Operator = Annotated[str | None, typer.Option(help="Who collected the files.")]
From = Annotated[
    str | None,
    typer.Option(help="Whom the files came from; their owner is then no account of yours."),
]
Basis = Annotated[str | None, typer.Option(help="Legal basis of the collection.")]
Purpose = Annotated[str | None, typer.Option(help="Purpose of the collection.")]
Mark = Annotated[
    str | None,
    typer.Option(
        "--tlp", metavar="MARK", help="TLP mark of the files (default: the mark of the case)."
    ),
]
SourceGrade = Annotated[
    str | None,
    typer.Option(
        metavar="CODE", help="Reliability of the source of the files: B, or 3x5x2:1 and the like."
    ),
]
Jobs = Annotated[int | None, typer.Option(min=1, help="Processes that extract (default: by size).")]
NoBuild = Annotated[bool, typer.Option("--no-build", help="Leave the graph as it is.")]
Strict = Annotated[
    bool,
    typer.Option("--strict", help="Exit 5 when a record was skipped or --manifest is not met."),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="A first look: read all, store nothing; needs no case.")
]
Explain = Annotated[
    bool, typer.Option("--explain", help="Say why each file is read as it is; store nothing.")
]
Suggest = Annotated[
    bool,
    typer.Option(
        "--suggest-mapping", help="Draft a mapping for a table or a page, as YAML; store nothing."
    ),
]


def ingest(
    session: Session,
    paths: Paths,
    reader: Reader = None,
    mapping: Mapping = None,
    venue: Venue = None,
    tz: Zone = None,
    coverage: Coverage = None,
    manifest: Manifest = None,
    own_account: Own = None,
    operator: Operator = None,
    received_from: From = None,
    legal_basis: Basis = None,
    purpose: Purpose = None,
    source_grade: SourceGrade = None,
    tlp: Mark = None,
    jobs: Jobs = None,
    no_build: NoBuild = False,
    strict: Strict = False,
    dry_run: DryRun = False,
    explain: Explain = False,
    suggest_mapping: Suggest = False,
) -> None:
    """Read files and folders into the case and bring the graph up to date.

    Example: heichan --case cases/spring ingest exports/ --tz Asia/Shanghai
    """
    from evidence.grading.grades import grade_of_source
    from evidence.settings import tlp_mark, zone_of
    from ingest.options import IngestOptions

    if tz is not None:
        zone_of(tz)
    options = IngestOptions(
        reader=reader,
        mapping=mapping,
        venue=venue,
        tz=tz,
        coverage=coverage,
        manifest=manifest,
        own_accounts=tuple(own_account or ()),
        operator=operator,
        received_from=received_from,
        legal_basis=legal_basis,
        purpose=purpose,
        source_grade=None if source_grade is None else grade_of_source(source_grade),
        tlp=None if tlp is None else tlp_mark(tlp),
        jobs=jobs,
    )
    looks = {"--dry-run": dry_run, "--explain": explain, "--suggest-mapping": suggest_mapping}
    if asked := [name for name, given in looks.items() if given]:
        _look(session, paths, options, asked)
    else:
        _ingest(session, paths, options, build_too=not no_build, strict=strict)


def _look(session: Session, paths: list[Path], options: "IngestOptions", asked: list[str]) -> None:
    """One of the looks that store nothing."""
    from commands.ingest_look import explain, first_look, suggest

    if len(asked) > 1:
        raise UsageError(f"{' and '.join(asked)} are two looks", hint="Ask for one at a time.")
    looks = {"--dry-run": first_look, "--explain": explain, "--suggest-mapping": suggest}
    looks[asked[0]](session, paths, options)


def _ingest(
    session: Session, paths: list[Path], options: "IngestOptions", *, build_too: bool, strict: bool
) -> None:
    held = _newest(session)
    with stopping(lambda: _kept(session, held)):
        from ingest.pipeline import ingest as read

        warn_withheld(session)
        before = read_so_far(session)
        report = read(session.case, paths, options, session.progress)
        if build_too:
            # Imported only here: --no-build does without the graph's packages.
            from graph.build.run import build

            build(session.case, progress=session.progress)
    session.progress.close()
    _show(session, report)
    tell_new(session, before)
    if report.failed or (strict and _imperfect(report)):
        raise typer.Exit(SKIPPED)


def _newest(session: Session) -> int:
    from evidence.archive.archive import newest

    with session.case.reader() as archive:
        return newest(archive.connection)


def _kept(session: Session, held: int) -> str:
    """What is kept of an ingest that was interrupted; `held`: the last post before."""
    from evidence.stats import messages

    with session.case.reader() as archive:
        all_kept = messages(archive.connection)
        new = messages(archive.connection, behind=held)
    return (
        f"{all_kept:,} messages are kept, {new:,} of them new; "
        "the same command goes on where this one stopped"
    )


def _show(session: Session, report: "IngestReport") -> None:
    import msgspec

    out = session.out
    if out.form in ("json", "jsonl"):
        out.document(msgspec.to_builtins(report))
    else:
        rows = ({name: getattr(file, name) for name in COLUMNS} for file in report.files)
        out.rows(rows, COLUMNS)
    for file in report.files:
        for problem in file.problems:
            place = "" if problem.where == "file" else f"{problem.where}: "
            out.warn(f"{file.path}: {place}{problem.reason.removeprefix(f'{file.path}: ')}")
    _tell_manifest(out, report)
    for path in _unexplained(report):
        out.warn(f"{path} holds no post")
    for reason, names in _asides(report).items():
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        out.note(f"set aside ({reason}): {', '.join(names[:SHOWN])}{more}")
    out.note(
        f"{report.new} new posts of {report.posts}, {report.listings} listings, "
        f"{report.accounts} accounts, {report.set_aside} set aside, {report.seconds:.1f} s"
    )
    tell_spent(session)
    out.note(_next(report))


def _imperfect(report: "IngestReport") -> bool:
    """Whether a record was skipped, or the list of hashes and the files are not the same files."""
    listed = report.manifest
    return any(file.skipped for file in report.files) or bool(listed and not listed.complete)


def _tell_manifest(out: "Output", report: "IngestReport") -> None:
    listed = report.manifest
    if not listed:
        return
    out.note(f"{listed.path} (sha256 {listed.sha256}): {listed.matches} files match")
    told = (("differ from it, not read", listed.differs), ("listed, not given", listed.missing))
    for what, names in (*told, ("given, not listed", listed.unlisted)):
        if names:
            more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
            out.warn(f"{len(names)} {what}: {', '.join(names[:SHOWN])}{more}")


def _unexplained(report: "IngestReport") -> list[str]:
    """Failed inputs of which no problem says why."""
    told = {file.path for file in report.files if file.problems}
    return [path for path in report.failed if path not in told]


def _asides(report: "IngestReport") -> dict[str, list[str]]:
    """Names of the files that were set aside, by reason."""
    names: dict[str, list[str]] = {}
    for aside in report.asides:
        names.setdefault(aside.reason, []).append(aside.where)
    return names


def _next(report: "IngestReport") -> str:
    if report.posts:
        return "Next: heichan query list, heichan brokers"
    return "Nothing was read. Next: heichan ingest --help"


def register(app: typer.Typer) -> None:
    command(app, "ingest")(ingest)
