"""Rows of a list whose goods no term names, beside rows whose goods are known; heads of lists."""

import pytest

from tests.ingest.extract.reading import listings

Price = tuple[float, str | None, str | None, float | None]


def _prices(text: str) -> list[Price]:
    return [
        (p.value, p.currency, p.per, p.min_quantity) for each in listings(text) for p in each.prices
    ]


def test_rows_of_unknown_goods_keep_their_prices() -> None:
    text = "手机卡价格:\n移动实名 95元/张\n联通实名 88元/张\n物联网 7元/张(100张起)\n香港 22元/张"
    assert _prices(text) == [
        (95, "CNY", "unit", None),
        (88, "CNY", "unit", None),
        (7, "CNY", "unit", 100),
        (22, "CNY", "unit", None),
    ]


def test_a_row_of_unknown_goods_takes_none_of_another_row() -> None:
    found = listings("四件套现货\n\n工商 400U 库存6套\n农业 360U 库存11套\n对公 1900U 库存2套")
    assert [[p.value for p in each.prices] for each in found] == [[400], [360], [1900]]
    assert not found[1].products
    assert [q.value for q in found[1].quantities] == [11]


def test_rows_right_below_a_heading_of_goods() -> None:
    text = "现货微信号 价格如下\n瓦奇 55元\n得拉 85元\n波罗 160元\n@demo_rows1"
    assert [value for value, *_ in _prices(text)] == [55, 85, 160]


def test_tiers_of_one_line_are_no_rows() -> None:
    (found,) = listings("出股民\n1万条起  0.95u/条\n5万条起  0.7u/条\n飞机 @demo_rows2")
    assert [p.min_quantity for p in found.prices] == [10000, 50000]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("刷量（每1000）\n点赞 10元\n收藏 14元", (10, "CNY", "thousand", None)),
        ("短信价格 元/条 10万起｜移动 0.048｜联通 0.046", (0.048, "CNY", "record", 100_000)),
        ("菜单 | 品类 | 单条\n1 | 宝妈 | ¥1.2\n2 | 医美 | ¥2.5", (1.2, "CNY", "record", None)),
        ("轰炸机\n一小时 15元,一天 ¥100", (15, "CNY", "hour", None)),
        ("Selling CVV$12 each. t.me/demo_rows3", (12, "USD", "unit", None)),
        ("逾期客户 单价/条\nM1 1-30天 0.6\nM2 31-60天 0.4", (0.6, None, "record", None)),
    ],
)
def test_what_a_heading_or_a_sign_says(text: str, wanted: Price) -> None:
    assert _prices(text)[0] == wanted
