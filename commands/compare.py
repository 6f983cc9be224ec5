"""`compare`: two exports of one place against each other."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.answers import FailEmpty, Raw, end_if_empty
from commands.application import command
from commands.output import Output, cut_off
from commands.session import Session
from evidence.errors import InputError, NotFoundError, UsageError
from evidence.settings import DEFAULT_ZONE

if TYPE_CHECKING:
    from evidence.compare.model import Comparison, Difference

COLUMNS = ("kind", "post", "when", "who", "before", "after", "venue", "place")
SHORT = ("kind", "when", "who", "before", "after", "post")
One = Annotated[
    str, typer.Argument(metavar="A", help="The earlier export: a path, or a file of the case.")
]
Two = Annotated[str, typer.Argument(metavar="B", help="The later one.")]


def compare(
    session: Session,
    a: One,
    b: Two,
    kind: Annotated[
        list[str] | None, typer.Option(help="Only these: gone, new, edited, recalled, renamed.")
    ] = None,
    tz: Annotated[
        str | None, typer.Option("--tz", help="Zone of wall times (default: the case's zone).")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="YAML file that names the columns of a table.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Rows at the most.")] = None,
    raw: Raw = False,
    fail_empty: FailEmpty = False,
) -> None:
    """Say what one export has and another of the same place has not: gone, new, edited, renamed.

    Only the time that both cover counts. Files of the case are compared as they were read; other
    paths are read now, masked, and not kept.

    Example: heichan compare march/result.json april/result.json
    """
    wanted = _kinds(kind)
    found = _of_case(session, a, b) or _of_paths(session, a, b, tz, mapping)
    rows = [row for row in found.rows if wanted is None or row.kind in wanted]
    shown = [_plain(row) for row in rows[:limit]]
    out = session.output(_zone(session))
    _tell(out, found)
    cut = "" if limit is None else cut_off(len(rows) > limit, limit, "rows")
    out.rows(shown, SHORT if out.human else COLUMNS, limit=limit, cut=cut)
    end_if_empty(shown, fail_empty=fail_empty)


def _kinds(asked: list[str] | None) -> set[str] | None:
    from evidence.compare.model import KINDS

    if not asked:
        return None
    known = {*KINDS, "renamed"}
    for each in asked:
        if each not in known:
            raise UsageError(f"--kind {each!r} is unknown", hint=f"Choose {', '.join(KINDS)}.")
    renamed = {each for each in KINDS if each.startswith("renamed") and "renamed" in asked}
    return {*asked, *renamed}


def _of_case(session: Session, a: str, b: str) -> "Comparison | None":
    """The comparison of two files of the case; None where it has not both, or there is no case."""
    from evidence.compare.compare import compare as of_files
    from evidence.compare.files import files_of

    try:
        connection = session.archive.connection
    except NotFoundError:
        return None
    sides = [files_of(connection, named) for named in (a, b)]
    if not all(sides):
        return None
    if set(sides[0]) & set(sides[1]):
        raise UsageError(f"{a} and {b} hold one and the same file", hint="Name two exports.")
    return of_files(connection, sides[0], sides[1])


def _of_paths(
    session: Session, a: str, b: str, tz: str | None, mapping: Path | None
) -> "Comparison":
    from ingest.comparing import compare_paths

    for named in (a, b):
        if not Path(named).exists():
            raise InputError(
                f"{named}: neither a path nor a file of the case",
                hint="give a path, or the id of a file: file:<sha256>",
                where={"file": named},
            )
    return compare_paths(Path(a), Path(b), tz or _zone(session), mapping, session.progress)


def _zone(session: Session) -> str:
    try:
        return session.case.settings.zone
    except NotFoundError:
        return DEFAULT_ZONE


def _plain(row: "Difference") -> dict[str, Any]:
    return {name: getattr(row, name) for name in COLUMNS}


def _tell(out: Output, found: "Comparison") -> None:
    counts = ", ".join(f"{n} {kind.replace('_', ' ')}" for kind, n in found.counts.items() if n)
    out.note(f"{found.same} messages are the same; {counts or 'no difference'}")
    if found.first is None or found.last is None or found.first > found.last:
        out.warn("the two exports cover no time in common: nothing in them can be compared")
    outside = [(found.only_a, "A"), (found.only_b, "B")]
    for n, side in outside:
        if n:
            out.note(f"{n} messages of {side} lie outside of the time that both cover")


def register(app: typer.Typer) -> None:
    command(app, "compare")(compare)
