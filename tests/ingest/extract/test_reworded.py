"""Amounts in other words that say the same: signs around them, what stands behind, other forms."""

import pytest

from tests.ingest.extract.reading import listings

Price = tuple[float, str | None, str | None]


def _prices(text: str) -> list[Price]:
    return [(p.value, p.currency, p.per) for each in listings(text) for p in each.prices]


def _counts(text: str) -> list[tuple[float, str, str | None]]:
    return [(q.value, q.unit, q.period) for each in listings(text) for q in each.quantities]


@pytest.mark.parametrize("behind", ["", "包售后", "💰", "~", "含税", "左右"])
def test_what_closes_the_price_of_a_lot(behind: str) -> None:
    text = f"出一批游戏账号 打包2000{behind} 走担保 Q901234561"
    assert _prices(text) == [(2000, None, "total")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("压力测试 「300U/天」", [(300, "USDT", "day")]),
        (
            "股民 现价0.6元/条\n网贷 现价0.35元/条",
            [(0.6, "CNY", "record"), (0.35, "CNY", "record")],
        ),
        ("收dk逾期3期以上 价格1.2-1.5", [(1.2, None, None), (1.5, None, None)]),
        ("网赌注册料 6毛 500条起 前天的3毛", [(0.6, "CNY", None), (0.3, "CNY", None)]),
        ("股民 昨天的8毛,今天6毛", [(0.6, "CNY", None)]),
        ("抖音粉 1000个35元 快手粉 1000个28元", [(35, "CNY", "thousand"), (28, "CNY", "thousand")]),
        ("企业主手机 38w 全国 两千五拿全部", [(2500, None, "total")]),
        ("查婚姻 50 查户籍 80 查开房 600", [(50, None, None), (80, None, None), (600, None, None)]),
        ("医美/1块一条", [(1, "CNY", "record")]),
        ("车主料出,江苏的,姓名+电话+车牌,6分一个", [(0.06, "CNY", "record")]),
        ("ddos 不死退款 200U一天可小刀", [(200, "USDT", "day")]),
        ("Selling CVV ($12 each), 50+ pcs ($9 each).", [(12, "USD", "unit"), (9, "USD", "unit")]),
    ],
)
def test_prices_in_other_words(text: str, wanted: list[Price]) -> None:
    assert _prices(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("股民 目前5000条 5毛", [(5000, "record", None)]),
        ("股民 一日2000 5毛", [(2000, "record", "day")]),
        (
            "Insurance customers Thailand\nrows: 310000\n4000 USDT whole",
            [(310_000, "record", None)],
        ),
    ],
)
def test_counts_in_other_words(text: str, wanted: list[tuple[float, str, str | None]]) -> None:
    assert _counts(text) == wanted


def test_a_heading_of_goods_and_unit_says_nothing_of_a_flow() -> None:
    text = "快递面单\n当天未发 1.6 ｜ 在途 1.2\n单位 元每单 起步300单\n每天4万"
    assert _prices(text) == [(1.6, "CNY", "record"), (1.2, "CNY", "record")]
    assert _counts(text) == [(40_000, "record", "day")]
    assert _prices("肉鸡/台\n国内家用 1.5\n国内肉鸡 20") == [
        (1.5, None, "unit"),
        (20, None, "unit"),
    ]
