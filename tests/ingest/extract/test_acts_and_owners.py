"""Acts that lists, prices and answers state, who is sought, and whose contact stands where."""

import pytest

from ingest.extract import Rules, extract
from ingest.records import Listing, Text


@pytest.fixture(scope="module")
def rules() -> Rules:
    return Rules.load()


def _read(text: str, rules: Rules) -> tuple[Listing, ...]:
    return extract([Text(id="1", text=text, voice="own")], rules)[0].listings


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("谁家今天产检的出得多?我全吃", "request"),
        ("缺保健品客户,谁那边能供", "request"),
        ("快递站点的兄弟看过来,拍面单一张五毛", "recruit"),
        ("looking for someone working at DHL, 100 usd per day, dm @demo_dhl", "recruit"),
        ("诚招各地代理:我们做查人,每单返点25%。报名飞机 @demo_zongbu", "recruit"),
        ("股民料 联通的 三毛收", "request"),
        ("@demo_wang 有的老板,股民料三毛一条", "offer"),
    ],
)
def test_act_of_a_post(text: str, polarity: str, rules: Rules) -> None:
    assert [each.polarity for each in _read(text, rules)] == [polarity]


@pytest.mark.parametrize(
    "text",
    [
        "招快递员,包吃住,月薪8000",
        "招聘银行柜员数名,要求本科,微信 hr_bank01",
        "朋友在银行柜台上班,天天加班",
        "anyone working at Amazon here? how is the pay",
        "hiring nurses for our clinic, apply on our website",
    ],
)
def test_plain_jobs_are_no_listing(text: str, rules: Rules) -> None:
    assert _read(text, rules) == ()


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("出股民料 三毛一条", {"supplier"}),
        ("🔥出🔥\n股民 五毛一条\n网贷 三毛一条", {"supplier"}),
        ("甩一份股民料 三毛一条", {"supplier"}),
        ("收股民料 三毛一条", {"buyer"}),
        ("缺股民料,谁那边能供", set()),
        ("没有中间商,出股民料 三毛一条", {"supplier"}),
    ],
)
def test_only_a_word_for_the_act_is_a_cue(text: str, roles: set[str], rules: Rules) -> None:
    found = _read(text, rules)
    assert found
    assert all({role.role for role in each.roles} == roles for each in found)


def test_who_a_message_opens_with_is_another(rules: Rules) -> None:
    (asked,) = _read("@demo_laowu 求职料还有吗?要上海的,5000条,怎么卖", rules)
    assert [(c.value, c.owner) for c in asked.contacts] == [("demo_laowu", "other")]
    (own,) = _read("@demo_wuliu 面单 5毛一条", rules)
    assert [(c.value, c.owner) for c in own.contacts] == [("demo_wuliu", "seller")]


@pytest.mark.parametrize(
    ("written", "kind", "value"),
    [
        ("微伈 demo_abc1", "wechat", "demo_abc1"),
        ("蝙🦇9073351", "batchat", "9073351"),
        ("session demo05af91", "session", "demo05af91"),
        ("ask @demo_orchard", "telegram", "demo_orchard"),
    ],
)
def test_spellings_of_contacts(written: str, kind: str, value: str, rules: Rules) -> None:
    (found,) = _read(f"出股民料 三毛一条 {written}", rules)
    assert [(c.kind, c.value, c.owner) for c in found.contacts] == [(kind, value, "seller")]
