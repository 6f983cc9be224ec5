"""`status`: what the case holds."""

import typer

from commands.application import command
from commands.session import Session


def status(session: Session) -> None:
    """Say what the case holds: files, posts, listings, span of time, versions.

    Example: heichan --case cases/spring status --format json
    """
    from evidence.stats import case_stats

    document = case_stats(session.case, session.archive)
    session.out.document(document)
    if document["stale_posts"]:
        session.out.note("Some posts were read by an older lexicon. Next: heichan build")


def register(app: typer.Typer) -> None:
    command(app, "status")(status)
