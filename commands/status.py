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


SOON = 30
"""Days before the retention date from which on it is told."""


def status(session: Session) -> None:
    """Say what the case holds: files, posts, listings, span of time, versions.

    Example: heichan --case cases/spring status --format json
    """
    from evidence.stats import contents

    held = contents(session.archive.connection)
    document = {
        **_case(session.case, session.store_name),
        **_counts(held, session.case),
        "detached_decisions": _detached(session) if held.decisions else 0,
        "waiting_decisions": _waiting(session) if held.decisions else 0,
        "retention": session.case.settings.retention,
    }
    session.out.document(document)
    if document["rules_problem"]:
        session.out.warn(document["rules_problem"])
    warn_withheld(session)
    _tell_retention(session)
    for note in _notes(document):
        session.out.note(note)


def _detached(session: Session) -> int:
    """How many judgements no longer attach."""
    from evidence.corrections.attach import overlay

    return overlay(session.archive.connection).detached


def _waiting(session: Session) -> int:
    """How many decisions are about what the case does not hold."""
    from graph.knowledge.exchange.keeping import rows, waiting
    from graph.knowledge.known import Known

    connection = session.archive.connection
    return len(waiting(rows(connection, Known(connection))))


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
    counts["zones"] = [zone.words for zone in held.zones]
    return {**counts, **times, **versions, **stale}


def _tell_retention(session: Session) -> None:
    """A word where the case is soon to be kept no longer; a warning where it should be gone."""
    from evidence.retention import left

    days = left(session.case.settings)
    if days is None or days > SOON:
        return
    if days < 0:
        session.out.warn(f"kept {-days} days beyond its retention date. Next: heichan case erase")
    else:
        session.out.note(f"its retention date is in {days} days")


def _notes(document: dict[str, Any]) -> list[str]:
    notes = []
    if document["files_interrupted"]:
        notes.append("Some files were not read to their end. Next: heichan ingest them again")
    if document["stale_posts"]:
        number = document["stale_posts"]
        notes.append(f"{number} posts read by an older lexicon. Next: heichan build")
    elif document["posts"] and document["snapshot"] is None:
        notes.append("The graph was never built. Next: heichan build")
    if document["ambiguous_names"]:
        notes.append("Some names could be of two accounts or venues: they stay apart")
    if document["watched_days"]:
        notes.append("Watched and silent days: heichan metrics --denominator observed")
    if document["detached_decisions"]:
        notes.append("Some decisions no longer attach. Next: heichan correct --detached")
    if document["waiting_decisions"]:
        notes.append(
            "Some decisions are about what this case does not hold. "
            "Next: heichan decisions list --waiting"
        )
    return notes


def register(app: typer.Typer) -> None:
    command(app, "status")(status)
