"""`config show`: each setting and where it came from."""

import os
import re
from typing import Annotated

import typer

from commands.answers import Raw
from commands.application import command
from commands.session import Session

app = typer.Typer(no_args_is_help=True, help="Settings.")
ENVIRONMENT = (
    "HEICHAN_CASE",
    "HEICHAN_STORE",
    "HEICHAN_VAULT_KEY",
    "NEO4J_URI",
    "NEO4J_DATABASE",
    "NEO4J_USERNAME",
    "NEO4J_PASSWORD",
)
SECRET = {"NEO4J_PASSWORD", "HEICHAN_VAULT_KEY"}
_USERINFO = re.compile(r"//[^/]*@")


def show(
    session: Session,
    origin: Annotated[bool, typer.Option("--origin", help="Where each came from.")] = False,
    raw: Raw = False,
) -> None:
    """Show the settings in force.

    Example: heichan config show --origin
    """
    rows = [*_options(session), *_environment(), *_case(session)]
    columns = ("setting", "value", "origin") if origin else ("setting", "value")
    session.output().rows(rows, columns)


def _options(session: Session) -> list[dict[str, object]]:
    given = {"--case": session.shared.case, "--store": session.shared.store}
    return [
        {"setting": name, "value": str(value), "origin": "option"}
        for name, value in given.items()
        if value is not None
    ]


def _environment() -> list[dict[str, object]]:
    return [
        {
            "setting": name,
            "value": _shown(name, os.environ[name]),
            "origin": "environment",
        }
        for name in ENVIRONMENT
        if name in os.environ
    ]


def _shown(name: str, value: str) -> str:
    """The value without a password, which does not belong in an address but may stand there."""
    if name in SECRET:
        return "(set, not shown)"
    return _USERINFO.sub("//(not shown)@", value)


def _case(session: Session) -> list[dict[str, object]]:
    import msgspec

    from evidence.errors import NotFoundError

    try:
        case = session.case
    except NotFoundError:
        return []
    return [
        {"setting": name, "value": value, "origin": str(case.root / "case.toml")}
        for name, value in msgspec.to_builtins(case.settings).items()
    ]


def register(parent: typer.Typer) -> None:
    command(app, "show")(show)
    parent.add_typer(app, name="config")
