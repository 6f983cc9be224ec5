"""Goods, sources, methods and roles that are put together from words that stand apart."""

import pytest

from tests.ingest.extract.reading import only


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("selling online casino players from Brazil, 0.2 USD per record @demo_name", "gambling"),
        ("selling bank and savings customers, 90 USD per 1k @demo_name", "bank_finance"),
        ("出 待产妈妈 资料 5毛一条 @demo_name", "parenting_leads"),
        ("出越南人 资料 5毛一条 @demo_name", "citizen_db_foreign"),
        ("selling LinkedIn dump, 700M rows, 500 USD @demo_name", "hacked_db"),
        ("出币安交易用户 资料 3U一条 @demo_name", "crypto_leads"),
        ("可代查征信 200一次 @demo_name", "credit_report"),
        ("出棋牌源码 2000U @demo_name", "site_build"),
    ],
)
def test_a_topic_and_people_are_goods(text: str, product: str) -> None:
    names = [p.id.split("/")[1] for p in only(text).products]
    assert len(names) == 1
    assert names[0].startswith(product)


def test_goods_of_one_id_are_one_entry_and_the_one_behind_the_act() -> None:
    products = only("航旅料\n出今日机票料 2U一条 @demo_name").products
    assert [p.quote for p in products] == ["机票料"]


@pytest.mark.parametrize(
    ("text", "quote", "kind", "number"),
    [
        ("selling loan leads from a bank, 1 USD each @demo_name", "a bank",
         "data_subject_service", None),
        ("selling stock leads of two big mobile operators, 1 USD each @demo_name",
         "two big mobile operators", "extraction_point", 2),
        ("出某头部电商订单数据 6毛一条 @demo_name", "某头部电商", "data_subject_service", None),
    ],
)  # fmt: skip
def test_a_vague_source_keeps_its_words(
    text: str, quote: str, kind: str, number: int | None
) -> None:
    source = only(text).sources[0]
    assert (source.id, source.quote, source.kind, source.cardinality) == (None, quote, kind, number)


def test_what_is_sold_under_its_own_name_is_no_method() -> None:
    assert only("出强登料 2块一个 @demo_name").methods == ()
    assert only("供应面单 不是翻拍的 8毛一条 @demo_name").methods == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("出深圳车主料 8毛一条 @demo_name", ("CN",)),
        ("selling Brazilian casino leads 1 USD each @demo_name", ("BR",)),
        ("selling casino leads SG / MY / TH 1 USD each @demo_name", ("SG", "MY", "TH")),
        ("selling my casino leads 1 USD each @demo_name", ()),
    ],
)
def test_places(text: str, codes: tuple[str, ...]) -> None:
    assert only(text).claims.jurisdictions == codes


def test_goods_say_what_their_seller_is() -> None:
    assert {r.role for r in only("卖四件套 1800一套 @demo_name").roles} == {
        "mule_supplier", "supplier",
    }  # fmt: skip
    assert {r.role for r in only("收四件套 1800一套 @demo_name").roles} == {"buyer"}
    assert only("曝光骗子 @demo_name 一手 收钱不发货").roles == ()
