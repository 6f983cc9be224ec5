"""Whose words they are: what others say or sell gives nothing to the author's listing."""

import pytest

from ingest.records import Listing
from tests.ingest.extract.reading import listings, only


def _prices(listing: Listing) -> list[float]:
    return [price.value for price in listing.prices]


def _owners(listing: Listing) -> dict[str, str]:
    return {contact.value: contact.owner for contact in listing.contacts}


@pytest.mark.parametrize(
    "text",
    [
        "有人把去年的母婴料当新的卖,喊7毛,谁信",
        "群里那个新来的说网贷2毛一条,兄弟们别信",
        '刚才有个人发了一句"币圈料8u一千条",问他来路又不说',
        "传言说省公司有人往外倒话单,1500一份,真假不知",
        "听说@demo_told1 手里有酒店行程,一条5块,他从不还价",
        "我同学说股民3毛,别人报7毛,差这么多",
        'Fraud alert: criminals advertise "KYC packs, $20 each" in groups. Stay safe.',
        "@demo_told1 promised me 20k bank logs for $500, sent trash",
        "bought 10k casino leads off somebody for 90 bucks, all dead",
    ],
)
def test_what_others_say_alone_is_no_listing(text: str) -> None:
    assert not [each for each in listings(text) if each.polarity != "warning"]


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("某群主的网贷要8毛还不给测,我网贷5毛一条 @demo_told2", 0.5),
        ("老王转给我一单要20万条网贷的,出价才2毛,不接。我自己出网贷,6毛 @demo_told2", 0.6),
        ("他们家网贷喊7毛,其实都是洗过的。我家网贷5毛 @demo_told2", 0.5),
        ("sellers keep asking 0.7 USD for loan leads. My loan leads are 0.4 USD, @demo_told2", 0.4),
        (
            "saw a listing for loan leads at 2 USD, insane. Mine: loan leads 0.5 USD @demo_told2",
            0.5,
        ),
        ("“网贷2毛” 你信吗,真网贷我卖5毛 @demo_told2", 0.5),
        ("成本都要3毛,我卖网贷4毛 @demo_told2", 0.4),
    ],
)
def test_the_author_begins_again_with_i_and_mine(text: str, price: float) -> None:
    listing = only(text)
    assert _prices(listing) == [price]
    assert _owners(listing) == {"demo_told2": "seller"}


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("上周出了20万条网贷,客户都说好。这周主打母婴,5毛 @demo_told3", "product/parenting_leads"),
        ("历史成交:网贷50万条。在售:母婴3万条 5毛 @demo_told3", "product/parenting_leads"),
        ("网贷去找老周拿,他4毛。母婴找我,5毛 @demo_told3", "product/parenting_leads"),
        ("朋友那边有网贷,问我也没用。我只出母婴,5毛 @demo_told3", "product/parenting_leads"),
        ("For fullz go to @demo_x9. I only do CVV, $9. @demo_told3", "product/card_data"),
    ],
)
def test_goods_of_others_and_of_the_past_are_not_offered(text: str, product: str) -> None:
    assert [each.id for each in only(text).products] == [product]


def test_who_passes_on_the_offer_of_a_friend_makes_it_theirs() -> None:
    listing = only("帮朋友出:他那边有网贷,5毛一条,要的联系 @demo_told4")
    assert _prices(listing) == [0.5]


@pytest.mark.parametrize(
    "text",
    [
        "别再加 @demo_old9 了,那个号丢了。网贷5毛,新号 @demo_told5",
        "冒充我的@demo_old9已举报,认准@demo_told5 网贷5毛",
        "@demo_old9 是我们的财务,下单找@demo_told5 网贷5毛",
        "交易走@demo_old9的公群,网贷5毛,联系@demo_told5",
        "验货找@demo_old9,网贷5毛找@demo_told5",
    ],
)
def test_contacts_that_are_not_the_authors(text: str) -> None:
    assert _owners(only(text)) == {"demo_old9": "other", "demo_told5": "seller"}


@pytest.mark.parametrize(
    "text", ["以前查开房收八百,现在只收四百五 @demo_told6", "简历数据首发价2.2元已过期,现统一1.4"]
)
def test_an_old_price_does_not_stand_in_for_one_that_is_not_read(text: str) -> None:
    assert not {800, 100, 2.2} & {value for each in listings(text) for value in _prices(each)}


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "收订单:Lazada - no thanks; Tokopedia order data yes, 0.1 USDT/row @demo_told7",
            ["tokopedia"],
        ),
        (
            "buying bank logs: Chase and BofA yes, Wells Fargo no. $40 each @demo_told7",
            ["chase", "bofa"],
        ),
        ("要网贷 非借呗花呗 要360借条的 6毛 @demo_told7", ["360loan"]),
    ],
)
def test_a_no_behind_or_in_front_of_a_list_denies_it(text: str, sources: list[str]) -> None:
    found = [each.id.split("/")[-1] for each in only(text).sources if each.id]
    assert found == sources
