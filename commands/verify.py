"""`verify`: what can be computed again, computed again and compared."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from commands.answers import Raw
from commands.application import command
from commands.session import Session
from commands.stopping import stopping

if TYPE_CHECKING:
    from evidence.verify.found import Checked

COLUMNS = ("check", "state", "id", "place", "looked_at", "of", "said")


def verify(
    session: Session,
    full: Annotated[
        bool, typer.Option("--full", help="Read every text again, not only a sample.")
    ] = False,
    raw: Raw = False,
) -> None:
    """Compute hashes, ids, readings, graph and kept answers again; exit 1 where something differs.

    Example: heichan verify --full
    Nothing is changed. What it shows and what it cannot show: docs/provenance.md
    """
    rows: list[dict[str, object]] = []
    different = 0
    with stopping(lambda: "nothing was changed"):
        for checked in _checks(session, full=full):
            rows += _rows(checked)
            different += len(checked.differences)
    session.progress.close()
    out = session.out
    out.rows(rows, COLUMNS)
    if different:
        out.warn(f"{different} differ from what the case holds")
        raise typer.Exit(1)
    out.note("nothing differs; what was not looked at stands above")


def _checks(session: Session, *, full: bool) -> "Iterator[Checked]":
    from commands.verify_results import check_results
    from evidence.vault.vault import Vault
    from evidence.verify.database import check_database
    from evidence.verify.found import guarded
    from evidence.verify.log import check_log
    from evidence.verify.originals import check_originals, check_runs
    from evidence.verify.posts import check_captures, check_claims, check_posts, check_texts
    from evidence.verify.vault import check_vault
    from graph.build.checking import check_graph
    from ingest.checking import check_readings

    archive, progress, case = session.archive, session.progress, session.case
    for name, check in {
        "originals": lambda: check_originals(archive, progress, Vault.of(case)),
        "vault": lambda: check_vault(case, archive, progress),
        "runs": lambda: check_runs(archive),
        "audit log": lambda: check_log(archive),
        "post ids": lambda: check_posts(archive, progress),
        "texts": lambda: check_texts(archive, progress),
        "captures": lambda: check_captures(archive),
        "claim ids": lambda: check_claims(archive, progress),
        "readings": lambda: check_readings(case, archive, progress, full=full),
        "graph": lambda: check_graph(case, archive, session.store, progress),
        "saved results": lambda: check_results(session),
        "database": lambda: check_database(archive),
    }.items():
        yield guarded(name, check)


def _rows(checked: "Checked") -> "Iterator[dict[str, object]]":
    """One row of a check as a whole, and one of each thing that differs."""
    yield {
        "check": checked.check,
        "state": checked.state,
        "looked_at": checked.looked_at,
        "of": checked.of,
        "said": "; ".join(checked.said),
    }
    for one in checked.differences:
        yield {
            "check": checked.check,
            "state": "differs",
            "id": one.id,
            "place": one.place,
            "said": one.said,
        }


def register(app: typer.Typer) -> None:
    command(app, "verify")(verify)
