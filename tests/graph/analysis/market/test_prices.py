"""Quotes by text, seller and month, and their medians in yuan and dollars."""

from datetime import date
from pathlib import Path

import pytest

from graph.analysis.market.offers import Offer
from graph.analysis.market.prices import (
    PriceRow,
    counted,
    outlier_rows,
    price_rows,
    quotes,
    sources,
)
from graph.analysis.metrics import MetricsOptions
from graph.build.rates import Rate, Rates, shipped, with_file
from graph.offers.rows import Price
from queries.steps.outliers import outliers
from tests.graph.analysis.market.test_supply import DATA, offer

RATES = Rates([Rate("USD", date(2021, 1, 1), date(2021, 12, 31), 6.5, "a book")])


def price(one: Offer, value: float, currency: str | None = "CNY", per: str = "record") -> Price:
    return Price(one.listing, value, currency, per, f"{value}", 0.9)


def rows_of(asked: list[tuple[Offer, Price]], by: str = "year") -> list[PriceRow]:
    found = quotes([one for one, _ in asked], [each for _, each in asked])
    return price_rows(found, RATES, MetricsOptions(by=by, zone="UTC"))  # type: ignore[arg-type]


def test_a_repost_moves_no_median() -> None:
    sold = [offer("a", "one", f"2021-03-{day:02}") for day in (1, 2, 3)]
    other = [offer("b", "two"), offer("c", "three")]
    asked = [(one, price(one, 9.0)) for one in sold]
    asked += [(one, price(one, value)) for one, value in zip(other, (1.0, 2.0), strict=True)]
    (row,) = rows_of(asked)
    assert (row.quotes, row.sellers, row.median) == (3, 3, 2.0)
    assert (row.p25, row.p75) == (1.5, 5.5)
    # The next month is another quote; in one month the lowest counts.
    again, low = offer("a", "one", "2021-04-02"), offer("a", "one", "2021-03-09")
    (row,) = rows_of([*asked, (again, price(again, 9.0)), (low, price(low, 3.0))])
    assert (row.quotes, row.median) == (4, 2.5)


def test_values_carry_the_day_of_the_rate() -> None:
    dollars, yuan, coins = offer("a", "one"), offer("b", "two"), offer("c", "three")
    early = offer("d", "four", "2009-03-01")
    rows = rows_of(
        [
            (dollars, price(dollars, 2.0, "USD")),
            (yuan, price(yuan, 13.0)),
            (coins, price(coins, 1.0, "USDT")),
            (early, price(early, 5.0, "USD")),
        ]
    )
    found = {(row.period, row.currency): row for row in rows}
    assert (found["2021", "USD"].median_cny, found["2021", "USD"].median_usd) == (13.0, 2.0)
    assert (found["2021", "CNY"].median_cny, found["2021", "CNY"].median_usd) == (13.0, 2.0)
    assert found["2021", "USD"].rates == ["1 USD = 6.5 CNY, 2021-01-01/2021-12-31"]
    coin = found["2021", "USDT"]
    assert (coin.median_cny, coin.median_usd, coin.converted, coin.rates) == (None, None, 0, [])
    old = found["2009", "USD"]
    assert (old.median_cny, old.median_usd, old.converted) == (None, 5.0, 0)
    assert sources(rows, RATES) == ["a book"]


def test_far_quotes_are_listed_and_stay() -> None:
    values = (0.4, 0.5, 0.5, 0.5, 90.0)
    asked = [
        (one, price(one, value))
        for number, value in enumerate(values)
        for one in [offer(f"seller {number}", f"text {number}")]
    ]
    found = quotes([one for one, _ in asked], [each for _, each in asked])
    assert len(counted(found)) == 5
    # At least half of the quotes are equal: the distance has no unit, but both are told.
    far = outliers([*outlier_rows(found)], 3.0)
    assert {row["price"] for row in far} == {90.0, 0.4}
    (row,) = rows_of(asked)
    assert (row.quotes, row.median) == (5, 0.5)


def test_requests_and_other_goods_are_no_quotes() -> None:
    wanted, sold = offer("a", "one", offers=False), offer("b", "two")
    prices = [price(wanted, 1.0), price(sold, 2.0), price(sold, 3.0, per="day")]
    found = quotes([wanted, sold], prices, product=DATA, currency="CNY", per="record")
    assert [one.price.value for one in found] == [2.0]
    assert quotes([sold], prices, product="product:x") == []
    assert quotes([sold], prices, currency="USD") == []


def test_rates_that_ship_have_days_and_a_source() -> None:
    rates = shipped()
    assert rates.listed
    assert {rate.currency for rate in rates.listed} == {"USD"}
    for rate in rates.listed:
        assert (rate.last - rate.first).days in (364, 365)
        assert 6 < rate.cny < 8
        assert rate.source.startswith("National Bureau of Statistics of China")
    assert rates.at("USD", date(2013, 6, 1)) == rates.at("USD", date(2013, 12, 31))
    assert rates.at("USD", date(1999, 6, 1)) is None
    assert rates.convert(10.0, None, date(2013, 6, 1)).cny is None
    assert rates.convert(10.0, "CNY", None).usd is None


def test_own_rates_stand_over_those_that_ship(tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    path.write_text(
        "currency,from,to,cny,source\nUSDT,2021-03-01,2021-03-31,6.4,desk\n"
        "usd,2021-03-01,2021-03-01,8,desk\n",
        "utf-8",
    )
    rates = with_file(path)
    day = date(2021, 3, 1)
    assert (rates.convert(2.0, "USDT", day).cny, rates.convert(2.0, "USDT", day).usd) == (12.8, 1.6)
    assert rates.convert(8.0, "CNY", day).usd == 1.0
    assert rates.at("USD", date(2021, 3, 2)) == shipped().at("USD", date(2021, 3, 2))


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("USD,2021-03-01,2021-02-01,6,x", 2),
        ("USD,2021-03-01,2021-04-01,0,x", 2),
        ("USD,2021-03-01,2021-04-01,nan,x", 2),
        ("USD,2021-03-01,2021-04-01,6,", 2),
        ("USD,1 March,2021-04-01,6,x", 2),
        ("USD,2021-03-01", 2),
        ("\ud800", 2),
    ],
)
def test_a_bad_rate_is_named_with_its_line(tmp_path: Path, line: str, where: int) -> None:
    from evidence.errors import InputError

    path = tmp_path / "rates.csv"
    path.write_bytes(f"currency,from,to,cny,source\n{line}\n".encode("utf-8", "surrogatepass"))
    with pytest.raises(InputError) as caught:
        with_file(path)
    assert caught.value.where["file"] == str(path)
    assert caught.value.where.get("line", where) == where
    path.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(InputError, match="has no column currency"):
        with_file(path)
