"""`metrics market`, `escrow`, `venues`, `copies`: who offers what, where, and how often again."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

from commands.answers import FailEmpty, Raw, end_if_empty
from commands.metrics.options import (
    PLACES,
    Counted,
    counting_some,
    metrics_options,
    segments_known,
)
from commands.output import cut_off
from commands.session import Session

if TYPE_CHECKING:
    from graph.analysis.market.offers import Offer
    from graph.analysis.metrics import MetricsOptions
    from graph.offers.rows import Listed

Top = Annotated[int | None, typer.Option(min=1, help="How many rows; all without it.")]


class Row(Protocol):
    def document(self) -> dict[str, Any]: ...


def show(
    session: Session, rows: Sequence[Row], columns: Sequence[str], *, top: int | None, fail: bool
) -> None:
    """The first rows, and a word where there are more. Raises typer.Exit for none."""
    cut = cut_off(top is not None and len(rows) > top, top, option="--top")
    listed = [row.document() for row in rows[:top]]
    session.out.rows(listed, columns, limit=top, cut=cut)
    end_if_empty(rows, fail_empty=fail)


def listed(session: Session) -> "Listed":
    """What was listed: read beside the embedded graph, else from the store itself."""
    from graph.offers.asked import Asked
    from graph.offers.beside import kept

    found = kept(session.case.graph) if session.is_embedded else None
    if found is None:
        return Asked(session.store)
    session.snapshot = found.snapshot
    return found


def offers_of(session: Session, rows: "Listed", options: "MetricsOptions") -> "list[Offer]":
    """What was listed in the selected days and venues."""
    from graph.analysis.market.offers import read_offers

    return read_offers(rows, session.archive, segments_known(session), options)


@counting_some("by", *PLACES)
def market(
    session: Session,
    counted: Counted,
    top: Top = None,
    raw: Raw = False,
    fail_empty: FailEmpty = False,
) -> None:
    """Offers against requests, concentration of sellers, copies and escrow, by product.

    Example: heichan metrics market --by year --top 20
    Counted in texts, since copies are no supply; sellers are actors where accounts were put
    together.
    """
    from graph.analysis.market.supply import COLUMNS, supply

    options = metrics_options(session, counted)
    known = listed(session)
    guarded = {each.listing for each in known.escrow()}
    rows = supply(offers_of(session, known, options), guarded, options)
    show(session, rows, COLUMNS, top=top, fail=fail_empty)


@counting_some("by", *PLACES)
def escrow(
    session: Session,
    counted: Counted,
    top: Top = None,
    raw: Raw = False,
    fail_empty: FailEmpty = False,
) -> None:
    """Which guarantees sellers accept, by sellers and texts.

    Example: heichan metrics escrow --by all
    """
    from graph.analysis.market.guarantees import COLUMNS, guarantees

    options = metrics_options(session, counted)
    known = listed(session)
    rows = guarantees(offers_of(session, known, options), known.escrow(), options)
    show(session, rows, COLUMNS, top=top, fail=fail_empty)
    session.out.note("note: to name a service is to accept it, not to have used it")


@counting_some(*PLACES)
def venues(
    session: Session,
    counted: Counted,
    min_shared: Annotated[
        int, typer.Option(min=1, help="Least number of sellers or of texts in common.")
    ] = 1,
    top: Top = None,
    raw: Raw = False,
    fail_empty: FailEmpty = False,
) -> None:
    """Pairs of venues with sellers or texts in common.

    Example: heichan metrics venues --min-shared 3 --segment mobile
    """
    from graph.analysis.market.overlap import COLUMNS, overlaps

    options = metrics_options(session, counted)
    names = dict(session.archive.connection.execute("SELECT id, name FROM venue"))
    rows = overlaps(offers_of(session, listed(session), options), names, least=min_shared)
    show(session, rows, COLUMNS, top=top, fail=fail_empty)
    session.out.note(
        "note: sellers who offer in both, not members; a text in both can be a stranger's copy"
    )


@counting_some("by", *PLACES)
def copies(
    session: Session, counted: Counted, raw: Raw = False, fail_empty: FailEmpty = False
) -> None:
    """How much of the messages is copy and paste, by period.

    Example: heichan metrics copies --by month
    """
    from graph.analysis.market.copies import COLUMNS
    from graph.analysis.market.copies import copies as counted_copies
    from graph.analysis.metrics import gather

    options = metrics_options(session, counted)
    material = gather(session.archive, segments_known(session), options)
    rows = counted_copies(session.archive, material, options)
    show(session, rows, COLUMNS, top=None, fail=fail_empty)
    session.out.note(
        "note: copies inside one period; what was copied from places that nobody watched counts "
        "as an original, so the share is a lower bound"
    )
