"""`query run`: a canned question, or all of a pack into a folder."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.limits import MaybeSeconds
from commands.output import cut_off
from commands.parameters import read_parameters
from commands.query_packs import own_packs
from commands.session import Session
from commands.terminal import whole
from evidence.errors import UsageError

if TYPE_CHECKING:
    from queries.pack import Query
    from queries.run import QueryResult

ALL = "all"


def run(
    session: Session,
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME|all", help="Id of the query; all of them.")],
    param: Annotated[
        list[str] | None,
        typer.Option("--param", metavar="NAME=VALUE", help="A parameter; NAME=@file reads it."),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Rows at the most.")] = None,
    timeout: MaybeSeconds = None,
    show_cypher: Annotated[
        bool, typer.Option("--show-cypher", help="Print the text and its parameters.")
    ] = False,
    save: Annotated[
        str | None, typer.Option(metavar="NAME", help="Keep the answer in the case.")
    ] = None,
    pack: Annotated[str | None, typer.Option(help="With `all`: one pack only.")] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="DIR", help="With `all`: folder for the answers."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write over a kept answer or a folder.")
    ] = False,
    raw: Annotated[bool, typer.Option("--raw", help="CSV cells as they are.")] = False,
    fail_empty: Annotated[bool, typer.Option("--fail-empty", help="Exit 3 without rows.")] = False,
) -> None:
    """Run a canned query; each of its parameters is an option of its own name.

    Example: heichan query run brokers.many_sources --min-sources 3
    A value that should not be seen goes in by --param NAME=@file.
    A kept answer is compared by: heichan query diff NAME
    All of a pack, one file a query (CSV, or as --format says) and a page that lists them:
    heichan query run all --pack market -o answers
    """
    given = {**options(ctx.args), **read_parameters(param or [])}
    if name == ALL:
        _run_all(session, pack, output, given, limit, timeout, save=save, force=force)
        return
    if pack is not None or output is not None:
        raise UsageError(
            "--pack and -o go with `all`", hint="heichan query run all --pack NAME -o DIR"
        )
    query = own_packs(session).get(name)
    if save is not None:
        from queries.saved import refuse_taken

        refuse_taken(session.case.root, save, force=force)
    result = _result(session, query, given, limit, timeout)
    if show_cypher:
        text = f"{query.body.rstrip()}\n{session.out.human_text(result.parameters)}"
        session.out.note(text)
    show_rows(session, result)
    if save is not None:
        keep(session, query, result, save, given, force=force)
    if fail_empty and not result.rows:
        raise typer.Exit(3)


def _run_all(
    session: Session,
    pack: str | None,
    output: Path | None,
    given: Mapping[str, str],
    limit: int | None,
    timeout: float | None,
    *,
    save: str | None,
    force: bool,
) -> None:
    from commands.query_folder import Order, run_all

    if output is None:
        hint = "heichan query run all --pack NAME -o DIR"
        raise UsageError("all the answers need a folder", hint=hint)
    if save is not None:
        raise UsageError("--save keeps the answer of one query", hint="Leave it out with `all`.")
    run_all(session, Order(output, pack, given, limit, timeout, force))


def _result(
    session: Session,
    query: "Query",
    given: Mapping[str, str],
    limit: int | None,
    timeout: float | None,
) -> "QueryResult":
    from queries.run import run_query

    return run_query(query, session.store, session.archive, given, limit=limit, timeout=timeout)


def show_rows(session: Session, result: "QueryResult") -> None:
    """The rows, and on standard error what has to be said about them."""
    out = session.out
    out.rows(
        result.rows,
        result.columns,
        meta=meta(result),
        limit=result.limit,
        cut=cut_off(ends_at_limit(result), result.limit),
    )
    for caveat in result.caveats:
        out.note(f"note: {caveat}")
    for warning in result.warnings:
        out.warn(warning)
    if result.rows and "evidence" in result.columns:
        out.note("Next: heichan evidence ID shows the words behind an id")


def ends_at_limit(result: "QueryResult") -> bool:
    """Whether more rows were there; an answer made of a part of the graph says so by itself."""
    return result.truncated and len(result.rows) >= result.limit


def meta(result: "QueryResult") -> dict[str, Any]:
    """What `--meta` says of a canned query beside the graph and the time."""
    return {
        "query": result.query,
        "version": result.version,
        "parameters": result.parameters,
        "limit": result.limit,
        "truncated": result.truncated,
        "seconds": round(result.seconds, 3),
    }


def keep(
    session: Session,
    query: "Query",
    result: "QueryResult",
    name: str,
    given: Mapping[str, str],
    *,
    force: bool,
) -> None:
    """Keeps an answer in the case, and says so in the audit log."""
    from evidence.audit import append_audit
    from queries.saved import kept, save

    case = session.case
    snapshot = (session.store.build_info() or {}).get("snapshot")
    saved = kept(name, query, result, given=given, store=session.store.name, graph=snapshot)
    detail = {
        "name": saved.name,
        "query": saved.query,
        "version": saved.version,
        "text": saved.text_hash,
        "parameters": json.dumps(saved.parameters, ensure_ascii=False),
        "graph": saved.graph,
        "rows": len(saved.rows),
        "result": saved.row_hash,
    }
    # The entry stands only where the file does.
    with case.archive() as archive, archive.transaction() as connection:
        append_audit(connection, "query save", detail)
        save(case.root, saved, force=force)
    session.out.note(f"kept as {saved.name}; next: heichan query diff {saved.name}")


def options(words: list[str]) -> dict[str, str]:
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
