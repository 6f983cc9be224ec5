"""One test a trap and a matching rule of the domain pages."""

import pytest

from tests.ingest.extract.reading import listings, only, read

_CM, _CU, _CT = (f"org/operator/cn/china_{name}" for name in ("mobile", "unicom", "telecom"))


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("出股民料 @demo_name", "offer"),
        ("收股民料 @demo_name", "request"),
        ("谁有股民料 @demo_name", "request"),
        ("有股民料的来 @demo_name", "request"),
        ("要股民料的来 @demo_name", "offer"),
        ("需要股民料的老板联系 @demo_name", "offer"),
        ("股民料出售 @demo_name", "offer"),
        ("股民料求购 @demo_name", "request"),
        ("招股民料代理 @demo_name", "recruit"),
        ("股民料换网贷料 @demo_name", "swap"),
        ("WTS forex leads @demo_name", "offer"),
        ("WTB forex leads @demo_name", "request"),
        ("forex leads for sale, dm to buy @demo_name", "offer"),
        ("looking for insiders at Verizon @demo_name", "recruit"),
    ],
)
def test_the_act_decides_the_polarity(text: str, polarity: str) -> None:
    assert only(text).polarity == polarity


@pytest.mark.parametrize(
    "text",
    [
        "不收股民料",
        "不出股民料",
        "股民料勿扰",
        "拒绝股民料",
        "not selling forex leads",
        "停收股民料",
    ],
)
def test_negated_trade_is_no_trade(text: str) -> None:
    assert listings(text) == ()


def test_negation_has_a_scope() -> None:
    listing = only("收股民料 不收网贷料 中介勿扰 @demo_name")
    assert [p.id for p in listing.products] == ["product/stock_leads"]
    assert "middleman" not in {r.role for r in listing.roles}


@pytest.mark.parametrize(
    ("words", "test"),
    [
        ("免测勿扰", "refused"),
        ("骗测勿扰", "refused"),
        ("不提供测试", "refused"),
        ("可测", "offered"),
        ("先测后谈", "offered"),
        ("免测", None),
    ],
)
def test_tests(words: str, test: str | None) -> None:
    assert only(f"出股民料 {words} @demo_name").claims.test == test


@pytest.mark.parametrize(
    "text",
    [
        "移动硬盘便宜出 200元",
        "苹果15元一箱 包邮",
        "土豆便宜卖 2元一斤",
        "顺丰到付 出旧手机 500元",
        "滴滴我 有事",
        "坐飞机去北京 @demo_name",
    ],
)
def test_ambiguous_names_alone_are_nothing(text: str) -> None:
    assert listings(text) == ()


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("出移动料 实时 @demo_name", [_CM]),
        ("出三网实时股民料 @demo_name", [_CM, _CU, _CT]),
        ("出移动联通电信股民料 @demo_name", [_CM, _CU, _CT]),
        ("移动运营商股民料 出 @demo_name", [None]),
        ("运营商内部 出股民料 @demo_name", [None]),
        ("出股民料 移动支付 @demo_name", []),
        ("出股民料 支付宝付款 @demo_name", []),
    ],
)
def test_operators(text: str, ids: list[str | None]) -> None:
    assert [s.id for s in only(text).sources] == ids


def test_three_networks_are_flagged_and_vague_ones_counted() -> None:
    expanded = only("出三网股民料 @demo_name").sources
    assert [(s.expanded, s.cardinality, s.quote) for s in expanded] == [(True, 1, "三网")] * 3
    vague = only("两家运营商的实时股民料 出 @demo_name").sources
    assert [(s.id, s.cardinality) for s in vague] == [(None, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "叶子 邮票 现货 一手 @demo_name",
        "警方提醒 切勿出售银行卡 @police_demo",
        "母婴店开业 奶粉八折 电话 13800138000",
        "公司招聘数据分析师 五险一金",
        "认准@my_demo 唯一 谨防假冒",
        "骗子太多了",
        "某人出售公民信息被判刑",
    ],
)
def test_drugs_goods_official_warnings_and_talk_are_none(text: str) -> None:
    assert listings(text) == ()


@pytest.mark.parametrize(
    ("text", "accused"),
    [
        ("骗子 @bad_demo 收钱不发货", "bad_demo"),
        ("曝光 QQ 12345678 跑路", "12345678"),
        ("scammer @bad_demo took my money", "bad_demo"),
    ],
)
def test_a_warning_needs_a_named_account(text: str, accused: str) -> None:
    listing = only(text)
    assert listing.polarity == "warning"
    assert [(c.value, c.owner) for c in listing.contacts] == [(accused, "accused")]
    assert "cheat" not in {r.role for r in listing.roles}


@pytest.mark.parametrize(
    ("words", "escrow"),
    [
        ("可走担保", ["escrow/generic"]),
        ("公群", ["escrow/generic"]),
        ("走汇旺担保", ["escrow/huione"]),
        ("走新币", ["escrow/xinbi"]),
        ("新币结算", []),
        ("不走担保", []),
        ("已上押", []),
    ],
)
def test_escrow(words: str, escrow: list[str]) -> None:
    listing = only(f"出股民料 {words} @demo_name")
    assert [e.id for e in listing.escrow] == escrow
    assert "escrow_agent" not in {r.role for r in listing.roles}


def test_escrow_that_is_sold() -> None:
    listing = only("承接担保 专群交易 @demo_name")
    assert [p.id for p in listing.products] == ["service/escrow"]
    assert listing.escrow == ()
    assert listing.roles[0].role == "escrow_agent"


@pytest.mark.parametrize(
    ("text", "methods", "products"),
    [
        ("出股民料 联通抓取 @demo_name", ["operator_dpi"], ["product/stock_leads"]),
        ("出股民料 网站抓取 @demo_name", ["crawler"], ["product/stock_leads"]),
        ("出股民料 内部渠道 @demo_name", ["insider_export"], ["product/stock_leads"]),
        ("代查户籍 内部渠道 @demo_name", ["insider_query"], ["product/lookup_household"]),
        ("出脱库数据 @demo_name", ["intrusion"], ["product/hacked_db"]),
    ],
)
def test_methods_by_context(text: str, methods: list[str], products: list[str]) -> None:
    listing = only(text)
    assert [m.id for m in listing.methods] == methods
    assert sorted({p.id for p in listing.products}) == products


def test_camouflage_needs_the_trade_and_keeps_its_letters() -> None:
    listing = only("收QP料 BC料 一首 @demo_name")
    assert [(p.id, p.quote[:2]) for p in listing.products] == [("product/gambling_leads", "QP")]
    assert listings("BC省在加拿大 QP是什么") == ()


def test_fields_only_in_a_list() -> None:
    assert only("出股民料 字段 姓名、手机号、地址 @demo_name").claims.fields == (
        "name",
        "phone",
        "address",
    )
    assert only("出股民料 电话联系 @demo_name").claims.fields == ()


def test_jurisdictions_are_named_or_follow_from_an_operator() -> None:
    assert only("出东南亚股民料 @demo_name").claims.jurisdictions == ("SEA",)
    assert only("出联通股民料 @demo_name").claims.jurisdictions == ("CN",)
    assert only("selling forex leads, join us @demo_name").claims.jurisdictions == ()


def test_a_price_list_gives_a_listing_a_line() -> None:
    found = listings("出料：\n股民料 0.5元/条\n网贷料 0.3元/条\n1000条起 飞机@demo_name")
    assert [(f.listing, f.products[0].id, f.prices[0].value) for f in found] == [
        (0, "product/stock_leads", 0.5),
        (1, "product/loan_leads", 0.3),
    ]
    assert all(f.contacts[0].value == "demo_name" for f in found)
    assert all(f.prices[0].min_quantity == 1000 for f in found)
    assert all(f.roles[0].role == "supplier" for f in found)


def test_offer_and_request_in_one_line() -> None:
    found = listings("出股民料 收网贷料 @demo_name")
    assert [(f.polarity, f.products[0].id) for f in found] == [
        ("offer", "product/stock_leads"),
        ("request", "product/loan_leads"),
    ]


def test_a_forwarded_post_counts_half() -> None:
    own = read("出股民料 @demo_name").listings[0].roles[0]
    forwarded = read("出股民料 @demo_name", "forwarded").listings[0].roles[0]
    assert own.cues[0].weight == 1.2
    assert forwarded.cues[0].weight == 0.6


def test_words_about_others_are_no_cue() -> None:
    listing = only("出股民料 感谢群主 下家勿扰 @demo_name")
    assert {r.role for r in listing.roles} == {"supplier"}


def test_mentions_need_a_second_cue_where_ambiguous() -> None:
    assert read("股民料最近不好做").mentions == ("product/stock_leads",)
    assert read("今天看体育").mentions == ()


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("出股民料 @demo_name", "zh"),
        ("出售車主資料 實時 飛機 @demo_name", "zh-Hant"),
        ("selling forex leads @demo_name", "en"),
        ("出 fresh forex leads 一手 with escrow @demo_name", "mixed"),
    ],
)
def test_language(text: str, lang: str) -> None:
    assert only(text).lang == lang
