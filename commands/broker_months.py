"""`brokers --by month`: places of brokers month by month."""

from typing import TYPE_CHECKING, Any

from commands.output import cut_off
from commands.session import Session

if TYPE_CHECKING:
    from graph.analysis.brokers import BrokerOptions
    from graph.analysis.trajectories import Trajectories, Trajectory

TABLE = ("overall", "name", "id", "months", "entered", "rose", "fell", "left")


def show(session: Session, found: "Trajectories", options: "BrokerOptions") -> None:
    """The rows, and on standard error what they rest on."""
    from graph.analysis.brokers import LEAD
    from graph.analysis.course import LEGEND, remarks
    from graph.analysis.trajectories import COLUMNS

    out = session.out
    cut = cut_off(found.more > 0, options.top, "brokers", "--top")
    if out.human:
        out.rows([_table_row(row) for row in found.rows], TABLE, cut=cut)
        if found.rows:
            out.note(LEGEND)
    else:
        rows = [document for row in found.rows for document in row.documents()]
        out.rows(rows, COLUMNS, limit=options.top, cut=cut)
    out.note(LEAD)
    for note in remarks(found, options.window_days):
        out.note(note)


def _table_row(row: "Trajectory") -> dict[str, Any]:
    from graph.analysis.course import marks

    return {
        "overall": row.overall,
        "name": row.name,
        "id": row.id,
        "months": marks(row.months),
        "entered": row.when("entered"),
        "rose": row.when("rose"),
        "fell": row.when("fell"),
        "left": row.when("left"),
    }
