"""What prices beside others, behind a count or in a wage are for; counts that count no goods."""

import pytest

from ingest.extract.numbers_of import number, numbers
from tests.ingest.extract.reading import only


def _prices(text: str) -> list[tuple[float, str | None, str | None, float | None]]:
    return [(p.value, p.currency, p.per, p.min_quantity) for p in only(text).prices]


def _quantities(text: str) -> list[tuple[float, str, str | None]]:
    return [(q.value, q.unit, q.period) for q in only(text).quantities]


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        (
            "出股民 1.4元一条 隔夜的0.9元",
            [(1.4, "CNY", "record", None), (0.9, "CNY", "record", None)],
        ),
        ("出股民 1.4元一条 走量1.1元", [(1.4, "CNY", "record", None), (1.1, "CNY", None, None)]),
    ],
)
def test_a_price_is_for_what_the_one_before_it_is_for(
    text: str, prices: list[tuple[float, str | None, str | None, float | None]]
) -> None:
    assert _prices(text) == prices


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("出股民 隔夜 1.3元 以上都是单条", (1.3, "CNY", "record", None)),
        ("出股民 1.3元 都是一条的价", (1.3, "CNY", "record", None)),
        ("出股民 1.3元 都是一个的价", (1.3, "CNY", "record", None)),
        ("出股民 按条1.3元", (1.3, "CNY", "record", None)),
        ("出股民 1.3元条", (1.3, "CNY", "record", None)),
        ("收股民 2块以内一条", (2, "CNY", "record", None)),
        ("收股民 每条2-3元", (2, "CNY", "record", None)),
        ("selling forex leads, $2 per. fresh", (2, "USD", "record", None)),
        ("selling forex leads, $2 a name, fresh", (2, "USD", "record", None)),
        ("selling twitter accounts, $45 pc, aged", (45, "USD", "unit", None)),
        ("出快手号 一万个号70", (70, None, "ten_thousand", None)),
        ("引流 打粉 20-35岁 7块一个粉", (7, "CNY", "record", None)),
    ],
)
def test_what_a_price_is_for(
    text: str, price: tuple[float, str | None, str | None, float | None]
) -> None:
    assert _prices(text)[0] == price


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("出抖音号 30一个,20个起25", (25, None, "unit", 20)),
        ("出四件套 2600一套,满百2100", (2100, None, "unit", 100)),
        ("出股民 2块一条 满千条1块5", (1.5, "CNY", "record", 1000)),
        ("出实名卡 一张140,一百张110", (110, None, "unit", 100)),
        ("selling us fullz $18 each, $13 if u grab 20+", (13, "USD", "unit", 20)),
        ("出股民 1元/条 5000起 8毛/条 20000起", (0.8, "CNY", "record", 20_000)),
    ],
)
def test_a_count_in_front_of_a_lower_price_is_its_least_order(
    text: str, price: tuple[float, str | None, str | None, float | None]
) -> None:
    assert _prices(text)[1] == price


def test_minutes_and_sums_that_must_lie_there_are_no_least_order() -> None:
    assert _prices("selling us fullz $18 each, delivery 10 min")[0][3] is None
    assert _prices("收对公 限额不低于50万 8500一套")[0][3] is None


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("收股民 日300就够 20u一条", [(300, "record", "day")]),
        ("出股民 2元一条 日300-500", [(300, "record", "day"), (500, "record", "day")]),
        ("出股民 2元一条 每天40-60", [(40, "record", "day"), (60, "record", "day")]),
        ("收股民 一天1000条起 8块一条", [(1000, "record", "day")]),
        ("收股民 先拿500条 两块一条", [(500, "record", None)]),
        ("出股民 2元一条 每天上限3000", [(3000, "record", "day")]),
    ],
)
def test_what_comes_in(text: str, quantities: list[tuple[float, str, str | None]]) -> None:
    assert _quantities(text) == quantities


@pytest.mark.parametrize(
    "text",
    [
        "出伪基站 一小时推2万条 5.8万一台",
        "selling smtp 10k/day limit, $22 each",
        "出港卡 四件套 8800一套 日限50万",
        "出接口 二要素 一次0.4 qps 200",
        "出股民 2元一条 先看20条",
    ],
)
def test_limits_and_samples_are_no_quantity(text: str) -> None:
    assert _quantities(text) == []


@pytest.mark.parametrize(
    "text", ["代收代付 日量30万卢布 费率4%", "代收代付 单笔最低30万卢布 费率4%"]
)
def test_money_that_passes_through_is_no_price(text: str) -> None:
    assert [price[2] for price in _prices(text)] == ["percent"]


def test_wages() -> None:
    assert _prices("招客服 话务 底薪1.2万 包吃住")[0][:3] == (12_000, None, "month")
    assert _prices("招客服 话务 底薪8k一个月 包吃住")[0][:3] == (8000, None, "month")


@pytest.mark.parametrize(
    ("written", "value"),
    [("150rb", 150_000), ("2,3 juta", 2_300_000), ("1,6jt", 1_600_000), ("43lakh", 4_300_000)],
)
def test_scales_of_other_languages(written: str, value: float) -> None:
    first = next(iter(numbers(written)))
    assert number(first[0]) == value


def test_months_regions_and_distances_are_no_sums() -> None:
    assert _prices("查户籍 价目表 2026.4 每次260元")[0][0] == 260
    assert _prices("出车主信息 长三角 2毛一条")[0][0] == 0.2
    assert _prices("伪基站 半径1.5公里 5.8万一台")[0][0] == 58_000
