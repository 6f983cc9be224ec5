"""What goods are counted in, where the words beside a number count anything."""

import pytest

from ingest.lexicon import load_lexicon
from ingest.records import Quantity
from tests.ingest.extract.reading import only


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("拦截码 一条1.2U 全国号段 秒到 日20万量", (200_000, "message", "day")),
        ("短信拦截料 日量3-5万", (30_000, "message", "day")),
        ("人脸代过 日量300", (300, "other", "day")),
        ("劫持流量 0.8u/千次 日300万次", (3_000_000, "other", "day")),
        ("查户籍 每天能做20单 飞机 @demo_np1", (20, "query", "day")),
        ("快递面单 每天能做2000单", (2000, "record", "day")),
        ("出微信老号 300只", (300, "account", None)),
        ("出肉鸡 300只", (300, "host", None)),
        ("出股民料 1天300条", (300, "record", "day")),
        ("出股民料 ㄧ天300条", (300, "record", "day")),
    ],
)
def test_a_counter_of_anything_counts_what_the_goods_are(
    text: str, counted: tuple[float, str, str | None]
) -> None:
    first = only(text).quantities[0]
    assert (first.value, first.unit, first.period) == counted


def test_letters_count_where_a_unit_stands_behind_them() -> None:
    assert only("出股民料 l.2一条 扣扣 2846013975").prices[0].value == 1.2
    assert (
        only(
            "wallet look, selling phishing kit, antibot inside. 900 USDT, tg @demo_padsman"
        ).quantities
        == ()
    )


def test_each_row_names_goods_of_the_lexicon_and_a_unit_of_the_record() -> None:
    lexicon = load_lexicon()
    known = {sense.canonical for senses in lexicon.terms.values() for sense in senses}
    units = set(Quantity.__annotations__["unit"].__args__)
    assert set(lexicon.goods_units) <= known
    assert set(lexicon.goods_units.values()) <= units
