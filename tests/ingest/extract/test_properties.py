"""Any text: no crash, exact spans, same result twice, time in line with the length."""

import pickle
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract import extract
from ingest.records import Reading, Text
from tests.growth import times_as_long
from tests.ingest.extract.reading import rules
from tests.ingest.extract.spans import quotes

_WORDS = """
出 收 求 招 换 不收 勿扰 股民料 网贷料 棋牌 面单 料 数据 三网 联通 移动 抓取 dpi 一手 实时 当天
日更5万条 0.5元一条 两毛一条 2分5 三千二 3000U $8 500条起 两个点 担保 可走担保 汇旺担保
飞机@demo_name QQ：12345678 骗子 曝光 @someone 免测勿扰 姓名 手机 地址 内部 招内部人员
WTS WTB selling leads escrow ▮▮▮ １２３ ⑩ ， 。 ： 的来 有 要 需要 老板 T9 0x
1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa 中介勿扰 代查 一次200元
"""
_PIECES = st.sampled_from([*_WORDS.split(), "\u200b", "\n", " "])
_POSTS = st.lists(_PIECES, max_size=25).flatmap(
    lambda parts: st.sampled_from(["", " ", "，"]).map(lambda glue: glue.join(parts))
)


def _read(text: str) -> Reading:
    return extract([Text("1", text)], rules(), keep_none=True)[0]


def _check(text: str) -> None:
    reading = _read(text)
    assert reading.listings
    for quote, (start, end) in quotes(reading):
        assert 0 <= start < end <= len(text)
        assert text[start:end] == quote
    for listing in reading.listings:
        assert 0 <= listing.confidence <= 1
        assert listing.text == text
        assert all("▮" not in contact.value for contact in listing.contacts)


@settings(max_examples=300, deadline=None)
@given(_POSTS)
def test_any_mix_of_trade_words(text: str) -> None:
    _check(text)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.characters(min_codepoint=1), max_size=80))
def test_any_unicode(text: str) -> None:
    _check(text)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="出收料股民数据一二三0123456789万条元毛@.:/ab-▮ \n", max_size=120))
def test_any_text_of_trade_characters(text: str) -> None:
    _check(text)


def test_hostile_characters() -> None:
    for text in ("", "\ud800出股民料\udfff", "\x00", "出\u202e股民料 @demo_name", "料" * 3000):
        _check(text)


def test_a_batch_keeps_its_order_and_the_rules_travel() -> None:
    batch = [Text(str(n), text) for n, text in enumerate(["你好", "出股民料 @demo_name", "收到"])]
    here = extract(batch, rules())
    there = extract(batch, pickle.loads(pickle.dumps(rules())))
    assert here == there
    assert [len(reading.listings) for reading in here] == [0, 1, 0]


_STRETCHED = (
    "1 ", "1.", "a@", "a.", "@a", "t.me/", "qq1", "出", "料", "姓名", "一", "收料 ", "0x", "http://a",
    "股民料 0.5元一条\n", "1-", "不收 ", "需要的", "a-", "联通、", "1,000",
)  # fmt: skip


@pytest.mark.parametrize("piece", _STRETCHED)
def test_no_pattern_backtracks_without_bound(piece: str) -> None:
    def reading(size: int) -> Callable[[], object]:
        return lambda: _read("出股民料 @demo_name " + piece * (size // len(piece)))

    # Four times the text may cost sixteen times at the very worst; an explosion costs far more.
    assert times_as_long(reading(1_500), reading(6_000), 20) < 20
