from pathlib import Path

from graph.analysis.price_sketch import left_out, month_columns, ranked, series
from tests.graph.filling import DAY, filling

QUOTE = {"quotes": 2, "sellers": 1, "median": 0.3, "p25": 0.2, "p75": 0.4, "evidence": []}
RANKED = {
    "product": "product:stock_leads", "posts": 9, "clusters": 4, "sellers": 2, "rank": 1,
    "rank_clusters": 1, "rank_sellers": 2, "rank_change": None, "lexicons": 1,
}  # fmt: skip


def test_products_have_the_name_of_the_trade_where_it_is_known() -> None:
    [plain] = ranked([RANKED], {})
    [traded] = ranked([RANKED], {"product:stock_leads": "stock leads (股民料)"})
    assert (plain.name, plain.rank_sellers) == ("stock leads", 2)
    assert traded.name == "stock leads (股民料)"


def test_months_run_from_the_first_quote_to_the_last(tmp_path: Path) -> None:
    rows = [{**QUOTE, "month": month} for month in ("2021-02", "2021-06")]
    line = series("product:a_b", "CNY", rows)
    assert (line.name, line.quotes) == ("a b", 4)
    with filling(tmp_path) as filled:
        filled.say("1", "x", 33 * DAY)
        found = month_columns(filled.archive, [line])
    assert [(one.name, one.watched) for one in found] == [
        ("2021-02", True),
        ("2021-03", False),
        ("2021-04", True),
        ("2021-05", False),
        ("2021-06", True),
    ]


def test_no_quote_has_no_month(tmp_path: Path) -> None:
    with filling(tmp_path) as filled:
        assert month_columns(filled.archive, []) == []


def test_prices_that_no_chart_holds_are_counted() -> None:
    counted: list[dict[str, object]] = [
        {"product": "product:a", "currency": "CNY", "per": "record", "listings": 9},
        {"product": "product:b", "currency": "CNY", "per": "record", "listings": 4},
        {"product": "product:a", "currency": "USD", "per": "thousand", "listings": 3},
        {"product": "product:a", "currency": None, "per": "record", "listings": 2},
        {"product": "product:a", "currency": "CNY", "per": None, "listings": 1},
    ]
    drawn = [series("product:a", "CNY", [{**QUOTE, "month": "2021-02"}])]
    [told] = left_out(counted, drawn)
    assert "3 for another unit than a record, 1 without a unit, 2 without a currency" in told
    assert "4 in series beyond" in told
    assert left_out(counted[:1], drawn) == []
