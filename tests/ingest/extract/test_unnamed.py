"""Words that no term names, in the places of goods: their amounts are nobody's."""

import pytest

from ingest.extract.scene import Scene
from ingest.extract.value_labels import CONTACT, value_labels
from ingest.records import Text
from tests.growth import times_as_long
from tests.ingest.extract.reading import listings, rules


def _prices(text: str) -> list[tuple[str, list[float]]]:
    return [
        (product.id.split("/")[1], [price.value for price in listing.prices])
        for listing in listings(text)
        for product in listing.products
    ]


def _scene(text: str) -> Scene:
    normal, hits = rules().views.view(text)
    return Scene(Text("", text), normal, hits, rules())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("股民8毛一条,嘟浪5毛一条 飞机@demo_un1", [("stock_leads", [0.8])]),
        ("股民8毛一条,🦩5毛一条 飞机@demo_un1", [("stock_leads", [0.8])]),
        ("查户籍80,叽粒150一次 @demo_un1", [("lookup_household", [80])]),
        ("泽皮仔/学生料 0.9/0.35 @demo_un1", [("education", [0.35])]),
        ("fud rat and quandrix, 60$ and 110$ respectively", [("rat", [60])]),
        ("stealer logs 80 bucks per GB / vorbels 350 bucks one time", [("hacked_db", [80])]),
        ("出:接码\n收:泽皮仔,价格800以内", [("otp_reception", [])]),
        (
            "股民(7毛)网贷(3毛)馁斗(1块8)加 @demo_un1",
            [("stock_leads", [0.7]), ("loan_leads", [0.3])],
        ),
    ],
)
def test_the_price_of_what_no_term_names(
    text: str, expected: list[tuple[str, list[float]]]
) -> None:
    assert _prices(text) == expected


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("股民8毛一条,满一万条5毛 飞机@demo_un2", 2),
        ("出面单\n→ 女装 0.55\n→ 嘟浪 0.9\n→ 母婴 0.75\n@demo_un2", 3),
        ("✅ Verified PayPal - 45$\n✅ Verified Stripe - 60$\n✅ Zinnia - 90$\n@demo_un2", 3),
    ],
)
def test_words_that_say_more_of_known_goods(text: str, prices: int) -> None:
    assert sum(len(each.prices) + len(each.problems) for each in listings(text)) >= prices


@pytest.mark.parametrize(
    ("text", "sellers"),
    [
        ("要椰冈找@demo_un3,要宝妈找@demo_un4", {"demo_un4"}),
        ("嗑朵子0.22找@demo_un3,106通道0.055找@demo_un4", {"demo_un4"}),
        ("[09:12] 阿峰: 出股民 9毛 @demo_un4\n[09:13] 小鹿: 收笃蓬 4毛 @demo_un3", {"demo_un4"}),
    ],
)
def test_the_contact_of_what_no_term_names(text: str, sellers: set[str]) -> None:
    (listing,) = listings(text)
    assert {c.value for c in listing.contacts if c.owner == "seller"} == sellers


def test_no_record_names_what_no_term_names() -> None:
    text = "股民8毛一条,嘟浪5毛一条,网贷3毛"
    assert "?" not in "".join(p.id for each in listings(text) for p in each.products)


def test_labels_reach_to_a_sign_or_the_next_value() -> None:
    text = "出股民8毛,嘟浪 5毛 找@demo_un5,网贷找@demo_un6"
    found = value_labels(_scene(text))
    assert [text[slice(*label.front)] for label in found][:2] == ["出股民", "嘟浪 "]
    assert [label.kind for label in found] == ["price", "price", CONTACT, CONTACT]


def test_many_values_take_no_longer_each() -> None:
    few, many = (_scene("嘟浪 8毛,股民 5毛;" * size) for size in (20, 400))
    assert times_as_long(lambda: value_labels(few), lambda: value_labels(many), 60) < 60


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("那边demo_un7一天只有三千条股民,还敢喊一块五;这边日产一万二,一块二", 1.2),
        ("网贷找我,5毛1。上回@demo_un7骗我3200", 0.51),
        ("loan data 4毛5一条。cvv/四件套 之前卖 15u / 3000 的已经不做了", 0.45),
    ],
)
def test_prices_of_others_and_of_before(text: str, price: float) -> None:
    assert [p.value for each in listings(text) for p in each.prices] == [price]


def test_who_does_what_the_author_does_not() -> None:
    (listing,) = listings("裤子我不做,@demo_un8 做。面单我做,三毛三,@demo_un9")
    assert {c.value for c in listing.contacts if c.owner == "seller"} == {"demo_un9"}
