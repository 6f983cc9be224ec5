"""Goods that no name stands for: people by what they did, look-ups, the name of a service."""

import pytest

from tests.ingest.extract.reading import listings, only


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("骨科住院出院的名单 0.8一条 @demo_told1", "product/health_leads"),
        ("玩港股的大户,入金50起步,3块一条 飞机@demo_told1", "product/stock_leads"),
        ("borrowers who got declined for a loan, 12k, $0.6 each @demo_told1", "product/loan_leads"),
        ("day trader contact sheet, 40k rows, 9 cents each", "product/stock_leads"),
        ("韵达我有 五毛一张", "product/courier_labels"),
    ],
)
def test_people_by_what_they_did_or_whose_they_are(text: str, goods: str) -> None:
    assert [product.id for product in only(text).products] == [goods]


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("配偶、子女、父母一起拉出来,一户90元 @demo_told2", "product/lookup_household"),
        ("plates to owner, Texas, $20 each @demo_told2", "product/lookup_movement"),
    ],
)
def test_what_is_looked_up_is_told_by_its_words(text: str, goods: str) -> None:
    assert [product.id for product in only(text).products] == [goods]


def test_words_beside_a_database_say_whom_it_holds() -> None:
    listing = only("社工库一套,教培机构的学员都在 900刀打包 @demo_told3")
    assert [product.id for product in listing.products] == ["product/hacked_db"]


@pytest.mark.parametrize(
    ("text", "quote", "count"),
    [
        ("某荐股公司的客户 1块一条 @demo_told4", "某荐股公司", None),
        ("leads from three loan apps in Mexico, 0.1 usd each @demo_told4", "three loan apps", 3),
    ],
)
def test_sources_without_a_name_keep_their_words(text: str, quote: str, count: int | None) -> None:
    (source,) = only(text).sources
    assert (source.id, source.quote, source.cardinality) == (None, quote, count)


def test_first_of_two_names_in_front_of_goods_is_no_means_of_payment() -> None:
    listing = only("收招行、民生的信用卡名单,一条给1块")
    assert {source.id for source in listing.sources} == {"org/bank/cn/cmb", "org/bank/cn/cmbc"}


@pytest.mark.parametrize(
    "text",
    ["住院的时候隔壁床的大爷人挺好", "查一下定位,我在南门等你", "谁去过那家月子会所,服务怎么样"],
)
def test_plain_talk_about_people_is_no_listing(text: str) -> None:
    assert listings(text) == ()
