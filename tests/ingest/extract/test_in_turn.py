"""Goods and values in one order, contacts in turn, names in passing, and what is not of today."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract.undecided import UNDECIDED
from tests.ingest.extract.reading import listings, only

_GOODS = {
    "股民": "stock_leads",
    "网贷": "loan_leads",
    "母婴": "parenting_leads",
    "棋牌": "gambling_leads",
}


def _prices(text: str) -> dict[str, list[float]]:
    return {
        product.id.split("/")[1]: [price.value for price in each.prices]
        for each in listings(text)
        for product in each.products
    }


def _contacts(text: str) -> dict[str, list[str]]:
    return {
        product.id.split("/")[1]: [c.value for c in each.contacts if c.owner == "seller"]
        for each in listings(text)
        for product in each.products
    }


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from(sorted(_GOODS)), min_size=2, max_size=4, unique=True),
    st.lists(st.integers(2, 9), min_size=4, max_size=4, unique=True),
    st.sampled_from(["/", "、"]),
)
def test_a_list_of_prices_goes_with_the_list_of_goods(
    goods: list[str], prices: list[int], sign: str
) -> None:
    values = [f"{price}毛" for price in prices[: len(goods)]]
    text = f"{sign.join(goods)} 分别{sign.join(values)} @demo_turn20"
    assert _prices(text) == {
        _GOODS[name]: [price / 10] for name, price in zip(goods, prices, strict=False)
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("股民/网贷/母婴:0.8元/0.5元/0.4元 @demo_turn21", (0.8, 0.5, 0.4)),
        ("产品:股民 网贷 母婴\n价格:8毛 5毛 4毛\n联系:@demo_turn21", (0.8, 0.5, 0.4)),
        ("股民、网贷都有货,前者8毛,后者5毛 @demo_turn21", (0.8, 0.5)),
        ("investor data and loan leads: the former $2, the latter $1, @demo_turn21", (2, 1)),
        ("investor data and loan leads, 0.4 and 0.1 usd respectively @demo_turn21", (0.4, 0.1)),
    ],
)
def test_values_in_the_order_of_the_goods(text: str, expected: tuple[float, ...]) -> None:
    names = ("stock_leads", "loan_leads", "parenting_leads")
    found = _prices(text)
    assert [found[name] for name in names[: len(expected)]] == [[value] for value in expected]


def test_more_goods_than_prices_leave_the_prices_out() -> None:
    text = "股民/网贷/母婴 0.8元/0.5元 @demo_turn22"
    assert not any(each.prices for each in listings(text))
    assert any(UNDECIDED in each.problems for each in listings(text))


@pytest.mark.parametrize(
    "text",
    [
        "阿强 @demo_turn23 专出股民,8毛;小敏 @demo_turn24 专出母婴,7毛",
        "股民找@demo_turn23 ,母婴找@demo_turn24",
    ],
)
def test_goods_and_contacts_take_turns(text: str) -> None:
    assert _contacts(text) == {"stock_leads": ["demo_turn23"], "parenting_leads": ["demo_turn24"]}


@pytest.mark.parametrize(
    "text",
    [
        "网贷料5毛,微信支付、云闪付都收 @demo_turn25",
        "网贷料5毛,微信不回,抖音也搜不到我 @demo_turn25",
        "网贷料5毛,拿去抖音投放转化好 @demo_turn25",
        "平安、人保的业务员都在我这拿网贷料,5毛 @demo_turn25",
        "loan leads $0.1, PayPal friends and family ok @demo_turn25",
        "Verizon got fined again lol. Anyway, selling loan leads $0.1 @demo_turn25",
    ],
)
def test_an_organisation_with_another_part_is_no_source(text: str) -> None:
    assert [p.id for p in only(text).products] == ["product/loan_leads"]
    assert not only(text).sources


@pytest.mark.parametrize(
    "text",
    [
        "支付宝用户数据 0.5一条 @demo_turn26",
        "Coinbase, PayPal and Chase sessions, stealer logs $10 @demo_turn26",
        "圆通面单 0.3一条 @demo_turn26",
    ],
)
def test_an_organisation_beside_its_data_stays_a_source(text: str) -> None:
    assert only(text).sources


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("以前做棋牌,现在只做股民料,9毛 @demo_turn27", "product/stock_leads"),
        ("下个月上棋牌料,目前只有股民料,9毛 @demo_turn27", "product/stock_leads"),
        ("SOLD OUT: CVV. Still selling: loan leads, $0.1 @demo_turn27", "product/loan_leads"),
    ],
)
def test_only_what_is_sold_today(text: str, product: str) -> None:
    assert [p.id for each in listings(text) for p in each.products] == [product]


def test_a_supposed_price_is_none() -> None:
    text = "要是我股民料卖2块你们还要吗?开玩笑,股民料还是9毛 @demo_turn28"
    assert _prices(text) == {"stock_leads": [0.9]}


@pytest.mark.parametrize(
    "text",
    [
        "土豆担保关了,现在走汇旺担保,网贷料4毛 @demo_turn29",
        "以前走土豆担保,如今汇旺担保,网贷料4毛 @demo_turn29",
    ],
)
def test_a_guarantee_that_was_given_up(text: str) -> None:
    assert [each.id for each in only(text).escrow] == ["escrow/huione"]


def test_what_is_sold_beside_a_swap() -> None:
    found = _prices("母婴料换棋牌料,一换一。另外单卖股民料,9毛 @demo_turn30")
    assert found["stock_leads"] == [0.9]
    assert not found["gambling_leads"]


def test_paragraphs_keep_their_figures_and_contacts() -> None:
    text = "【股民】\n现货3万\n0.9元/条\n@demo_turn31\n\n【网贷】\n现货8万\n0.4元/条\n@demo_turn32"
    assert _prices(text) == {"stock_leads": [0.9], "loan_leads": [0.4]}
    assert _contacts(text) == {"stock_leads": ["demo_turn31"], "loan_leads": ["demo_turn32"]}
