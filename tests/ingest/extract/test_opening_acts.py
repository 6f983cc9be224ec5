"""Acts that open a priced text, and words like acts that are none."""

import pytest

from tests.ingest.extract.reading import only


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("蹲 平安证券开户的 四毛一条 每天三百 飞机 @demo_dun1", "request"),
        ("收话费充值客户 两毛一条 三万起 飞机 @demo_huafei2", "request"),
        ("找人长供 股民料 六毛一条 日要两千 飞机 @demo_gong3", "request"),
        ("台湾散户电话 三毛一个 要两千个以上 飞机 @demo_tw4", "offer"),
        ("放一批买彩的老人 七分一条 共八千条 飞机 @demo_cai5", "offer"),
        ("宝妈客户八千条 三毛一条 全收一千六 飞机 @demo_ma6", "offer"),
        ("电信短信劫持 按码收 一条码80 飞机 @demo_jie7", "offer"),
        ("3000条网贷料换同样数目的股民料 飞机 @demo_huan8", "swap"),
        ("股民五千条 <-> 母婴五千条,谁换 飞机 @demo_huan9", "swap"),
        (
            "My 9k Dutch casino players against anything similar, rows for rows. tg @demo_swap10",
            "swap",
        ),
        ("找人代注册微博 注册一个3元 多劳多得 飞机 @demo_zhu12", "recruit"),
        ("need people with access to bank panels, 900 usd a month. tg @demo_need13", "recruit"),
        ("OTP bot, $30 a week. order at @demo_otp11", "offer"),
    ],
)
def test_the_act(text: str, act: str) -> None:
    assert only(text).polarity == act
