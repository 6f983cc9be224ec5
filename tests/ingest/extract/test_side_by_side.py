"""Standing side by side is no relation: amounts, sources and contacts of others are not linked."""

import pytest

from ingest.records import Listing
from tests.ingest.extract.reading import listings


def _of(text: str, product: str) -> list[Listing]:
    return [each for each in listings(text) if any(product in p.id for p in each.products)]


def _prices(text: str, product: str) -> list[float]:
    return sorted(price.value for each in _of(text, product) for price in each.prices)


@pytest.mark.parametrize(
    ("text", "product", "price"),
    [
        ("楼下打印店的假证都要200,我们做的毕业证800 @demo_side1", "fake_docs", 800),
        ("朋友卖我五毛的网贷,我六毛给大家 @demo_side1", "loan_leads", 0.6),
        ("面单一毛五那是骗你的,正常都两毛五 @demo_side1", "courier_labels", 0.25),
        ("查户籍80,查不到退40 @demo_side1", "lookup_household", 80),
        ("什么时候面单能回到一毛就好了。先挂着:面单两毛三 @demo_side1", "courier_labels", 0.23),
        ("介绍客户买四件套返80,四件套零售1280 @demo_side1", "mule_kits", 1280),
        ("顺丰涨到6毛我没跟,面单还是中通的,2毛 @demo_side1", "courier_labels", 0.2),
        (
            "Kept courier labels at $0.08 a year. Sorry, it's $0.12 from now on. @demo_side1",
            "courier_labels",
            0.12,
        ),
        ("收电信卡50一张,出移动实时棋牌7毛 @demo_side1", "gambling_leads", 0.7),
        ("上家报价:股民7毛、网贷2毛5。我的价:股民9毛、网贷4毛 @demo_side1", "stock_leads", 0.9),
    ],
)
def test_a_price_that_is_not_the_authors_is_not_linked(
    text: str, product: str, price: float
) -> None:
    assert _prices(text, product) == [price]


def test_wages_are_no_price_of_the_goods() -> None:
    text = "招客服2名,底薪6000,负责接单。主营业务:查机主40,查户籍90 @demo_side1"
    assert 6000 not in [price.value for each in listings(text) for price in each.prices]


@pytest.mark.parametrize("head", ["——{}区——", "{}:"])
def test_a_price_heads_the_goods_below_it(head: str) -> None:
    text = "\n".join([head.format("5毛"), "网贷", "宝妈", head.format("1元"), "股民", "医美"])
    assert _prices(text, "loan_leads") == _prices(text, "parenting_leads") == [0.5]
    assert _prices(text, "stock_leads") == _prices(text, "health_leads") == [1]


def test_headings_say_what_the_rows_below_do() -> None:
    text = "求购:\n1. 医美客户 1块5\n2. 宝妈 5毛\n出售:\n1. 网贷 6毛\n2. 棋牌 7毛\n@demo_side1"
    acts = {p.id.split("/")[1]: each.polarity for each in listings(text) for p in each.products}
    assert acts == {
        "health_leads": "request",
        "parenting_leads": "request",
        "loan_leads": "offer",
        "gambling_leads": "offer",
    }


def test_hours_and_names_part_the_contacts_of_a_copied_talk() -> None:
    text = "老周 20:11\n收币圈料 2块\n小鱼 20:13\n有股民要吗 1块 @demo_side1"
    (bid,), (offer,) = _of(text, "crypto_leads"), _of(text, "stock_leads")
    assert not bid.contacts
    assert [contact.value for contact in offer.contacts] == ["demo_side1"]


def test_a_source_stays_with_the_goods_of_its_clause() -> None:
    text = "面单走圆通后台,话单走电信内部,两样别混 面单3毛 话单900 @demo_side1"
    for listing in _of(text, "courier_labels"):
        assert "org/operator/cn/china_telecom" not in [source.id for source in listing.sources]


def test_a_source_in_a_heading_is_that_of_all_rows() -> None:
    text = "极兔 · 圆通 面单\n→ 女装 0.55\n→ 母婴 0.75\nsafew: demo_side1"
    found = {s.id for each in listings(text) for s in each.sources}
    assert found == {"org/courier/jt", "org/courier/yto"}


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("股民8毛 网贷停售 棋牌6毛 @demo_side1", "loan_leads"),
        ("不收料,不跑分,只租服务器,抗投诉,450一个月 @demo_side1", "laundering"),
        ("三万条宝妈刚被人包了,还剩一万二考研的,4毛 @demo_side1", "parenting_leads"),
        ("定位业务暂时关闭,恢复另行通知。话单1400照接 @demo_side1", "lookup_location"),
    ],
)
def test_what_is_not_sold_is_no_listing(text: str, gone: str) -> None:
    assert not _of(text, gone)


def test_a_tale_of_a_cheat_beside_ones_own_goods_accuses_nobody() -> None:
    text = "A buddy got scammed for $500 buying kyc packs. Mine: $20 each, @demo_side1"
    assert [each.polarity for each in listings(text)] != ["warning"]


def test_a_keycap_in_front_of_a_row_is_no_name_of_operators() -> None:
    text = "1⃣棋牌 0.65\n2⃣股民 1.15\n3⃣网贷 0.3\n@demo_side1"
    assert _prices(text, "loan_leads") == [0.3]
    assert not any(each.sources for each in listings(text))


@pytest.mark.parametrize(
    "text",
    [
        "承接快递代发,仓储一件代发,面单打印1毛一单",
        "出微信公众号,粉丝2万,主体可迁移",
        "出售母婴店库存纸尿裤,L码,45一包",
    ],
)
def test_ordinary_business_is_no_listing(text: str) -> None:
    assert not listings(text)
