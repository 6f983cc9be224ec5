"""Values that a user's patterns give."""

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.extract import Rules, extract
from ingest.extract.rules import rules_version
from ingest.extract.scene import Scene
from ingest.records import Text
from tests.growth import times_as_long
from tests.ingest.extract.patterns.writing import RADAR, read, rules, write
from tests.ingest.extract.reading import rules as packaged

ROWS: tuple[dict[str, Any], ...] = (
    RADAR,
    {"label": "product/loan_leads", "pattern": [{"LOWER": "Berry"}]},
    {"label": "product/loan_leads", "pattern": "蓝莓酱"},
    {"label": "org/operator/cn/china_unicom", "pattern": "青团圆"},
    {"label": "org/operator/cn/china_unicom", "pattern": [{"LOWER": "橙子"}, {"LOWER": "皮"}]},
    {"label": "method/sdk", "pattern": "榴莲壳"},
    {"label": "method/sdk", "pattern": [{"TEXT": "椰子油"}]},
    {"label": "escrow/huione", "pattern": "竹笋尖"},
    {"label": "escrow/huione", "pattern": [{"ORTH": {"IN": ["豆沙包"]}}]},
    {"label": "stance/sell", "pattern": [{"LOWER": "甩甩"}]},
    {"label": "stance/buy", "pattern": [{"LOWER": "馋馋"}]},
    {"label": "stance/negation", "pattern": [{"LOWER": "绝缘"}]},
    {
        "label": "product/gambling_leads",
        "pattern": [{"ENT_TYPE": "GEO"}, {"ENT_TYPE": {"IN": ["PRODUCT", "DATA_WORD"]}}],
    },
    {"label": "product/stock_leads", "pattern": [{"LOWER": "雾雾"}, {"OP": "*"}]},
)
AD = "出雷达货 0.5元一条 飞机@demo_name"


@pytest.fixture(scope="module")
def by(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    """Rules with one pattern of each kind."""
    return rules(tmp_path_factory.mktemp("case"), *ROWS)


def test_a_pattern_of_words_gives_a_product_with_its_quote(by: Rules) -> None:
    assert not any(listing.products for listing in read(AD, packaged()))
    (listing,) = read(AD, by)
    assert (listing.polarity, listing.products[0].id) == ("offer", "product/stock_leads")
    assert listing.products[0].quote == "雷达货"


def test_disguised_letters_are_looked_through(by: Rules) -> None:
    (listing,) = read("出 ｂⓔrｒｙ 5万条 @demo_name1", by)
    assert [(p.id, p.quote) for p in listing.products] == [("product/loan_leads", "ｂⓔrｒｙ")]


@pytest.mark.parametrize(
    ("words", "slot", "value"),
    [
        ("berry", "products", "product/loan_leads"),
        ("蓝莓酱", "products", "product/loan_leads"),
        ("青团圆", "sources", "org/operator/cn/china_unicom"),
        ("橙子皮", "sources", "org/operator/cn/china_unicom"),
        ("榴莲壳", "methods", "sdk"),
        ("椰子油", "methods", "sdk"),
        ("竹笋尖", "escrow", "escrow/huione"),
        ("豆沙包", "escrow", "escrow/huione"),
    ],
)
def test_the_label_chooses_the_slot(by: Rules, words: str, slot: str, value: str) -> None:
    (listing,) = read(f"出 股民料 {words} 0.5元一条 飞机@demo_name", by)
    found = [each for each in getattr(listing, slot) if each.id == value]
    assert [each.quote for each in found] == [words]


@pytest.mark.parametrize(("word", "polarity"), [("甩甩", "offer"), ("馋馋", "request")])
def test_a_stance(by: Rules, word: str, polarity: str) -> None:
    (listing,) = read(f"{word} 股民料 @demo_name1", by)
    assert listing.polarity == polarity


def test_a_negation_denies_what_follows(by: Rules) -> None:
    found = read("绝缘 网贷料, 出股民料 @demo_name1", by)
    assert [p.id for x in found for p in x.products] == ["product/stock_leads"]


def test_types_alone_give_a_value_and_replace_what_they_cover(by: Rules) -> None:
    (listing,) = read("出 台湾股民料 0.5元一条 @demo_name1", by)
    assert [(p.id, p.quote) for p in listing.products] == [("product/gambling_leads", "台湾股民料")]


def test_innocent_texts_stay_innocent(by: Rules) -> None:
    for text in ("雷达包裹到了", "今天的雷达货不错吧", "", "雷", "\ud800雷达货", "\0", "🐧" * 50):
        assert read(text, by) == ()


def test_a_match_says_which_pattern_it_came_from(by: Rules) -> None:
    normal, hits = by.views.view(AD)
    (hit,) = Scene(Text("1", AD), normal, hits, by).own.hits
    found = normal.text[hit.start : hit.end], hit.pattern.id, hit.pattern.line
    assert found == ("雷达货", "radar", 1)
    phrase = by.own.phrase("蓝莓酱")
    assert phrase is not None
    assert phrase.line == 3


def test_the_version_changes_with_the_patterns_and_back(tmp_path: Path) -> None:
    folder = write(tmp_path / "patterns", RADAR)
    by = Rules.load([folder])
    assert by.version != packaged().version
    assert rules_version([folder]) == by.version
    (folder / "own.jsonl").unlink()
    assert Rules.load([folder]).version == packaged().version == rules_version()


def test_rules_travel_to_a_worker(by: Rules) -> None:
    again = pickle.loads(pickle.dumps(by))
    assert again.version == by.version
    assert read(AD, again) == read(AD, by)


def test_a_long_message_takes_time_as_its_length(by: Rules) -> None:
    def reading(size: int) -> Callable[[], object]:
        return lambda: extract([Text("1", "雾雾出雷达货" * size)], by)

    assert times_as_long(reading(1_500), reading(6_000), 8) < 8
