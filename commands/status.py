"""`status`: what the case holds."""

from typing import TYPE_CHECKING, Any

import msgspec
import typer

from commands.application import command
from commands.clock import from_unix
from commands.own_rules import version_in_use, warn_withheld
from commands.session import Session

if TYPE_CHECKING:
    from evidence.case import Case
    from evidence.stats import Contents


def status(session: Session) -> None:
    """Say what the case holds: files, posts, listings, span of time, versions.

    Example: heichan --case cases/spring status --format json
    """
    from evidence.stats import contents

    held = contents(session.archive.connection)
    from evidence.corrections.attach import overlay

    document = {
        **_case(session.case, session.store_name),
        **_counts(held, session.case),
        "detached_decisions": overlay(session.archive.connection).detached,
    }
    session.out.document(document)
    if document["rules_problem"]:
        session.out.warn(document["rules_problem"])
    warn_withheld(session)
    for note in _notes(document):
        session.out.note(note)


def _case(case: "Case", store: str | None) -> dict[str, Any]:
    settings = case.settings
    return {
        "case": settings.id,
        "folder": str(case.root),
        "zone": settings.zone,
        "store": store or settings.store,
    }


def _counts(held: "Contents", case: "Case") -> dict[str, Any]:
    from importlib.metadata import version

    from ingest.extract import EXTRACTOR

    lexicon, wrong = version_in_use(case)
    times = {"first": from_unix(held.first), "last": from_unix(held.last)}
    stale: dict[str, Any] = {"stale_posts": held.outdated(EXTRACTOR, lexicon) if lexicon else None}
    stale["rules_problem"] = wrong or None
    versions = {"version": version("heichan"), "extractor": EXTRACTOR, "lexicon": lexicon}
    counts = msgspec.structs.asdict(held)
    del counts["readings"], counts["unread"]
    return {**counts, **times, **versions, **stale}


def _notes(document: dict[str, Any]) -> list[str]:
    notes = []
    if document["files_interrupted"]:
        notes.append("Some files were not read to their end. Next: heichan ingest them again")
    if document["stale_posts"]:
        number = document["stale_posts"]
        notes.append(f"{number} posts read by an older lexicon. Next: heichan build")
    elif document["posts"] and document["snapshot"] is None:
        notes.append("The graph was never built. Next: heichan build")
    if document["detached_decisions"]:
        notes.append("Some decisions no longer attach. Next: heichan correct --detached")
    return notes


def register(app: typer.Typer) -> None:
    command(app, "status")(status)
