"""Goods and values that take turns, rows of sources, and values that nobody can give to goods."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract.undecided import UNDECIDED
from tests.ingest.extract.reading import listings, only

_GOODS = {
    "股民": "stock_leads",
    "网贷": "loan_leads",
    "母婴": "parenting_leads",
    "棋牌": "gambling_leads",
}


def _pairs(text: str) -> list[tuple[str, list[float]]]:
    return [
        (each.products[0].id.split("/")[1], [price.value for price in each.prices])
        for each in listings(text)
    ]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(sorted(_GOODS)), min_size=2, max_size=4, unique=True),
    st.sampled_from(["{0}({1}毛)", "{0}{1}毛,", "{0} {1}毛 ", "{0}:{1}毛;", "{0}{1}毛、"]),
    st.lists(st.integers(2, 9), min_size=4, max_size=4, unique=True),
)
def test_each_of_the_goods_has_its_own_price(goods: list[str], shape: str, tens: list[int]) -> None:
    rows = list(zip(goods, tens, strict=False))
    text = "出" + "".join(shape.format(*row) for row in rows) + " 飞机@demo_turn1"
    assert _pairs(text) == [(_GOODS[name], [number / 10]) for name, number in rows]


@pytest.mark.parametrize(
    ("text", "contacts"),
    [
        ("查档业务(户籍)找企鹅 66120931,数据业务(网贷料)找企鹅 77410261", ["66120931", "77410261"]),
        ("网贷5毛(飞机@demo_turn2)股民8毛(飞机@demo_turn3)", ["demo_turn2", "demo_turn3"]),
    ],
)
def test_each_of_the_goods_has_its_own_contact(text: str, contacts: list[str]) -> None:
    assert [[c.value for c in each.contacts] for each in listings(text)] == [[c] for c in contacts]


def test_each_of_the_goods_has_its_own_source_and_method() -> None:
    text = "loan leads come from our sdk, crypto trader data is from Bybit. two offers @demo_turn4"
    first, second = listings(text)
    assert [m.id for m in first.methods] == ["sdk"]
    assert not first.sources
    assert [s.id for s in second.sources] == ["org/app/crypto/bybit"]
    assert not second.methods


def test_rows_may_name_a_source_in_the_place_of_goods() -> None:
    found = listings("网贷料\n联通 1.3元\n电信 1.1元\n股民料\n电信 0.9元\n@demo_turn5")
    held = [
        (each.products[0].id.split("/")[1], each.sources[0].id, each.prices[0].value)
        for each in found if each.sources
    ]  # fmt: skip
    assert ("loan_leads", "org/operator/cn/china_unicom", 1.3) in held
    assert ("stock_leads", "org/operator/cn/china_unicom", 1.3) not in held


def test_lines_of_speakers_share_nothing() -> None:
    found = listings("阿强: 出股民 9毛 @demo_turn6\n小鹿: 收网贷 4毛 @demo_turn7")
    assert [(e.polarity, e.prices[0].value, e.contacts[0].value) for e in found] == [
        ("offer", 0.9, "demo_turn6"),
        ("request", 0.4, "demo_turn7"),
    ]


def test_what_closes_the_last_sentence_is_said_of_its_goods() -> None:
    first, second = listings("Dating leads 0.1 usd. KYC packs 18 usd, Xinbi escrow ok. @demo_turn8")
    assert not first.escrow
    assert "escrow/xinbi" in [each.id for each in second.escrow]


@pytest.mark.parametrize(
    "text",
    [
        "股民/网贷/母婴:0.8元/0.5元 @demo_turn9",
        "产品:股民 网贷 母婴\n价格:8毛 5毛\n联系:@demo_turn9",
        "股民、网贷8毛或者4毛 @demo_turn9",
    ],
)
def test_prices_nobody_can_give_to_goods_are_left_out_and_said(text: str) -> None:
    for each in listings(text):
        assert len(each.products) < 2 or not each.prices
    assert any(UNDECIDED in each.problems for each in listings(text))


def test_one_price_for_all_stays() -> None:
    assert [p.value for p in only("股民、网贷、母婴 统一5毛 @demo_turn10").prices] == [0.5]


def test_a_price_is_not_shared_with_goods_that_are_added_behind() -> None:
    assert _pairs("股民8毛一条,还有网贷 @demo_turn11") == [
        ("stock_leads", [0.8]),
        ("loan_leads", []),
    ]


def test_a_source_of_one_clause_is_not_that_of_the_next() -> None:
    first, second = listings("出淘宝的订单料,另有网贷料 @demo_turn12")
    assert first.sources
    assert not second.sources
