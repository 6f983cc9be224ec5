"""Classes of figures: named coins, rows of a list, hours, terms behind, reply heads."""

import pytest

from tests.ingest.extract.reading import listings, only


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("出股民 葡幣八毫一條", (0.8, "MOP", "record")),
        ("出股民 港币两块一条", (2, "HKD", "record")),
        ("出股民,400油 @demo_name", (400, "USDT", None)),
        ("出网贷 壹毛伍 @demo_name", (0.15, "CNY", None)),
        ("出股民 0.06 一条 USD 结", (0.06, "USD", "record")),
        ("selling loader 300/mo usdt", (300, "USDT", "month")),
        ("selling fresh stock leads .15 usdt per row", (0.15, "USDT", "record")),
        ("selling Chase logs 4000 USDT whole, no split", (4000, "USDT", "total")),
        ("求购一套短信嗅探设备,两万以内", (20000, None, "total")),
        ("收短信验证码,千次7块", (7, "CNY", "thousand")),
        ("出股民 5万条,900刀", (900, "USD", None)),
        ("出股民 5万条打包900刀", (900, "USD", "total")),
    ],
)
def test_a_price_is_read_whole(text: str, price: tuple[float, str | None, str | None]) -> None:
    (found,) = only(text).prices
    assert (found.value, found.currency, found.per) == price


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("股民0.6 网贷1 棋牌2 宝妈0.3", [0.6, 1, 2, 0.3]),
        ("价目(单位:元/条)\n网贷实名    0.6\n棋牌充值    0.9", [0.6, 0.9]),
        ("顺丰 2.2\n中通 1.1\n韵达 0.9\n面单当天,一手", [2.2, 1.1, 0.9]),
        ("宝妈 0.25 ┃ 股民 0.5 ┃ 元/条 ┃ @demo_name", [0.25, 0.5]),
    ],
)
def test_each_row_of_a_list_has_its_price(text: str, values: list[float]) -> None:
    assert [p.value for listing in listings(text) for p in listing.prices] == values


def test_an_hour_and_some_tens_count_no_goods() -> None:
    assert not only("出股民料,每天十点更新 @demo_name").quantities
    assert not only("出股民料,剩几十万条 @demo_name").quantities


def test_the_unit_of_the_price_is_that_of_an_uncounted_number() -> None:
    (quantity,) = only("Buying fullz, need 2k a week, $300 per set").quantities
    assert (quantity.unit, quantity.period) == ("set", "week")


def test_japanese_forms_are_read() -> None:
    (quantity,) = only("出股民 毎日两萬条 @demo_name").quantities
    assert (quantity.value, quantity.period) == (20000, "day")


def test_the_one_who_is_answered_is_no_contact() -> None:
    assert [c.value for c in only("回复 @demo_ask:股民有 0.5一条 @demo_own").contacts] == [
        "demo_own"
    ]
