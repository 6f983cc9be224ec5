"""Posts that quote somebody and answer, and posts that tell what somebody did."""

import pytest

from tests.ingest.extract.reading import listings, only


@pytest.mark.parametrize(
    ("text", "polarity", "product", "price"),
    [
        ("> 有做征信的吗\n可以做 详版 150 一份", "offer", "product/credit_report", 150),
        ("「收网贷料,价格 6毛」\n6毛收不到的,我这最低 8毛", "offer", "product/loan_leads", 0.8),
        ("老金:有人能查开房吗\n我:能,三天出,500一次", "offer", "product/lookup_hotel", 500),
        ("同求博彩首存的,我出四毛 飞机 @demo_x1", "request", "product/gambling_leads", 0.4),
        ("不行太高了,5毛封顶,棋牌料", "request", "product/gambling_leads", 0.5),
    ],
)
def test_an_answer_is_its_authors(text: str, polarity: str, product: str, price: float) -> None:
    (listing,) = listings(text)
    assert listing.polarity == polarity
    assert product in {each.id for each in listing.products}
    assert [each.value for each in listing.prices] == [price]


@pytest.mark.parametrize(
    "text",
    [
        "这个人 @demo_w1 拿了我 3000 块料钱人就没影了",
        "又一个被 @demo_w1 骗的来报到了,800 块没了",
        "@demo_w1 还欠我 2000U 没给,说好上周五结,今天把我删了",
        "still waiting on my refund from tg demo_w1, two weeks now",
        "tg demo_w1 swapped my logs for an empty archive and now plays dumb",
        "great vendor @demo_w1, if you enjoy paying for dead cards",
    ],
)
def test_a_story_accuses_who_is_named(text: str) -> None:
    listing = only(text)
    assert listing.polarity == "warning"
    assert [(each.value, each.owner) for each in listing.contacts] == [("demo_w1", "accused")]


@pytest.mark.parametrize(
    "text",
    [
        "本群担保 @demo_w2,交易前先押金,收了钱不发货的由担保赔付",
        "押金没退的朋友联系 @demo_w2 (管理) 处理",
        "昨晚那部电影的男主演技真好,奥斯卡没给他可惜了 @demo_w2",
        "thanks @demo_w2 for the refund, stand-up guy",
    ],
)
def test_a_rule_or_thanks_accuse_nobody(text: str) -> None:
    assert all(each.polarity != "warning" for each in listings(text))


def test_a_shop_with_rules_is_no_accusation() -> None:
    (listing,) = listings("四件套 3800 一套 死卡包换 付完款两小时发货 不退款 @demo_w3")
    assert listing.polarity == "offer"
    assert [each.owner for each in listing.contacts] == ["seller"]


@pytest.mark.parametrize(
    "text",
    [
        "车管所、二手车行里面能看登记的,来聊聊,有钱一起赚 @demo_c1",
        "需要几个派出所辅警,或者认识的介绍也行,介绍费五千 飞机@demo_c1",
        "DHL / UPS depot people: scan a pallet, mark it delivered, get $500. dm @demo_c1",
        "anyone inside Verizon or AT&T customer care? $1k per port, @demo_c1",
    ],
)
def test_people_inside_are_sought(text: str) -> None:
    listing = only(text)
    assert listing.polarity == "recruit"
    assert "service/insider_recruitment" in {each.id for each in listing.products}
