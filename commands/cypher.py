"""`cypher`: one ad-hoc reading statement."""

from typing import Annotated

import typer

from commands.application import command
from commands.limits import Seconds
from commands.output import cut_off
from commands.parameters import read_parameters, standard_input, typed
from commands.session import Session


def cypher(
    session: Session,
    text: Annotated[str, typer.Argument(metavar="TEXT|-", help="The statement; - reads it.")],
    param: Annotated[
        list[str] | None,
        typer.Option(
            "--param", metavar="NAME=VALUE", help="A $parameter, JSON or text; NAME=@file reads it."
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Rows at the most.")] = 200,
    timeout: Seconds = 30.0,
    raw: Annotated[bool, typer.Option("--raw", help="CSV cells as they are.")] = False,
    fail_empty: Annotated[bool, typer.Option("--fail-empty", help="Exit 3 without rows.")] = False,
) -> None:
    """Run one read-only Cypher statement.

    Example: heichan cypher "MATCH (a:Account) RETURN a.id AS id, a.name AS name ORDER BY id"
    """
    from graph.store.guard import check

    statement = standard_input() if text == "-" else text
    check(statement)
    parameters = typed(read_parameters(param or []))
    result = session.store.run(statement, parameters, timeout=timeout, limit=limit)
    meta = {"query": statement, "version": None, "parameters": parameters}
    cut = cut_off(result.truncated, limit)
    session.out.rows(result.rows, result.columns, meta=meta, limit=limit, cut=cut)
    for warning in result.warnings:
        session.out.warn(warning)
    if fail_empty and not result.rows:
        raise typer.Exit(3)


def register(app: typer.Typer) -> None:
    command(app, "cypher")(cypher)
