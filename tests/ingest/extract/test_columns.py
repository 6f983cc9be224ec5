"""Tables whose first line names their columns."""

import pytest

from tests.ingest.extract.reading import only, read


def _rows(text: str) -> list[tuple[list[tuple[object, ...]], list[tuple[object, ...]]]]:
    return [
        (
            [(p.value, p.per, p.min_quantity) for p in row.prices],
            [(q.value, q.unit, q.period) for q in row.quantities],
        )
        for row in read(text).listings
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "品类 单价 起订\n股民 1.2 1000\n棋牌 0.8 2000",
            [([(1.2, None, 1000)], []), ([(0.8, None, 2000)], [])],
        ),
        (
            "省份 条数 整价\n河南车险 52000 1600\n云南母婴 7500 450",
            [
                ([(1600, "total", None)], [(52_000, "record", None)]),
                ([(450, "total", None)], [(7500, "record", None)]),
            ],
        ),
        (
            "goods | per 1k | min\nstock leads | 30 | 5000\ncasino leads | 20 | 8000",
            [([(30, "thousand", 5000)], []), ([(20, "thousand", 8000)], [])],
        ),
        (
            "银行 价 现货\n建行四件套 3200 7\n农行四件套 2800 12",
            [
                ([(3200, None, None)], [(7, "set", None)]),
                ([(2800, None, None)], [(12, "set", None)]),
            ],
        ),
        (
            "品类/日更/单价\n股民/2000/1.2\n棋牌/5000/0.8",
            [
                ([(1.2, None, None)], [(2000, "record", "day")]),
                ([(0.8, None, None)], [(5000, "record", "day")]),
            ],
        ),
    ],
)
def test_rows(text: str, rows: list[object]) -> None:
    assert _rows(text) == rows


def test_a_list_without_named_columns_is_no_table() -> None:
    assert _rows("今日报价\n股民 1.2\n棋牌 0.8") == [
        ([(1.2, None, None)], []),
        ([(0.8, None, None)], []),
    ]


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("证件 到手价\n驾驶证 七百五\n不动产证 两千四\n护士资格 一千六百块", [750, 2400, 1600]),
        ("四件套 库存\n长沙 300\n武汉 200\n合肥 100", []),
        ("①股民1.2②棋牌0.8③宝妈0.5", [1.2, 0.8, 0.5]),
        ("户籍200\\开房500\\定位900", [200, 500, 900]),
    ],
)
def test_rows_of_lists(text: str, prices: list[float]) -> None:
    assert [p.value for row in read(text).listings for p in row.prices] == prices


@pytest.mark.parametrize(
    "text",
    [
        "西安二手房挂牌房东 刚挂的 每天270个 四块八 要真要的",
        "中介手里的看房客 一千七百条 一条五块半",
    ],
)
def test_people_in_numbers_for_little_make_an_ad(text: str) -> None:
    assert read(text).listings


def test_what_all_sell_in_numbers_makes_none() -> None:
    assert not read("气球批发 一百个起 三毛一个 婚庆用").listings


@pytest.mark.parametrize(
    "text",
    [
        "友情提醒:凡是让你出租电话卡,称一张每天给八十块的,都是诈骗团伙,请立即拨打96110。",
        "信用卡账单出来了,5300,花呗还有900,下个月吃土",
    ],
)
def test_notices_and_bills_are_no_ads(text: str) -> None:
    assert not read(text).listings


def test_behind_a_dash_nothing_is_denied() -> None:
    assert [p.value for p in only("no dumps - I only sell passport scans, €14 a set").prices] == [
        14
    ]
