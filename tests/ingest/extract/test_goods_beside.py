"""Which goods a word names by what stands beside it, and words that only describe goods."""

import pytest

from ingest.extract import Rules, extract
from ingest.records import Text


@pytest.fixture(scope="module")
def rules() -> Rules:
    return Rules.load()


def _goods(text: str, rules: Rules) -> list[list[str]]:
    (reading,) = extract([Text("1", text)], rules)
    return [[p.id.split("/")[1] for p in each.products] for each in reading.listings]


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        (
            "开房 350/次\n名下车 120/次\n火车票 240/次\n@demo_cha7",
            ["lookup_hotel", "lookup_movement"],
        ),
        ("出江苏社保 120万条 2万打包 @demo_sb9", ["gov_data"]),
        ("查社保 一次120 @demo_sb9", ["lookup_misc"]),
        ("出远控免杀 月付300u @demo_yk1", ["rat"]),
        ("收工行流水大的一类卡 3000一套 @demo_k5", ["mule_kits"]),
        ("出母婴料 老人学生各半 五毛一条 @demo_b2", ["parenting_leads"]),
    ],
)
def test_the_goods_follow_from_what_stands_beside_them(
    rules: Rules, text: str, goods: list[str]
) -> None:
    assert sorted({each for one in _goods(text, rules) for each in one}) == goods


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("出 瑜伽馆会员 2万条 三毛一条 @demo_yj", "data_generic"),
        ("收茶叶厂的老板电话 一块二一条 要五百条 @demo_cy", "business_contacts"),
        ("放下月到期的车险到期户 1块一条 Q 71002003", "bank_finance"),
        ("期货直播间进场客 四块一个 日两百 @demo_qh", "stock_leads"),
        ("托班缴费名册 六千条 八毛一条 @demo_tb", "parenting_leads"),
        ("实名代过 单笔90 十单起 @demo_sm", "face_bypass"),
        ("二要素核验接口 三分一次 充300起 @demo_ys", "lookup"),
        ("selling 30 rooted mail servers, 40 usd each, @demo_box", "compromised_hosts"),
        ("克隆券商app 一套2000u @demo_kl", "phishing"),
        ("出 老 年 bj 成 交,五 毛 一 条,两 千 条 @demo_bj", "health_leads"),
    ],
)
def test_goods_of_a_branch_are_known(rules: Rules, text: str, goods: str) -> None:
    assert _goods(text, rules)[0] == [goods]


@pytest.mark.parametrize(
    "text",
    [
        "幼儿园报名表要填父母电话吗",
        "健身会员卡转让,还剩八个月,原价两千",
        "今天去办车险续保,比去年贵三百",
    ],
)
def test_everyday_talk_of_a_branch_is_no_listing(rules: Rules, text: str) -> None:
    assert _goods(text, rules) == []
