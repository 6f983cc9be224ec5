"""Amounts in disguise are read as the plain ones; figures that are none stay as they are."""

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract import Rules, extract
from ingest.records import Text
from ingest.text.figures import disguised_figures
from ingest.text.normalise import normalise
from tests.growth import times_as_long


@cache
def _rules() -> Rules:
    return Rules.load()


def _prices(text: str) -> list[tuple[float, str | None, str | None]]:
    readings = extract([Text("1", text)], _rules())
    return [
        (price.value, price.currency, price.per)
        for reading in readings
        for listing in reading.listings
        for price in listing.prices
    ]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("出车主料 ②.⑸元一条", "出车主料 2.5元一条"),
        ("出车主料 ⒉块一条", "出车主料 2块一条"),
        ("出车主料 整包 l2OO元", "出车主料 整包 1200元"),
        ("出车主料 8毛l条", "出车主料 8毛1条"),
        ("出车主料 0.5U壹条", "出车主料 0.5U一条"),
        ("四件套 叁仟伍佰元一套", "四件套 三千五百元一套"),
        ("出车主料 3快5一条", "出车主料 3块5一条"),
        ("车主料10万条 打包2干3百块", "车主料10万条 打包2千3百块"),
        ("收车主料 1米8一条", "收车主料 1块8一条"),
        ("出车主料 1。2元一条", "出车主料 1.2元一条"),
        ("出车主料 0点8一条", "出车主料 0.8一条"),
        ("出车主料 三*毛一条", "出车主料 三毛一条"),
        ("出车主料 5🔥毛一条", "出车主料 5毛一条"),
        ("出车主料 5毛一跳", "出车主料 5毛一条"),
        ("出车主料 5毛/tiao", "出车主料 5毛/条"),
    ],
)
def test_is_the_plain_amount(written: str, plain: str) -> None:
    found = _prices(written)
    assert found
    assert found == _prices(plain)


@pytest.mark.parametrize(
    "text",
    [
        "(1)股民 (2)网贷 (3)棋牌",
        "大陆个人数据",
        "退伍军人名单 收拾一下",
        "1快递料 2快手号",
        "5干净料",
        "身高1米8的单身",
        "8点30开始",
        "10点20个人到齐",
        "hello world, all good",
        "微信 lol123 加我",
    ],
)
def test_other_figures_stay(text: str) -> None:
    assert disguised_figures(normalise(text).text) == []


@given(st.text(alphabet="0123lo()①⑵壹佰快干米点。.*🔥元块毛条个万uk @\n料", max_size=40))
def test_edits_stand_apart_and_lead_back(text: str) -> None:
    normal = normalise(text)
    edits = disguised_figures(normal.text)
    assert all(one[1] <= other[0] for one, other in pairwise(edits))
    edited = normal.edited(edits)
    first, last = edited.back(0, len(edited.text))
    assert 0 <= first <= last <= len(text)


@pytest.mark.parametrize("piece", ["壹", "l0", "(1)", "3快", "5*", "0。", "2干 "])
def test_time_is_linear(piece: str) -> None:
    small, large = piece * 4_000, piece * 16_000
    grown = times_as_long(lambda: disguised_figures(small), lambda: disguised_figures(large), 12)
    assert grown < 12
