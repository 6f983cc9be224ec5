"""Prices, quantities, least orders, commissions, and what stays undecided."""

import pytest

from tests.ingest.extract.reading import only


@pytest.mark.parametrize(
    ("written", "value", "currency", "per"),
    [
        ("0.5元一条", 0.5, "CNY", "record"),
        ("0.3U/条", 0.3, "USDT", "record"),
        ("每条2毛", 0.2, "CNY", "record"),
        ("两毛一条", 0.2, "CNY", "record"),
        ("2分5一条", 0.025, "CNY", "record"),
        ("四毛", 0.4, "CNY", None),
        ("一毛五一条", 0.15, "CNY", "record"),
        ("三块五一条", 3.5, "CNY", "record"),
        ("三千二一套", 3200, None, "unit"),
        ("1w5一套", 15000, None, "unit"),
        ("500块一套", 500, "CNY", "unit"),
        ("打包3000U", 3000, "USDT", "total"),
        ("预算5000元", 5000, "CNY", "total"),
        ("30刀一张", 30, "USD", "unit"),
        ("$8 per 1k", 8, "USD", "thousand"),
        ("1000条50元", 50, "CNY", "thousand"),
        ("3000元/月", 3000, "CNY", "month"),
        ("包月300", 300, None, "month"),
        ("100元/小时", 100, "CNY", "hour"),
        ("抽成3%", 3, None, "percent"),
        ("收两个点", 2, None, "percent"),
        ("500万条打包1.5w", 15000, None, "total"),
    ],
)
def test_prices(written: str, value: float, currency: str | None, per: str | None) -> None:
    prices = only(f"出股民料 {written} @demo_name").prices
    assert [(p.value, p.currency, p.per) for p in prices] == [(value, currency, per)]


@pytest.mark.parametrize(
    ("written", "value", "unit", "period"),
    [
        ("36万", 360_000, "record", None),
        ("40w条", 400_000, "record", None),
        ("8.5w", 85_000, "record", None),
        ("1.7亿条", 170_000_000, "record", None),
        ("450k lines", 450_000, "record", None),
        ("日更5万条", 50_000, "record", "day"),
        ("每周2000条", 2000, "record", "week"),
        ("月产10万条", 100_000, "record", "month"),
        ("300组", 300, "set", None),
        ("20G", 20, "gigabyte", None),
    ],
)
def test_quantities(written: str, value: float, unit: str, period: str | None) -> None:
    quantities = only(f"出股民料 {written} @demo_name").quantities
    assert [(q.value, q.unit, q.period) for q in quantities] == [(value, unit, period)]


@pytest.mark.parametrize(
    "written", ["500条起", "起批500条", "500起", "最低500条", "500条起步", "min order 500"]
)
def test_a_least_order_belongs_to_the_price(written: str) -> None:
    listing = only(f"出股民料 0.5元一条 {written} @demo_name")
    assert [p.min_quantity for p in listing.prices] == [500]
    assert listing.quantities == ()


@pytest.mark.parametrize("written", ["3毛5条"])
def test_two_readings_give_a_problem_and_no_value(written: str) -> None:
    listing = only(f"出股民料 {written} @demo_name")
    assert listing.prices == ()
    assert len(listing.problems) == 1


@pytest.mark.parametrize(
    "written", ["接通率90%", "24小时在线", "2024年3月5日", "7天无理由", "第1次合作", "三网通吃"]
)
def test_other_numbers_are_no_figures(written: str) -> None:
    listing = only(f"出股民料 {written} @demo_name")
    assert (listing.prices, listing.quantities, listing.problems) == ((), (), ())
