"""What stands beside goods and belongs to others: unread goods, rivals, plain speech."""

from typing import Any

import pytest

from tests.ingest.extract.reading import listings


def _held(text: str, slot: str) -> list[Any]:
    key = "value" if slot in {"prices", "quantities"} else "id"
    return [getattr(value, key) for listing in listings(text) for value in getattr(listing, slot)]


def _sellers(text: str) -> set[str]:
    return {c.value for each in listings(text) for c in each.contacts if c.owner == "seller"}


@pytest.mark.parametrize(
    ("text", "slot", "expected"),
    [
        ("股民1块 茶友6毛 @demo_belong1", "prices", [1]),
        ("股民/玩表 0.8/2.0 @demo_belong1", "prices", []),
        ("八毛股民,两块玩表 @demo_belong1", "prices", [0.8]),
        ("RDP (US) $7; zorps (EU) $19; hit @demo_belong1", "prices", [7]),
        ("✅股民 0.8\n✅玩表 2.0\n@demo_belong1", "prices", [0.8]),
        ("股民料每天3万,茶友料每天8000", "quantities", [30000]),
        ("股民/网贷 0.8/0.5 @demo_belong1", "prices", [0.8, 0.5]),
    ],
)
def test_figures_of_goods_that_no_term_names(text: str, slot: str, expected: list[float]) -> None:
    assert _held(text, slot) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("请@demo_other1 帮忙置顶一下:供博彩首充,1块3,对接@demo_own1", {"demo_own1"}),
        ("vouched by @demo_other1. selling cvv uk 11$, tg @demo_own1", {"demo_own1"}),
        ("玩表找@demo_other1,网贷五毛找@demo_own1", {"demo_own1"}),
        ("以上是@demo_other1的报价,我的股民9毛5,找我@demo_own1", {"demo_own1"}),
        ("出股民一块,飞机@demo_own1 备用@demo_own2", {"demo_own1", "demo_own2"}),
    ],
)
def test_contacts_named_in_running_speech_are_others(text: str, expected: set[str]) -> None:
    assert _sellers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("招行今晚维护,到账会慢,老板们别催。股民料照卖,九毛 @demo_own1", []),
        ("招行的股民料,九毛 @demo_own1", ["org/bank/cn/cmb"]),
    ],
)
def test_a_source_in_a_sentence_of_plain_speech(text: str, expected: list[str]) -> None:
    assert _held(text, "sources") == expected


def test_a_rival_leaves_the_goods_to_the_author_who_names_a_price() -> None:
    text = "他家的网贷卖九毛,我这边四毛 @demo_own1"
    assert _held(text, "products") == ["product/loan_leads"]
    assert _held(text, "prices") == [0.4]


def test_goods_that_were_asked_for_in_vain() -> None:
    text = "股民有吗?没有。网贷有吗?有的,五毛 @demo_own1"
    assert _held(text, "products") == ["product/loan_leads"]


def test_a_denial_ends_where_the_author_turns_to_what_there_is() -> None:
    assert _held("那份报价跟我无关,我的股民9毛5 @demo_own1", "prices") == [0.95]


def test_names_below_a_heading_that_accuses_are_accused() -> None:
    text = "黑名单\n@demo_bad1 拖款\n@demo_bad2 假料\n——\n本店股民0.8,找@demo_own1"
    assert _sellers(text) == {"demo_own1"}


def test_a_question_about_another_is_no_listing() -> None:
    assert not listings("anyone bought from @demo_other1 before? is his EU fullz legit at $20?")
