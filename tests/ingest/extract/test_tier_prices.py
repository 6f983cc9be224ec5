"""Tiers below a price for each, counts with prices of their own, halves, look-alike digits."""

import pytest

from tests.ingest.extract.reading import listings, only

_Price = tuple[float, str | None, str | None, float | None]


def _prices(text: str) -> list[_Price]:
    return [(p.value, p.currency, p.per, p.min_quantity) for p in only(text).prices]


def _quantities(text: str) -> list[tuple[float, str | None, str | None]]:
    return [(q.value, q.unit, q.period) for q in only(text).quantities]


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("出微信号 80/个 100个以上70", (70, None, "unit", 100)),
        ("外汇客户 8元/条 一次拿100条以上 6元", (6, "CNY", "record", 100)),
        ("人脸视频 15元一套 千套起 10元", (10, "CNY", "unit", 1000)),
        ("出网贷料 每条7毛,一万条6毛5", (0.65, "CNY", "record", 10_000)),
        ("US fullz, $25 each, 10+ = 20 each", (20, "USD", "unit", 10)),
    ],
)
def test_a_lower_price_behind_a_count_is_a_tier(text: str, tier: _Price) -> None:
    assert _prices(text)[1] == tier
    assert _prices(text)[0][3] is None
    assert _quantities(text) == []


def test_a_price_with_its_count_in_front_is_not_that_of_the_next_count() -> None:
    assert _prices("出口子数据 500条40块,1000条60块")[0] == (40, "CNY", "total", None)


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("出渗透 报价1万起", (10_000, None, None, None)),
        ("出对公 8000起", (8000, None, None, None)),
        ("sell US fullz 9 usd per slip", (9, "USD", "unit", None)),
        ("社媒 leads 20w,$90/10k", (90, "USD", "ten_thousand", None)),
        ("跑分 费率1.8% 押金2万", (1.8, None, "percent", None)),
        ("跑分 五五分成", (50, None, "percent", None)),
        ("出网贷料 0.6 元 ╱ 条", (0.6, "CNY", "record", None)),
    ],
)
def test_prices(text: str, price: _Price) -> None:
    assert price in _prices(text)


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("出网贷料 1ooo条 3毛", (1000, "record", None)),
        ("出网贷料 最低1k条 每天能供2k", (2000, "record", "day")),
        ("出网贷料 每天至少2000条", (2000, "record", "day")),
        ("求网贷料 先要300条试", (300, "record", None)),
        ("US doctor leads 120k w/ emails, $0.02/record", (120_000, "record", None)),
        ("出网贷料 300 or so daily", (300, "record", "day")),
    ],
)
def test_quantities(text: str, quantity: tuple[float, str, str | None]) -> None:
    assert _quantities(text) == [quantity]


def test_prices_in_front_of_their_goods() -> None:
    found = listings("出 8毛 股民 5毛 网贷 3毛 棋牌")
    assert [[p.value for p in listing.prices] for listing in found] == [[0.8], [0.5], [0.3]]
    assert [listing.products[0].id for listing in found] == [
        "product/stock_leads",
        "product/loan_leads",
        "product/gambling_leads",
    ]
