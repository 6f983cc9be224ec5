"""Part of the figures: goods by mentions, and what is asked for a record of them by month."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from graph.analysis.price_sketch import PriceSeries, PriceSketch, month_columns
from graph.export.plots.prices import draw_prices
from graph.export.plots.products import draw_products
from graph.report.content import Block, Heading, Paragraph, Table
from graph.report.desk import Desk
from graph.report.drawing import drawing

RANKED: Final = 20
SERIES: Final = 8
"""More charts would not fit a page."""
ROWS: Final = 120
_NAMED: Final = 3
_MONTHS, _QUOTES = 2, 3
"""With less there is no course of prices to look at."""


def products(desk: Desk) -> Iterator[Block]:
    """The goods that are spoken of most."""
    say, sketch = desk.say, desk.source.products
    if isinstance(sketch, str):
        yield from (Heading(3, say("plot.products")), Paragraph(desk.clean(sketch)))
        return
    if sketch is None or not sketch.ranking:
        return
    ranking = [
        msgspec.structs.replace(one, name=desk.name(one.product)) for one in sketch.ranking[:RANKED]
    ]
    shown = _only(sketch, ranking=ranking)
    named = [
        say("plot.products.one", rank=one.rank, name=one.name, posts=one.posts)
        for one in ranking[:_NAMED]
    ]
    sentence = say("plot.products.told", n=len(ranking), named=desk.words.joined(named))
    yield Heading(3, say("plot.products"))
    yield from drawing(desk, "products", sentence, lambda sheet: draw_products(shown, sheet))
    rows = [
        [str(one.rank), one.name, str(one.posts), str(one.clusters), str(one.sellers)]
        for one in ranking
    ]
    heads = ("figures.rank", "col.goods", "col.posts", "figures.families", "figures.senders")
    yield Table([say(head) for head in heads], rows)


def prices(desk: Desk) -> Iterator[Block]:
    """Asked prices of the goods of which there are enough."""
    say, sketch = desk.say, desk.source.products
    if sketch is None or isinstance(sketch, str):
        return
    lines = [line for line in sketch.series if _enough(line)][:SERIES]
    if not lines:
        return
    series = [msgspec.structs.replace(line, name=desk.name(line.product)) for line in lines]
    shown = _only(sketch, series=series, months=month_columns(desk.source.archive, series))
    sentence = say("plot.prices.told", told=desk.words.joined([_course(desk, s) for s in series]))
    yield Heading(3, say("plot.prices"))
    yield from drawing(desk, "prices", sentence, lambda sheet: draw_prices(shown, sheet))
    rows = [row for line in series for row in _rows(line)]
    heads = ("col.goods", "figures.currency", "figures.period", "figures.quotes",
             "figures.sellers", "figures.median", "figures.half")  # fmt: skip
    yield Table([say(head) for head in heads], rows[:ROWS])
    if len(rows) > ROWS:
        yield Paragraph(say("more", n=len(rows) - ROWS))


def _only(sketch: PriceSketch, **kept: object) -> PriceSketch:
    """Of the sketch no more than this; what else is said stands in the report."""
    nothing: dict[str, object] = {
        "ranking": [],
        "series": [],
        "months": [],
        "selection": [],
        "notes": [],
    }
    return msgspec.structs.replace(sketch, **{**nothing, **kept})


def _enough(line: PriceSeries) -> bool:
    return len(line.months) >= _MONTHS and line.quotes >= _QUOTES


def _course(desk: Desk, line: PriceSeries) -> str:
    first, last = line.months[0], line.months[-1]
    return desk.say(
        "plot.prices.one",
        name=line.name,
        currency=desk.clean(line.currency),
        quotes=line.quotes,
        first=first.month,
        last=last.month,
        before=f"{first.median:.4g}",
        after=f"{last.median:.4g}",
    )


def _rows(line: PriceSeries) -> Iterator[Sequence[str]]:
    for one in line.months:
        half = f"{one.p25:.4g} – {one.p75:.4g}"
        told = (one.month, str(one.quotes), str(one.sellers), f"{one.median:.4g}", half)
        yield (line.name, line.currency, *told)
