"""Invented names of groups and of people, who change theirs now and then."""

import random
from functools import lru_cache
from typing import Final

_FIRST: Final = (
    "黑客", "红盟", "网络安全", "夜猫", "暗影", "风云", "菜鸟", "极客", "龙腾", "流星", "狂人",
    "天涯", "九州", "雷霆", "幽灵", "剑客", "零度", "逆火", "星空", "飞鱼",
)  # fmt: skip
_SECOND: Final = (
    "技术交流", "业务接单", "资源共享", "互助", "编程学习", "业务广告", "商家", "源码分享",
    "新手", "内部", "担保交易", "水友",
)  # fmt: skip
_MOBILE: Final = ("手机业务", "移动增值", "短信业务", "安卓技术", "通道合作", "手机软件推广")
_NICK: Final = (
    "小", "老", "阿", "大", "无名", "孤独", "追风", "浪子", "冷", "夜", "星", "雨", "飞", "狼",
    "猫", "鱼", "明", "杰", "辉", "强", "豪", "枫", "影", "木", "石头", "少年", "先生", "dream",
    "king", "sky", "zz", "Mr.", "丶", "灬", "゛",
)  # fmt: skip
_SIGNS: Final = ("", "", "", "", "", " ", "～", "(忙)", "_", "★", "【接单】", " 2号")
QUARTER: Final = 91


@lru_cache(maxsize=4096)
def group_name(number: int, mobile: bool, later: bool = False) -> str:
    """Name of a group, or the one that it took later; no two groups share one."""
    chance = random.Random(number * 2 + later)
    words = _MOBILE if mobile else _SECOND
    return f"{chance.choice(_FIRST)}{chance.choice(words)}{'总' * later}{number + 1}群"


@lru_cache(maxsize=1 << 16)
def nickname(person: int, quarter: int) -> str:
    """What a person is called in a quarter of a year; a tenth take a new name in each."""
    if quarter and random.Random(person * 64 + quarter).random() >= 0.1:
        return nickname(person, quarter - 1)
    chance = random.Random(-(person * 64 + quarter + 1))
    parts = chance.choices(_NICK, k=chance.randint(1, 3))
    return "".join(parts) + chance.choice(_SIGNS)


def bot_of(group: int, people: list[int]) -> int | None:
    """The account of a group's bot; one group in forty has one."""
    return people[0] if group % 40 == 7 and people else None


def qq_number(person: int) -> int:
    """A number that QQ has not given to anybody: ten digits from 9,900,000,000 on."""
    return 9_900_000_000 + person * 37 % 50_000_017
