"""`metrics prices`: asked prices by product, currency and unit, with dated exchange rates."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from commands.answers import FailEmpty, Raw
from commands.metrics.market import Top, listed, offers_of, show
from commands.metrics.options import PLACES, Counted, counting_some, metrics_options
from commands.output import cut_off
from commands.session import Session

if TYPE_CHECKING:
    from graph.analysis.market.prices import Quote

OUTLIERS: Final = (
    "listing", "product", "price", "currency", "per", "robust_z", "median", "quotes", "seller",
    "raw",
)  # fmt: skip


@counting_some("by", *PLACES)
def prices(
    session: Session,
    counted: Counted,
    product: Annotated[str | None, typer.Option(metavar="ID", help="This product alone.")] = None,
    currency: Annotated[str | None, typer.Option(help="This currency alone, as CNY.")] = None,
    per: Annotated[str | None, typer.Option(help="This unit alone; `any` for all.")] = "record",
    rates: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Your own rates over those that ship: CSV of currency,from,to,cny,source.",
        ),
    ] = None,
    outliers: Annotated[
        float | None,
        typer.Option(
            metavar="MAD", min=0, help="List the quotes further than this from their median."
        ),
    ] = None,
    top: Top = None,
    raw: Raw = False,
    fail_empty: FailEmpty = False,
) -> None:
    """Asked prices, one quote a text, seller and month; medians in yuan and dollars.

    Example: heichan metrics prices --product product:stock_leads --by year
    Far quotes, listed and not dropped: heichan metrics prices --outliers 3
    """
    from graph.analysis.market.prices import COLUMNS, price_rows, quotes, sources
    from graph.build.rates import shipped, with_file

    known = shipped() if rates is None else with_file(rates)
    options = metrics_options(session, counted)
    unit = None if per == "any" else per
    read = listed(session)
    offers = offers_of(session, read, options)
    asked = quotes(offers, read.prices(), product=product, currency=currency, per=unit)
    if outliers is not None:
        _outliers(session, asked, outliers, top)
        return
    rows = price_rows(asked, known, options)
    show(session, rows, COLUMNS, top=top, fail=fail_empty)
    session.out.note("note: asked, not paid; one quote a text, seller and month, the lowest")
    for source in sources(rows, known):
        session.out.note(f"rates: {source}")
    if left := sum(row.quotes - row.converted for row in rows):
        session.out.note(f"{left} quotes have no dated rate and are in no converted median")


def _outliers(session: Session, asked: "list[Quote]", mad: float, top: int | None) -> None:
    from graph.analysis.market.prices import outlier_rows
    from queries.steps.outliers import outliers

    rows = outliers([*outlier_rows(asked)], mad)
    cut = cut_off(top is not None and len(rows) > top, top, option="--top")
    session.out.rows(rows[:top], OUTLIERS, limit=top, cut=cut)
    session.out.note("note: bait, a reading error or other goods; listed, not dropped")
