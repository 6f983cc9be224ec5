"""Words whose letters stand apart by ornaments, brackets and wide spaces."""

from functools import cache

import pytest

from ingest.extract import Rules


@cache
def _rules() -> Rules:
    return Rules.load()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("收 信 用 ✘ 卡 ✘ 料 ， 民 ✘ 生 的", "收信用卡料 , 民生的"),
        ("求 购 车 ♢ 主 ♢ 料 ， 湖 北 的", "求购车主料 , 湖北的"),
        ("有 没 有 保 . 险 . 料 呀", "有没有保险料呀"),
        ("出 老 年 BJ 成 交 , 江 西", "出老年bj成交 , 江西"),
        ("b j 品 成 交 客 二 千 个", "bj品成交客二千个"),
        ("加 v x 聊 价 格", "加vx 聊价格"),
        ("DD❀OS 承接", "ddos 承接"),
        ("s/e/l/l/i/n/g sim s w a p", "selling sim swap"),
        ("W . T . B   s t e a l e r   l o g s", "wtb stealer logs"),
        ("网恋😍交友 粉 丝", "网恋😍交友粉丝"),
        ("银行💳四件🎁套", "银行四件套"),
        ("★誠㊣招㊣代㊣理★", "★诚招代理★"),
        ("p_h_i_s_h_i_n_g k-1-t", "phishing kit"),
        ("sƃol ʞuɐq", "bank logs "),
    ],
)
def test_is_read_whole(written: str, read: str) -> None:
    assert _rules().views.view(written)[0].text == read


@pytest.mark.parametrize(
    "plain",
    ["股民 ✦ 网贷 ✦ 棋牌", "a/b/c", "工行 ▪ 建行 ▪ 农行", "see tg → demo_name", "y/n or a - b"],
)
def test_lists_stay_lists(plain: str) -> None:
    assert _rules().views.view(plain)[0].text == plain
