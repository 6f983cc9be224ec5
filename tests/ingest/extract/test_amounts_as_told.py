"""Amounts as people tell them: hundredths of a share, round counts, what remains, firms by 家."""

import pytest

from tests.ingest.extract.reading import only


def _amounts(text: str) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    found = only(text)
    return (
        [(p.value, p.currency, p.per, p.min_quantity) for p in found.prices],
        [(q.value, q.unit, q.period) for q in found.quantities],
    )


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("跑分 抽百分之三点五", 3.5),
        ("跑分通道 佣金百分之一点二", 1.2),
        ("跑分 提成一成五", 15),
        ("跑分 抽两成半", 25),
        ("跑分 抽百分之二", 2),
    ],
)
def test_shares(text: str, share: float) -> None:
    assert _amounts(text)[0] == [(share, None, "percent", None)]


@pytest.mark.parametrize(
    ("text", "price", "quantity"),
    [
        ("出贷款料 0.12一条 三万整", (0.12, None, "record", None), (30_000, "record", None)),
        ("出抖音号 三百二一个,还剩十一个", (320, None, "unit", None), (11, "account", None)),
        ("出股民 昨夜七百三十一位,一位四块五", (4.5, "CNY", "record", None), (731, "record", None)),
        ("股民粉 两万二,一千个一百八", (180, None, "thousand", None), (22_000, "record", None)),
        ("对公账户 一户一万一 现成四户", (11_000, None, "unit", None), (4, "account", None)),
        ("法人料 5400家 9角/家", (0.9, "CNY", "record", None), (5400, "record", None)),
    ],
)
def test_counts_beside_prices(
    text: str, price: tuple[object, ...], quantity: tuple[object, ...]
) -> None:
    assert _amounts(text) == ([price], [quantity])


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("法人料 一毛一家,五万家起提", (0.1, "CNY", "record", 50_000)),
        ("出股民料 首充不低于1万元 3毛一条", (0.3, "CNY", "record", None)),
        ("出股民料 做了9年 近2000家客户 4毛一条", (0.4, "CNY", "record", None)),
        ("出股民料 手里三家贷款平台 2.5U/条", (2.5, "USDT", "record", None)),
    ],
)
def test_what_stands_beside_is_no_amount(text: str, price: tuple[object, ...]) -> None:
    assert _amounts(text) == ([price], [])


def test_what_a_row_is_for_may_stand_in_brackets_behind_it() -> None:
    prices, _ = _amounts("房产客户 2.2U、0.9U(per row)")
    assert [p[2] for p in prices] == ["record", "record"]
