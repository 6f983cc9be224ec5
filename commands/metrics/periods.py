"""`metrics`: participants and messages a group a day, by period; `metrics growth`."""

from typing import TYPE_CHECKING, Final

import typer

from commands.answers import FailEmpty, Raw, end_if_empty
from commands.metrics.options import Counted, counting, metrics_options, segments_known, warn
from commands.pictures import Force, Plot, target_of, told
from commands.session import Session
from evidence.errors import UsageError

if TYPE_CHECKING:
    from graph.analysis.metrics import Material, MetricsOptions, MetricsRow
    from graph.export.plots.target import Target

DRAWN: Final = "month"


@counting
def metrics(
    session: Session,
    ctx: typer.Context,
    counted: Counted,
    plot: Plot = None,
    force: Force = False,
    raw: Raw = False,
    fail_empty: FailEmpty = False,
) -> None:
    """Participants and messages a group a day (PGD, MGD), by period.

    Example: heichan metrics --by month --denominator observed
    A picture: heichan metrics --plot months.svg
    """
    if ctx.invoked_subcommand is not None:
        return
    from graph.analysis.market.cautions import cautions
    from graph.analysis.metrics import COLUMNS, every_period, gather, stated

    if plot is not None and counted.by != DRAWN:
        raise UsageError(
            f"--plot draws months, not --by {counted.by}", hint=f"Choose --by {DRAWN}."
        )
    target = target_of(plot, force=force)
    options = metrics_options(session, counted)
    material = gather(session.archive, segments_known(session), options)
    rows = every_period(material, options)
    if target is not None:
        _draw(session, target, material, rows, options)
    shown = stated(rows)
    session.out.rows([row.document() for row in shown], COLUMNS)
    warn(session, cautions(session.archive, material, options.by))
    _say_basis(session, options)
    end_if_empty(shown, fail_empty=fail_empty)


def _draw(
    session: Session,
    target: "Target",
    material: "Material",
    rows: "list[MetricsRow]",
    options: "MetricsOptions",
) -> None:
    from graph.analysis.market_sketch import market_sketch
    from graph.export.plots.market import draw_market

    sketch = market_sketch(session.archive, material, rows, options)
    told(session.out, target, draw_market(sketch, target))


def _say_basis(session: Session, options: "MetricsOptions") -> None:
    session.out.note(
        f"denominator: {options.denominator} group-days, days of {options.zone}; the published "
        "figures can be made again with active group-days (a reconstruction)"
    )


@counting
def growth(
    session: Session, counted: Counted, raw: Raw = False, fail_empty: FailEmpty = False
) -> None:
    """Growth on the period before, on the year before, and in a constant panel of venues.

    Example: heichan metrics growth --by month --segment mobile
    On the year the same months are compared; a panel holds the venues watched in both periods.
    """
    from graph.analysis.market.cautions import cautions
    from graph.analysis.market.growth import COLUMNS, growth_rows
    from graph.analysis.metrics import gather

    options = metrics_options(session, counted)
    material = gather(session.archive, segments_known(session), options)
    rows = growth_rows(material, options)
    session.out.rows([row.document() for row in rows], COLUMNS)
    warn(session, cautions(session.archive, material, options.by))
    session.out.note(
        f"growth is stated where both periods were watched for {options.min_coverage:.0%} of "
        "their group-days at least (--min-coverage)"
    )
    _say_basis(session, options)
    end_if_empty(rows, fail_empty=fail_empty)
