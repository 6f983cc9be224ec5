"""Which of several readings of goods, sources and methods a listing gives."""

import pytest

from ingest.extract import Rules, extract
from ingest.records import Listing, Text


@pytest.fixture(scope="module")
def rules() -> Rules:
    return Rules.load()


def _read(text: str, rules: Rules) -> Listing:
    (reading,) = extract([Text("1", text)], rules)
    return reading.listings[0]


@pytest.mark.parametrize(
    ("text", "goods", "source"),
    [
        ("Telkomsel customers, 20k rows, $300, @demo_x", "citizen_db_foreign", "telkomsel"),
        ("selling Shopee customer data, 20k rows, $300, tg @demo_x", "ecom_orders", "shopee"),
        ("建行料 8毛一条 五百起 扣88213345", "bank_finance", "ccb"),
        ("[转自 股民交流群]\n顺丰面单 2毛一条 @demo_x", "courier_labels", "sf"),
    ],
)
def test_exact_goods_win_over_data_at_the_same_place(
    rules: Rules, text: str, goods: str, source: str
) -> None:
    found = _read(text, rules)
    assert [p.id for p in found.products] == [f"product/{goods}"]
    assert [str(s.id).rsplit("/", 1)[-1] for s in found.sources] == [source]


@pytest.mark.parametrize("text", ["出母婴面单 2毛一条 @demo_x", "出卡车车主 2毛一条 @demo_x"])
def test_goods_that_touch_a_head_say_what_kind(rules: Rules, text: str) -> None:
    assert len(_read(text, rules).products) == 1


@pytest.mark.parametrize("text", ["出棋pai料 2毛一条 @demo_x", "出菠cai充值 5毛 @demo_x"])
def test_half_spelled_words_are_read(rules: Rules, text: str) -> None:
    assert [p.id for p in _read(text, rules).products] == ["product/gambling_leads"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("供新生儿出生登记料,卫健委里的人导的,2块一条 @demo_x", "employer_of_insider"),
        ("出体检客户,某医院系统渗透拿的,5毛一条 @demo_x", "breached_system"),
        ("410 GB mailbox dump of an Italian law firm, $500, @demo_x", "breached_system"),
    ],
)
def test_methods_and_goods_tell_the_kind_of_a_source(rules: Rules, text: str, kind: str) -> None:
    assert [s.kind for s in _read(text, rules).sources] == [kind]


def test_names_behind_words_that_a_name_follows(rules: Rules) -> None:
    found = _read("leads from Chase, $0.3 each, dm @demo_x", rules)
    assert [s.id for s in found.sources] == ["org/bank/us/chase"]
