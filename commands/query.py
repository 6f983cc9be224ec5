"""`query list|show|run|diff|validate`: canned questions."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.answers import Raw
from commands.application import command
from commands.query_diff import diff
from commands.query_packs import own_packs
from commands.query_run import run
from commands.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterable

    from queries.pack import Query

LISTED = ("id", "title", "pack", "maturity", "params")
FOUND = ("query", "severity", "message", "file", "line")

app = typer.Typer(no_args_is_help=True, help="Canned questions with parameters and evidence.")


def list_queries(
    session: Session,
    pack: Annotated[str | None, typer.Option(help="One pack only.")] = None,
    raw: Raw = False,
) -> None:
    """List the canned queries.

    Example: heichan query list --pack chain
    """
    rows = [
        {
            "id": query.id,
            "title": f"{query.header.title.en} · {query.header.title.zh}",
            "pack": query.pack,
            "maturity": query.header.maturity,
            "params": list(query.header.params),
        }
        for query in _chosen(session, pack)
    ]
    out = session.output()
    out.rows(rows, LISTED)
    out.note("Next: heichan query show ID, heichan query run ID")


def show(
    session: Session,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Id of the query.")],
    browser: Annotated[
        bool, typer.Option("--browser", help="For Neo4j Browser, with a :params line.")
    ] = False,
) -> None:
    """Show a query: question, parameters, columns, caveats, text.

    Example: heichan query show brokers.insider_to_buyer --browser
    """
    import msgspec

    from queries.browser import STYLE
    from queries.browser import browser as for_browser

    query = own_packs(session).get(name)
    out = session.output()
    if browser:
        out.data(for_browser(query))
        out.note(f"Colours and names of nodes: drag {STYLE} into Neo4j Browser")
    elif out.form in ("json", "jsonl"):
        out.document({**msgspec.to_builtins(query.header), "text": query.body})
    else:
        out.data(query.path.read_text(encoding="utf-8"))


def validate(
    session: Session,
    paths: Annotated[list[Path] | None, typer.Argument(help="Further folders of packs.")] = None,
    raw: Raw = False,
) -> None:
    """Check every query file, those of the case too: header, parameters, columns, portability.

    Example: heichan query validate
    """
    from queries.pack import load_packs
    from queries.pack import validate as check

    packs = load_packs([*session.own_packs, *(paths or [])])
    problems = check(packs)
    out = session.output()
    rows = [
        {
            "query": problem.query,
            "severity": problem.severity,
            "message": problem.message,
            "file": str(problem.path),
            "line": problem.line,
        }
        for problem in problems
    ]
    out.rows(rows, FOUND)
    if any(problem.severity == "error" for problem in problems):
        raise typer.Exit(1)
    out.note(f"{len(packs.queries)} queries without an error")


def _chosen(session: Session, pack: str | None) -> "Iterable[Query]":
    packs = own_packs(session)
    return packs.queries.values() if pack is None else packs.pack(pack)


def register(parent: typer.Typer) -> None:
    free = {"allow_extra_args": True, "ignore_unknown_options": True}
    command(app, "list")(list_queries)
    command(app, "show")(show)
    command(app, "run", context_settings=free)(run)
    command(app, "diff")(diff)
    command(app, "validate")(validate)
    parent.add_typer(app, name="query")
