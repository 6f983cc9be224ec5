"""Services that are described instead of named."""

import pytest

from ingest.extract import Rules, extract
from ingest.extract.described import described
from ingest.extract.scene import Scene
from ingest.records import Listing, Text

_RULES = Rules.load()


def _read(text: str) -> tuple[Listing, ...]:
    return next(iter(extract([Text(id="1", text=text)], _RULES))).listings


def _describes(text: str) -> bool:
    normal, hits = _RULES.views.view(text)
    return any(described(Scene(Text("1", text), normal, hits, _RULES)))


@pytest.mark.parametrize(
    ("text", "service", "quote"),
    [
        ("报个网址,打到它转圈为止,一小时120u", "ddos", "打到它转圈为止"),
        ("出24口的猫,带线,900一台", "sim_farm", "24口的猫"),
        ("给我照片,出来就会动会眨眼,一套30", "face_bypass", "照片,出来就会动"),
        ("dead lines out, live ones back, 4 usd per 10k", "number_scan", "dead lines out"),
    ],
)
def test_work_that_is_described_is_the_service(text: str, service: str, quote: str) -> None:
    products = [product for listing in _read(text) for product in listing.products]
    assert f"service/{service}" in {product.id for product in products}
    assert all(text[slice(*product.span)] == product.quote for product in products)
    assert any(quote[:4] in product.quote for product in products)


def test_a_text_is_read_for_a_description_alone() -> None:
    assert _describes("打到它转圈为止,一小时120u")
    assert not _describes("打到第三关就过不去了")


@pytest.mark.parametrize(
    "text",
    [
        "打到第三关就过不去了",
        "他一直点头摇头的,到底同意没",
        "双方确认合同后放款,银行说要三天",
        "一拖二空调安装要多少钱?",
        "abuse complaints about the landlord were ignored",
    ],
)
def test_ordinary_talk_with_such_words_is_no_listing(text: str) -> None:
    assert _read(text) == ()


def test_two_words_of_the_household_outweigh_goods_and_a_price() -> None:
    assert _read("土豆一块五一斤,菠菜三块,趁收摊买菜便宜") == ()


@pytest.mark.parametrize(
    "text",
    [
        "在农行上班又嫌钱少的朋友来聊聊,一次300",
        "找个信用社里面的人,能看余额就行,一天200 @demo_counter",
    ],
)
def test_people_inside_who_are_addressed_are_recruited(text: str) -> None:
    assert {listing.polarity for listing in _read(text)} == {"recruit"}
