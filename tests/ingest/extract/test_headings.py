"""Headings of price lists, ranges that open tiers, and numbers that only look like a price."""

import pytest

from ingest.extract import Rules
from ingest.extract.counting import counting_text
from ingest.extract.slots import Slots, read_slots
from ingest.text.normalise import normalise

Price = tuple[float, str | None, str | None, float | None]


def _read(text: str) -> Slots:
    return read_slots(text, Rules.load())


def _prices(text: str) -> list[Price]:
    return [(p.value, p.currency, p.per, p.min_quantity) for p in _read(text).prices]


@pytest.mark.parametrize(
    ("heading", "currency", "per", "least"),
    [
        ("料价（元/条，3000条起）", "CNY", "record", 3000),
        ("价格按每千条 USDT 计", "USDT", "thousand", None),
        ("股民和网贷,U/条", "USDT", "record", None),
        ("everything in USD per 1k, minimum 5k of each", "USD", "thousand", 5000),
        ("leads price list ($/lead)", "USD", "record", None),
    ],
)
def test_a_heading_says_what_the_prices_below_are_for(
    heading: str, currency: str, per: str, least: float | None
) -> None:
    wanted = [(value, currency, per, least) for value in (12, 7)]
    assert _prices(f"{heading}\n股民料 12\n网贷料 7") == wanted


def test_a_heading_names_whole_lots() -> None:
    prices = _prices("整包价(USDT)\n股民料 9.8万条 —— 420\n网贷料 33w条 —— 1,150")
    assert prices == [(420, "USDT", "total", None), (1150, "USDT", "total", None)]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("1-5k条 6毛 5k-2w条 5毛", [(0.6, 1000), (0.5, 5000)]),
        ("1k-10k: $0.06/record, 10k+ $0.045/record", [(0.06, 1000), (0.045, 10_000)]),
        ("$15 each, bulk 100+ $9 each", [(15, None), (9, 100)]),
        ("0.6元一条 五千条以上给你五毛一条", [(0.6, None), (0.5, 5000)]),
    ],
)
def test_the_lower_end_of_a_range_is_the_least_order(
    written: str, wanted: list[tuple[float, float | None]]
) -> None:
    assert [(value, least) for value, _, _, least in _prices(f"出股民料 {written}")] == wanted


def test_a_range_that_flows_in_is_no_tier() -> None:
    assert _prices("出股民料 每天8000到10000条,八毛") == [(0.8, "CNY", None, None)]


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("出微信老号 满月12块 一年的35块", (12, "CNY", None, None)),
        ("出股民料 千万别错过 2块8，200条起", (2.8, "CNY", None, 200)),
        ("做担保 5000u以内每单收50u", (50, "USDT", "unit", None)),
        ("打ddos 峰值600G 400u/天", (400, "USDT", "day", None)),
        ("四件套 1.6w一套 2套起", (16_000, None, "unit", 2)),
        ("出股民料 美国0.02u 英国0.03u 每条", (0.02, "USDT", "record", None)),
        ("出股民料 800万条 卢布3万打包", (30_000, "RUB", "total", None)),
    ],
)
def test_the_first_price_and_nothing_beside_it(text: str, price: Price) -> None:
    assert _prices(text)[0] == price


@pytest.mark.parametrize(
    "text",
    [
        "1,400+ orders done, us leads",
        "群里2000人 股民料",
        "打ddos 峰值600G",
        "combo list in 2 archives",
        "微信老号 带10个好友",
        "测试?有,给20条 股民料",
    ],
)
def test_numbers_that_count_no_goods(text: str) -> None:
    assert not _read(text).quantities


def test_ringed_numbers_that_count_up_number_the_items() -> None:
    text = "①一千条 650 ②五千条 2900"
    assert counting_text(text, normalise(text)) == " 一千条 650  五千条 2900"
    single = "网贷 ③万条起"
    assert counting_text(single, normalise(single)) == normalise(single).text


def test_a_wide_comma_parts_two_numbers() -> None:
    text = "单价50，100条起"
    assert "50;100" in counting_text(text, normalise(text))
