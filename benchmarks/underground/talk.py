"""Invented chatter: short answers that repeat, and sentences put together that seldom do."""

import random
from typing import Final

SHORT: Final = (
    "在吗", "在", "早", "哈哈", "哈哈哈哈", "呵呵", "顶", "。。。", "？", "嗯", "好的", "谢谢",
    "不知道", "怎么了", "晚安", "吃饭去了", "来了", "有人吗", "收到", "路过", "膜拜大神", "求带",
    "666", "是啊", "不会吧", "真的假的", "我也是", "等下", "加我", "[图片]", "[表情]", "新人报到",
    "支持", "学习了", "已阅", "沙发", "没有", "多少", "可以", "行", "算了", "睡觉", "早上好",
    "大家好", "求教程",
)  # fmt: skip
WHO: Final = (
    "我", "我同学", "我哥", "隔壁宿舍的", "群主", "楼上的", "有个朋友", "老大", "我室友", "网管",
    "谁", "你们", "昨天那个人", "管理员", "我表弟", "公司里的人",
)  # fmt: skip
WHEN: Final = (
    "", "昨天", "今天", "刚才", "上个月", "晚上", "周末", "一大早", "中午", "前几天",
    "过年的时候",
)  # fmt: skip
DID: Final = (
    "装了个新系统", "又蓝屏了", "把键盘弄坏了", "在学易语言", "看了一集动画片", "打了一夜游戏",
    "换了手机", "去网吧通宵", "被老师骂了", "在写作业", "堵在路上", "下了个电影", "买了内存条",
    "改了昵称", "没睡好", "感冒了", "考试挂了", "在学C语言", "配环境配了半天", "重启路由器",
    "弄丢了充电器", "想换宽带", "在看世界杯预选赛", "找工作", "请假回家了", "吃了碗面",
    "把硬盘格了", "看了教程没看懂",
)  # fmt: skip
AFTER: Final = (
    "", "", "，累死了", "，有人一起吗", "，怎么办", "，笑死", "，求帮忙", "，你们呢",
    "，不想动了", "，无语", "，明天再说", "，真是的", "，谁懂啊", "，等会再来", "，还行吧",
    "，后悔了",
)  # fmt: skip
ASKED: Final = (
    "{w}知道怎么看端口吗", "这个编译报错是什么意思", "{w}有视频教程的链接吗",
    "虚拟机装不上怎么回事", "现在学编程还来得及吗", "{w}用的什么浏览器", "哪个输入法好用",
    "这个群是干嘛的", "{w}的网速多少", "有没有懂网页的", "内存4G够用吗", "怎么改开机画面",
    "谁有原版镜像", "这段代码谁看得懂", "数据库连不上{w}遇到过没", "IP被封了几天能好",
    "{w}那边下雨了吗", "显卡驱动哪个版本稳定",
)  # fmt: skip
COMMON: Final = (
    "的一是了我不人在他有这个们来到时大地为子中你说生国年着就那和要她出也得里后自以会"
    "家可下过天去能对小多然于心学么之都好看起发当没成只如事把还用第样道想作种开"
)
BOT: Final = (
    "签到成功，积分+{n}",
    "今日运势：{n}分",
    "欢迎新人，请看公告",
    "整点报时 {n}点",
)


def said(chance: random.Random) -> str:
    """One message of chatter."""
    sort = chance.random()
    if sort < 0.3:
        return chance.choice(SHORT)
    if sort < 0.65:
        parts = (chance.choice(WHO), chance.choice(WHEN), chance.choice(DID), chance.choice(AFTER))
        return "".join(parts)
    if sort < 0.8:
        return chance.choice(ASKED).format(w=chance.choice(WHO)) + chance.choice(("", "？", "?"))
    # Nobody can make up a million sentences: characters at random stand for the rest.
    return "".join(chance.choices(COMMON, k=chance.randint(4, 18)))


def said_by_bot(chance: random.Random) -> str:
    """What a group's bot says."""
    return chance.choice(BOT).format(n=chance.randint(1, 24))
