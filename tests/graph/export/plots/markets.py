"""Invented months, venues, products and prices for pictures."""

from collections.abc import Iterator, Sequence
from datetime import date

from graph.analysis.days import DAY, day_number
from graph.analysis.market_sketch import MarketSketch, VenueLine
from graph.analysis.metrics import MetricsRow
from graph.analysis.months import MonthColumn
from graph.analysis.price_sketch import PriceSeries, PriceSketch, Quoted, Ranked
from graph.analysis.watching import Span


def month_names(first: str, n: int) -> Iterator[str]:
    """So many months from the first one on."""
    start = int(first[:4]) * 12 + int(first[5:]) - 1
    for place in range(start, start + n):
        yield f"{place // 12:04}-{place % 12 + 1:02}"


def days(month: str) -> Span:
    """First and last day by number."""
    year, number = int(month[:4]), int(month[5:])
    after = date(year + number // 12, number % 12 + 1, 1)
    return day_number(date(year, number, 1)), day_number(after) - 1


def column(month: str, *, watched: bool = True) -> MonthColumn:
    """A month of UTC."""
    first, last = days(month)
    return MonthColumn(month, first * DAY, (last + 1) * DAY, watched)


def row(month: str, messages: int, *, coverage: float = 1.0, groups: int = 3) -> MetricsRow:
    """A month of three groups, with a third as many participants as messages."""
    first, last = days(month)
    group_days = groups * (last - first + 1) if messages else 0
    return MetricsRow(
        period=month, segment="all", groups=groups, group_days=group_days, messages=messages,
        participants=messages // 3, pgd=messages / 2 / group_days if group_days else None,
        mgd=messages / group_days if group_days else None, denominator="active",
        coverage=coverage, messages_growth=None, participants_growth=None,
    )  # fmt: skip


def market_of(
    rows: Sequence[MetricsRow],
    venues: Sequence[str] = ("数据资源群", "Leads & 出海", "灌水"),
    *,
    more: int = 0,
) -> MarketSketch:
    """Each venue is watched in all watched months, and has messages in their first ten days."""
    watched = [days(one.period) for one in rows if one.coverage or one.messages]
    active = [(first, first + 9) for first, _ in watched]
    return MarketSketch(
        months=[column(one.period, watched=bool(one.coverage or one.messages)) for one in rows],
        rows=list(rows),
        venues=[
            VenueLine(f"venue:telegram:{n}", name, 900 - n, active, watched)
            for n, name in enumerate(venues)
        ],
        more=more,
        cut=frozenset(),
        min_coverage=0.9,
        selection=["days: 2021-03-01 to 2021-06-30, UTC", "segment: all", "bots: counted"],
        notes=["PGD, MGD: over active group-days: 270 in 3 months."],
        empty="" if watched else "no message and no watched day",
    )


def quoted(month: str, median: float, quotes: int = 3) -> Quoted:
    """Quotes of a month, within a tenth of the median where there are several."""
    spread = 0.1 * median if quotes > 1 else 0.0
    return Quoted(month, quotes, quotes, median, median - spread, median + spread)


def prices_of(
    names: Sequence[str],
    series: Sequence[tuple[str, Sequence[Quoted]]] = (),
    unwatched: Sequence[str] = (),
) -> PriceSketch:
    """Products of these names, and prices by currency of the first ones."""
    ranking = [
        Ranked(f"product:p{n}", name, 900 - 9 * n, 300 - n, 90 - n, n + 1, n + 1, len(names) - n)
        for n, name in enumerate(names)
    ]
    lines = [
        PriceSeries(one.product, one.name, currency, list(listed))
        for one, (currency, listed) in zip(ranking, series, strict=False)
    ]
    seen = sorted({one.month for line in lines for one in line.months})
    names_of = [] if not seen else [*_through(seen[0], seen[-1])]
    return PriceSketch(
        ranking=ranking,
        series=lines,
        months=[column(name, watched=name not in unwatched) for name in names_of],
        selection=["posts: all", "months of prices: by UTC"],
        notes=["Prices: asked, not paid."],
        empty="" if ranking else "no product is mentioned",
    )


def _through(first: str, last: str) -> Iterator[str]:
    for name in month_names(first, 10_000):
        yield name
        if name == last:
            return
