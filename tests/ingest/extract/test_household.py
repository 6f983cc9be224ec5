"""Words of the household around goods, customers' questions, and warnings in many wordings."""

import pytest

from ingest.extract import Rules, extract
from ingest.records import Listing, Text


def listings(text: str) -> tuple[Listing, ...]:
    return extract([Text("1", text)], Rules.load())[0].listings


@pytest.mark.parametrize(
    "text",
    [
        "给猫买了个猫池，猫砂一袋40块",
        "斗地主开房，房号3321，进来",
        "厨具八件套打折199，包邮",
        "车险续一年2900，平安和人保哪家好",
        "we got hacked and then ddos for 3 hours, fixed now",
        "Job: SOC analyst, you will track stealer logs, 15k gross, apply on our site",
        "股民料都卖到一块五了？真敢卖",
    ],
)
def test_words_of_everyday_life_outweigh_goods_without_a_contact(text: str) -> None:
    assert listings(text) == ()


def test_a_contact_outweighs_the_household() -> None:
    assert [x.polarity for x in listings("出股民 5毛一条 清仓 飞机@demo_sale")] == ["offer"]


@pytest.mark.parametrize(
    "text",
    [
        "@demo_cheat 拿了我2000U就没影了",
        "举报 @demo_cheat，卖面单的，打完款就把我删了",
        "TG demo_cheat 收了钱办不了事还不退",
        "@demo_cheat is not our admin, he copies our name",
        "do not use @demo_cheat as mm, he released my coins",
        "骗子名单:QQ 2800011111,卖 fullz,付完款没影了",
    ],
)
def test_warnings_in_many_wordings(text: str) -> None:
    found = listings(text)
    assert [x.polarity for x in found] == ["warning"]
    assert {c.owner for c in found[0].contacts} == {"accused"}


@pytest.mark.parametrize(
    "text", ["出股民料 绝不忽悠人 5毛 飞机@demo_ok", "网贷一手 从不骗人 8毛 @demo_ok"]
)
def test_a_denied_accusation_is_none(text: str) -> None:
    assert [x.polarity for x in listings(text)] == ["offer"]


def test_turning_to_goods_with_another_contact_is_an_offer_again() -> None:
    found = listings("骗子@demo_cheat拿料不给钱\n出股民料 5毛一条 联系飞机@demo_me")
    assert [x.polarity for x in found] == ["offer"]
