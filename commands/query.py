"""`query list|show|run|validate`: canned questions."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.application import command
from commands.parameters import read_parameters
from commands.session import Session
from commands.terminal import whole
from evidence.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from queries.pack import Packs, Query
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
            "title": f"{query.header.title.en} · {query.header.title.zh}",
            "pack": query.pack,
            "maturity": query.header.maturity,
            "params": list(query.header.params),
        }
        for query in _chosen(session, pack)
    ]
    out = session.output()
    out.rows(rows, ("id", "title", "pack", "maturity", "params"))
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

    from queries.browser import browser as for_browser

    query = _packs(session).get(name)
    out = session.output()
    if browser:
        out.data(for_browser(query))
    elif out.form in ("json", "jsonl"):
        out.document({**msgspec.to_builtins(query.header), "text": query.body})
    else:
        out.data(query.path.read_text(encoding="utf-8"))


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
    parameters = {**_options(ctx.args), **read_parameters(param or [])}
    result = run_query(
        query, session.store, session.archive, parameters, limit=limit, timeout=timeout
    )
    out = session.out
    if show_cypher:
        out.note(f"{query.body.rstrip()}\n{out.human_text(result.parameters)}")
    meta = _meta(session, result) if session.shared.meta else None
    out.rows(result.rows, result.columns, meta=meta)
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
    from queries.pack import load_packs
    from queries.pack import validate as check

    packs = load_packs(paths or [])
    problems = check(packs)
    out = session.output()
    columns = ("query", "severity", "message", "file")
    out.rows(
        (
            {
                "query": problem.query,
                "severity": problem.severity,
                "message": problem.message,
                "file": str(problem.path),
            }
            for problem in problems
        ),
        columns,
    )
    if any(problem.severity == "error" for problem in problems):
        raise typer.Exit(1)
    out.note(f"{len(packs.queries)} queries without an error")


def _chosen(session: Session, pack: str | None) -> "Iterable[Query]":
    packs = _packs(session)
    return packs.queries.values() if pack is None else packs.pack(pack)


def _packs(session: Session) -> "Packs":
    """The shipped packs, and those of the case where there is one that is trusted."""
    from queries.pack import load_packs

    return load_packs(session.own_packs, lint_shipped=False)


def _options(words: list[str]) -> dict[str, str]:
    """`--min-sources 4` and `--min-sources=4` as `min_sources: 4`."""
    values: dict[str, str] = {}
    rest = [whole(word) for word in words]
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


def _meta(session: Session, result: "QueryResult") -> dict[str, Any]:
    return {
        "query": result.query,
        "version": result.version,
        "parameters": result.parameters,
        "graph": (session.store.build_info() or {}).get("snapshot"),
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
