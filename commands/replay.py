"""`replay`: a kept answer derived again."""

from typing import TYPE_CHECKING, Annotated

import typer

from commands.answers import Raw
from commands.application import command
from commands.output import plain
from commands.query_diff import COLUMNS as CHANGED
from commands.session import Session

if TYPE_CHECKING:
    from queries.replaying import Replayed

COLUMNS = (
    "name",
    "query",
    "state",
    "rows",
    "rows_now",
    "result",
    "result_now",
    "version",
    "version_now",
    "graph",
    "graph_now",
    "said",
    "changes",
)


def replay(
    session: Session,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of a kept answer.")],
    raw: Raw = False,
) -> None:
    """Derive a kept answer again with its parameters: equal, or what came and went (exit 1).

    Example: heichan replay operators
    An answer is kept by: heichan query run sources.operator_ranking --save operators
    """
    found = replayed(session, name)
    out = session.out
    if out.form in ("json", "jsonl"):
        out.document(plain(found))
    else:
        out.rows([plain(change) for change in found.changes], CHANGED)
    for line in found.said:
        out.warn(line)
    told = f"{found.rows} rows, sha256 {found.result}"
    if found.state == "equal":
        out.note(f"{name} is equal: {told}")
        return
    out.note(f"{name} differs: {told}; now {found.rows_now} rows, sha256 {found.result_now}")
    raise typer.Exit(1)


def replayed(session: Session, name: str) -> "Replayed":
    """The kept answer and the answer of now. Raises NotFoundError, DataError or UsageError."""
    from commands.query_packs import own_packs
    from commands.query_run import answered, snapshot_of
    from queries.replaying import replayed as compared
    from queries.saved import read

    saved = read(session.case.root, name)
    query = own_packs(session).get(saved.query)
    seen, result = answered(session, query, saved.given, limit=saved.limit)
    return compared(saved, query, result, snapshot_of(seen))


def register(app: typer.Typer) -> None:
    command(app, "replay")(replay)
