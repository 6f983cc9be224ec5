"""Numbers said in parts, coins in words, times and conditions beside a price, bounds of others."""

import pytest

from tests.ingest.extract.reading import only


def _prices(text: str) -> list[tuple[float, str | None, str | None, float | None]]:
    return [(p.value, p.currency, p.per, p.min_quantity) for p in only(text).prices]


def _quantities(text: str) -> list[tuple[float, str, str | None]]:
    return [(q.value, q.unit, q.period) for q in only(text).quantities]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("出股民料 4千7百条", 4700),
        ("出股民料 共 1 万 9 千 6 百条", 19_600),
        ("出股民料 6 千 3 百条 一块一条", 6300),
        ("出股民料 4千零50条", 4050),
        ("出股民料 3万零2百条", 30_200),
        ("出股民料 8百20条", 820),
        ("出股民料 1.4kw条", 14_000_000),
        ("出股民料 陆佰条", 600),
    ],
)
def test_numbers_in_parts(text: str, value: float) -> None:
    assert _quantities(text) == [(value, "record", None)]


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("出四件套 1千6百一套", (1600, None, "unit", None)),
        ("收微信老号 ③佰②一个", (320, None, "unit", None)),
        ("出远控木马 首月900u", (900, "USDT", "month", None)),
        ("出强登软件 单月一千五", (1500, None, "month", None)),
        ("出强登软件 包季四千二", (4200, None, None, None)),
        ("出面单 9毛一张先发三百张", (0.9, "CNY", "record", None)),
        ("跑分车队 抽 8 趴", (8, None, "percent", None)),
        ("UK patients, a cent per record", (0.01, "USD", "record", None)),
        ("UK patients, three and a half cents each", (0.035, "USD", "record", None)),
        ("casino leads, 90k rows, USD 4 buys a thousand", (4, "USD", "thousand", None)),
        ("fullz, 300 sets, all sets 700 EUR", (700, "EUR", "total", None)),
        ("UK patients, half a cent AUD a record", (0.005, "AUD", "record", None)),
        ("UK patients, 12 euro cents each", (0.12, "EUR", "record", None)),
        ("selling loan leads - $0.4 - per record", (0.4, "USD", "record", None)),
        ("selling loan leads, 0.4 USD net per row", (0.4, "USD", "record", None)),
        ("selling loan leads, $0.4 by the lead", (0.4, "USD", "record", None)),
        ("selling loan leads, price per record: EUR 0.4", (0.4, "EUR", "record", None)),
        ("bulk SMS, $0.04 each", (0.04, "USD", "record", None)),
        ("邮件群发 18块一千封", (18, "CNY", "thousand", None)),
        ("casino leads, 8 cents a row, all priced in EUR", (0.08, "EUR", "record", None)),
        ("出股民料 21万行 520U一口", (520, "USDT", "total", None)),
        ("出股民料 七毛一条,2000条以上", (0.7, "CNY", "record", 2000)),
        ("出 台 灣 股 民 名 單 每 筆 N T $ 1 2", (12, "TWD", "record", None)),
    ],
)
def test_prices(text: str, price: tuple[float, str | None, str | None, float | None]) -> None:
    assert _prices(text) == [price]


def test_what_comes_in_each_day_is_no_price() -> None:
    text = "selling loan leads, $0.4 per record, 15k p/d"
    assert _prices(text) == [(0.4, "USD", "record", None)]
    assert _quantities(text) == [(15_000, "record", "day")]


def test_what_is_in_stock_is_no_least_order() -> None:
    text = "出股民料 七毛一条 现有2万条以上"
    assert _prices(text) == [(0.7, "CNY", "record", None)]
    assert _quantities(text) == [(20_000, "record", None)]


def test_a_price_for_as_many_as_one_takes() -> None:
    found = _prices("VPN accounts: 3 USD per account, 2.5 USD per account when you order a hundred")
    assert found == [(3, "USD", "unit", None), (2.5, "USD", "unit", 100)]


@pytest.mark.parametrize(
    "text",
    [
        "股民料 入金≥8k美金 六块一条",
        "股民料 充值大于2万元 六块一条",
        "出股民料 六块一条 发电机5kw 另算",
    ],
)
def test_sums_of_the_people_of_a_list(text: str) -> None:
    assert _prices(text) == [(6, "CNY", "record", None)]


def test_what_is_paid_in_first_is_no_price() -> None:
    found = _prices("bulk SMS to Spain, 0.03 EUR per message, top-up from EUR 400")
    assert found == [(0.03, "EUR", "record", None)]


def test_what_a_tool_runs_is_no_quantity() -> None:
    assert _quantities("出群发器 一台电脑挂 30 个号 月租200") == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("出远控木马 首月 800u,之后每月 500u", [800, 500]),
        ("need stock leads, HK$ 5 per row, HK$ 6 per row when the income column is filled", [5, 6]),
        ("出股民料 一条一块,不带地址的六毛", [1, 0.6]),
    ],
)
def test_prices_on_conditions(text: str, values: list[float]) -> None:
    assert [p[0] for p in _prices(text)] == values
