"""What is the author's and what is another's, by how a post sets the two against each other."""

import pytest

from ingest.records import Listing
from tests.ingest.extract.reading import listings


def _of(text: str, product: str) -> list[Listing]:
    return [each for each in listings(text) if any(product in p.id for p in each.products)]


def _prices(text: str, product: str) -> list[float]:
    return sorted(price.value for each in _of(text, product) for price in each.prices)


def _sources(text: str) -> set[str]:
    return {(s.id or "").rpartition("/")[2] for each in listings(text) for s in each.sources}


def _sellers(text: str) -> set[str]:
    return {c.value for each in listings(text) for c in each.contacts if c.owner == "seller"}


@pytest.mark.parametrize(
    ("text", "product", "price"),
    [
        ("老面单那伙人一条要5毛起步,我这边3毛 @demo_own1", "courier_labels", 0.3),
        ("有个哥们偷着我的车主料加价卖9毛,我自己就六毛 @demo_own1", "lookup_movement", 0.6),
        ("bulletproof hosting costs $90 in that shop. mine is $55, @demo_own1", "hosting", 55),
        ("they list crypto leads at $3 each. mine are $1.2, @demo_own1", "crypto_leads", 1.2),
        ("@demo_own2 一条股民要1块3,还挑人。我股民9毛,当天出 @demo_own1", "stock_leads", 0.9),
    ],
)
def test_the_price_of_another_is_void_beside_the_authors(
    text: str, product: str, price: float
) -> None:
    assert _prices(text, product) == [price]


def test_the_price_of_another_is_void_where_the_authors_is_not_read() -> None:
    assert _prices("宏达查户籍一份130我这里户籍90同样当天", "lookup_household") != [130]


@pytest.mark.parametrize(
    ("text", "product", "price"),
    [
        ("宝妈六毛五,担保手续费两个点你出 @demo_own1", "parenting_leads", 0.65),
        ("盛源担保1个点,好旺担保0.8个点。车主料都是七毛", "lookup_movement", 0.7),
        ("户籍80一次,急单加30 @demo_own1", "lookup_household", 80),
        ("四件套2750,定金500,上门费200 @demo_own1", "mule_kits", 2750),
        ("面单 0.35,满三万条各降两分", "courier_labels", 0.35),
        ("彩票料5毛,搭建3000", "gambling_leads", 0.5),
    ],
)
def test_fees_are_no_price_of_the_goods(text: str, product: str, price: float) -> None:
    assert _prices(text, product) == [price]


def test_a_share_that_a_broker_takes_stays() -> None:
    assert _prices("帮老板对接宝妈料,只抽3个点,要的私", "parenting_leads") == [3]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("收面单,圆通嫌贵先放放,只收中通,2毛 @demo_own1", {"zto"}),
        ("出工行四件套2600,建行、农行的卡太脆不碰 @demo_own1", {"icbc"}),
        ("要拼多多的找别人,我专做淘宝订单,0.3一条 @demo_own1", {"taobao"}),
        ("求网贷,只要联通出的,电信、移动的手上够了不用推。价八毛以内 @demo_own1", {"china_unicom"}),
        (
            "buying Telstra subscriber lookups, 50 AUD each. Optus and Vodafone not needed",
            {"telstra"},
        ),
        ("出面单,韵达当天的,四毛。申通那边最近出得慢得很 @demo_own1", {"yunda"}),
    ],
)
def test_who_is_put_aside_is_no_source(text: str, kept: set[str]) -> None:
    assert _sources(text) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("订单料,淘宝的,也有京东的,都是三毛 @demo_own1", {"taobao", "jd"}),
        ("声明:网贷不是借呗出的,是拍拍贷的。1块1 @demo_own1", {"ppdai"}),
    ],
)
def test_who_is_added_stays_a_source(text: str, kept: set[str]) -> None:
    assert _sources(text) == kept


def test_a_list_of_bare_names_is_denied_together() -> None:
    text = "跑分、接码、代实名一概不沾,只卖群控系统,一套2600 @demo_own1"
    goods = {p.id for each in listings(text) for p in each.products}
    assert goods == {"service/group_control"}


@pytest.mark.parametrize(
    "text",
    [
        "@demo_own2 早就换人了,跟我没关系。老样子出户籍90一次,认准 @demo_own1",
        "接码我不做,@demo_own2 做。群发我做,四分,@demo_own1",
        "Gambling leads, 0.8$ each, write @demo_own1. For a badge ask the staff account @demo_own2",
        "求能查开房的,心理价200,@demo_own2一开口就500,太黑。TG @demo_own1",
    ],
)
def test_who_is_spoken_of_is_no_seller(text: str) -> None:
    assert _sellers(text) == {"demo_own1"}


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        (
            "收宝妈,一条六毛。代付也做,收三个点 @demo_own1",
            {"parenting": "request", "laundering": "offer"},
        ),
        ("车主料对外7毛,急收户籍资料,一份能给70", {"movement": "offer", "household": "request"}),
        ("买股民送话术,股民8毛 @demo_own1", {"stock": "offer"}),
    ],
)
def test_what_is_charged_or_given_away_is_no_wish(text: str, acts: dict[str, str]) -> None:
    for product, act in acts.items():
        assert {each.polarity for each in _of(text, product)} == {act}


def test_a_price_beside_a_swap_is_not_said_of_what_is_swapped() -> None:
    found = listings("家长料和宝妈料可以互换,一比一。不够的2U现结 @demo_own1")
    assert [each.polarity for each in found] == ["swap"]
    assert not found[0].prices
    assert found[0].problems


@pytest.mark.parametrize(
    "text",
    [
        "逛了一圈,车主7毛、家长6毛,差不多就这价",
        "哪个说户籍50一次的给我出来",
        "老同学托我问问,法人料3毛能出不",
    ],
)
def test_what_goes_round_is_no_offer(text: str) -> None:
    assert not listings(text)


def test_a_price_that_is_asked_back_is_a_wish() -> None:
    found = listings("开房记录300一次对吧?查空退钱吗")
    assert {each.polarity for each in found} == {"request"}


def test_who_is_impersonated_keeps_their_contact_alone() -> None:
    text = "仿冒我的 @demo_own2 还在挂户籍60,真的只有 @demo_own1,户籍一次90"
    assert _sellers(text) == {"demo_own1"}
    assert 60 not in _prices(text, "lookup_household")
