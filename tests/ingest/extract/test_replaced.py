"""Numbers that others take the place of, what is denied behind a question, and who is not meant."""

import pytest

from tests.ingest.extract.reading import listings, only


def _prices(text: str) -> dict[str, list[float]]:
    return {
        product.id.rpartition("/")[2]: [price.value for price in found.prices]
        for found in listings(text)
        for product in found.products
    }


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        (
            "今日改价 四件套3300→2900 猫池1450→1150 @demo_repl1",
            {"mule_kits": [2900], "sim_farm": [1150]},
        ),
        (
            "new rates: cvv 14 -> 11, fullz 33 -> 27 @demo_repl2",
            {"card_data": [11], "kyc_bundle": [27]},
        ),
        ("话单原1450现1250 @demo_repl3", {"lookup_comms": [1250]}),
        ("猫池出租:六月前每天170,七月起每天210 @demo_repl4", {"sim_farm": [210]}),
        ("抗投诉服务器包月1900,押金400 @demo_repl5", {"hosting": [1900]}),
    ],
)
def test_prices_that_took_the_place_of_others(text: str, prices: dict[str, list[float]]) -> None:
    assert _prices(text) == prices


def test_what_is_left_counts() -> None:
    assert [q.value for q in only("6万条股民已出2万,剩4万,8毛 @demo_left1").quantities] == [40_000]


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("有老板问中通面单,中通没有,极兔有,4毛 @demo_asks1", {"org/courier/jt"}),
        ("同行吹自己有顺丰,我这圆通面单3毛 @demo_asks2", {"org/courier/yto"}),
        ("卖圆通面单9毛,韵达从没接过 @demo_asks3", {"org/courier/yto"}),
        ("中通面单早就烂大街,我做的是德邦,5毛 @demo_asks4", {"org/courier/deppon"}),
        ("除招行外都收,流水350 @demo_asks5", set()),
    ],
)
def test_sources_that_the_author_has(text: str, sources: set[str]) -> None:
    assert {source.id for found in listings(text) for source in found.sources} == sources


@pytest.mark.parametrize(
    "text",
    [
        "前年我卖过四件套,1700一套,后来收手了",
        "used to run a booter, 25 a day, long gone, dont ask",
        "the guy who used to sort me out with call records at $50 got busted last spring",
        "昨天加我那个卖车主料的,前几年的表也敢叫2块",
    ],
)
def test_what_nobody_offers_now(text: str) -> None:
    assert not listings(text)


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("要查开房找老周@demo_third1,280一次,我@demo_own1只出股民,9毛", "stock_leads"),
        ("户籍最近严,不敢接,股民照出8毛 @demo_own2", "stock_leads"),
        ("四件套卖空,猫池1250 @demo_own3", "sim_farm"),
        ("客户留言想要宝妈,可惜没有,现有股民,8毛 @demo_own4", "stock_leads"),
    ],
)
def test_goods_of_the_author(text: str, goods: str) -> None:
    assert [p.id.rpartition("/")[2] for found in listings(text) for p in found.products] == [goods]


def test_a_list_of_cheats_is_accused_together() -> None:
    found = listings("猫池1250 @demo_fair1。避雷名单:微信demo_bad1,QQ 7100200399")
    owners = {c.value: c.owner for each in found for c in each.contacts}
    assert owners == {"demo_fair1": "seller", "demo_bad1": "accused", "7100200399": "accused"}
