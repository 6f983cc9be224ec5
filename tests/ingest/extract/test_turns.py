"""Talks of several in one post, prices that were replaced, and what is sold besides."""

import pytest

from ingest.records import Listing
from tests.ingest.extract.reading import listings


def _prices(text: str) -> list[tuple[str, list[float]]]:
    return [(listing.polarity, [p.value for p in listing.prices]) for listing in listings(text)]


def _goods(listing: Listing) -> list[str]:
    return [product.id for product in listing.products]


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("阿贵:有没有面单\n小七:我六毛收过\n我:面单我有,九毛五,2万张 @demo_turn", 0.95),
        (
            "<pim> casino leads?\n<dob> 0.4$ each\n<me> casino leads $0.2 @demo_turn",
            0.2,
        ),
        ("[12:01] dav: forum DB for $900?\n[12:03] me: forum DB 800k lines, $350", 350),
        ("店主说:网贷两块。\n我说:网贷一块五,要的加@demo_turn", 1.5),
        ("A: 短信群发多少\nB: 9分\nA: 7分行不行\n我插一句,我有短信群发6分 @demo_turn", 0.06),
    ],
)
def test_in_a_talk_only_the_authors_turn_counts(text: str, price: float) -> None:
    assert {p for _, prices in _prices(text) for p in prices} == {price}


def test_rows_with_labels_are_no_turns() -> None:
    text = "股民:0.8\n网贷:0.5\n我:@demo_turn"
    assert [prices for _, prices in _prices(text)] == [[0.8], [0.5]]


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("aged accounts $12 → $8", 8),
        ("短信群发:原4分5 → 现3分8", 0.038),
        ("面单十万单清仓,2毛*打错,3毛", 0.3),
        ("HK citizen data $0.1... no wait, $0.15 a row @demo_turn", 0.15),
    ],
)
def test_a_price_that_is_replaced_does_not_count(text: str, price: float) -> None:
    assert [prices for _, prices in _prices(text)] == [[price]]


def test_who_is_sought_and_what_is_sold_besides_are_two_listings() -> None:
    found = listings("招内鬼:联通营业员,一单给300。顺带出机主查询,70一次")
    assert [(listing.polarity, [p.value for p in listing.prices]) for listing in found] == [
        ("recruit", [300]),
        ("offer", [70]),
    ]


def test_what_is_gone_in_brackets_is_not_sold() -> None:
    found = listings("股民6毛(没了)\n学生料1毛(没了)\n开房查询140(有)")
    assert [_goods(listing) for listing in found] == [["product/lookup_hotel"]]


def test_the_contact_of_a_relative_is_not_the_authors() -> None:
    found = listings("我姐那边卖美容,1块,@demo_jie;我这边只有教育料,6毛,@demo_di")
    owners = {c.value: c.owner for listing in found for c in listing.contacts}
    assert owners.get("demo_di") == "seller"
    assert owners.get("demo_jie", "other") == "other"


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("SMS blast and SMS activation, $0.02 and $0.25 respectively.", [[0.02], [0.25]]),
        ("清仓 猫池 还有那套群控 分别2600和4200", [[2600], [4200]]),
    ],
)
def test_what_was_taken_for_a_range_is_in_order(text: str, prices: list[list[float]]) -> None:
    assert [found for _, found in _prices(text)] == prices
