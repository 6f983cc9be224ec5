"""Split words are joined, and nothing else is."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract import Rules
from ingest.text.joined import Joiner, Words
from ingest.text.normalise import normalise
from ingest.text.scan import Scanner

TERMS = [
    "联通",
    "渠道",
    "股民料",
    "身份证",
    "telegram",
    "gm",
    "数据",
    "移动",
    "移动数据",
    "库存",
    "abc",
]
SIGNS = st.sampled_from([*"-.*_~ 、,/。\n🔥❤", " - ", "\ud800", "。。", "🔥🔥", "\u200b", "▮", "@"])
LETTERS = st.sampled_from(
    [*"联通渠道股民料身份证数据库存移动我的gmtelra1２Ａ料", "telegram", "数据"]
)
TEXTS = st.lists(st.one_of(SIGNS, LETTERS), max_size=24).map("".join)


@cache
def joiner() -> Joiner:
    scanner = Scanner(TERMS)
    return Joiner([Words(scanner, [term != "库存" for term in TERMS], pairs=False)])


def joined(text: str) -> str:
    return joiner().join(normalise(text)).text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("联-通-渠-道", "联通渠道"),
        ("出 联 通 渠 道 料", "出联通渠道料"),
        ("股.民.料", "股民料"),
        ("出股丶民丶料", "出股民料"),
        ("联🔥通", "联通"),
        ("身🔥份证", "身份证"),
        ("出股*民料", "出股民料"),
        ("身❤️份❤️证 数据", "身份证 数据"),
        ("g m 料", "gm 料"),
        ("T E L E G R A M", "telegram"),
        ("t.e.l.e.g.r.a.m", "telegram"),
        ("收 移 动 数 据", "收移动数据"),
        ("出股 民 料 库 存", "出股民料 库 存"),
        ("股\n民\n料", "股民料"),
        ("联 - 通", "联通"),
    ],
)
def test_split_words_are_joined(written: str, read: str) -> None:
    assert joined(written) == read


@pytest.mark.parametrize(
    "text",
    [
        "a、b、c",
        "a b c",
        "a/b/c",
        "联通、移动、数据",
        "联通 移动 数据",
        "移动🔥数据",
        "移动-数据",
        "数据🔥库存",
        "2024-5-6",
        "3.15",
        "1 2 3 4 5 6",
        "g m cars",
        "上海联,通州区",
        "我的身份 证明",
        "联、通",
        "@g_m_x",
        "股▮民▮料",
    ],
)
def test_plain_writing_is_left_alone(text: str) -> None:
    normal = normalise(text)
    assert joiner().join(normal) is normal


def is_inside(short: str, long: str) -> bool:
    rest = iter(long)
    return all(char in rest for char in short)


@given(TEXTS, st.data())
def test_the_way_back_holds_what_was_read(text: str, data: st.DataObject) -> None:
    view = joiner().join(normalise(text))
    start = data.draw(st.integers(0, len(view.text)))
    end = data.draw(st.integers(start, len(view.text)))
    first, last = view.back(start, end)
    assert 0 <= first <= last <= len(text)
    again = normalise(text[first:last]).text
    assert is_inside(view.text[start:end], again)
    assert all(not char.isalnum() for char in set(again) - set(view.text[start:end]))


@given(TEXTS)
def test_only_signs_are_left_out(text: str) -> None:
    normal = normalise(text)
    letters = [char for char in normal.text if char.isalnum() or char in "▮@"]
    read = joiner().join(normal).text
    assert [char for char in read if char.isalnum() or char in "▮@"] == letters


def test_signs_between_are_quoted() -> None:
    text = "出联🔥通\ufe0f数据"
    view = joiner().join(normalise(text))
    assert view.text == "出联通数据"
    assert text[slice(*view.back(1, 3))] == "联🔥通\ufe0f"


def test_the_lexicon_has_the_terms_and_cues() -> None:
    view = Rules.load().views.plain
    assert view("出联-通-渠-道 z h a o，q q 12").text == "出联通渠道 zhao,qq 12"
