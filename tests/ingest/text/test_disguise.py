"""Disguised words, look-alike letters and sound-alikes count in their context only."""

import pytest

from ingest.extract import Rules, extract
from ingest.extract.contacts import Contact
from ingest.records import Listing, Text
from ingest.text.disguise import Disguises, Row
from ingest.text.lookalikes import lookalikes
from ingest.text.normalise import normalise
from ingest.text.sound import Sounds


def view(text: str) -> str:
    return Rules.load().views.view(text)[0].text


def listings(text: str) -> tuple[Listing, ...]:
    return extract([Text(id="1", text=text)], Rules.load())[0].listings


def contacts(text: str) -> list[Contact]:
    return Rules.load().contacts.find(text, normalise(text))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("出售薯据，移动的", "出售数据,移动的"),
        ("股民料 社工裤", "股民料 社工库"),
        ("股民料和网袋数据", "股民料和网贷数据"),
        ("zhao移动内部员工", "招移动内部员工"),
    ],
)
def test_disguised_words_beside_words_of_the_trade(written: str, read: str) -> None:
    assert view(written) == read


@pytest.mark.parametrize(
    "text",
    [
        "红薯据说很好吃",
        "出售红薯据说很甜",
        "连通器的电芯",
        "薯据",
        "gm leads for sale",
        "股民料 t.me/gm",
        "股民料 加微信 gm8888",
        "股民料 @gm_料",
        "选中重点信息，求购数据",
    ],
)
def test_they_are_left_alone_elsewhere(text: str) -> None:
    assert view(text) == normalise(text).text


def test_the_original_letters_are_the_quote() -> None:
    (listing,) = listings("出薯据 移动的 扣扣 12345678")
    assert [product.quote for product in listing.products] == ["薯据"]


def test_a_row_that_means_itself_guards_the_forms_in_it() -> None:
    rows = [Row("薯据", "数据", "nonword"), Row("红薯", "红薯", "word")]
    disguises = Disguises(rows, frozenset({"数据"}))
    assert disguises.edits("薯据和红薯据", strong=False) == [(0, 2, "数据")]
    assert Disguises([Row("网袋", "网贷", "homophone")], ()).edits("网袋", strong=False) == []


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("威芯：abcd_12", "wechat", "abcd_12"),
        ("微鑫 abcd123", "wechat", "abcd123"),
        ("V芯abcd123", "wechat", "abcd123"),
        ("飞鸡 @abcdef", "telegram", "abcdef"),
        ("电抱：abcdef", "telegram", "abcdef"),
        ("蔻扣 一二三四⑤陸", "qq", "123456"),
        ("企额 1️⃣2️⃣345", "qq", "12345"),
        ("叩叩 ○一二参四五", "qq", "012345"),
    ],
)
def test_sound_alikes_in_front_of_an_id_are_less_sure(text: str, kind: str, value: str) -> None:
    assert [tuple(c[2:5]) for c in contacts(text)] == [(kind, value, False)]


@pytest.mark.parametrize(
    "text",
    ["微型电机", "为新用户开放", "卫星信号很好", "点爆全场", "废机回收", "他说为姓名，飞鸡在天上"],
)
def test_sound_alikes_without_an_id_are_none(text: str) -> None:
    assert contacts(text) == []


def test_cues_themselves_are_no_sound_alikes() -> None:
    sounds = Sounds(["微信", "扣扣", "手机"])
    assert list(sounds.find("微信abc 扣扣123 收集123")) == []
    assert list(sounds.find("薇芯abc")) == [("微信", 0, 2)]
    assert list(Sounds([]).find("薇芯abc")) == []


def test_letters_of_other_scripts_count_inside_latin_words() -> None:
    def read(text: str) -> str:
        return normalise(text).edited(lookalikes(text)).text

    assert read("тelеgrаm привет νχ v\u03c7") == "telegram привет νχ vx"
    assert read("🇻🇽 🇶🇶 🇺🇸 🇺🇸🇨🇳 🇹🇪🇱🇪") == "vx qq 🇺🇸 🇺🇸🇨🇳 tele"
    assert read("(1)(2)(3)(4)(5) (1)(2)") == "12345 (1)(2)"
