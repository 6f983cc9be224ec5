"""Ads that wording, agreeing words, amounts or a topic open, and what stays shut."""

import pytest

from ingest.extract import Rules, extract
from ingest.extract.manner import BIAS, UNIT, Manner
from ingest.records import Listing, Text
from tests.ingest.extract.reading import listings

PRICED = "绣球花 15元一盆"


def _by(likeness: float, text: str) -> tuple[Listing, ...]:
    """Listings of a text whose wording is made so much like an ad."""
    by = Rules.load()
    packaged, by.manner = by.manner, Manner({BIAS: round(likeness * UNIT)})
    try:
        return extract([Text("1", text)], by)[0].listings
    finally:
        by.manner = packaged


def _polarities(text: str) -> list[str]:
    return [listing.polarity for listing in listings(text)]


@pytest.mark.parametrize(("likeness", "opens"), [(0.9, False), (1.1, True), (1.3, True)])
def test_a_price_lets_less_of_the_wording_open_what_names_no_goods(
    likeness: float, opens: bool
) -> None:
    assert bool(_by(likeness, PRICED)) is opens


def test_without_a_price_the_wording_must_say_more() -> None:
    assert not _by(1.2, "绣球花今天开了")


@pytest.mark.parametrize("likeness", [2.9, 6.0])
def test_no_wording_opens_what_is_negated(likeness: float) -> None:
    assert not _by(likeness, "不出股民料")


def test_words_that_mean_something_else_stay_shut_without_a_price() -> None:
    assert not _by(3.5, "出菜籽 @demo_name")


def test_clear_words_for_the_same_goods_outweigh_a_wording_like_no_ad() -> None:
    assert _polarities("猫池64口出租 一天二百 包月5000 押一付一 v: demo_kou") == ["offer"]
    assert _polarities("猫池过滤棉 5 层 12 元 锦鲤用 加 wx demo_yu") == []


def test_a_price_and_an_amount_make_up_for_goods_without_a_clear_word() -> None:
    assert _polarities("养老院住客信息 四角/条 6千来条 薇x demo_jl") == ["offer"]


def test_a_row_of_a_price_list_names_its_goods_by_their_topic() -> None:
    found = listings("【价目表 单位:U/条】\n股民 1.4\n期货 1.9\n信贷 0.5\n母婴 0.3")
    goods = {
        product.id: [price.value for price in x.prices] for x in found for product in x.products
    }
    assert goods["product/loan_leads"] == [0.5]


@pytest.mark.parametrize(
    "text", ["出领英老号 30一个 飞机@demo_ly", "Reddit PVA $0.60 each, min 50, tg @demo_rp"]
)
def test_accounts_are_named_by_their_network(text: str) -> None:
    assert [product.id for x in listings(text) for product in x.products] == [
        "service/account_sale"
    ]
