"""`decisions export|import|list`: what people decided, between colleagues on the same material."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
import typer

from commands.answers import FailEmpty, Raw, end_if_empty
from commands.application import command
from commands.clock import from_unix
from commands.decided import vocabulary
from commands.export import refuse_taken
from commands.session import Session
from evidence.errors import InputError, UsageError

if TYPE_CHECKING:
    from evidence.decisions import Decision
    from graph.knowledge.exchange.lines import Header, Problem
    from graph.knowledge.exchange.merging import Merge, Side

app = typer.Typer(
    no_args_is_help=True, help="Decisions of people: list them, give them to a colleague, take in."
)
COLUMNS: Final = (
    "decision",
    "kind",
    "target",
    "value",
    "state",
    "author",
    "at",
    "reason",
    "undoes",
    "came",
)
SHORT: Final = ("decision", "kind", "target", "value", "state", "author", "reason")
SHOWN: Final = 20
"""Conflicts and problems that are told on standard error."""


def export(
    session: Session,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="File to write, JSON lines.")
    ],
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Write all decisions and undoings, by stable id, for a colleague with the same material.

    Identity, corrections, grades, notes, marks, tags, assertions, actors and translations; watch
    lists stay. The texts are masked as in the case; the file holds no secret of it.

    Example: heichan decisions export -o mine.jsonl
    """
    from importlib.metadata import version

    from commands.clock import utc_text
    from evidence.audit import append_audit, user
    from graph.export.files import whole_file
    from graph.knowledge.exchange.keeping import travelling
    from graph.knowledge.exchange.lines import SCHEMA, WHAT, Header, written

    refuse_taken(output, force=force)
    with session.case.archive() as archive, archive.transaction() as connection:
        found = travelling(connection)
        header = Header(
            heichan=WHAT,
            schema=SCHEMA,
            tool=version("heichan"),
            case=session.case.settings.id,
            by=user(),
            at=utc_text(_now()),
            decisions=len(found),
        )
        with whole_file(output) as stream:
            stream.writelines(written(header, found))
        append_audit(connection, "decisions export", {"decisions": len(found)})
    session.out.document({"path": str(output), "case": header.case, "decisions": len(found)})
    session.out.note(f"Next, in the other case: heichan decisions import {output.name} --dry-run")


def import_(
    session: Session,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="What decisions export wrote.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen, and keep nothing.")
    ] = False,
    theirs: Annotated[
        bool, typer.Option("--theirs", help="Where two say different things, take theirs.")
    ] = False,
    mine: Annotated[bool, typer.Option("--mine", help="There, keep mine and say no more.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 5 when a line was left out.")
    ] = False,
) -> None:
    """Take in a colleague's decisions; each keeps its author, time and reason.

    What is here already changes nothing. What says otherwise than you, or takes back what was
    decided here, is listed and left out unless --theirs. What is about something that this case
    does not hold waits, and attaches when that comes.

    Example: heichan decisions import ann.jsonl --dry-run
    """
    from hashlib import file_digest

    from evidence.audit import user
    from graph.knowledge.exchange.fitting import Ground
    from graph.knowledge.exchange.keeping import take_in
    from graph.knowledge.exchange.lines import read_file
    from graph.knowledge.exchange.merging import merge
    from graph.knowledge.known import Known

    if theirs and mine:
        raise UsageError("--theirs and --mine do not go together", hint="Give one of them.")
    header, offered, problems = read_file(path)
    with path.open("rb") as stream:
        sha256 = file_digest(stream, "sha256").hexdigest()
    words, side = vocabulary(session), _side(theirs=theirs, mine=mine)
    with session.case.archive() as archive, archive.transaction() as connection:
        ground = Ground(connection, Known(connection, words), archive.secret)
        merged = merge(ground, offered, side)
        if not dry_run:
            take_in(connection, merged, header, sha256, author=user())
    left_out = [*problems, *merged.problems]
    session.out.document(_document(path, header, merged, left_out, dry_run=dry_run))
    _tell(session, merged, left_out, side)
    if left_out and not (merged.adopt or merged.held or merged.known):
        raise InputError(f"{path} holds no decision that fits", where={"file": str(path)})
    if left_out and strict:
        raise typer.Exit(InputError.code)
    if merged.adopt and not dry_run:
        session.out.note("Next: heichan build")


def list_decisions(
    session: Session,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="Only of this kind, as identity or tag.")
    ] = None,
    waiting: Annotated[
        bool, typer.Option("--waiting", help="Only those whose target is not in this case.")
    ] = False,
    raw: Raw = False,
    fail_empty: FailEmpty = False,
) -> None:
    """List all decisions that travel, with their state and the case that they came from.

    The states: in force, undone, waiting (for something that this case does not hold).

    Example: heichan decisions list --waiting
    """
    from graph.knowledge.exchange.fitting import KINDS
    from graph.knowledge.exchange.keeping import rows
    from graph.knowledge.exchange.keeping import waiting as still
    from graph.knowledge.known import Known

    if kind not in (None, *KINDS):
        raise UsageError(f"--kind {kind!r} is unknown", hint=f"Choose {', '.join(sorted(KINDS))}.")
    found = rows(session.archive.connection, Known(session.archive.connection))
    found = [each for each in found if kind in (None, each.kind)]
    shown = still(found) if waiting else found
    columns = SHORT if session.out.human else COLUMNS
    session.out.rows(
        [{**msgspec.structs.asdict(each), "at": from_unix(each.at)} for each in shown], columns
    )
    end_if_empty(shown, fail_empty=fail_empty)


def _now() -> Any:
    from datetime import UTC, datetime

    return datetime.now(UTC)


def _side(*, theirs: bool, mine: bool) -> "Side | None":
    return "theirs" if theirs else "mine" if mine else None


def _document(
    path: Path,
    header: "Header",
    merged: "Merge",
    problems: "list[Problem]",
    *,
    dry_run: bool,
) -> dict[str, Any]:
    return {
        "path": str(path),
        "case": header.case,
        "by": header.by,
        "dry_run": dry_run,
        "new": len(merged.adopt),
        "known": merged.known,
        "held": len(merged.held),
        "conflicts": [
            {
                "about": list(each.point),
                "mine": {**_said(each.mine), "says": each.mine_says},
                "theirs": {**_said(each.theirs), "says": each.theirs_says},
            }
            for each in merged.conflicts
        ],
        "waiting": [
            {"decision": each.id, "kind": each.kind, "target": each.target}
            for each in merged.waiting
        ],
        "skipped": len(problems),
        "problems": [{"line": line, "reason": reason} for line, reason in sorted(problems)],
    }


def _said(decision: "Decision") -> dict[str, Any]:
    return {
        "decision": decision.id,
        "author": decision.author,
        "at": from_unix(decision.at),
        "reason": decision.reason,
    }


def _tell(
    session: Session, merged: "Merge", problems: "list[Problem]", side: "Side | None"
) -> None:
    for line, reason in sorted(problems)[:SHOWN]:
        session.out.warn(f"line {line} is left out: {reason}")
    if side is None:
        for each in merged.conflicts[:SHOWN]:
            session.out.warn(
                f"{' '.join(each.point)}: {each.mine.author} says {each.mine_says}, "
                f"{each.theirs.author} says {each.theirs_says}"
            )
        if merged.conflicts:
            session.out.note("not taken in; --theirs takes them, --mine keeps yours")
    if merged.waiting:
        session.out.note(
            f"{len(merged.waiting)} wait for what this case does not hold: "
            "heichan decisions list --waiting"
        )


def register(parent: typer.Typer) -> None:
    command(app, "export")(export)
    command(app, "import")(import_)
    command(app, "list")(list_decisions)
    parent.add_typer(app, name="decisions")
