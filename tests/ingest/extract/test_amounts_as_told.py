"""Amounts as people tell them: hundredths of a share, round counts, what remains, firms by 家."""

import pytest

from tests.ingest.extract.reading import listings, only


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


@pytest.mark.parametrize(
    ("text", "price", "quantity"),
    [
        (
            "我出三百块,收两千个法人老板电话",
            (300, "CNY", "total", None),
            (2000, "record", None),
        ),
        ("股民料 整 95k 只要 2000 EUR", (2000, "EUR", "total", None), (95_000, "record", None)),
        ("股民料 13.8w 两千二全端", (2200, None, "total", None), (138_000, "record", None)),
        (
            "sms blast 20k mails a day 55 usd/week",
            (55, "USD", "week", None),
            (20_000, "message", "day"),
        ),
    ],
)
def test_sums_for_what_is_counted(
    text: str, price: tuple[object, ...], quantity: tuple[object, ...]
) -> None:
    assert _amounts(text) == ([price], [quantity])


def test_half_of_a_lot_has_its_own_price() -> None:
    prices, _ = _amounts("股民料 3万条,打包四千五,嫌多可以对半拿,两千四")
    assert [p[::2] for p in prices] == [(4500, "total"), (2400, "total")]


def test_a_line_beside_one_whose_characters_stand_apart_is_joined_too() -> None:
    prices, counts = _amounts("实 名 卡 可 收 发\n已 开 55 一 张\n100 张 以 上 48")
    assert prices == [(55, None, "unit", None), (48, None, "unit", 100)]
    assert counts == []


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        (
            "CVV US $12 each, UK $18, bulk 100+ $9",
            [
                (12, "USD", "unit", None),
                (18, "USD", "unit", None),
                (9, "USD", "unit", 100),
            ],
        ),
        (
            "法人料 一万条350 十万条3000",
            [(350, None, "ten_thousand", None), (3000, None, "total", None)],
        ),
        ("收股民料 最高三毛", [(0.3, "CNY", None, None)]),
        ("fullz $6 each, 10 for $45", [(6, "USD", "unit", None), (45, "USD", "total", None)]),
        ("出微信号 半年 60 一年 110", [(60, None, None, None), (110, None, None, None)]),
    ],
)
def test_prices_in_a_row(text: str, prices: list[tuple[object, ...]]) -> None:
    assert _amounts(text) == (prices, [])


@pytest.mark.parametrize(
    ("text", "values", "per"),
    [
        ("股民 260\n贷款 310\n母婴 185\n(千条价) QQ 7100200333", [260, 310, 185], "thousand"),
        ("单价均为千条\n股民 260\n贷款 310\nQQ 7100200333", [260, 310], "thousand"),
        ("户籍 120 开房 400 定位 900 都是查一次的价", [120, 400, 900], "query"),
        (
            "四件套套价表 11/20更新\n建设 2300\n交通 2100\n以上均为一套价格",
            [2300, 2100],
            "unit",
        ),
        ("forex leads $60, crypto leads $80 (per k) @demo_q", [60, 80], "thousand"),
    ],
)
def test_what_prices_are_for_may_close_a_list(text: str, values: list[float], per: str) -> None:
    found = [(p.value, p.per) for each in listings(text) for p in each.prices]
    assert found == [(value, per) for value in values]


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("股民料 八毛一条 一次两千起", [(0.8, "CNY", "record", 2000)]),
        ("股民料 八毛 两千开张", [(0.8, "CNY", None, 2000)]),
        (
            "出微信号 散拿45 十个起42 五十个起38",
            [(45, None, None, None), (42, None, None, 10), (38, None, None, 50)],
        ),
        ("查机主 单查60 十个打包500", [(60, None, "query", None), (500, None, "total", None)]),
        ("fullz $40, 50+ $30", [(40, "USD", None, None), (30, "USD", None, 50)]),
    ],
)
def test_tiers_as_told(text: str, prices: list[tuple[object, ...]]) -> None:
    assert _amounts(text) == (prices, [])


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("出对公账户,两千六到三千不等", [2600, 3000]),
        ("出对公账户 账龄3-5年 8000", [8000]),
        ("卖社工库 60亿条 450G 硬盘寄 八千块", [8000]),
    ],
)
def test_what_dear_goods_cost(text: str, prices: list[float]) -> None:
    assert [p.value for p in only(text).prices] == prices
