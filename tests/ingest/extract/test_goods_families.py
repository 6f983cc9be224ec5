"""Goods, sources and places by family: many wordings of one thing, invented."""

import pytest

from ingest.extract import Rules, extract
from ingest.records import Listing, Text


@pytest.fixture(scope="module")
def rules() -> Rules:
    return Rules.load()


def _one(text: str, rules: Rules) -> Listing:
    return extract([Text("1", text)], rules)[0].listings[0]


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("出售港股客户,5毛一条,飞机@demo_abcx1", "product/stock_leads"),
        ("出售携程酒店入住,5毛一条,飞机@demo_abcx1", "product/travel"),
        ("代查案底,两百一次,飞机@demo_abcx1", "product/lookup_misc"),
        ("微信15天号,八块一个,飞机@demo_abcx1", "service/account_sale"),
        ("工银四件 2600,飞机@demo_abcx1", "service/mule_kits"),
        ("selling Airtel subscribers, 90k, tg @demo_abcx1", "product/citizen_db_foreign"),
        ("selling FUD crypt, 55 usd, tg @demo_abcx1", "service/malware_tools"),
    ],
)
def test_many_wordings_name_one_family(text: str, product: str, rules: Rules) -> None:
    assert [p.id for p in _one(text, rules).products] == [product]


def test_what_goods_come_with_is_no_goods(rules: Rules) -> None:
    found = _one("[WTS] USA fullz w/ background report, $12 each, TG @demo_abcx1", rules)
    assert [p.id for p in found.products] == ["product/kyc_bundle"]


def test_a_topic_of_a_service_is_no_goods(rules: Rules) -> None:
    found = _one("苹果推信,棋牌彩票内容都能走,0.06U一条,飞机@demo_abcx1", rules)
    assert [p.id for p in found.products] == ["service/imessage_spam"]


def test_letters_name_goods_beside_an_operator(rules: Rules) -> None:
    found = _one("GM 联通 日更1w+ 5毛", rules)
    assert [p.id for p in found.products] == ["product/stock_leads"]
    assert [s.id for s in found.sources] == ["org/operator/cn/china_unicom"]


def test_a_flag_is_a_place(rules: Rules) -> None:
    found = _one("payday borrowers 🇺🇸, updated daily, $0.60 ea @demo_abcx1", rules)
    assert found.claims.jurisdictions == ("US",)


def test_brands_of_a_phishing_kit_are_sources(rules: Rules) -> None:
    found = _one("Chase + Wells Fargo scampages, 150 usd, @demo_abcx1", rules)
    assert {(s.id, s.kind) for s in found.sources} == {
        ("org/bank/us/chase", "brand_of_kit"),
        ("org/bank/us/wells", "brand_of_kit"),
    }
