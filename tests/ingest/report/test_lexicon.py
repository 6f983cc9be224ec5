"""A case's own lexicon reaches reports: goods, names, markets and roles, in both languages."""

from pathlib import Path

import pytest

from ingest.extract import Rules
from ingest.extract.report import read_report
from ingest.extract.report.findings import MarketFinding
from tests.ingest.report.kinds import listings, organisations, products, roles

ROWS = """term	lang	category	canonical	ambiguous	source
quokka sheets	en	data_product	product/stock_leads	n	own
袋鼠单	zh	data_product	product/stock_leads	n	own
Zorbel	en	source_app	org/app/social/zorbel	n	own
Pale Harbour	en	market	market/pale_harbour	n	own
ferryman	en	role	role/middleman	n	own
"""
TEXT = (
    "In May 2021 an actor offered quokka sheets of Zorbel users on Pale Harbour.\n"
    "2021年5月,某卖家在暗网论坛出售袋鼠单5万条。\n"
    "Ferrymen and ferrymans connect both sides.\nA ferryman connects both sides."
)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    folder = tmp_path_factory.mktemp("lexicon")
    Path(folder, "own.tsv").write_text(ROWS, "utf-8")
    return Rules.load([folder])


def test_own_terms_are_read(rules: Rules) -> None:
    found = read_report(TEXT, english=None, rules=rules)
    english, chinese = listings(found)
    assert products(english) == ["product/stock_leads"]
    assert [source.id for source in english.sources] == ["org/app/social/zorbel"]
    assert products(chinese) == ["product/stock_leads"]
    assert [one.id for one in organisations(found)] == ["org/app/social/zorbel"]
    assert [m.id for m in found if isinstance(m, MarketFinding)] == ["market/pale_harbour"]
    assert ("middleman", "A ferryman connects both sides.") in roles(found)


def test_without_them_nothing_is_known_of_the_terms(rules: Rules) -> None:
    read_report(TEXT, english=None, rules=rules)
    found = read_report(TEXT, english=None)
    assert "product/stock_leads" not in [p for one in listings(found) for p in products(one)]
    assert organisations(found) == []
