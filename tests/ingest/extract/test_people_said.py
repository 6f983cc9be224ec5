"""People who are goods by what they did, and everyday words that only look like goods."""

import pytest

from ingest.extract import Rules, extract
from ingest.records import Text


def goods(text: str) -> list[str]:
    readings = extract([Text(id="1", text=text)], Rules.load())
    return [p.id.split("/")[1] for r in readings for each in r.listings for p in each.products]


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("找打算报旅行团的,广东户,两块一位", "travel"),
        ("在机构报过雅思课的学生,当月,八毛一条 QQ 2839114406", "education"),
        ("刚办完房抵的老板,上海,12一个,飞机@demo_abc1", "loan_leads"),
        ("想倒腾掉一批买过氨糖的老人,1块2一个", "health_leads"),
        ("宝m 浙江 6毛 一万起", "parenting_leads"),
        ("报号吐机主,三网,12一次", "lookup_comms"),
        ("进没进去过,案由都带,120一次", "lookup_misc"),
        ("今天的母婴还是6毛,要的喊我", "parenting_leads"),
        ("手里是毛坯业主,想跟人换点刚上牌的,一比一", "business_contacts"),
    ],
)
def test_people_and_sayings_are_goods(text: str, product: str) -> None:
    assert product in goods(text)


@pytest.mark.parametrize(
    "text",
    [
        "厂长说这个月奖金500一人,周五发",
        "韭菜盒子8块一个,加蛋10块,早上六点开门",
        "单身狗过节,看电影票39一张",
        "护照去过哪些国家可以免签啊,我想去泰国,旅行社报价2600",
        "拉单子去打印店,A3的5毛一张,黑白",
        "刚提车的兄弟记得先贴膜再上牌,别听4S店忽悠",
        "人在哪?我到地铁口了,打你电话不接",
        "彩民中了大奖,两块钱中500万,我怎么没这命",
    ],
)
def test_plain_talk_with_the_same_words_gives_nothing(text: str) -> None:
    assert goods(text) == []
