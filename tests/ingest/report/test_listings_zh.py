"""Listings told in Chinese, in the words of invented reports."""

import pytest

from tests.ingest.report.conftest import Reader
from tests.ingest.report.kinds import listings, products, slots_quote_the_text

REPORT = """发布时间：2022年4月20日
2022年3月，某卖家在暗网论坛出售约20万条母婴数据，售价0.3元一条，称数据来自两家运营商内部。该卖家称可提供样本。
1月中旬，一名网友在Telegram群兜售棋牌数据，可走担保。
2021年12月5日，有黑客在论坛挂售被黑的企业数据库。
"""


def test_every_listing_is_found_with_its_date(read: Reader) -> None:
    found = listings(read(REPORT))
    assert [(one.date, one.precision, one.polarity, one.voice) for one in found] == [
        ("2022-03-01", "month", "offer", "reported"),
        ("2022-01-01", "month", "offer", "reported"),
        ("2021-12-05", "day", "offer", "reported"),
    ]
    for one in found:
        slots_quote_the_text(REPORT, one)


def test_slots_are_those_of_chat(read: Reader) -> None:
    first, second, _ = listings(read(REPORT))
    assert products(first) == ["product/parenting_leads"]
    assert [(q.value, q.unit) for q in first.quantities] == [(200_000, "record")]
    assert [(p.value, p.currency, p.per) for p in first.prices] == [(0.3, "CNY", "record")]
    assert [(s.id, s.cardinality) for s in first.sources] == [(None, 2)]
    assert first.claims.test == "offered"
    assert products(second) == ["product/gambling_leads"]
    assert [e.id for e in second.escrow] == ["escrow/generic"]


@pytest.mark.parametrize(
    "sentence",
    [
        "不法分子经常在论坛出售公民个人信息。",
        "某公司向客户提供数据服务。",
        "警方抓获一名在论坛出售母婴数据的卖家。",
        "该卖家并未出售母婴数据。",
        "法律禁止任何人出售公民个人信息。",
    ],
)
def test_lawful_general_and_negated_talk_is_no_listing(read: Reader, sentence: str) -> None:
    assert listings(read(sentence)) == []
