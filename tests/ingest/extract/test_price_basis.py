"""What a clause of its own says of all prices of a list, and words for what one price is for."""

from itertools import takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.price_basis import _NUMBERED, _PIECE, _ends_of_plain
from tests.ingest.extract.reading import listings, only

_DATA = "楼主 0.4\n车主 0.35\n学生 0.2"
_LOOKUPS = "户籍 70\n开房 380\n机主 60"
_LEADS = "crypto leads $0.8\nforex leads $0.6\ncasino leads $0.5"


def _pers(text: str) -> set[str | None]:
    return {price.per for each in listings(text) for price in each.prices}


@pytest.mark.parametrize(
    "words",
    [
        "今日报价 每条",
        "售价按条：",
        "下面是单条的价",
        "单价（元/条）",
        "一条的价钱如下",
        "条价",
        "所有价格以条计价",
        "收费方式：论条",
        "◆每条◆",
    ],
)
def test_a_heading_over_prices_of_records(words: str) -> None:
    assert _pers(f"出实时料\n{words}\n{_DATA}\n@demo_pb1") == {"record"}


@pytest.mark.parametrize(
    "words",
    [
        "以上报价按条",
        "上述皆为一条的价格",
        "（以上均为每条价）",
        "上面都按条收费",
        "全部条价",
        "以上 元/条",
    ],
)
def test_a_footer_under_prices_of_records(words: str) -> None:
    assert _pers(f"出实时料\n{_DATA}\n{words}\n@demo_pb1") == {"record"}


@pytest.mark.parametrize(
    "words",
    ["单次价格：", "查一次的费用", "每人收费", "报价/次", "按份计费", "（元/份）", "每单价格"],
)
def test_the_units_of_look_ups(words: str) -> None:
    assert _pers(f"内部查档\n{words}\n{_LOOKUPS}\n@demo_pb1") == {"query"}
    assert _pers(f"内部查档\n{_LOOKUPS}\n以上{words.strip('（）：')}\n@demo_pb1") == {"query"}


@pytest.mark.parametrize(
    "words",
    [
        "price per record:",
        "our rates, per lead",
        "cost per lead (USD)",
        "all priced by the lead",
        "quoted per-lead",
        "prices each",
        "USD/lead",
    ],
)
def test_english_lists(words: str) -> None:
    assert _pers(f"fresh stock\n{words}\n{_LEADS}\ntg @demo_pb1") == {"record"}


@pytest.mark.parametrize(
    "words", ["all above per lead", "prices above are for a lead", "every rate listed is per lead"]
)
def test_english_footers(words: str) -> None:
    assert _pers(f"fresh stock\n{_LEADS}\n{words}\ntg @demo_pb1") == {"record"}


def test_each_heading_holds_for_the_prices_below_it() -> None:
    text = f"查询 单次价：\n{_LOOKUPS}\n数据 条价：\n{_DATA}\n@demo_pb1"
    found = {p.value: p.per for each in listings(text) for p in each.prices}
    assert [found[value] for value in (70, 380, 60)] == ["query"] * 3
    assert [found[value] for value in (0.4, 0.35, 0.2)] == ["record"] * 3


@pytest.mark.parametrize(
    "words",
    [
        "每天更新",
        "价格好说",
        "以上均可测",
        "一次合作终身朋友",
        "每日八点发",
        "按天结算",
        "不零卖",
        "fresh every day",
        "all tested",
        "one buyer only",
        "统一回一下",
    ],
)
def test_words_that_say_nothing_of_prices(words: str) -> None:
    assert _pers(f"出实时料\n{words}\n{_DATA}\n@demo_pb1") == {None}


def test_a_term_in_front_of_its_own_price_holds_for_no_other() -> None:
    text = "出楼主 车主\n每条 0.4\n整份 3000\n@demo_pb1"
    assert {(p.value, p.per) for each in listings(text) for p in each.prices} == {
        (0.4, "record"),
        (3000, "total"),
    }


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("收顺丰面单 两块一票", "record"),
        ("收顺丰面单 每票2.5元", "record"),
        ("接查档 户籍 40块一回", "query"),
        ("接查档 户籍 40/查", "query"),
        ("接查档 户籍 一查40", "query"),
        ("猫池 120元/设备，自提", "unit"),
        ("远控出租 24小时260", "day"),
        ("远控出租 900元/30天", "month"),
        ("booter panel, monthly subscription $70", "month"),
        ("booter panel, $70 per 30 days", "month"),
        ("booter panel, daily rate $9", "day"),
        ("booter panel, 1 hour $4", "hour"),
        ("fresh email leads, $15 the thousand", "thousand"),
        ("fresh email leads, 1000 = $15", "thousand"),
        ("fresh forex leads, price/lead: $2", "record"),
        ("fresh forex leads, $2 = 1 lead", "record"),
        ("aged facebook accounts, 1 for $9", "unit"),
        ("aged facebook accounts, $9 the piece", "unit"),
        ("fresh cookies logs, $9/cookie, in stock", "unit"),
        ("person lookups, single lookup $3", "query"),
    ],
)
def test_what_one_price_is_for(text: str, per: str) -> None:
    assert [price.per for price in only(f"{text} @demo_pb1").prices] == [per]


@pytest.mark.parametrize(
    "text",
    ["出股民 4角/卫星 demo_pb1", "出股民 0.5u/可议", "selling forex leads, $2/obo @demo_pb1"],
)
def test_what_stands_behind_a_slash_and_is_nothing_to_buy(text: str) -> None:
    assert [price.per for price in only(text).prices] == [None]


def test_a_lone_price_is_under_a_heading_beside_it_alone() -> None:
    near = "domain admin access, hospital, priced per box:\n$900\ntg @demo_pb1"
    far = "domain admin access, priced per box\n\nhospital, no escrow\nmy price: $900\ntg @demo_pb1"
    assert [_pers(text) for text in (near, far)] == [{"unit"}, {None}]


@given(st.text(st.sampled_from("0123条每 ,.价ab"), max_size=20))
def test_pieces_up_to_another_number(text: str) -> None:
    pieces = list(_PIECE.finditer(text))
    for first, end in enumerate(_ends_of_plain(pieces)):
        plain = takewhile(lambda piece: not _NUMBERED.search(piece[0]), pieces[first:])
        assert end - first == len(list(plain))
