"""Invented lines, read one by one; what must not be read stands beside what must."""

import pickle
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.acts import ActRules, read_acts
from ingest.records import Act, ContactRef, Listing, Text
from ingest.text.normalise import Normal, normalise
from tests.growth import times_as_long

RULES = ActRules.load()


def acts(text: str, listings: Sequence[Listing] = (), mentions: Sequence[str] = ()) -> list[Act]:
    found = read_acts(Text("1", text), normalise(text), listings, RULES, mentions)
    for act in found:
        start, end = act.span
        assert text[start:end] == act.quote
        assert act.quote == act.quote.strip()
        for party in act.parties:
            assert text[party.span[0] : party.span[1]] == party.quote
    return list(found)


def kinds(text: str, listings: Sequence[Listing] = ()) -> list[str]:
    return [act.kind for act in acts(text, listings)]


def parties(text: str) -> list[tuple[str, str, str]]:
    return [(p.side, p.kind, p.value) for act in acts(text) for p in act.parties]


def listing(polarity: str, *contacts: ContactRef) -> Listing:
    return Listing(
        post="1",
        listing=0,
        text="",
        lang="zh",
        voice="own",
        polarity=polarity,  # type: ignore[arg-type]
        confidence=0.5,
        contacts=contacts,
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("多少钱一条", "buying_words"),
        ("@demo_h01 怎么卖啊", "buying_words"),
        ("先给我来一份", "buying_words"),
        ("要５０００条", "buying_words"),
        ("还有货吗老板", "buying_words"),
        ("how much for 10k?", "buying_words"),
        ("I'll take 20k", "buying_words"),
        ("私聊", "answer"),
        ("@demo_b02 有货 加我", "answer"),
        ("可以", "answer"),
        ("pm me", "answer"),
        ("0.5元一条", "answer"),
        ("300u", "answer"),
        ("$80", "answer"),
        ("0.3U 我这边能给", "answer"),
        ("有 今天的 0.3U 要吗", "answer"),
        ("要8000 走担保可以吗", "buying_words"),
        ("成交！", "taken_up"),
        ("好的 已付", "taken_up"),
        ("收到货款", "taken_up"),
        ("就要这个", "taken_up"),
        ("ok deal", "taken_up"),
        ("just paid", "taken_up"),
        ("I'll take it", "taken_up"),
        ("报名", "joins"),
        ("你好 想做代理", "joins"),
        ("how do i join?", "joins"),
        ("count me in", "joins"),
    ],
)
def test_short_turns(text: str, kind: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "今天天气不错",
        "晚上吃什么",
        "谁要5000条",
        "不要5000条",
        "不管多少钱都不卖",
        "没成交",
        "还没付",
        "成交量很大",
        "别私聊",
        "任何私聊你的都是骗子",
        "没有货",
        "get paid daily in this channel",
        "no deal",
        "what a big deal",
        "not interested",
        "需要的私聊我",
        "招聘 欢迎报名",
        "@demo_h01 靠谱吗",
        "@demo_h01 不靠谱",
        "求推荐靠谱的",
        "推荐一部电影",
        "@demo_h01 买了十注彩票 没中",
        "没收到 @demo_h01 的货",
        "收到@demo_h01 的款",
        "is @demo_h01 legit?",
        "不是@demo_x1的代理",
        "@demo_y1 是 @demo_x1 的代理",
        "你是@demo_x1的代理吗",
        "招代理 找@demo_x1",
        "not an agent of @demo_x1",
        "未上押 5000U",
        "需上押5000U",
        "押金多少",
        "@demo_x1 是骗子吗",
        "@demo_x1 不是骗子",
        "骗子太多 认准@demo_x1",
        "冒充@demo_x1的骗子",
        "骗子勿扰 @demo_x1",
        "骗子 13800138000",
        "@demo_x1 is not a scammer",
        "anyone know if @demo_x1 scammed someone?",
    ],
)
def test_what_is_no_act(text: str) -> None:
    assert kinds(text) == []


def test_yes_in_front_of_a_quantity_takes_up_and_asks() -> None:
    assert kinds("好 先来500条") == ["taken_up", "buying_words"]
    assert acts("好 先来500条")[0].quote == "好 先来500条"


def test_an_advertisement_is_no_turn() -> None:
    text = "有货 私聊 多少钱都有"
    assert kinds(text, [listing("offer")]) == []
    assert kinds("收料 有的加我", [listing("request")]) == []


@pytest.mark.parametrize(
    ("text", "kind", "side"),
    [
        ("@demo_h01 靠谱 合作多次了", "vouch", "praised"),
        ("vouch for @demo_h01, fast delivery", "vouch", "praised"),
        ("收到@demo_h01 的款 爽快", "vouch", "praised"),
        ("从@demo_h01 拿了1万条 质量不错", "received", "praised"),
        ("收到 @demo_h01 的货", "received", "praised"),
        ("@demo_h01 靠谱 500条已收", "received", "praised"),
        ("bought from @demo_h01, all good", "received", "praised"),
        ("received 10k from @demo_h01, good quality", "received", "praised"),
        ("代理 @demo_h01 的货", "agent_of", "principal"),
        ("@demo_h01 授权代理 有需要的来", "agent_of", "principal"),
        ("我给@demo_h01做代理的", "agent_of", "principal"),
        ("selling for @demo_h01", "agent_of", "principal"),
        ("authorized: I represent @demo_h01", "agent_of", "principal"),
        ("骗子 @demo_h01", "accusation", "accused"),
        ("@demo_h01 跑路了 大家小心", "accusation", "accused"),
        ("曝光：@demo_h01 收款不发货", "accusation", "accused"),
        ("scammer @demo_h01", "accusation", "accused"),
        ("got scammed by @demo_h01", "accusation", "accused"),
        ("don't deal with @demo_h01", "accusation", "accused"),
    ],
)
def test_statements_about_a_named_party(text: str, kind: str, side: str) -> None:
    assert kinds(text) == [kind]
    assert parties(text) == [(side, "handle", "demo_h01")]


def test_parties_by_link_number_and_nickname() -> None:
    assert parties("骗子 https://t.me/Demo_H01") == [("accused", "handle", "demo_h01")]
    assert parties("骗子QQ：１０００１２３") == [("accused", "qq", "1000123")]
    assert parties("骗子 10001234 收了钱就拉黑") == [("accused", "qq", "10001234")]
    assert parties("@云雀 是骗子") == [("accused", "handle", "云雀")]
    assert parties("刚跟云雀-甲拿的面单 收到 可以") == [("praised", "handle", "云雀-甲")]
    assert parties("昨天的数据收到了 质量不错") == []


def test_several_names_in_one_sentence_are_nobody() -> None:
    assert kinds("@demo_h01 @demo_h02 靠谱") == []
    assert kinds("@demo_adm1 骗子 @demo_h02") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("买家 @demo_a1 卖家 @demo_b1 担保交易 500U", "escrow_notice"),
        ("卖家：@demo_b1\n买家：@demo_a1\n交易金额 500U 已报备", "escrow_notice"),
        ("甲方@demo_a1 乙方@demo_b1 担保交易 500U 交易完成", "delivery_notice"),
        ("buyer @demo_a1, seller @demo_b1, escrow 500 USDT", "escrow_notice"),
        ("Deal closed. @demo_a1 confirmed, 500 USDT released to @demo_b1.", "delivery_notice"),
        ("@demo_a1(买)@demo_b1(卖) 公群 500U", "escrow_notice"),
        ("@demo_a1 跟 @demo_b1 这单我做担保，500U在我这，@demo_b1发货", "escrow_notice"),
        ("公群放款：@demo_b1 已放款 500U，@demo_a1 确认收货", "delivery_notice"),
    ],
)
def test_notices_name_both_sides(text: str, kind: str) -> None:
    (act,) = acts(text)
    assert act.kind == kind
    assert [(p.side, p.value) for p in act.parties] == [("buyer", "demo_a1"), ("seller", "demo_b1")]
    assert (act.amount, act.currency) == (500, "USDT")


def test_notices_with_bare_names_and_numbers() -> None:
    text = "【交易见证】买家：云雀(10001234) 卖家：山货郎 2600元 钱在我这里"
    assert parties(text)[0] == ("buyer", "qq", "10001234")
    shown = "编号F1\n买方：云雀\n卖方：老K-甲\n金额：600U\n状态：买方已上押"
    assert parties(shown) == [("buyer", "handle", "云雀"), ("seller", "handle", "老k-甲")]
    assert kinds(shown) == ["escrow_notice"]


@pytest.mark.parametrize(
    "text",
    [
        "买家 @demo_a1 卖家 @demo_b1",
        "买家 @demo_a1 卖家 @demo_a1 担保交易",
        "买家 @demo_a1 买家 @demo_b1 担保交易",
        "担保交易 买家 @demo_a1 卖家 @demo_b1 谁知道？",
        "@demo_a1 @demo_b1 担保",
        "买家 卖家 都要报备 走担保",
        "买家 @demo_a1 要走担保",
    ],
)
def test_what_is_no_notice(text: str) -> None:
    assert "escrow_notice" not in kinds(text)


def test_deposits_with_sum_and_service() -> None:
    (act,) = acts("本店 汇旺担保 已上押 5,000U")
    assert (act.kind, act.amount, act.currency, act.escrow) == (
        "deposit",
        5000,
        "USDT",
        "escrow/huione",
    )
    (act,) = acts("lodged a deposit of 2k USDT", [listing("offer")])
    assert (act.amount, act.currency, act.escrow) == (2000, "USDT", None)


def test_accused_contacts_of_a_warning_and_own_contacts() -> None:
    accused = ContactRef("wechat", "demo_w1", "微信demo_w1", (3, 12), "accused")
    (act,) = acts("小心 微信demo_w1 收钱不办事", [listing("warning", accused)])
    assert [(p.kind, p.value) for p in act.parties] == [("contact", "demo_w1")]
    named = ContactRef("telegram", "demo_h01", "@demo_h01", (3, 12), "accused")
    assert kinds("骗子 @demo_h01", [listing("warning", named)]) == ["accusation"]
    assert acts("骗子死全家 微信demo_w1", [listing("warning", accused)]) == []
    own = ContactRef("telegram", "demo_h01", "@demo_h01", (3, 12), "seller")
    assert kinds("骗子 @demo_h01", [listing("offer", own)]) == []


def test_a_principal_by_bare_name() -> None:
    assert parties("代出 料商云雀的股民 找我") == [("principal", "handle", "料商云雀")]
    assert parties("代出 客户的股民 找我") == []


def test_goods_come_from_listings_and_mentions() -> None:
    (act,) = acts("要5000条", mentions=("product/stock_leads",))
    assert act.products == ("product/stock_leads",)


def test_reported_text_is_nobody_s_act() -> None:
    text = Text("1", "骗子 @demo_h01", voice="reported")
    assert read_acts(text, normalise(text.text), (), RULES) == ()


def test_spans_survive_marks_that_the_normaliser_drops() -> None:
    (act,) = acts("\u200b骗\u200b子 ＠demo_h01\u200b 大家小心")
    assert act.quote == "骗\u200b子 ＠demo_h01"
    assert act.parties[0].quote == "＠demo_h01"


def test_masked_names_are_nobody() -> None:
    assert parties("骗子 @demo▮▮▮▮") == []
    assert parties("骗子 1000▮▮▮▮") == []


def test_rules_pickle_as_nothing() -> None:
    assert len(pickle.dumps(RULES)) < 200
    assert pickle.loads(pickle.dumps(RULES)).version == RULES.version


WORDS = st.sampled_from(
    [
        "@demo_h01",
        "骗子",
        "买家",
        "卖家",
        "担保",
        "已",
        "收到",
        "的货",
        "靠谱",
        "吗",
        "500U",
        "代理",
        " ",
        "\n",
    ]
)


@given(st.lists(WORDS | st.text(max_size=4), max_size=12).map("".join))
def test_any_text_gives_exact_spans(text: str) -> None:
    acts(text)


def test_lone_surrogates_nul_and_long_lines() -> None:
    for text in ("\ud83d 骗子 @demo_h01", "\0" * 50, "@" * 7000, "骗子" * 3500, "买" * 100_000):
        acts(text)


def test_chatter_costs_a_fraction_of_a_reading() -> None:
    chatter = normalise("昨天的比赛你看了没有，真精彩")
    busy = normalise("@demo_a1 跟 @demo_b1 这单我做担保，500U在我这，@demo_b1发货")

    def reading(normal: Normal, times: int) -> Callable[[], object]:
        return lambda: [read_acts(Text("1", normal.text), normal, (), RULES) for _ in range(times)]

    assert times_as_long(reading(busy, 300), reading(chatter, 3_000), 1) < 1
