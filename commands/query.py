"""`query list|show|run|validate`: canned questions."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.application import command
from commands.session import Session
from evidence.errors import InputError, UsageError

if TYPE_CHECKING:
    from queries.pack import Packs
    from queries.run import QueryResult

app = typer.Typer(no_args_is_help=True, help="Canned questions with parameters and evidence.")


def list_queries(
    session: Session, pack: Annotated[str | None, typer.Option(help="One pack only.")] = None
) -> None:
    """List the canned queries.

    Example: heichan query list --pack chain
    """
    rows = [
        {
            "id": query.id,
            "title": query.title.en,
            "title_zh": query.title.zh,
            "pack": query.pack,
            "maturity": query.maturity,
            "params": [parameter.name for parameter in query.params],
        }
        for query in _packs(session).queries
        if pack in (None, query.pack)
    ]
    out = session.output()
    out.rows(rows, ("id", "title", "title_zh", "pack", "maturity", "params"))
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
    from queries.show import browser_text, describe

    query = _packs(session).get(name)
    out = session.output()
    if browser:
        out.data(browser_text(query))
    elif out.form in ("json", "jsonl"):
        out.document(describe(query))
    else:
        out.data(query.source)


def run(
    session: Session,
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Id of the query.")],
    param: Annotated[
        list[str] | None,
        typer.Option("--param", metavar="NAME=VALUE", help="A parameter; NAME=@file reads it."),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Rows at the most.")] = None,
    timeout: Annotated[float | None, typer.Option(min=0.1, help="Seconds at the most.")] = None,
    show_cypher: Annotated[
        bool, typer.Option("--show-cypher", help="Print the text and its parameters.")
    ] = False,
    raw: Annotated[bool, typer.Option("--raw", help="CSV cells as they are.")] = False,
    fail_empty: Annotated[bool, typer.Option("--fail-empty", help="Exit 3 without rows.")] = False,
) -> None:
    """Run a canned query; each of its parameters is an option of its own name.

    Example: heichan query run brokers.many_sources --min-sources 3
    A value that should not be seen goes in by --param NAME=@file.
    """
    from queries.run import run_query

    query = _packs(session).get(name)
    parameters = {**_options(ctx.args), **_params(param or [])}
    result = run_query(
        query, session.store, session.archive, parameters, limit=limit, timeout=timeout
    )
    out = session.out
    if show_cypher:
        out.note(f"{result.text.rstrip()}\n{out.human_text(result.parameters)}")
    out.rows(result.rows, result.columns, meta=_meta(result) if session.shared.meta else None)
    _remarks(session, result)
    if fail_empty and not result.rows:
        raise typer.Exit(3)


def validate(
    session: Session,
    paths: Annotated[list[Path] | None, typer.Argument(help="Further folders of packs.")] = None,
) -> None:
    """Check every query file: header, parameters, columns, names, portability.

    Example: heichan query validate
    """
    from queries.pack import check_packs

    findings = check_packs(paths or [])
    out = session.output()
    columns = ("file", "line", "level", "lint", "message")
    out.rows(({name: getattr(found, name) for name in columns} for found in findings), columns)
    if any(found.level == "error" for found in findings):
        raise typer.Exit(1)
    out.note("no errors")


def _packs(session: Session) -> "Packs":
    from queries.pack import load_packs

    return load_packs()


def _options(words: list[str]) -> dict[str, str]:
    """`--min-sources 4` and `--min-sources=4` as `min_sources: 4`."""
    values: dict[str, str] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if not word.startswith("--"):
            raise UsageError(f"{word!r} is no parameter", hint="Write --name VALUE.")
        name, given, value = word[2:].partition("=")
        if not given:
            if not rest:
                raise UsageError(f"--{name} has no value", hint=f"Write --{name} VALUE.")
            value = rest.pop(0)
        values[name.replace("-", "_")] = value
    return values


def _params(pairs: list[str]) -> dict[str, str]:
    values = {}
    for pair in pairs:
        name, given, value = pair.partition("=")
        if not given:
            raise UsageError(f"--param {pair!r} has no value", hint="Write --param NAME=VALUE.")
        values[name.replace("-", "_")] = _read(value[1:]) if value.startswith("@") else value
    return values


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} could not be read: {error}", where={"file": path}) from error


def _meta(result: "QueryResult") -> dict[str, Any]:
    return {
        "query": result.query,
        "version": result.version,
        "parameters": result.parameters,
        "graph": result.snapshot,
        "limit": result.limit,
        "truncated": result.truncated,
        "seconds": round(result.seconds, 3),
    }


def _remarks(session: Session, result: "QueryResult") -> None:
    for caveat in result.caveats:
        session.out.note(f"note: {caveat}")
    for warning in result.warnings:
        session.out.warn(warning)
    if result.truncated:
        session.out.warn(f"cut off at {result.limit} rows; raise --limit to see more")
    if result.rows and "evidence" in result.columns:
        session.out.note("Next: heichan evidence ID shows the words behind an id")


def register(parent: typer.Typer) -> None:
    free = {"allow_extra_args": True, "ignore_unknown_options": True}
    command(app, "list")(list_queries)
    command(app, "show")(show)
    command(app, "run", context_settings=free)(run)
    command(app, "validate")(validate)
    parent.add_typer(app, name="query")
