"""`query run`: a canned question, or all of a pack into a folder."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from commands.answers import FailEmpty, Raw, end_if_empty
from commands.decided import Tags
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
    from queries.saved import Saved

ALL = "all"
Name = Annotated[str, typer.Argument(metavar="NAME|all", help="Id of the query; all of them.")]
Params = Annotated[
    list[str] | None,
    typer.Option("--param", metavar="NAME=VALUE", help="A parameter; NAME=@file reads it."),
]
Limit = Annotated[int | None, typer.Option(min=1, help="Rows at the most.")]
ShowCypher = Annotated[
    bool, typer.Option("--show-cypher", help="Print the text and its parameters.")
]
Save = Annotated[str | None, typer.Option(metavar="NAME", help="Keep the answer in the case.")]
Pack = Annotated[str | None, typer.Option(help="With `all`: one pack only.")]
Folder = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="DIR", help="With `all`: folder for the answers."),
]
Force = Annotated[bool, typer.Option("--force", help="Write over a kept answer or a folder.")]


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a run was asked for beside the query's name."""

    given: Mapping[str, str]
    limit: int | None
    timeout: float | None
    save: str | None
    force: bool
    tags: list[str] | None = None


def run(
    session: Session,
    ctx: typer.Context,
    name: Name,
    param: Params = None,
    limit: Limit = None,
    timeout: MaybeSeconds = None,
    tag: Tags = None,
    show_cypher: ShowCypher = False,
    save: Save = None,
    pack: Pack = None,
    output: Folder = None,
    force: Force = False,
    raw: Raw = False,
    fail_empty: FailEmpty = False,
) -> None:
    """Run a canned query; each of its parameters is an option of its own name.

    Example: heichan query run brokers.many_sources --min-sources 3
    A value that should not be seen goes in by --param NAME=@file.
    A kept answer is compared by: heichan query diff NAME
    All of a pack, one file a query (CSV, or as --format says) and a page that lists them:
    heichan query run all --pack market -o answers
    """
    given = {**options(ctx.args), **read_parameters(param or [])}
    asked = _Asked(given=given, limit=limit, timeout=timeout, save=save, force=force, tags=tag)
    if tag and (save is not None or name == ALL):
        raise UsageError("--tag is for one answer that is shown", hint="Leave out --save and all.")
    if name == ALL:
        _run_all(session, asked, pack, output)
        return
    if pack is not None or output is not None:
        raise UsageError(
            "--pack and -o go with `all`", hint="heichan query run all --pack NAME -o DIR"
        )
    query = own_packs(session).get(name)
    result = _run_one(session, query, asked, show_cypher=show_cypher)
    end_if_empty(result.rows, fail_empty=fail_empty)


def _run_one(
    session: Session, query: "Query", asked: _Asked, *, show_cypher: bool
) -> "QueryResult":
    """Runs, shows, and keeps where that is asked for."""
    if asked.save is not None:
        from queries.saved import refuse_taken

        refuse_taken(session.case.root, asked.save, force=asked.force)
    seen, result = answered(session, query, asked.given, limit=asked.limit, timeout=asked.timeout)
    if show_cypher:
        text = f"{query.body.rstrip()}\n{session.out.human_text(result.parameters)}"
        session.out.note(text)
    result = _of_tagged(seen, result, asked.tags)
    show_rows(session, result, seen)
    if asked.save is not None:
        keep(session, kept_of(query, seen, result, asked.save, asked.given), force=asked.force)
    return result


def _of_tagged(seen: Session, result: "QueryResult", tags: list[str] | None) -> "QueryResult":
    """The rows that name a node with one of the tags, or its accounts or actor."""
    from graph.knowledge.tagged import naming, people_of, tagged

    nodes = tagged(seen.archive.connection, seen.case.settings, tags)
    if nodes is None:
        return result
    if ends_at_limit(result):
        seen.out.warn(f"looked at the first {result.limit} rows; raise --limit for more")
    rows = [result.rows[place] for place in naming(result.rows, people_of(seen.store, nodes))]
    return msgspec.structs.replace(result, rows=rows)


def _run_all(session: Session, asked: _Asked, pack: str | None, output: Path | None) -> None:
    from commands.query_folder import Order, run_all

    if output is None:
        hint = "heichan query run all --pack NAME -o DIR"
        raise UsageError("all the answers need a folder", hint=hint)
    if asked.save is not None:
        raise UsageError("--save keeps the answer of one query", hint="Leave it out with `all`.")
    order = Order(output, pack, asked.given, asked.limit, asked.timeout, asked.force)
    run_all(session, order)


def answered(
    session: Session,
    query: "Query",
    given: Mapping[str, object],
    *,
    limit: int | None = None,
    timeout: float | None = None,
) -> "tuple[Session, QueryResult]":
    """The answer, and the session that it is from: the part of the case up to `tlp_max`."""
    from queries.header import TLP_MAX
    from queries.parameters import bind
    from queries.run import run_query

    # Wrong parameters are refused before a part of the case is made.
    mark = bind(query.header, given)[TLP_MAX]
    seen = session.below(mark)
    result = run_query(
        query, seen.store, seen.archive, given, limit=limit, timeout=timeout, below=mark
    )
    return seen, result


def snapshot_of(session: Session) -> str | None:
    """The snapshot of the graph that a session reads."""
    return (session.store.build_info() or {}).get("snapshot")


def show_rows(session: Session, result: "QueryResult", seen: Session) -> None:
    """The rows, and on standard error what has to be said about them."""
    # A server is asked once more for it.
    graph = {"graph": snapshot_of(seen)} if session.shared.meta else {}
    out = session.out
    out.rows(
        result.rows,
        result.columns,
        meta={**meta(result), **graph},
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


def kept_of(
    query: "Query", seen: Session, result: "QueryResult", name: str, given: Mapping[str, str]
) -> "Saved":
    """The answer as it is kept under a name."""
    from queries.saved import kept

    return kept(name, query, result, given=given, store=seen.store.name, graph=snapshot_of(seen))


def keep(session: Session, saved: "Saved", *, force: bool) -> None:
    """Keeps an answer in the case, and says so in the audit log."""
    from evidence.audit import append_audit
    from queries.saved import save

    case = session.case
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
