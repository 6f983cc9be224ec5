"""`cypher`: one ad-hoc reading statement."""

from typing import Annotated

import typer

from commands.answers import FailEmpty, Raw, end_if_empty
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
    raw: Raw = False,
    fail_empty: FailEmpty = False,
) -> None:
    """Run one read-only Cypher statement.

    Example: heichan cypher "MATCH (a:Account) RETURN a.id AS id, a.name AS name ORDER BY id"
    """
    from graph.store.guard import check
    from graph.store.memory import bounded

    statement = standard_input() if text == "-" else text
    check(statement)
    parameters = typed(read_parameters(param or []))
    with bounded():
        result = session.store.run(statement, parameters, timeout=timeout, limit=limit)
    meta = {"query": statement, "version": None, "parameters": parameters}
    cut = cut_off(result.truncated, limit)
    session.out.rows(result.rows, result.columns, meta=meta, limit=limit, cut=cut)
    for warning in result.warnings:
        session.out.warn(warning)
    end_if_empty(result.rows, fail_empty=fail_empty)


def register(app: typer.Typer) -> None:
    command(app, "cypher")(cypher)
