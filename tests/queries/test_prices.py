"""Quotes far from the median, and mark-ups by layer."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.pack import load_packs
from queries.steps.base import Context, Row
from queries.steps.outliers import outliers
from queries.steps.quantiles import QUANTILES

SEEN = datetime(2021, 3, 1, tzinfo=UTC)


def quote(number: int, value: float, who: str, **more: Any) -> Row:
    base: Row = {
        "product": "product:p", "currency": "CNY", "per": "record", "month": "2021-03",
        "listing": f"listing:{number:03}", "seller": who, "cluster": who, "value": value,
        "raw": str(value), "seen": SEEN, "confidence": 0.5, "evidence": [f"post:{number}"],
    }  # fmt: skip
    return base | more


@given(st.lists(st.integers(1, 50), min_size=1, max_size=15), st.integers(1, 9))
def test_copies_move_neither_median_nor_distance(prices: list[int], times: int) -> None:
    once = [quote(at, float(price), f"s{at}") for at, price in enumerate(prices)]
    again = [quote(500 + n, float(prices[0]), "s0") for n in range(times)]
    given = [(row["listing"], row["robust_z"], row["median"]) for row in outliers(once, 3.0)]
    more = [(row["listing"], row["robust_z"], row["median"]) for row in outliers(once + again, 3.0)]
    assert more == given


def test_equal_quotes_have_no_spread_to_measure_by() -> None:
    rows = [quote(at, 1.0, f"s{at}") for at in range(4)] + [quote(9, 5.0, "x")]
    assert [(row["price"], row["robust_z"]) for row in outliers(rows, 3.0)] == [(5.0, None)]


def test_like_is_compared_with_like() -> None:
    rows = [quote(at, 1.0 + at / 10, f"s{at}") for at in range(5)]
    odd = [{"currency": "USD"}, {"per": "month"}, {"product": "product:q"}]
    rows += [quote(50 + at, 900.0, "x", **more) for at, more in enumerate(odd)]
    assert outliers(rows, 3.0) == []


def test_lowest_quote_of_a_text_counts_and_all_are_measured() -> None:
    rows = [quote(at, 1.0 + at / 10, f"s{at}") for at in range(5)]
    tiers = [quote(9, 1.2, "s2"), quote(9, 80.0, "s2")]
    assert [row["price"] for row in outliers(rows + tiers, 3.0)] == [80.0]


def test_markup_is_against_the_nearest_layer_before() -> None:
    values = {1: 1.0, 3: 1.5, 5: 3.0, 7: 9.0}
    rows: list[Row] = [
        {"layer": layer, "value": value, "seller": "s", "seen": SEEN, "evidence": []}
        for layer, value in values.items()
    ]
    header = load_packs(lint_shipped=False).get("market.price_ladder").header
    found = QUANTILES.run(rows[::-1], Context(header, {}, lambda text, more: []))
    assert [row["layer"] for row in found] == [1, 3, 5, 7]
    assert [row["markup"] for row in found] == [None, pytest.approx(0.5), pytest.approx(1.0), None]
