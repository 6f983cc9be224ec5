"""What a price is for: counters behind it, in brackets, behind a verb, and in front of it."""

import pytest

from tests.ingest.extract.reading import listings, only


def _pers(text: str) -> list[tuple[float, str | None]]:
    return [(p.value, p.per) for p in only(text).prices]


@pytest.mark.parametrize("words", ["3毛{}", "0.3{}", "两毛五{}", "0.3u{}", "1块2{}"])
@pytest.mark.parametrize(
    "term", ["拿一条", "就一条", "可以拿一条", "(条)", "(每条)", "·一条", "起一条", "/条", "，每条"]
)
def test_a_counter_behind_a_price(words: str, term: str) -> None:
    assert _pers(f"出股民料 昨天的 {words.format(term)}")[0][1] == "record"


@pytest.mark.parametrize(
    "term", ["按条{}", "每条价格{}", "一条的价{}", "一条不到{}", "（每条）{}", "一条成交价{}"]
)
def test_a_counter_in_front_of_a_price(term: str) -> None:
    assert _pers(f"出股民料 昨天的 {term.format('3毛')}") == [(0.3, "record")]


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("出四件套 一套工行2300", [(2300, "unit")]),
        ("群控手机 一台二手350", [(350, "unit")]),
        ("贷超API对接 每条注册5元", [(5, "record")]),
        ("一个手机号查全家 500", [(500, None)]),
        ("查户籍 查开房 60(次)", [(60, "query")]),
        ("查户籍 查开房 按次60", [(60, "query")]),
        ("短信群发 三网 3分 条", [(0.03, "record")]),
        ("猫池设备出租 300一台一个月", [(300, "month")]),
        ("猫池设备出租 300元一台 一个月起租", [(300, "unit")]),
        ("远控 免杀 日租100 周租500", [(100, "day"), (500, "week")]),
        ("远控 免杀 800租一天", [(800, "day")]),
        ("远控 免杀 单日800", [(800, "day")]),
        ("远控 免杀 一年的费用800", [(800, "year")]),
        ("远控 终身900", [(900, None)]),
        ("aged facebook accounts, $12 for an account", [(12, "unit")]),
        ("aged facebook accounts, $12 per single account", [(12, "unit")]),
        ("aged facebook accounts, $12 (per account)", [(12, "unit")]),
        ("aged facebook accounts, an account costs $12", [(12, "unit")]),
        ("selling leads of forex traders, $300 for a list", [(300, "total")]),
        ("出股民料 单价3毛", [(0.3, None)]),
    ],
)
def test_what_a_price_is_for(text: str, prices: list[tuple[float, str | None]]) -> None:
    assert _pers(text) == prices


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("四件套报价 每套：工行2400 农行2200", [(2400, "unit"), (2200, "unit")]),
        ("查档 单价按次：户籍50 开房300", [(50, "query"), (300, "query")]),
        ("leads price per 1k, USD: US 25 UK 30", [(25, "thousand"), (30, "thousand")]),
    ],
)
def test_a_heading_on_the_line_of_its_prices(text: str, prices: list[tuple[float, str]]) -> None:
    assert [(p.value, p.per) for each in listings(text) for p in each.prices] == prices


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("四件套 2300 10套以上2100", [(2300, None), (2100, 10)]),
        ("四件套工行 2350包邮，拿5套2200", [(2350, None), (2200, 5)]),
        ("精准宝妈 8毛5 老人6毛 满5000起", [(0.85, 5000), (0.6, 5000)]),
        ("出股民 0.3 千起", [(0.3, 1000)]),
        ("出股民 0.3 1w起", [(0.3, 10_000)]),
        ("forex leads $0.5 minimum order 500", [(0.5, 500)]),
    ],
)
def test_a_least_order_is_tied_to_its_price(
    text: str, prices: list[tuple[float, float | None]]
) -> None:
    found = [(p.value, p.min_quantity) for each in listings(text) for p in each.prices]
    assert found == prices


def test_what_another_figure_counts_is_no_goods_of_others() -> None:
    assert _pers("Botnet rent: 1000 bots $80/day, full 5k bots $300/day") == [
        (80, "day"),
        (300, "day"),
    ]
