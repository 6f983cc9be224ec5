"""Prices with tiers, lots, terms in front and behind, and numbers that are no price."""

import pytest

from tests.ingest.extract.reading import only


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1000条起 0.5U一条,5000条起 0.4U一条", [(0.5, 1000), (0.4, 5000)]),
        ("0.5U一条 1000条起", [(0.5, 1000)]),
        ("1块一条,500条以上 0.8元一条", [(1, None), (0.8, 500)]),
        ("$12 each, 50+ pcs $9 each", [(12, None), (9, 50)]),
        ("$0.05 per row, orders from 10,000 rows", [(0.05, 10_000)]),
        ("12 cents per record, 10k rows minimum", [(0.12, 10_000)]),
        ("0.08$ per row for 50k+", [(0.08, 50_000)]),
    ],
)
def test_each_price_has_its_own_least_order(
    written: str, expected: list[tuple[float, float | None]]
) -> None:
    prices = only(f"出股民料 {written}").prices
    assert [(p.value, p.min_quantity) for p in prices] == expected


@pytest.mark.parametrize(
    ("written", "value", "currency", "per"),
    [
        ("整库卖5000U", 5000, "USDT", "total"),
        ("全要 3w 块", 30_000, "CNY", "total"),
        ("800打包", 800, None, "total"),
        ("one price 1,100 USD", 1100, "USD", "total"),
        ("120 USDT the lot", 120, "USDT", "total"),
        ("单套 150u", 150, "USDT", "unit"),
        ("单次 800,两小时回", 800, None, "query"),
        ("查一户 900 元", 900, "CNY", "query"),
        ("年付 880刀", 880, "USD", "year"),
        ("月租 3000U", 3000, "USDT", "month"),
        ("300元一天", 300, "CNY", "day"),
        ("每条给你1元", 1, "CNY", "record"),
        ("each row 0.2U", 0.2, "USDT", "record"),
        ("per 1k: $9", 9, "USD", "thousand"),
        ("伍毛一条", 0.5, "CNY", "record"),
        ("1 毛 5 一条", 0.15, "CNY", "record"),
        ("刀 6 一条", 6, "USD", "record"),
        ("3毛8 每日更新", 0.38, "CNY", None),
        ("预算 2000U 一次结清", 2000, "USDT", "total"),
        ("价格统一 0.28", 0.28, None, None),
        ("佣金千分之八", 0.8, None, "percent"),
        ("点位 7.5", 7.5, None, "percent"),
    ],
)
def test_what_a_price_is_for(
    written: str, value: float, currency: str | None, per: str | None
) -> None:
    prices = only(f"出股民料 {written}").prices
    assert [(p.value, p.currency, p.per) for p in prices] == [(value, currency, per)]


@pytest.mark.parametrize(
    "written",
    [
        "押金 5000U",
        "已押汇旺 5万U",
        "误差 200 米内",
        "测试50条",
        "免费测100条",
        "几千条",
        "十二个省",
    ],
)
def test_deposits_samples_and_measures_are_no_figures(written: str) -> None:
    listing = only(f"出股民料 {written} @demo_name")
    assert (listing.prices, listing.quantities) == ((), ())


@pytest.mark.parametrize(
    ("written", "value", "period"),
    [
        ("共 85 万,一口价 3500", 850_000, None),
        ("30多万条", 300_000, None),
        ("每天稳定出货2w条", 20_000, "day"),
        ("5000 rows per week", 5000, "week"),
        ("daily batch of 20k rows", 20_000, "day"),
        ("1.2 mln lines", 1_200_000, None),
        ("每日限量500条", 500, "day"),
    ],
)
def test_quantities(written: str, value: float, period: str | None) -> None:
    quantities = only(f"出股民料 {written} @demo_name").quantities
    assert [(q.value, q.unit, q.period) for q in quantities] == [(value, "record", period)]
