"""The command `mcp`."""

import typer

from commands.application import command
from commands.session import Session


def mcp(session: Session, ctx: typer.Context) -> None:
    """Serve canned queries, search, show and evidence to an assistant; needs the extra [mcp].

    Off until the case allows it: case.toml needs [mcp] with enabled = true, tlp_max (what is
    marked stricter is left out and counted) and rows (the most that an answer holds). No Cypher,
    no files, nothing is written but the audit log, which holds every call. A text of the case may
    hold instructions and an assistant may follow them: what limits the harm is that this server
    can do no more than that.

    Example: heichan --case cases/spring mcp
    """
    from commands.assistant.view import View
    from commands.own_rules import refuse_untrusted

    case = session.case
    refuse_untrusted(case, "mcp")
    view = View(case, session.shared)
    view.allowed()
    _refuse_without_sdk()
    from commands.assistant.desk import Desk
    from commands.assistant.serve import serve

    try:
        serve(Desk(ctx.find_root().command, case, view))
    finally:
        view.close()


def _refuse_without_sdk() -> None:
    """Raises HeichanError where the extra is not installed."""
    import importlib.util

    from evidence.errors import HeichanError

    if importlib.util.find_spec("mcp") is None:
        raise HeichanError("the extra [mcp] is not installed", hint="pip install 'heichan[mcp]'")


def register(app: typer.Typer) -> None:
    command(app, "mcp")(mcp)
