"""`metrics products --plot`: the ranking and the prices behind it, asked of the stores."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from commands.session import Session

if TYPE_CHECKING:
    from graph.analysis.price_sketch import PriceSeries, PriceSketch, Ranked
    from graph.export.plots.target import Target
    from queries.pack import Packs
    from queries.run import QueryResult

Days = tuple[str | None, str | None]
"""First and last as asked for."""
_COLUMNS = ("product", "currency", "per", "listings")
PRICE = "market.price_per_record"
_LEXICONS = "Read by {n} versions of the lexicon: their counts are not one series."


def draw(
    session: Session, target: "Target", packs: "Packs", result: "QueryResult", days: Days
) -> list[str]:
    """Writes the picture; what must be said beside it. `result`: of the ranking."""
    from graph.export.plots.products import draw_products

    return draw_products(sketch(session, packs, result, days), target)


def sketch(session: Session, packs: "Packs", result: "QueryResult", days: Days) -> "PriceSketch":
    """The first products with their prices; `result`: of the ranking."""
    from graph.analysis import price_sketch as made

    rows = result.rows[: made.PRODUCTS]
    ranking = made.ranked(rows, _names(session, [row["product"] for row in rows]))
    since, until = result.parameters["since"], result.parameters["until"]
    given = {"products": [one.product for one in ranking], "since": since, "until": until}
    counted = session.store.run(made.COUNTS, given, columns=_COLUMNS).rows
    series = _series(session, packs, ranking, counted, days)
    lexicons = max((row["lexicons"] for row in result.rows), default=0)
    more = result.truncated or len(result.rows) > len(ranking)
    snapshot = (session.store.build_info() or {}).get("snapshot")
    return made.PriceSketch(
        ranking=ranking,
        series=series,
        months=made.month_columns(session.archive, series),
        selection=_selected(days),
        notes=[
            made.MENTIONS,
            *([_LEXICONS.format(n=lexicons)] if lexicons > 1 else []),
            *([f"The first {len(ranking)} products alone are drawn."] if more else []),
            *([made.PRICES] if series else []),
            *made.left_out(counted, series),
            *([f"graph snapshot {snapshot}"] if snapshot else []),
        ],
        empty="" if ranking else "no product is mentioned",
    )


def _series(
    session: Session,
    packs: "Packs",
    ranking: "Sequence[Ranked]",
    counted: Sequence[Mapping[str, Any]],
    days: Days,
) -> "list[PriceSeries]":
    """The products and currencies with most priced listings, as many as are drawn."""
    from graph.analysis.price_sketch import SERIES, series
    from queries.run import run_query

    found: list[PriceSeries] = []
    for row in counted:
        if row["per"] == "record" and row["currency"] is not None and len(found) < SERIES:
            keys = {"product": row["product"], "currency": row["currency"]}
            given = {**keys, "since": days[0], "until": days[1]}
            prices = run_query(packs.get(PRICE), session.store, session.archive, given)
            if prices.rows:
                found.append(series(row["product"], row["currency"], prices.rows))
    places = {one.product: place for place, one in enumerate(ranking)}
    return sorted(found, key=lambda line: places[line.product])


def _names(session: Session, products: Sequence[str]) -> dict[str, str]:
    """Products with the words that their listings use."""
    from graph.analysis.goods import goods_names
    from graph.analysis.price_sketch import LISTINGS

    listings = [
        row["listing"]
        for product in products
        for row in session.store.run(LISTINGS, {"product": product}, columns=("listing",)).rows
    ]
    return goods_names(session.archive, listings)


def _selected(days: Days) -> list[str]:
    """The selection in words."""
    first, last = days
    told = [f"from {first}" if first else "", f"until {last}" if last else ""]
    return ["posts: " + (" ".join(filter(None, told)) or "all"), "months of prices: by UTC"]
