"""What belongs to which listing: pairs on one line, words about others, old prices, warnings."""

import pytest

from ingest.extract.asides import asides
from ingest.extract.told import Words
from ingest.records import Listing
from tests.ingest.extract.reading import read


def _pairs(text: str) -> list[tuple[str, list[float]]]:
    return [
        (listing.products[0].id.split("/")[1], [price.value for price in listing.prices])
        for listing in read(text).listings
    ]


def _only(text: str) -> Listing:
    (listing,) = read(text).listings
    return listing


@pytest.mark.parametrize(
    "text",
    [
        "股民8毛一条,网贷5毛一条 飞机@demo_pair1",
        "股民8毛/网贷5毛 飞机@demo_pair1",
        "股民料8毛 网贷料5毛 飞机@demo_pair1",
        "股民料\n8毛一条\n网贷料\n5毛一条\n飞机@demo_pair1",
    ],
)
def test_each_product_has_its_price_and_all_share_the_contact(text: str) -> None:
    assert _pairs(text) == [("stock_leads", [0.8]), ("loan_leads", [0.5])]
    assert all(each.contacts[0].value == "demo_pair1" for each in read(text).listings)


def test_goods_without_figures_of_their_own_stay_together() -> None:
    assert len(_only("出股民料,网贷料,母婴料 都是5毛一条 @demo_pair2").products) == 3


def test_details_of_one_product_on_several_lines_are_one_listing() -> None:
    text = "出售股民数据\n数量:50万条\n价格:0.3元一条\n股民实时更新\n联系:@demo_pair3"
    assert _pairs(text) == [("stock_leads", [0.3])]


def test_goods_named_again_go_with_their_act() -> None:
    text = "出老号,收跑分车队,老号20一个,车队点位6个点"
    assert [each.polarity for each in read(text).listings] == ["offer", "request"]
    assert _pairs(text) == [("account_sale", [20]), ("laundering", [6])]


@pytest.mark.parametrize(
    "text",
    [
        "隔壁@demo_other卖1块5的股民,我同样的货1块一条,找我@demo_own",
        "@demo_other 那边卖1块5,我这股民1块一条 飞机@demo_own",
    ],
)
def test_price_and_contact_of_another_seller_are_not_the_authors(text: str) -> None:
    listing = _only(text)
    assert [price.value for price in listing.prices] == [1]
    owners = {contact.value: contact.owner for contact in listing.contacts}
    assert owners == {"demo_other": "other", "demo_own": "seller"}


@pytest.mark.parametrize(
    "text",
    [
        "网贷料原价8毛,现在5毛 @demo_pair4",
        "网贷料从8毛降到5毛 @demo_pair4",
        "loan leads were 0.8$ last year, today 0.5$ @demo_pair4",
    ],
)
def test_the_old_price_is_no_price(text: str) -> None:
    assert _pairs(text) == [("loan_leads", [0.5])]


def test_an_ad_that_warns_keeps_its_contact_and_price() -> None:
    listing = _only("出股民料1块一条 @demo_pair5\n曝光:QQ 611802244 收钱不发货,金额4500元")
    assert listing.polarity == "offer"
    assert [price.value for price in listing.prices] == [1]
    owners = {contact.value: contact.owner for contact in listing.contacts}
    assert owners == {"demo_pair5": "seller", "611802244": "accused"}


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("收棋牌料,网贷不收", "gambling_leads"),
        ("网贷料卖完了,现在出股民料 9毛", "stock_leads"),
        ("we only sell CVV, fullz sold out", "card_data"),
    ],
)
def test_denied_goods_stand_in_front_too(text: str, product: str) -> None:
    assert [each.id.split("/")[1] for each in _only(text).products] == [product]


@pytest.mark.parametrize(
    "text",
    [
        "听说有人四件套卖到六千块了?真的假的",
        "你上次面单一毛二从哪家拿的?",
        "网上卖料的十个有九个骗,大家别贪便宜",
        "Police said two workers were charged over selling customer records for $200 each",
    ],
)
def test_talk_about_the_trade_is_no_listing(text: str) -> None:
    assert read(text).listings == ()


def test_a_text_without_words_about_others_has_no_asides() -> None:
    assert not asides(Words("出股民料8毛", (), (), (), frozenset()), reported=False).any
