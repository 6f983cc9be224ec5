"""What a number counts, what a price is for, and numbers that are neither, in any wording."""

import pytest

from ingest.extract.figure import Figure
from ingest.extract.left_over import lot_of, only_price, tier_of
from ingest.extract.numbers_of import numbers
from tests.ingest.extract.reading import only


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("出微信老号 满两年 现货70只 @demo_np1", (70, "account", None)),
        ("出微信老号 每天能放80个 @demo_np1", (80, "account", "day")),
        ("查户籍 180一份 一天限40个 @demo_np1", (40, "query", "day")),
        ("群发短信 日发60万条 三分一条 @demo_np1", (600_000, "message", "day")),
        ("收对公账户 月收20户 @demo_np1", (20, "account", "month")),
        ("出四件套 手里还有6套 2800一套 @demo_np1", (6, "set", None)),
        ("出股民料 每天最大放量4000条 @demo_np1", (4000, "record", "day")),
        ("出股民料 单日新增300~700 0.8一条 @demo_np1", (300, "record", "day")),
        ("出股民料 日六千条 0.8一条 @demo_np1", (6000, "record", "day")),
    ],
)
def test_what_a_number_counts(text: str, counted: tuple[float, str, str | None]) -> None:
    first = only(text).quantities[0]
    assert (first.value, first.unit, first.period) == counted


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("出股民料 9k一天 1.3u @demo_np1", [(1.3, "USDT", None, None)]),
        ("渗透料 包周1900 包月六千五 @demo_np1", [(1900, None, "week"), (6500, None, "month")]),
        ("ddos压测 200一天 900包周 @demo_np1", [(200, None, "day"), (900, None, "week")]),
        ("botnet ddos, 15$ hour, 90$ day", [(15, "USD", "hour"), (90, "USD", "day")]),
        ("出股民料 3万条 一共八百 @demo_np1", [(800, None, "total")]),
        ("出股民料 3万条 打包价1300 @demo_np1", [(1300, None, "total")]),
        ("出股民料 3万条 给1300就发 @demo_np1", [(1300, None, None)]),
        ("出股民料 0.4元起/条 @demo_np1", [(0.4, "CNY", "record")]),
        ("出股民料 一块零八一条 @demo_np1", [(1.08, "CNY", "record")]),
        ("收银行卡 一张2600 一周一付 @demo_np1", [(2600, None, "unit")]),
        ("征信代查 快版70慢版45 @demo_np1", [(70, None, None), (45, None, None)]),
        ("出微信号 25一个 十个200 @demo_np1", [(25, None, "unit"), (200, None, "total")]),
        ("selling forex leads 90k php 0.7 per record", [(0.7, "PHP", "record")]),
        ("selling stock leads, 40k lines, $900 for all", [(900, "USD", "total")]),
        ("selling stock leads, 40k lines, $900, no splitting", [(900, "USD", "total")]),
    ],
)
def test_what_a_price_is_for(text: str, prices: list[tuple[float, str | None, str | None]]) -> None:
    found = [(p.value, p.currency, p.per) for p in only(text).prices]
    assert found == [price[:3] for price in prices]


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("出股民料 单条2块 百条以上1块6 @demo_np1", [None, 100]),
        ("出股民料 0.9刀一条 满400条 @demo_np1", [400]),
        ("stock leads lookup, 5$ per number, 4$ if over 30 numbers", [None, 30]),
        ("selling gmail accounts, €4 each, bulk 500 = €3", [None, 500]),
    ],
)
def test_a_least_order_in_any_place(text: str, least: list[float | None]) -> None:
    assert [p.min_quantity for p in only(text).prices] == least


@pytest.mark.parametrize(
    "text",
    [
        "出股民料 0.9一条 开户要800u押金 @demo_np1",
        "出股民料 入金8000刀以上的 0.9一条 @demo_np1",
        "出股民料 0.9一条 加急+60u @demo_np1",
        "出股民料 0.9一条 车队14人 @demo_np1",
        "出股民料 0.9一条 共12个城市 @demo_np1",
    ],
)
def test_numbers_that_are_neither(text: str) -> None:
    found = only(text)
    assert [p.value for p in found.prices] == [0.9]
    assert found.quantities == ()


def test_a_price_on_other_terms_is_of_the_same_goods() -> None:
    text = "selling rat, 120 usd per week, private setup 800 usd"
    assert [p.value for p in only(text).prices] == [120, 800]


def test_the_one_number_that_is_left_is_the_price() -> None:
    text = "20000条 给900就发"
    count = Figure(0, 6, "quantity", 20_000, unit="record")
    bare = list(numbers(text))[1:]
    left = only_price(text, [count], bare)
    assert left == Figure(8, 11, "price", 900)
    assert only_price(text, [count, Figure(8, 11, "price", 1)], bare) is None
    assert only_price(text, [], bare) is None
    assert only_price("20000条 35到900人", [count], bare) is None


def test_lots_and_tiers_by_what_they_would_cost_one_by_one() -> None:
    lot = Figure(4, 7, "price", 200)
    assert lot_of("十个 =200", lot, 25).per == "total"
    assert lot_of("十个 =200", lot, 200).per is None
    assert lot_of("十个 =200", lot, None).per is None
    tier = Figure(6, 8, "price", 3)
    assert tier_of(" 500 = €3", tier, 4) == Figure(1, 4, "least", 500)
    assert tier_of(" 500 = €3", tier, 3) is None
