"""Part of the figures: messages and participants by month, with silence and coverage."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from graph.analysis.market_sketch import MarketSketch, is_watched, market_sketch
from graph.analysis.metrics import Material, MetricsOptions, MetricsRow, every_period, gather
from graph.analysis.watching import overlap
from graph.export.plots.market import draw_market
from graph.report.content import Block, Paragraph, Table
from graph.report.desk import Desk
from graph.report.drawing import drawing

_HEADS: Final = ("period", "groups", "messages", "participants")


def months(desk: Desk) -> Iterator[Block]:
    """Every month that was watched, and which were not."""
    say, source = desk.say, desk.source
    options = MetricsOptions(zone=source.zone)
    material = gather(source.archive, source.segments, options)
    rows = every_period(material, options)
    watched = [row for row in rows if is_watched(row)]
    if not watched:
        yield Paragraph(say("figures.none"))
        return
    yield Paragraph(say("figures.lead", zone=source.zone))
    quiet = _silent(material)
    sketch = _clean(desk, market_sketch(source.archive, material, rows, options))
    sentence = _sentence(desk, rows, watched, sum(quiet.values()))
    yield from drawing(desk, "months", sentence, lambda sheet: draw_market(sketch, sheet))
    heads = [*(say(f"figures.{head}") for head in _HEADS), "PGD", "MGD"]
    cells = [_cells(row, quiet[row.period]) for row in watched]
    yield Table([*heads, say("figures.silent"), say("figures.coverage")], cells)
    if len(watched) < len(rows):
        yield Paragraph(say("figures.unwatched", months=", ".join(_stretches(rows))))


def _silent(material: Material) -> dict[str, int]:
    """Month -> group-days that were watched and have no message."""
    found = {}
    for period, cells in material.cells.items():
        spans = material.watched
        seen = sum(overlap(one, period.first, period.last) for one in spans.values())
        spoken = sum(
            any(first <= day <= last for first, last in spans.get(venue, ()))
            for (venue, day), _ in cells
        )
        found[period.name] = seen - spoken
    return found


def _clean(desk: Desk, sketch: MarketSketch) -> MarketSketch:
    """Venues as they leave; what else is said stands in the report."""
    venues = [
        msgspec.structs.replace(line, id=desk.id(line.id), name=desk.name(line.id))
        for line in sketch.venues
    ]
    return msgspec.structs.replace(sketch, venues=venues, selection=[], notes=[])


def _cells(row: MetricsRow, quiet: int) -> list[str]:
    return [
        row.period,
        str(row.groups),
        str(row.messages),
        str(row.participants),
        "" if row.pgd is None else f"{row.pgd:.2f}",
        "" if row.mgd is None else f"{row.mgd:.2f}",
        str(quiet),
        f"{row.coverage:.2f}",
    ]


def _sentence(
    desk: Desk, rows: Sequence[MetricsRow], watched: Sequence[MetricsRow], quiet: int
) -> str:
    messages = max(watched, key=lambda row: row.messages)
    people = max(watched, key=lambda row: row.participants)
    shares = [row.coverage for row in watched]
    return desk.say(
        "plot.months.told",
        first=rows[0].period,
        last=rows[-1].period,
        messages=sum(row.messages for row in watched),
        top=messages.period,
        most=messages.messages,
        crowd=people.period,
        people=people.participants,
        watched=len(watched),
        silent=sum(not row.messages for row in watched),
        unwatched=len(rows) - len(watched),
        quiet=quiet,
        low=f"{min(shares):.2f}",
        high=f"{max(shares):.2f}",
    )


def _stretches(rows: Sequence[MetricsRow]) -> Iterator[str]:
    """Months that nobody watched, those in a row as one stretch."""
    run: list[str] = []
    for row in [*rows, None]:
        if row is not None and not is_watched(row):
            run.append(row.period)
        elif run:
            yield run[0] if len(run) == 1 else f"{run[0]} – {run[-1]}"
            run = []
