"""Amounts in wordings of the trade: labels, spaced numbers, sums for all, foreign coins, flows."""

import pytest

from tests.ingest.extract.reading import listings, only


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("旅客名单\n未出行 1.4 元一位\n已出行 2.3 元一位\n@demo_lvke", [1.4, 2.3]),
        ("网贷料\n每条 1 毛 2\n@demo_xiaoer", [0.12]),
        ("股民料 三毛二分五厘一条 @demo_fenli", [0.325]),
        ("股民料 2块〇8一条 @demo_ling", [2.08]),
        ("四件套 每套 1 万 3 千 5 @demo_qianwu", [13_500]),
    ],
)
def test_sums_are_read_to_the_last_digit(text: str, prices: list[float]) -> None:
    assert [p.value for one in listings(text) for p in one.prices] == prices


@pytest.mark.parametrize(
    "words",
    ["一次抱走", "一趟拉走", "全清", "合起来", "都端走", "整批要我算你", "冚唪唥"],
)
def test_a_sum_for_all_in_front_of_it(words: str) -> None:
    record = only(f"股民料 2万条 五毛一条 {words}3000块 @demo_quanna")
    assert [(p.value, p.per) for p in record.prices] == [(0.5, "record"), (3000, "total")]


@pytest.mark.parametrize(
    "words",
    ["buys the quarter", "for the copy", "clears the shelf", "and they are all yours"],
)
def test_a_sum_for_all_behind_it(words: str) -> None:
    record = only(f"selling investor leads, 30k rows, 900 USD {words}. tg @demo_allofit")
    assert [(p.value, p.per) for p in record.prices] == [(900, "total")]


def test_a_sum_far_from_what_all_would_cost_buys_not_all() -> None:
    record = only("股民料 2万条 五毛一条 押金保证3万块 @demo_yajin2")
    assert [p.value for p in record.prices] == [0.5]


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("越南网贷料 每条300盾 @demo_dun", (300, "VND", "record")),
        ("印尼网贷料 每条300盾 @demo_dun2", (300, "IDR", "record")),
        ("墨西哥网贷料 2比索一条 @demo_bisuo", (2, "MXN", "record")),
        ("挪威网贷料 2克朗一条 @demo_kelang", (2, "NOK", "record")),
        ("印度尼西亚网贷料 500卢比一条 @demo_kelang", (500, "IDR", "record")),
        ("网贷料 200U一厂 @demo_chang", (200, "USDT", "unit")),
        ("网贷料 2毛6｜条｜现货 @demo_biao", (0.26, "CNY", "record")),
        ("lottery players, 55 USDT the 10k, @demo_tenk", (55, "USDT", "ten_thousand")),
    ],
)
def test_what_a_price_is_in_and_for(text: str, price: tuple[object, ...]) -> None:
    found = only(text).prices[0]
    assert (found.value, found.currency, found.per) == price


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("股民料 存2.3w 三毛一条 @demo_cun", (23_000, "record", None)),
        ("股民料 日放九百 三毛一条 @demo_rifang", (900, "record", "day")),
        ("股民料 廿五万条 三毛一条 @demo_nian", (250_000, "record", None)),
        ("股民料 俩千条 三毛一条 @demo_lia", (2000, "record", None)),
        ("求股民料 两毛一条 上限 20k rows @demo_shangxian", (20_000, "record", None)),
        ("求股民料\n数量:3 万条打底\n出价:两毛\n@demo_dadi", (30_000, "record", None)),
        ("selling investor leads, 31 400 contacts, tg @demo_space", (31_400, "record", None)),
        ("selling investor leads, 9O,OOO rows, tg @demo_letters", (90_000, "record", None)),
        (
            "selling investor leads, two hundred and fifty thousand rows, tg @demo_words",
            (250_000, "record", None),
        ),
        ("selling investor leads, daily intake 300, tg @demo_intake", (300, "record", "day")),
    ],
)
def test_counts_of_goods(text: str, quantity: tuple[object, ...]) -> None:
    found = only(text).quantities
    assert [(q.value, q.unit, q.period) for q in found] == [quantity]


def test_so_many_in_a_box_are_the_least_order() -> None:
    record = only("频道号 0.9USD每个 五百个一箱 不拆箱 @demo_xiang")
    assert [p.min_quantity for p in record.prices] == [500]
    assert not record.quantities


def test_a_day_of_the_week_counts_nothing() -> None:
    record = only("股民料 每周二上新两千条 三毛一条 @demo_zhouer")
    assert [q.value for q in record.quantities] == [2000]
