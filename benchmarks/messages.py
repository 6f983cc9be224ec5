"""Invented QQ text exports of any size: nine parts chatter, one part listings, by a fixed seed."""

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

SEED = 7
GROUP_SIZE = 25_000
CHATTER = (
    "早", "在吗", "哈哈哈哈", "今天好热啊", "有人打游戏吗", "晚安各位", "这个群好安静", "吃饭了没",
    "昨晚球赛看了吗", "路上堵车了", "收到", "好的", "谢谢", "顶一个", "[图片]", "[表情]", "路过",
    "周末去哪玩", "手机没电了", "网好卡", "明天要下雨", "又涨价了", "刚下班", "求带飞", "666",
)  # fmt: skip
COMMON = "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会"
FRESH = 0.55
"""Share of chatter that is no exact copy, so that about a third of all messages repeats."""
GOODS = (
    "股民", "棋牌料", "网贷数据", "母婴资料", "车主数据", "快递面单", "彩票料", "期货开户数据",
    "老板数据", "学生数据", "肉鸡", "DDOS流量", "远控免杀", "四件套", "短信群发", "保健品料",
)  # fmt: skip
SOURCES = ("", "移动", "联通", "电信", "三网", "某宝", "运营商", "平台后台", "")
EXTRAS = ("", "可走担保", "支持测试", "免测勿扰", "一手", "当天", "量大从优", "日更", "长期合作")
CONTACTS = ("QQ{n}", "扣扣 {n}", "飞机@demo_{n}", "微信demo{n}", "电报 t.me/demo_{n}", "加Q：{n}")


def message(chance: random.Random) -> str:
    """One invented message."""
    if chance.random() < 0.9:
        words = [chance.choice(CHATTER) for _ in range(chance.randint(1, 3))]
        if chance.random() < FRESH:
            words.append("".join(chance.choice(COMMON) for _ in range(chance.randint(4, 16))))
        return " ".join(words)
    price = f"{chance.randint(1, 90) / 10}{chance.choice(('元', 'U', '块'))}一条"
    parts = [
        chance.choice(("出", "出售", "收", "求购", "大量供应")),
        chance.choice(SOURCES) + chance.choice(GOODS),
        f"日更{chance.randint(1, 50)}万条" if chance.random() < 0.4 else "",
        price if chance.random() < 0.6 else "",
        chance.choice(EXTRAS),
        chance.choice(CONTACTS).format(n=chance.randint(10_000, 99_999)),
    ]
    return " ".join(part for part in parts if part)


def long_message(chance: random.Random) -> str:
    """One invented message of the length of a market's: some 250 bytes in UTF-8."""
    return "\n".join(message(chance) for _ in range(chance.randint(3, 9)))


def lines(
    count: int, seed: int = SEED, say: Callable[[random.Random], str] = message
) -> Iterator[str]:
    """`count` messages of one group as lines of a QQ text export, without line ends."""
    chance = random.Random(seed)
    clock = datetime(2013, 1, 1, 8)
    yield "消息记录（此消息记录为文本格式，不支持重新导入）"
    yield ""
    yield from ("=" * 64, "消息分组:我的群聊", "=" * 64, f"消息对象:演示群{seed}", "=" * 64, "")
    for _ in range(count):
        clock += timedelta(seconds=chance.randint(1, 90))
        number = chance.randint(10_001, 10_900)
        yield f"{clock:%Y-%m-%d %H:%M:%S} 用户{number}({number})"
        yield from say(chance).split("\n")
        yield ""


def write(folder: Path, count: int) -> list[Path]:
    """Exports of groups of at most 25,000 messages, `count` in all."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, start in enumerate(range(0, count, GROUP_SIZE)):
        path = folder / f"group{number:04}.txt"
        body = "\r\n".join(lines(min(GROUP_SIZE, count - start), SEED + number))
        path.write_text("\ufeff" + body + "\r\n", encoding="utf-8", newline="")
        paths.append(path)
    return paths
