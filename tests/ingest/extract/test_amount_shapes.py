"""Amounts by their parts: number, magnitude, counter, time, what for, least order."""

import pytest

from tests.ingest.extract.reading import only

Price = tuple[float, str | None, str | None, float | None]


def _prices(text: str) -> list[Price]:
    return [(p.value, p.currency, p.per, p.min_quantity) for p in only(text).prices]


@pytest.mark.parametrize(
    ("said", "price"),
    [
        ("三千一口价", (3000, None, "total", None)),
        ("3000块一起走", (3000, "CNY", "total", None)),
        ("五毛1条", (0.5, "CNY", "record", None)),
        ("一块二1条", (1.2, "CNY", "record", None)),
        ("0.5单条", (0.5, None, "record", None)),
        ("0.5u=1条", (0.5, "USDT", "record", None)),
        ("8毛*1条", (0.8, "CNY", "record", None)),
        ("统一五毛", (0.5, "CNY", None, None)),
        ("5毛 起拍1000", (0.5, "CNY", None, 1000)),
        ("0.5/条 1000条开始", (0.5, None, "record", 1000)),
        ("1-999条 1.2", (1.2, None, None, None)),
        ("借款3000-8000 0.6一条", (0.6, None, "record", None)),
    ],
)
def test_one_price_of_leads(said: str, price: Price) -> None:
    assert _prices(f"出网贷料 {said} @demo_ab12") == [price]


@pytest.mark.parametrize(
    ("said", "prices"),
    [
        (
            "1k条 500u 1w条 4000u",
            [(500, "USDT", "thousand", None), (4000, "USDT", "ten_thousand", None)],
        ),
        ("5毛(1000条起) 4毛(1万条起)", [(0.5, "CNY", None, 1000), (0.4, "CNY", None, 10000)]),
        ("百条起 3块,一千条2块5", [(3, "CNY", None, 100), (2.5, "CNY", None, 1000)]),
        ("5k条4毛5 1w条4毛", [(0.45, "CNY", None, 5000), (0.4, "CNY", None, 10000)]),
        ("三毛 过万两毛六", [(0.3, "CNY", None, None), (0.26, "CNY", None, 10000)]),
    ],
)
def test_ladders(said: str, prices: list[Price]) -> None:
    assert _prices(f"出网贷料 {said}") == prices


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("远控出租 80月付", (80, None, "month", None)),
        ("ddos service, $30 for a month, tg @demo_ab12", (30, "USD", "month", None)),
        ("selling loan leads, $0.5 for each, tg @demo_ab12", (0.5, "USD", "record", None)),
        ("社工库会员 一个月80 @demo_ab12", (80, None, "month", None)),
        ("出微信号 一年90 @demo_ab12", (90, None, None, None)),
        ("代查户籍 80一个号 @demo_ab12", (80, None, "query", None)),
        ("水房代收代付 提成百分之五 @demo_ab12", (5, None, "percent", None)),
    ],
)
def test_what_a_price_is_for_by_its_goods(text: str, price: Price) -> None:
    assert _prices(text) == [price]


@pytest.mark.parametrize(
    ("said", "quantity"),
    [
        ("日封顶1500", (1500, "record", "day")),
        ("日上限8000", (8000, "record", "day")),
        ("day 8000", (8000, "record", "day")),
        ("周内2000个", (2000, "record", "week")),
        ("一天封顶两千", (2000, "record", "day")),
    ],
)
def test_how_many_come_in_some_time(said: str, quantity: tuple[float, str, str | None]) -> None:
    found = only(f"出网贷料 七毛一条 {said}").quantities
    assert [(q.value, q.unit, q.period) for q in found] == [quantity]


def test_a_least_order_behind_a_row_holds_for_all_of_it() -> None:
    assert [least for *_, least in _prices("出网贷料 5毛/4毛/3毛，最少3000条")] == [3000] * 3
