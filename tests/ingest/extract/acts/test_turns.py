"""Turns of a dealing and notices in other layouts; invented lines."""

import pytest

from tests.ingest.extract.acts.test_acts import kinds, parties
from tests.ingest.extract.reading import read


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("帮我备3000", "buying_words"),
        ("ok 2k, dm sent", "buying_words"),
        ("same list again next week, put 800 aside", "buying_words"),
        ("网盘链接发你 密码1234", "delivers"),
        ("uploaded, check the file", "delivers"),
        ("拿到手了 挺准", "received"),
        ("got it, thanks", "received"),
        ("tested a few, works fine", "received"),
        ("手里有 今晚能给", "answer"),
        ("可以 等会发", "answer"),
        ("款过去了", "taken_up"),
    ],
)
def test_turns_of_a_dealing(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text", ["快递还没到", "款收到了", "haven't received anything", "发了没", "工资发了吗"]
)
def test_what_is_no_turn(text: str) -> None:
    assert not {"received", "delivers"} & set(kinds(text))


@pytest.mark.parametrize(
    "text",
    [
        "担保单#1042 已开/阿蓝同学 👉 青云商行/金额90U/请卖方发货",
        "担保通知\n单号1042\n买方 阿蓝同学\n卖方 青云商行\n金额90U",
        "ESCROW #1042 | seller 青云商行 | buyer 阿蓝同学 | 90 USDT held",
        "@青云商行 @阿蓝同学押了90 可以发",
        "@阿蓝同学的90在我这 @青云商行发货",
    ],
)
def test_notices_in_other_layouts(text: str) -> None:
    assert set(parties(text)) == {
        ("buyer", "handle", "阿蓝同学"),
        ("seller", "handle", "青云商行"),
    }


def test_a_notice_that_does_not_say_who_buys() -> None:
    assert kinds("@青云商行 @阿蓝同学 这单我接 90U 已到") == ["escrow_notice"]
    assert {side for side, _, _ in parties("@青云商行 @阿蓝同学 这单我接 90U 已到")} == {"other"}


@pytest.mark.parametrize("text", ["给@demo_b1供了半年 没扯过皮", "@demo_b1 pays on time"])
def test_praise_of_a_buyer(text: str) -> None:
    assert parties(text) == [("buyer", "handle", "demo_b1")]


@pytest.mark.parametrize(
    "text",
    [
        "【担保通知】\n单号20409\n买方 阿蓝同学\n卖方 青云商行\n家长料 5000\n金额415U 已入金",
        "担保通知,单号:AB1042,买方 @demo_b1,卖方 @demo_s1,家长料 500条,金额90U 已入金",
    ],
)
def test_the_number_of_a_deal_is_no_goods(text: str) -> None:
    found = read(text)
    assert found.mentions == ("product/education",)
    assert [act.products for act in found.acts] == [("product/education",)]
