"""Prices of lists, prices said without a number, counters, currencies named once, stock."""

import pytest

from ingest.extract import Rules
from ingest.extract.slots import Slots, read_slots


def _read(text: str) -> Slots:
    return read_slots(text, Rules.load())


def _prices(text: str) -> list[tuple[float, str | None, str | None, float | None]]:
    return [(p.value, p.currency, p.per, p.min_quantity) for p in _read(text).prices]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("卖户籍 ▶ 260 @demo_a", [260]),
        ("户籍……180\n车牌……90\n定位……900", [180, 90, 900]),
        ("户籍200 开房500 定位900", [200, 500, 900]),
        ("💰户籍 200 💰开房 500", [200, 500]),
        ("办证 450 / 学历证 800", [450, 800]),
        ("股民：1.1；网贷：0.6；车主：0.9", [1.1, 0.6, 0.9]),
        ("股民 | 1.1 | 网贷 | 0.6", [1.1, 0.6]),
        ("网贷-----0.5", [0.5]),
        ("京东面单,含手机、地址,0.5", [0.5]),
    ],
)
def test_a_number_behind_goods_of_a_list_is_a_price(text: str, values: list[float]) -> None:
    assert [price[0] for price in _prices(text)] == values


@pytest.mark.parametrize(
    "text",
    ["车主 2019 2020 2021", "肉鸡 500 win系统", "押金 5000 跑分车队", "股民 年龄 18-25"],
)
def test_a_year_a_count_a_deposit_or_an_age_is_no_price(text: str) -> None:
    assert not _prices(text)


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("块八一条股民料", (1.8, "CNY", "record", None)),
        ("出宝妈 千条起 5毛一条", (0.5, "CNY", "record", 1000)),
        ("出业主 0.3一户 万起", (0.3, None, "record", 10_000)),
        ("出接码平台 返三成", (30, None, "percent", None)),
        ("老库打包 千五", (1500, None, "total", None)),
        ("查个人 三百够不够", (300, None, None, None)),
        ("出租猫池 每月2600", (2600, None, "month", None)),
        ("sdk埋点同步 每月 3.5 万包干(人民币)", (35_000, "CNY", "month", None)),
        ("伪基站背包,八百一天", (800, None, "day", None)),
        ("菠菜料 四块五毛", (4.5, "CNY", None, None)),
        ("手机定位 八百一单", (800, None, "query", None)),
        ("四件套 两千港纸一套", (2000, "HKD", "unit", None)),
        ("车主资料 Rp 1500/record", (1500, "IDR", "record", None)),
        ("Poland leads 0.4 zł/pc", (0.4, "PLN", "record", None)),
        ("FUD crypt per build: 55$", (55, "USD", "unit", None)),
        ("采集商家电话 百元一城", (100, "CNY", "unit", None)),
        ("scampages, 150 usd for both", (150, "USD", "total", None)),
        ("dump of a clinic, 0.15 BTC firm", (0.15, "BTC", None, None)),
        ("WhatsApp筛号 $4 per 10k, results in 20 min.", (4, "USD", "ten_thousand", None)),
    ],
)
def test_how_prices_are_said(
    text: str, price: tuple[float, str | None, str | None, float | None]
) -> None:
    assert _prices(text) == [price]


def test_one_least_order_behind_several_prices_is_that_of_all() -> None:
    assert [p[3] for p in _prices("棋牌3毛 股民2毛5 网贷1毛8 千条起")] == [1000, 1000, 1000]


def test_pairs_of_a_count_and_a_broken_price_are_tiers() -> None:
    found = _prices("出股民 2000条 0.8 5000条 0.7")
    assert [(p[0], p[3]) for p in found] == [(0.8, 2000), (0.7, 5000)]
    assert not _read("出股民 2000条 0.8 5000条 0.7").quantities


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("价目(只收U)\n股民 0.6\n网贷 0.4", "USDT"),
        ("price list (usdt)\ncpanel: 14\nrdp: 6", "USDT"),
        ("price list (BTC or XMR)\ncpanel: 14\nrdp: 6", None),
        ("以下报价均为人民币\n股民 0.6\n网贷 0.4", "CNY"),
    ],
)
def test_a_currency_named_once(text: str, currency: str | None) -> None:
    assert [price[1] for price in _prices(text)] == [currency, currency]


def test_a_bracket_settles_a_sign_of_two_currencies() -> None:
    assert _prices("docomo用户数据 ¥38/条(日元)") == [(38, "JPY", "record", None)]


@pytest.mark.parametrize("text", ["百来块一套四件套", "几毛一条 股民", "股民 八百到一千"])
def test_a_vague_sum_or_a_range_is_a_problem(text: str) -> None:
    found = _read(text)
    assert not found.prices
    assert found.problems


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("WTS gmail accounts aged, 300 in stock", 300, "account"),
        ("出快递面单 库存 8万", 80_000, "record"),
        ("老人保健品客户 一万二千个", 12_000, "record"),
        ("宝妈粉 5000个", 5000, "other"),
    ],
)
def test_quantities(text: str, value: float, unit: str) -> None:
    assert [(q.value, q.unit) for q in _read(text).quantities] == [(value, unit)]


@pytest.mark.parametrize(
    "text", ["网购订单 满300组送20", "面单 可测 20 单", "股民 五千条以上再谈价"]
)
def test_gifts_and_samples_are_no_quantity(text: str) -> None:
    assert not _read(text).quantities
