"""Listings by the sum of evidence: stubs, questions to customers, complaints, people sought."""

import pytest

from tests.ingest.extract.reading import read


def _acts(text: str) -> list[str]:
    return [listing.polarity for listing in read(text).listings]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("宝妈 江苏 一手 量大 私", "offer"),
        ("棋牌 三网 当天 0.7元", "offer"),
        ("股民料要不要?今天刚回来的", "offer"),
        ("还在为没客户发愁?精准股民找我", "offer"),
        ("别找了,股民我这有,0.6元一条", "offer"),
        ("need casino leads? fresh batch, 0.2$ each", "offer"),
        ("谁家有股民啊", "request"),
        ("网贷断货了,有存货的老板救急", "request"),
        ("宝妈客户给2块,要一万", "request"),
        ("can someone pull a credit report for me? budget $120", "request"),
        ("银行柜台上班的朋友,想多挣一份的找我聊 电报 @demo_he", "recruit"),
        ("招卡农,一张卡一天500", "recruit"),
        ("do you work at a bank? we pay $300 per lookup, tg @demo_ph", "recruit"),
        ("用拼多多面单顶抖音面单,一单换一单", "swap"),
        ("@demo_bad sold me dead cards then blocked me. avoid.", "warning"),
        ("jabber demo_sab@xmpp.invalid sends recycled combo lists", "warning"),
    ],
)
def test_a_listing_in_few_or_other_words(text: str, act: str) -> None:
    assert _acts(text) == [act]


@pytest.mark.parametrize(
    "text",
    [
        "股民今天亏惨了,一天跌了5万",
        "以前网贷料3毛随便拿,现在难了",
        "听老王说三网数据现在一块五了",
        "转让婴儿车,宝妈自用,200元",
        "征信报告在哪里查?手机可以查吗",
        "数据库管理员招聘,月薪2万",
        "我家两套四件套,纯棉,299元",
        "出一台二手服务器 8核32G 1500元",
        "Is it illegal to buy bank logs?",
        "How much do people pay for fullz these days?",
        "bulk SMS for your salon: 500 texts for £15, opt-out link",
        "「接短信群发,一条0.05,联系 @demo_kw」\n这种价真的有人买吗,哈哈",
    ],
)
def test_everyday_words_about_such_goods_are_none(text: str) -> None:
    assert _acts(text) == []


def test_a_contact_on_the_line_of_one_listing_is_not_that_of_another() -> None:
    found = read("股民 0.6元 找 @demo_xa\n网贷 0.3元 找 @demo_yb").listings
    assert [[c.value for c in each.contacts] for each in found] == [["demo_xa"], ["demo_yb"]]


def test_a_contact_below_a_list_is_that_of_all() -> None:
    found = read("股民 0.6元\n网贷 0.3元\n飞机 @demo_all 走土豆担保").listings
    assert [[c.value for c in each.contacts] for each in found] == [["demo_all"]] * 2
    assert all(each.escrow for each in found)


def test_different_words_for_one_kind_of_goods_are_priced_apart() -> None:
    found = read("棋牌 0.25元 丨 体育 0.3元 丨 五千起 丨 @demo_bs").listings
    assert [[p.value for p in each.prices] for each in found] == [[0.25], [0.3]]


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("出三要素,2毛5一组。某频道标价0.4元,找我 @demo_yj", 0.25),
        ("四件套 ~~5200元~~ 3400元一套 @demo_sj", 3400),
        ("Stealer logs, $120. Competitor quoted my client $300. tg @demo_silt", 120),
    ],
)
def test_prices_of_others_and_struck_ones_are_left_out(text: str, price: float) -> None:
    assert [p.value for each in read(text).listings for p in each.prices] == [price]


def test_goods_of_a_friend_are_no_listing() -> None:
    assert _acts("not my product mate, ask my friend @demo_finch about the stealer thing") == []


def test_what_is_listed_before_a_denial_is_denied_together() -> None:
    found = read("征信、流水这类早就不碰了。目前主营:查车主,120一次,电报 @demo_cz").listings
    assert len(found) == 1
    assert {p.id for p in found[0].products}.isdisjoint(
        {"product/credit_report", "product/bank_finance"}
    )
