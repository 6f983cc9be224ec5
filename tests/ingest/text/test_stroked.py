"""A stroke or a space inside a word of the trade is left out; one between two words stays."""

from functools import cache

import pytest

from ingest.extract import Rules
from ingest.text.stroked import Pairs
from tests.growth import times_as_long


@cache
def _rules() -> Rules:
    return Rules.load()


def _view(text: str) -> str:
    return _rules().views.view(text)[0].text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("出车/主料,六分一条", "出车主料,六分一条"),
        ("卖我家的面/单和快递", "卖我家的面单和快递"),
        ("农行四|件套 一套两千五", "农行四件套 一套两千五"),
        ("贷=款料 0.5一条", "贷款料 0.5一条"),
        ("收股丨民料", "收股民料"),
        ("江苏车 主料出,六分一条", "江苏车主料出,六分一条"),
        ("求外地车 主 3w条", "求外地车主 3w条"),
    ],
)
def test_is_read_whole(written: str, read: str) -> None:
    assert _view(written) == read


@pytest.mark.parametrize(
    "plain",
    [
        "姓名/电话/单位",
        "客户/籍贯/住址",
        "股民/网贷/棋牌",
        "停车 主要看位置",
        "出车主料 出面单",
        "电话 单价 地址",
    ],
)
def test_lists_and_phrases_stay(plain: str) -> None:
    assert _view(plain) == plain


def test_time_is_linear() -> None:
    small, large = "车/主 料=款 " * 300, "车/主 料=款 " * 1_200
    assert times_as_long(lambda: _view(small), lambda: _view(large), 12) < 12


def test_letters_that_no_term_holds_side_by_side_are_told_from_others() -> None:
    pairs = Pairs(["股民", "车主料"])
    few = [pairs.may_hold("民股") for _ in range(30_000)]
    assert few[0], "a few texts are not worth the list of pairs"
    assert not few[-1]
    assert pairs.may_hold("股民")
    assert pairs.may_hold("主料")
    assert not pairs.may_hold("民车")
