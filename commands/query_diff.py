"""`query diff`: a kept answer against the answer of now."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.answers import Raw
from commands.output import cut_off, plain
from commands.query_packs import own_packs
from commands.query_run import answered, ends_at_limit, meta, snapshot_of
from commands.session import Session

if TYPE_CHECKING:
    from queries.pack import Query
    from queries.run import QueryResult
    from queries.saved import Saved

COLUMNS = ("change", "key", "before", "after")
KEPT = ("name", "query", "version", "rows", "graph", "saved_at")


def diff(
    session: Session,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Name of a kept answer; none lists them.")
    ] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit 1 where something differs.")
    ] = False,
    raw: Raw = False,
) -> None:
    """Run a kept query again and show which rows came, went and changed, by the key columns.

    Example: heichan query diff operators
    An answer is kept by: heichan query run sources.operator_ranking --save operators
    """
    if name is None:
        _list(session)
        return
    from queries.difference import difference
    from queries.saved import keys, plain_rows, read

    saved = read(session.case.root, name)
    query = own_packs(session).get(saved.query)
    seen, result = answered(session, query, saved.given, limit=saved.limit)
    shared = [key for key in saved.keys if key in result.columns] or keys(query)
    now = snapshot_of(seen)
    changes = difference(saved.rows, plain_rows(result.rows), shared)
    cut = cut_off(ends_at_limit(result), result.limit, "rows", "--limit when it is kept")
    session.out.rows(
        [plain(change) for change in changes],
        COLUMNS,
        meta={**meta(result), "graph": now, "saved": _then(saved)},
        limit=result.limit,
        cut=cut,
    )
    _remarks(session, saved, query, result)
    _compare_graphs(session, saved, now)
    counts = [sum(c.change == kind for c in changes) for kind in ("came", "went", "changed")]
    session.out.note("{} came, {} went, {} changed".format(*counts))
    if exit_code and changes:
        raise typer.Exit(1)


def _list(session: Session) -> None:
    from queries.saved import names, read

    root = session.case.root
    rows = [
        {**{column: getattr(saved, column) for column in KEPT}, "rows": len(saved.rows)}
        for saved in (read(root, name) for name in names(root))
    ]
    session.out.rows(rows, KEPT)
    if not rows:
        session.out.note("nothing is kept; heichan query run ID --save NAME keeps an answer")


def _then(saved: "Saved") -> dict[str, Any]:
    """What `meta` says of the kept answer."""
    names = ("name", "version", "text_hash", "graph", "truncated", "row_hash", "saved_at")
    return {name: getattr(saved, name) for name in names}


def _remarks(session: Session, saved: "Saved", query: "Query", result: "QueryResult") -> None:
    from queries.saved import text_hash

    out = session.out
    if text_hash(query) != saved.text_hash:
        out.warn(
            f"{query.id} is no longer the query that was kept ({saved.version}, now "
            f"{query.header.version}): a difference may come from that"
        )
    if saved.truncated or result.truncated:
        out.warn("an answer was cut off: rows behind the cut may seem to come or go")
    for warning in result.warnings:
        out.warn(warning)


def _compare_graphs(session: Session, saved: "Saved", now: str | None) -> None:
    same = "the same graph as then" if now == saved.graph else "the graph has changed since"
    session.out.note(f"kept {saved.saved_at}; {same}")
