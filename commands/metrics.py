"""`metrics`: participants and messages a group a day, months, product ranking."""

from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from commands.answers import Raw
from commands.application import command
from commands.output import cut_off
from commands.pictures import Force, Plot, target_of, told
from commands.session import Session
from evidence.errors import UsageError

if TYPE_CHECKING:
    from graph.analysis.metrics import Material, MetricsOptions, MetricsRow
    from graph.export.plots.target import Target

DRAWN = "month"
RANKING = "market.product_ranking"
PRODUCT_COLUMNS = ("product", "posts", "clusters", "sellers", "rank")

app = typer.Typer(help="Measure a chat underground.", invoke_without_command=True)


def metrics(
    session: Session,
    ctx: typer.Context,
    by: Annotated[str, typer.Option(help="day, month, year or all.")] = "month",
    since: Annotated[str | None, typer.Option(help="From this day or time.")] = None,
    until: Annotated[str | None, typer.Option(help="Until this day or time, included.")] = None,
    denominator: Annotated[
        str, typer.Option(help="active, observed or monitored group-days.")
    ] = "active",
    segment: Annotated[
        str | None, typer.Option("--segment", "--tag", help="Venues that carry this tag.")
    ] = None,
    platform: Annotated[str | None, typer.Option(help="Venues of this platform.")] = None,
    tz: Annotated[str | None, typer.Option("--tz", help="Zone of the days.")] = None,
    exclude_bots: Annotated[bool, typer.Option("--exclude-bots", help="Leave bots out.")] = False,
    min_coverage: Annotated[
        float, typer.Option(min=0, max=1, help="Below it growth is not stated.")
    ] = 0.9,
    plot: Plot = None,
    force: Force = False,
    raw: Raw = False,
) -> None:
    """Participants and messages a group a day (PGD, MGD), by period.

    Example: heichan metrics --by month --denominator observed
    A picture: heichan metrics --plot months.svg
    """
    if ctx.invoked_subcommand is not None:
        return
    from commands import clock
    from evidence.settings import zone_of
    from graph.analysis.group_days import untimed
    from graph.analysis.metrics import (
        COLUMNS,
        Denominator,
        MetricsOptions,
        every_period,
        gather,
        stated,
    )  # fmt: skip
    from graph.analysis.periods import By
    from graph.knowledge.tagged import segments_of, tagged

    if plot is not None and by != DRAWN:
        raise UsageError(f"--plot draws months, not --by {by}", hint=f"Choose --by {DRAWN}.")
    target = target_of(plot, force=force)
    zone = zone_of(tz) if tz else session.out.zone
    options = MetricsOptions(
        by=_choose("--by", by, By),
        since=clock.since(since, zone),
        until=clock.until(until, zone),
        denominator=_choose("--denominator", denominator, Denominator),
        zone=zone.key,
        segment=segment,
        platform=platform,
        exclude_bots=exclude_bots,
        min_coverage=min_coverage,
    )
    if segment is not None:
        tagged(session.archive.connection, session.case.settings, [segment])
    segments = segments_of(session.archive.connection, session.case.settings)
    material = gather(session.archive, segments, options)
    rows = every_period(material, options)
    if target is not None:
        _draw(session, target, material, rows, options)
    session.out.rows([row.document() for row in stated(rows)], COLUMNS)
    if missing := untimed(session.archive):
        session.out.note(f"{missing} messages have no time and are in no period")
    session.out.note(
        f"denominator: {denominator} group-days, days of {zone.key}; the published figures can be "
        "made again with active group-days (a reconstruction)"
    )


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


def products(
    session: Session,
    since: Annotated[str | None, typer.Option(help="From this day or time.")] = None,
    until: Annotated[str | None, typer.Option(help="Until this day or time, included.")] = None,
    top: Annotated[int, typer.Option(min=1, help="How many.")] = 20,
    plot: Plot = None,
    force: Force = False,
    raw: Raw = False,
) -> None:
    """Rank products and services by posts, text clusters and sellers.

    Example: heichan metrics products --top 10
    With prices a record by month: heichan metrics products --plot products.svg
    """
    from commands import product_picture
    from queries.pack import load_packs
    from queries.run import run_query

    target = target_of(plot, force=force)
    packs = load_packs(lint_shipped=False)
    query = packs.get(RANKING)
    given = {"since": since, "until": until}
    result = run_query(query, session.store, session.archive, given, limit=top)
    if target is not None:
        notes = product_picture.draw(session, target, packs, result, (since, until))
        told(session.out, target, notes)
    cut = cut_off(result.truncated, top, option="--top")
    session.out.rows(result.rows, PRODUCT_COLUMNS, limit=top, cut=cut)
    for caveat in result.caveats:
        session.out.note(f"note: {caveat}")


def _choose(option: str, value: str, choices: Any) -> Any:
    """The value, if it is one of a Literal's. Raises UsageError."""
    if value in get_args(choices):
        return value
    raise UsageError(
        f"{option} {value!r} is unknown", hint=f"Choose {', '.join(get_args(choices))}."
    )


def register(parent: typer.Typer) -> None:
    from commands.application import with_shared

    app.callback(invoke_without_command=True)(with_shared(metrics))
    command(app, "products")(products)
    parent.add_typer(app, name="metrics")
