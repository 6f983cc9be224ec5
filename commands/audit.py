"""`audit show|verify`: who did what when, and whether the log of it is whole."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.answers import FailEmpty, Raw, end_if_empty
from commands.application import command
from commands.session import Session

if TYPE_CHECKING:
    from evidence.audit_log import Chain

app = typer.Typer(no_args_is_help=True, help="The log of what was done with the case.")
COLUMNS = ("n", "at", "who", "what", "detail", "previous", "hash")
SEEN = ("n", "at", "who", "what", "detail")
CHAIN = ("state", "entries", "head", "place", "said", "since_head")


def show(
    session: Session,
    since: Annotated[str | None, typer.Option(help="From this day or time.")] = None,
    until: Annotated[str | None, typer.Option(help="Until this day or time, included.")] = None,
    what: Annotated[
        str | None, typer.Option(help="Only this kind: ingest, export, query, resolve same.")
    ] = None,
    raw: Raw = False,
    fail_empty: FailEmpty = False,
) -> None:
    """Show the audit log. The whole of it as JSON lines can be verified by itself.

    Example: heichan audit show --since 2021-03-01 --what export
    To keep it elsewhere: heichan audit show --format jsonl > log.jsonl
    """
    from commands import clock
    from evidence.audit_log import entries

    zone = session.out.zone
    span = clock.since(since, zone), clock.until(until, zone)
    found = list(entries(session.archive.connection, *span, what))
    columns = SEEN if session.out.human else COLUMNS
    session.out.rows([{name: getattr(one, name) for name in columns} for one in found], columns)
    end_if_empty(found, fail_empty=fail_empty)
    session.out.note("Next: heichan audit verify")


def verify(
    session: Session,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="A log written by `audit show --format jsonl`."),
    ] = None,
    head: Annotated[
        str | None, typer.Option(metavar="HASH", help="A head of the log noted elsewhere.")
    ] = None,
) -> None:
    """Compute the chain of the log again; exit 1 names the first entry that does not fit.

    Example: heichan audit verify --head 4f1c…
    Whoever owns the folder can make the whole log anew: only a head that was noted elsewhere, as
    every report and the answer of every export have it, shows that.
    """
    from evidence.audit_log import check_chain, entries, read_log

    noted = None if head is None else _hash(head)
    if file is None:
        out = session.out
        chain = check_chain(entries(session.archive.connection), noted)
    else:
        out = session.output()
        chain = check_chain(read_log(file), noted)
    out.document({name: getattr(chain, name) for name in CHAIN})
    if chain.state == "whole":
        out.note(_whole(chain, noted))
        return
    out.warn(chain.said)
    raise typer.Exit(1)


def _hash(text: str) -> str:
    from evidence.errors import UsageError

    digest = text.strip().lower()
    if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        raise UsageError(f"{text!r} is no hash of the log", hint="64 characters, 0-9 and a-f")
    return digest


def _whole(chain: "Chain", noted: str | None) -> str:
    if noted is None:
        return "each entry fits; compare the head with one noted elsewhere: --head HASH"
    return f"each entry fits; {chain.since_head} since the one noted elsewhere"


def register(parent: typer.Typer) -> None:
    command(app, "show")(show)
    command(app, "verify")(verify)
    parent.add_typer(app, name="audit")
